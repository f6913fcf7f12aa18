"""The search page: without accents, in both languages, the same on every database."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.core import clock
from portal.search.finding import find, read_query
from portal.search.indexing import rebuild
from portal.search.showing import highlighted
from portal.search.wagtail_hooks import LOOK_AGAIN, index_again
from tests.factories.pages import (
    ArticleFactory,
    NewsIndexFactory,
    StandardPageFactory,
    english,
    home,
)
from tests.factories.search import document
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def soup(client: Client, query: str, path: str = "/tim-kiem/", **more: str) -> BeautifulSoup:
    return page_of(client.get(path, {"q": query, **more}))


def titles(page: BeautifulSoup) -> list[str]:
    return [found.get_text().strip() for found in page.select(".row__title")]


@pytest.mark.parametrize(
    "typed", ["đổi mới", "doi moi", "ĐỔI MỚI", "DOI  MOI", "\u0111o\u0302\u0309i m\u01a1\u0301i"]
)
def test_accents_case_and_composition_do_not_matter(client: Client, typed: str) -> None:
    document("a:1:vi", "Đổi mới sáng tạo")
    document("a:2:vi", "Tin khác")
    assert titles(soup(client, typed)) == ["Đổi mới sáng tạo"]


def test_hoa_and_hoa_meet(client: Client) -> None:
    document("a:1:vi", "Hòa Thành")
    document("a:2:vi", "Hoà Hội")
    assert set(titles(soup(client, "hoà"))) == {"Hòa Thành", "Hoà Hội"}


def test_words_are_found_from_their_beginning(client: Client) -> None:
    document("a:1:vi", "Khởi nghiệp (2026)")
    assert titles(soup(client, "nghi 202")) == ["Khởi nghiệp (2026)"]
    assert titles(soup(client, "hoi")) == []


def test_exact_title_then_title_then_phrase_then_all_words(client: Client) -> None:
    document("a:1:vi", "Bốn", "chấm mọi điểm")
    document("a:2:vi", "Ba", "cách chấm điểm")
    document("a:3:vi", "Cách chấm điểm")
    document("a:4:vi", "Chấm điểm")
    assert titles(soup(client, "cham diem")) == ["Chấm điểm", "Cách chấm điểm", "Ba", "Bốn"]


def test_among_equals_the_newer_first_and_the_undated_last() -> None:
    document("a:1:vi", "Tin một")
    document("a:2:vi", "Tin hai", day=clock.now())
    found = find(read_query("tin"), "vi")
    assert [one.title for one in found] == ["Tin hai", "Tin một"]


@pytest.mark.parametrize("typed", ["%", "_", "%%", "100%", "\\", "a_b", "*", "' OR 1=1 --", '"'])
def test_signs_with_a_meaning_for_the_database_are_plain_letters(
    client: Client, typed: str
) -> None:
    document("a:1:vi", "Một trang nào đó")
    assert titles(soup(client, typed)) == []


def test_a_percent_sign_finds_itself(client: Client) -> None:
    document("a:1:vi", "Hỗ trợ 50% chi phí")
    document("a:2:vi", "Hỗ trợ 500 triệu")
    assert titles(soup(client, "50%")) == ["Hỗ trợ 50% chi phí"]


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 5000, "q=%FF%FE", "q=%C4", "q=%F0%9F%98%80", "q=a&page=zz", "q=a&loai=?"]
)
def test_odd_input_is_answered(client: Client, query: str) -> None:
    assert client.get(f"/tim-kiem/?{query}").status_code == 200


def test_nul_is_refused_without_an_error_of_ours(client: Client) -> None:
    assert client.get("/tim-kiem/?q=%00").status_code == 400


def test_marks_keep_accents_and_escape_markup(client: Client) -> None:
    document("a:1:vi", "Đổi mới <b>&</b>", "Nói về <script>đổi mới</script> ở đây")
    page = soup(client, "doi moi")
    [result] = page.select("#main li.row")
    assert [mark.get_text() for mark in result.select(".row__title mark")] == ["Đổi", "mới"]
    assert not result.select("b, script")
    assert "<script>" in result.select_one(".row__text").get_text()
    assert highlighted("x & y", read_query("")) == "x &amp; y"


def test_the_excerpt_begins_near_the_first_find(client: Client) -> None:
    document("a:1:vi", "Dài", "mở đầu " * 100 + "mãng cầu chín " + "kết thúc " * 100)
    text = soup(client, "mang cau").select_one(".row__text").get_text()
    assert "mãng cầu" in text
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 260


def test_kinds_are_tabs_with_counts(client: Client) -> None:
    document("a:1:vi", "Tin A", kind="article")
    document("a:2:vi", "Tin B", kind="article")
    document("a:3:vi", "Tin C", kind="competition")
    page = soup(client, "tin", loai="competition")
    tabs = [" ".join(tab.get_text().split()) for tab in page.select(".tabs a")]
    assert tabs == ["Tất cả 3", "Tin tức 2", "Cuộc thi 1"]
    assert page.select_one(".tabs [aria-current]").get_text(strip=True).startswith("Cuộc thi")
    assert titles(page) == ["Tin C"]
    assert page.select(".tabs a")[1]["href"] == "?q=tin&loai=article"


def test_twenty_a_page(client: Client) -> None:
    for number in range(23):
        document(f"a:{number}:vi", f"Tin {number}")
    page = soup(client, "tin", page="2")
    assert len(titles(page)) == 3
    assert "21–23 trong tổng số 23" in page.select_one(".list-head").get_text()


def test_nothing_found_says_what_to_try(client: Client) -> None:
    page = soup(client, "<i>khong co</i>")
    assert "Không tìm thấy “<i>khong co</i>”" in page.select_one(".empty").get_text()
    assert not page.select(".empty i")


def test_no_query_is_no_error(client: Client) -> None:
    assert not soup(client, "").select(".empty, .rows")


def test_the_other_language_stands_in_and_says_so(client: Client) -> None:
    document("a:1:vi", "Startup Việt")
    document("a:1:en", "Startup English")
    document("a:2:vi", "Startup chỉ tiếng Việt")
    page = soup(client, "startup", "/en/tim-kiem/")
    assert titles(page) == ["Startup English", "Startup chỉ tiếng Việt"]
    [foreign] = page.select('h2[lang="vi"]')
    assert "In Vietnamese" in foreign.find_previous("p").get_text()
    assert titles(soup(client, "startup")) == ["Startup Việt", "Startup chỉ tiếng Việt"]


def test_pages_of_ours_are_indexed_in_their_language(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    day = datetime(2026, 8, 3, 9, tzinfo=UTC)
    text = [("paragraph", "<p>Mãng cầu</p>")]
    ArticleFactory(parent=index, title="Phát động", day=day, body=text)
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    english(about, title="About us")
    StandardPageFactory(parent=home(), title="Nháp mãng cầu", draft=True)
    rebuild()
    found = soup(client, "mang cau")
    assert titles(found) == ["Phát động"]
    assert found.select_one(".row__meta time").get_text() == "03/08/2026"
    assert titles(soup(client, "about us", "/en/tim-kiem/")) == ["About us"]
    assert soup(client, "about us", "/en/tim-kiem/").select_one(".row__title a")["href"] == (
        "/en/about-us/"
    )


def test_publishing_and_unpublishing_keep_the_index_true(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = StandardPageFactory(parent=home(), title="Mãng cầu")
    assert titles(soup(client, "mang cau")) == ["Mãng cầu"]
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(soup(client, "mang cau")) == []
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert titles(soup(client, "mang cau")) == ["Mãng cầu"]
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert titles(soup(client, "mang cau")) == []


def test_the_clock_looks_again_once_an_hour() -> None:
    now = clock.now()
    assert [work.done for work in index_again(now)] == [2]  # the two home pages
    assert index_again(clock.now()) == []
    assert index_again(clock.now() + LOOK_AGAIN)
