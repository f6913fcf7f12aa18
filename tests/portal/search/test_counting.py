"""Searches are counted without saying whose they were, and editors read what was not found."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.search import counting
from portal.search.counting import Line, add_up, flush, most_asked, names_somebody
from portal.search.middleware import HEADER
from portal.search.models import QueryCount
from portal.search.wagtail_hooks import count_searches
from tests.factories.accounts import UserFactory
from tests.factories.search import document
from tests.reading import page_of, words
from tests.with_page_cache import page_cache_on  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

DAY = date(2026, 11, 23)
At = Callable[[str], datetime]


def search(client: Client, typed: str, address: str = "/tim-kiem/", **more: str) -> None:
    assert client.get(address, {"q": typed, **more}).status_code == 200


def counted() -> list[tuple[str, str, int, int]]:
    rows = QueryCount.objects.order_by("folded", "language")
    return [(row.shown, row.language, row.hits, row.times) for row in rows]


def test_a_search_waits_for_the_clock_and_is_counted_once(client: Client, at: At) -> None:
    at("2026-11-23 10:00:00")
    document("a:1:vi", "Mãng cầu")
    search(client, "Mãng  Cầu")
    search(client, "mang cau")
    search(client, "mang cau", "/en/tim-kiem/")
    search(client, "sầu riêng")
    assert counted() == []
    call_command("run_due")
    rows = [("mang cau", "en", 1, 1), ("mang cau", "vi", 1, 2), ("sầu riêng", "vi", 0, 1)]
    assert counted() == rows
    assert flush() == 0
    search(client, "sau rieng")
    assert flush() == 1
    assert counted() == [*rows[:2], ("sau rieng", "vi", 0, 2)]
    at("2026-11-24 00:00:00")
    search(client, "sau rieng")
    flush()
    assert QueryCount.objects.filter(folded="sau rieng").count() == 2


@pytest.mark.parametrize(
    ("typed", "more"),
    [("", {}), ("!!!", {}), ("tin", {"loai": "article"}), ("tin", {"page": "2"})],
)
def test_turning_pages_and_tabs_is_no_new_search(
    client: Client, typed: str, more: dict[str, str]
) -> None:
    search(client, typed, **more)
    assert flush() == 0


@pytest.mark.parametrize(
    "typed",
    [
        *["an@demo.example", "thư của an @ demo.example", "an＠demo.example"],
        *["0912345678", "0912 345 678", "+84 912-345-678", "079123456789", "số 079 123 456 789"],
        *["０９１２３４５６７８", "٠٩١٢٣٤٥٦٧٨", "123.456.789", "a1b2c3d4e5f6g7h8i9"],
    ],
)
def test_what_names_somebody_is_never_stored(client: Client, typed: str) -> None:
    search(client, typed)
    assert flush() == 0
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize("typed", ["nghị định 80/2021", "12345678", "covid 19", "50%"])
def test_ordinary_numbers_are(client: Client, typed: str) -> None:
    search(client, typed)
    assert flush() == 1


@given(st.text(), st.text(alphabet="0123456789", min_size=9), st.text())
def test_nine_digits_never_pass(before: str, digits: str, after: str) -> None:
    assert names_somebody(before + digits + after)
    assert names_somebody(before + " . ".join(digits) + after)


def test_the_cache_may_lose_its_ticket_and_holds_only_so_much(client: Client) -> None:
    search(client, "một")
    flush()
    cache.clear()
    search(client, "hai")
    assert flush() == 1
    for number in range(3):
        cache.set("search.counted.ticket", counting.SLOTS - 2 + number)
        search(client, f"ba {number}")
    assert flush() == 3


def test_two_clocks_at_once_count_once(client: Client) -> None:
    search(client, "một")
    cache.add("search.counted.busy", 1, 60)  # another clock is at it
    assert flush() == 0
    cache.delete("search.counted.busy")
    assert flush() == 1


def test_a_day_holds_only_so_many_different_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    add_up(Line(DAY, "vi", f"tin {number}", f"tin {number}", 1) for number in range(5))
    add_up([Line(DAY, "vi", "tin 0", "Tin 0", 4)])
    assert counted() == [("Tin 0", "vi", 4, 2), ("tin 1", "vi", 1, 1)]


def test_counts_are_kept_400_days(at: At) -> None:
    now = at("2026-11-23 10:00:00")
    for day in (date(2025, 10, 18), date(2025, 10, 19), DAY):
        add_up([Line(day, "vi", "tin", "tin", 1)])
    done = {work.name: work.done for work in count_searches(now)}
    assert done == {"search.counted": 0, "search.counts_forgotten": 1}
    assert QueryCount.objects.count() == 2


def test_the_database_counts_a_query_once_a_day() -> None:
    facts = {"day": DAY, "language": "vi", "folded": "a", "shown": "a", "hits": 0}
    QueryCount.objects.create(**facts, times=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        QueryCount.objects.create(**facts, times=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        QueryCount.objects.create(**{**facts, "folded": "b"}, times=0)


def told(day: int, folded: str, hits: int, times: int) -> None:
    line = Line(date(2026, 11, day), "vi", folded, folded.upper(), hits)
    add_up([line] * times)


def test_the_most_searched_of_a_period() -> None:
    told(1, "truoc ky", 0, 9)
    told(10, "mang cau", 3, 2)
    told(11, "mang cau", 4, 3)
    told(11, "sau rieng", 0, 4)
    told(12, "sau rieng", 2, 1)
    told(20, "het ky", 0, 1)
    first, last = date(2026, 11, 10), date(2026, 11, 20)
    rows = most_asked(first, last)
    assert [(row.shown, row.times, row.days, row.hits) for row in rows] == [
        ("MANG CAU", 5, 2, 4),
        ("SAU RIENG", 5, 2, 2),
        ("HET KY", 1, 1, 0),
    ]
    assert [(row.shown, row.times) for row in most_asked(first, last, in_vain=True)] == [
        ("SAU RIENG", 4),
        ("HET KY", 1),
    ]
    assert [row.shown for row in most_asked(first, last, most=1)] == ["MANG CAU"]


def tables(page: BeautifulSoup) -> list[list[str]]:
    return [
        [words(row.select_one("th")) for row in table.select("tbody tr")]
        for table in page.select("table.listing")
    ]


def test_editors_read_the_report(signed_in: Callable[[Any], Client], at: At) -> None:
    at("2026-11-23 10:00:00")
    told(20, "mang cau", 3, 2)
    told(21, "<b>sau rieng</b>", 0, 1)
    editor = signed_in(UserFactory(editor=True))
    page = page_of(editor.get(reverse("search_admin:report")))
    assert tables(page) == [["<B>SAU RIENG</B>"], ["MANG CAU", "<B>SAU RIENG</B>"]]
    link = page.select("table.listing a")[-2]
    assert link["href"] == "/tim-kiem/?q=MANG+CAU"
    period = {"first": "20/11/2026", "last": "20/11/2026"}
    assert tables(page_of(editor.get(reverse("search_admin:report"), period))) == [["MANG CAU"]]


@pytest.mark.parametrize(
    "period",
    [
        {"first": "20/11/2026", "last": "19/11/2026"},
        {"first": "x", "last": "20/11/2026"},
        {"first": "", "last": ""},
        {"last": "99/99/9999"},
    ],
)
def test_a_period_that_cannot_be_is_explained(
    signed_in: Callable[[Any], Client], period: dict[str, str]
) -> None:
    editor = signed_in(UserFactory(editor=True))
    page = page_of(editor.get(reverse("search_admin:report"), period))
    assert page.select(".error-message")
    assert not page.select("table.listing")


@pytest.mark.parametrize("count", [1, 200])
def test_the_report_asks_the_same_for_any_number(
    count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    add_up(Line(DAY, "vi", f"tin {number}", f"tin {number}", 0) for number in range(count))
    with django_assert_num_queries(2):
        assert len(most_asked(DAY, DAY)) == min(count, 50)


@pytest.mark.usefixtures("page_cache_on")
def test_searches_answered_from_the_page_cache_are_counted_too(
    client: Client, at: At, django_assert_num_queries: Callable[..., Any]
) -> None:
    at("2026-11-23 10:00:30")
    document("a:1:vi", "Mãng cầu")
    for _person in range(3):
        search(client, "mang cau")
    search(client, "mang cau", loai="page")
    search(client, "an@demo.example")
    with django_assert_num_queries(0):
        answer = client.get("/tim-kiem/", {"q": "mang cau"})
        client.get("/tim-kiem/", {"q": "an@demo.example"})
    assert answer["X-Cache"] == "hit"
    assert HEADER not in answer.headers
    flush()
    assert counted() == [("mang cau", "vi", 1, 4)]
