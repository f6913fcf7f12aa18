"""The page cache: who is given a kept page, what is kept, and how it is sent."""

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction, Site

from portal.core import page_cache
from portal.core.page_cache.middleware import MAX_BYTES, PageCache
from portal.core.page_cache.storing import Kept, Key, Memory, Variant, good_until
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.pages import (
    ArticleFactory,
    NewsIndexFactory,
    StandardPageFactory,
    TopicFactory,
    english,
    home,
)
from tests.reading import page_of
from tests.with_page_cache import page_cache_on  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache_on", "site")]


def state(path: str = "/", client: Client | None = None, **more: Any) -> str:
    """ "hit", "miss" or "" (the cache had nothing to do with it)."""
    return (client or Client()).get(path, **more).get("X-Cache", "")


# Hits ---------------------------------------------------------------------------------------


def test_the_second_visitor_costs_no_query(django_assert_num_queries: Any) -> None:
    first = Client().get("/")
    with django_assert_num_queries(0):
        second = Client().get("/")
    assert (first["X-Cache"], second["X-Cache"]) == ("miss", "hit")
    assert first.content == second.content
    headers = dict(first.items()) | {"X-Cache": "hit"}
    assert dict(second.items()) == headers
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Cookie", "Accept-Encoding"} <= set(headers["Vary"].split(", "))
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Language"] == "vi"


def test_only_demo_and_dev_tell_how_an_answer_came(settings: Any) -> None:
    settings.PRODUCTION = True
    assert "X-Cache" not in Client().get("/")
    assert "X-Cache" not in Client().get("/")


def test_head_is_answered_from_what_get_left(client: Client) -> None:
    assert client.head("/").get("X-Cache") is None
    page = client.get("/")
    head = client.head("/")
    assert (head["X-Cache"], head.content) == ("hit", b"")
    assert (head["Content-Length"], head["ETag"]) == (str(len(page.content)), page["ETag"])


def test_an_unchanged_page_is_answered_with_304(client: Client) -> None:
    tag = client.get("/")["ETag"]
    assert tag.startswith('"')
    for told in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = client.get("/", headers={"If-None-Match": told})
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer["ETag"], answer["Vary"]) == (tag, client.get("/")["Vary"])
        assert "Content-Security-Policy" in answer
    home().specific.save_revision().publish()  # the same words again
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
    page = home()
    page.lead = "Một câu khác."
    page.save_revision().publish()
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0,GZIP;q=0", ""),
    ],
)
def test_each_browser_gets_the_encoding_it_takes(
    client: Client, accepted: str, encoding: str
) -> None:
    plain = client.get("/")
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    decoded = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    assert answer.get("Content-Encoding", "") == encoding
    assert decoded(answer.content) == plain.content
    assert answer["Content-Length"] == str(len(answer.content))
    assert (answer["ETag"] == plain["ETag"]) == (not encoding)


# The key ------------------------------------------------------------------------------------


def test_hosts_and_schemes_are_apart(client: Client) -> None:
    other = StandardPageFactory(parent=home(), title="Trang khác")
    Site.objects.create(hostname="127.0.0.1", port=80, root_page=other)
    client.get("/", headers={"host": "127.0.0.1"})  # makes the settings of the new site
    here = page_of(client.get("/", headers={"host": "localhost"}))
    page_cache.forget()
    state(client=client, headers={"host": "localhost"})
    there = client.get("/", headers={"host": "127.0.0.1"})
    assert (there["X-Cache"], page_of(there).h1.get_text(strip=True)) == ("miss", "Trang khác")
    assert here.h1.get_text(strip=True) != "Trang khác"
    assert state(client=client, headers={"host": "localhost"}) == "hit"
    assert state(client=client, headers={"host": "localhost"}, secure=True) == "miss"
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_path_decides_the_language(client: Client) -> None:
    for path, language in (("/", "vi"), ("/en/", "en"), ("/", "vi"), ("/en/", "en")):
        answer = client.get(path, headers={"Accept-Language": "fr"})
        assert page_of(answer).html["lang"] == answer["Content-Language"] == language
    client.cookies["django_language"] = "en"
    assert page_of(client.get("/")).html["lang"] == "vi"


