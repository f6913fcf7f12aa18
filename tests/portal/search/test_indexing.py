"""The index says what the texts say, and a change of one thing costs what that thing costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.core.extension_points import SearchDocument
from portal.search import finding, postings
from portal.search.bits import BLOCK, ascending, descending, packed, places, unpacked
from portal.search.finding import count_by_kind, find, read_query, visible
from portal.search.indexing import rebuild, reindex, row_of, write
from portal.search.models import Document, Posting
from portal.search.synonyms import holding
from tests.factories.pages import StandardPageFactory, home
from tests.factories.search import document
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

PUBLISHING_QUERIES = 19

SYLLABLES = ["khởi", "nghiệp", "nghiep", "nghĩa", "dừa", "dứa", "dua", "lợn", "lớn", "heo", "mì"]
SYLLABLES += ["khoai", "50%", "a", "ab", "abc", "2026"]


@given(st.sets(st.integers(0, BLOCK - 1), max_size=700))
def test_bits_come_back_as_they_were_packed(numbers: set[int]) -> None:
    assert places(packed(numbers)) == numbers
    assert list(ascending(unpacked(packed(numbers)))) == sorted(numbers)
    assert list(descending(unpacked(packed(numbers)))) == sorted(numbers, reverse=True)


def many(count: int) -> None:
    """Documents in both languages; some are over, some about to be."""
    told = []
    for number in range(count):
        words = [SYLLABLES[(number * step + step) % len(SYLLABLES)] for step in (1, 3, 5, 7)]
        for language in ("vi", "en")[: 1 + number % 2]:
            told.append(
                SearchDocument(
                    key=f"a:{number}:{language}",
                    kind=("page", "article")[number % 2],
                    language=language,
                    title=f"Tin {words[0]} {number}",
                    summary="",
                    body=" ".join(words),
                    url=f"/{number}/",
                    rank=number % 3 - 1,
                    visible_until=clock.now() if number % 7 == 0 else None,
                )
            )
    write([row_of(one) for one in told])


def test_the_index_finds_and_counts_what_the_texts_hold() -> None:
    many(60)
    for language in ("vi", "en"):
        for typed in (
            *SYLLABLES,
            "k",
            "khoi ng",
            "dừ",
            "50",
            "202",
            "khoai mì",
            "startup",
            "sắn a",
        ):
            query = read_query(typed)
            wanted = holding(query.terms, "folded_text", "marked_text")
            told = set(visible(language).filter(wanted).values_list("pk", flat=True))
            assert {one.pk for one in find(query, language)} == told, typed
            assert sum(count_by_kind(query, language).values()) == len(told), typed


def test_of_too_many_the_best_are_listed_and_all_are_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RANKED", 3)
    document("a:0:vi", "Nghiệp vụ", "khởi công")
    document("a:1:vi", "Khởi nghiệp")
    for number in range(2, 12):
        document(f"a:{number}:vi", f"Tin {number}", "khởi nghiệp", rank=number % 2, day=clock.now())
    document("a:12:vi", "Cũ", "khởi nghiệp", rank=-1)
    found = [one.title for one in find(read_query("khoi nghiep"), "vi")]
    assert found == ["Khởi nghiệp", "Tin 11", "Tin 9"]
    page = page_of(client.get("/tim-kiem/", {"q": "khoi nghiep"}))
    assert "trong tổng số 13" in page.select_one(".list-head").get_text()


def indexed(change: Callable[[], Any]) -> list[str]:
    """The titles that are found after a change, when the index is found true."""
    change()
    assert postings.check() == 0
    return sorted(one.title for one in find(read_query("mia"), "vi"))


def test_a_branch_follows_its_page(django_capture_on_commit_callbacks: Any) -> None:
    from wagtail.models import PageViewRestriction

    with django_capture_on_commit_callbacks(execute=True):
        above = StandardPageFactory(parent=home(), title="Trên mía")
        below = StandardPageFactory(parent=above, title="Dưới mía")
        aside = StandardPageFactory(parent=home(), title="Bên")

    def through(change: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> None:
            with django_capture_on_commit_callbacks(execute=True):
                change()

        return run

    both = ["Dưới mía", "Trên mía"]
    assert indexed(lambda: None) == both
    restrict = PageViewRestriction(page=above, restriction_type="login")
    assert indexed(through(restrict.save)) == []
    assert indexed(through(restrict.delete)) == both
    assert indexed(through(lambda: above.move(aside, pos="last-child"))) == both
    below.refresh_from_db()
    assert Document.objects.get(title="Dưới mía").url == below.get_url()
    above.refresh_from_db()
    above.slug = "khac"
    assert indexed(through(lambda: above.save_revision().publish())) == both
    below.refresh_from_db()
    assert "/khac/" in below.get_url()
    assert Document.objects.get(title="Dưới mía").url == below.get_url()
    assert indexed(through(below.unpublish)) == ["Trên mía"]
    assert indexed(through(type(above).objects.get(pk=above.pk).delete)) == []


@pytest.mark.parametrize("count", [0, 1000])
def test_publishing_one_page_costs_the_same_among_any_number(count: int) -> None:
    page = StandardPageFactory(parent=home(), title="Trang mía")
    told = SearchDocument("", "page", "vi", "Tin mía", "", "Văn bản dài hơn", "/tin/")
    rows = [row_of(told) for _number in range(count)]
    for number, row in enumerate(rows):
        row.key, row.thing = f"a:{number}:vi", f"a:{number}"
    write(rows)
    reindex([f"page:{page.translation_key}"])
    page.title = "Trang sắn"
    page.save()
    with CaptureQueriesContext(connection) as captured:
        reindex([f"page:{page.translation_key}"])
    assert len(captured) == PUBLISHING_QUERIES
    assert [one.title for one in find(read_query("trang san"), "vi")] == ["Trang sắn"]


def test_a_rebuild_mends_the_index_and_writes_nothing_that_stands() -> None:
    StandardPageFactory(parent=home(), title="Mía")
    rebuild()
    Posting.objects.filter(key=postings.key_of(postings.FOLDED_TITLE, "mia")).delete()
    Posting.objects.create(key=b"azzz", block=3, places=packed([1]))
    rebuild()
    assert postings.check() == 0
    assert not Posting.objects.filter(block=3).exists()
    with CaptureQueriesContext(connection) as captured:
        rebuild()
    touched = [one["sql"] for one in captured if 'INTO "portal_search_document"' in one["sql"]]
    assert touched == []