@pytest.mark.parametrize("cache_is_on", [True, False])
def test_what_no_page_reads_is_neither_key_nor_shown(
    client: Client, settings: Any, cache_is_on: bool
) -> None:
    settings.PAGE_CACHE = cache_is_on
    index = NewsIndexFactory(parent=home())
    article = ArticleFactory(parent=index)
    english(article, title="An article")
    paths = ["/", "/en/", index.url, article.url, "/tim-kiem/", f"{index.url}feed/"]
    for path in paths:
        noisy = client.get(path, {"fbclid": "la-lam", "utm_source": "la-lam", "next": "la-lam"})
        assert noisy.status_code == 200
        assert b"la-lam" not in noisy.content, path
        plain = client.get(path)
        assert plain.get("X-Cache") == ("hit" if cache_is_on else None)
        assert plain.content == noisy.content


def test_what_a_page_reads_is_in_the_key(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    topic = TopicFactory()
    for number in range(14):
        ArticleFactory(parent=index, topic=topic if number else None)
    rows = ".row__title, .card__title"
    first = page_of(client.get(index.url))
    second = client.get(index.url, {"page": "2", "chu-de": topic.slug})
    assert len(page_of(second).select(rows)) < len(first.select(rows))
    again = client.get(f"{index.url}?gclid=x&chu-de={topic.slug}&page=2")
    assert (again["X-Cache"], again.content) == ("hit", second.content)
    found = client.get("/tim-kiem/", {"q": "bài viết"})
    assert found["X-Cache"] == "miss"
    assert page_of(found).select_one("#results-search")["value"] == "bài viết"
    assert page_of(client.get("/tim-kiem/")).select_one("#results-search")["value"] == ""
    assert state("/tim-kiem/?q=" + "x" * 400, client) == ""


def test_old_addresses_with_a_query_are_still_led_on(client: Client) -> None:
    from wagtail.contrib.redirects.models import Redirect

    target = StandardPageFactory(parent=home(), title="Giới thiệu")
    Redirect.add_redirect("/default.aspx?id=12", target)
    for _time in range(2):
        answer = client.get("/default.aspx?id=12")
        assert (answer.status_code, answer["Location"]) == (301, "/gioi-thieu/")
        assert "X-Cache" not in answer


# Who ----------------------------------------------------------------------------------------


def test_who_is_signed_in_neither_gets_nor_leaves_a_kept_page(signed_in: Any) -> None:
    officer = UserFactory(officer=True, full_name="Chuyên viên Bí Mật")
    browser = signed_in(officer)
    mine = browser.get("/")
    assert "X-Cache" not in mine
    assert mine["Cache-Control"] == "private, no-store"
    assert "Bí Mật" in mine.content.decode()
    public = Client().get("/")
    assert public["X-Cache"] == "miss"
    assert "Bí Mật" not in public.content.decode()
    assert "Bí Mật" in browser.get("/", headers={"If-None-Match": public["ETag"]}).content.decode()


def test_signing_in_and_out(client: Client) -> None:
    person = UserFactory(full_name="Lê Vừa Vào")
    assert [state(client=client), state(client=client)] == ["miss", "hit"]
    client.get(reverse("account_login"))  # leaves a csrf cookie, which tells nothing
    assert state(client=client) == "hit"
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert "Lê Vừa Vào" in client.get("/").content.decode()
    client.post(reverse("account_logout"))
    told = client.get("/")
    assert page_of(told).select(".site-messages")
    assert "X-Cache" not in told
    assert not page_of(Client().get("/")).select(".site-messages")
    assert state(client=client) == "hit"
    assert "Lê Vừa Vào" not in client.get("/").content.decode()


def test_a_request_with_credentials_goes_past(client: Client) -> None:
    state(client=client)
    assert state(client=client, headers={"Authorization": "Basic x"}) == ""


# What ---------------------------------------------------------------------------------------


def test_forms_with_a_token_and_pages_behind_a_password_are_not_kept(client: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Nội bộ")
    assert state(page.url) == "miss"
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="mat-khau"
    )
    first, second = client.get(page.url), client.get(page.url)
    assert page_of(second).select("input[type=password]")
    assert "X-Cache" not in first
    assert "X-Cache" not in second
    assert state(reverse("account_login")) == ""


def test_a_preview_is_neither_kept_nor_answered_from_what_is(rf: RequestFactory) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    assert "Giới thiệu" in page_of(Client().get(page.url)).h1.get_text()
    page.title = "Bản nháp"
    for _time in range(2):
        preview = page.make_preview_request()
        assert page_of(preview).h1.get_text(strip=True) == "Bản nháp"
        assert "X-Cache" not in preview
    assert page_of(Client().get(page.url)).h1.get_text(strip=True) == "Giới thiệu"


@pytest.mark.parametrize(
    "path",
    [
        *("/healthz", "/readyz", "/favicon.ico", "/admin/", "/api/v1/openapi.json"),
        *("/accounts/login/", "/en/accounts/login/", "/workspace/", "/en/workspace/", "/judging/"),
        *("/khong-co/", "/en"),
    ],
)
def test_what_is_never_kept(client: Client, path: str) -> None:
    for _time in range(2):
        answer = client.get(path)
        assert "X-Cache" not in answer
        assert "ETag" not in answer


def answered(**headers: str) -> HttpResponse:
    return HttpResponse("x" * 2000, headers=headers)


@pytest.mark.parametrize(
    "response",
    [
        answered(**{"Cache-Control": "private"}),
        answered(**{"Cache-Control": "max-age=3, no-store"}),
        answered(Vary="Cookie, HX-Request"),
        answered(**{"Content-Encoding": "gzip"}),
        HttpResponse("x" * (MAX_BYTES + 1)),
        HttpResponse("x", status=404),
    ],
)
def test_answers_that_are_not_for_everybody_or_too_large(
    rf: RequestFactory, response: HttpResponse
) -> None:
    middleware = PageCache(lambda request: response)
    for _time in range(2):
        assert "X-Cache" not in middleware(rf.get("/mot-trang/"))


def test_posts_pass_and_change_nothing(client: Client) -> None:
    state(client=client)
    assert "X-Cache" not in client.post("/", {"a": "b"})
    assert state(client=client) == "hit"


# How long and how much ------------------------------------------------------------------------


def test_a_page_ends_when_a_minute_begins_and_after_its_first_second(at: Any) -> None:
    moments = {
        "16:59:58": "miss",
        "16:59:59": "hit",
        "17:00:00": "miss",  # the closing second: still open
        "17:00:01": "miss",
        "17:00:59": "hit",
        "17:01:01": "miss",
    }
    for moment, expected in moments.items():
        at(f"2026-11-23 {moment}")
        assert state() == expected, moment


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(
    st.integers(0, 10**9).map(lambda ms: NOON + timedelta(milliseconds=ms)),
    st.integers(-3, 3),
    st.floats(0, 1, exclude_max=True),
)
def test_nothing_opens_or_closes_while_a_page_is_kept(
    now: datetime, minutes: int, part: float
) -> None:
    deadline = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    until = good_until(now)
    later = now + (until - now) * part
    assert now <= later <= until <= now + timedelta(seconds=60)
    if later < until:
        assert (deadline <= now) == (deadline <= later)
        closing_now, closing_later = (moment.replace(microsecond=0) for moment in (now, later))
        assert (closing_now <= deadline) == (closing_later <= deadline)


def test_memory_lets_the_least_recently_asked_for_go() -> None:
    memory = Memory(100)
    keys = [Key("s", "http", "localhost", f"/{n}/", "") for n in range(4)]
    kept = Kept({"": Variant(b"x" * 30, {})}, datetime(2026, 11, 23, tzinfo=UTC))
    for key in keys[:3]:
        memory.put(key, kept)
    memory.get(keys[0])
    memory.put(keys[3], kept)
    assert [memory.get(key) is not None for key in keys] == [True, False, True, True]
    memory.put(keys[3], kept)
    assert memory.size == 90
    memory.put(keys[1], Kept({"": Variant(b"x" * 101, {})}, kept.until))
    assert memory.size == 0


def test_a_page_drawn_from_what_stood_before_a_change_is_not_kept(rf: RequestFactory) -> None:
    def changed_meanwhile(request: Any) -> HttpResponse:
        page_cache.forget()
        return HttpResponse("what stood before")

    PageCache(changed_meanwhile)(rf.get("/mot-trang/"))
    answer = PageCache(lambda request: HttpResponse("now"))(rf.get("/mot-trang/"))
    assert answer.content == b"now"
