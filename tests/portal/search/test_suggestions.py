"""Titles while somebody types: a cheap part of a page, the same for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.search import document
from tests.reading import page_of

pytestmark = pytest.mark.django_db

Counted = Callable[..., Any]
ADDRESS = "/tim-kiem/goi-y/"


def suggested(client: Client, typed: str, address: str = ADDRESS) -> BeautifulSoup:
    return page_of(client.get(address, {"q": typed}))


def titles(part: BeautifulSoup) -> list[str]:
    return [option.get_text() for option in part.select("ul[role=listbox] > li[role=option]")]


def test_titles_that_begin_with_it_come_first(client: Client) -> None:
    document("a:1:vi", "Quỹ khởi nghiệp")
    document("a:2:vi", "Nghiệp đoàn khởi công")
    document("a:3:vi", "Khởi nghiệp xanh")
    document("a:4:vi", "Tin khác", "khởi nghiệp")
    part = suggested(client, "khoi ngh")
    assert titles(part) == ["Khởi nghiệp xanh", "Quỹ khởi nghiệp", "Nghiệp đoàn khởi công"]
    assert part.select_one("li")["data-url"] == "/a-3-vi/"


def test_six_at_most_and_no_title_twice(client: Client) -> None:
    for number in range(9):
        document(f"a:{number}:vi", f"Tin {number // 2} <b>")
    assert titles(suggested(client, "tin")) == [f"Tin {number} <b>" for number in range(5)]
    for number in range(10, 20):
        document(f"a:{number}:vi", f"Tin {number}")
    assert len(titles(suggested(client, "tin 1"))) == 6


@pytest.mark.parametrize("typed", ["", " ", "t", "%", "khong co", "x" * 5000, "\\", "'"])
def test_nothing_to_suggest_is_an_empty_part(client: Client, typed: str) -> None:
    document("a:1:vi", "Tin")
    answer = client.get(ADDRESS, {"q": typed})
    assert answer.status_code == 200
    assert answer.content.strip() == b""


def test_the_readers_language_first_and_the_other_says_so(client: Client) -> None:
    document("a:1:vi", "Startup Việt")
    document("a:1:en", "Startup English")
    document("a:2:vi", "Startup ở Tây Ninh")
    part = suggested(client, "startup", f"/en{ADDRESS}")
    assert titles(part) == ["Startup English", "Startup ở Tây Ninh"]
    assert [option.get("lang") for option in part.select("li")] == [None, "vi"]
    assert part.select_one("ul")["data-status"] == "2 suggestions"


@pytest.mark.parametrize("count", [1, 200])
def test_two_queries(client: Client, count: int, django_assert_num_queries: Counted) -> None:
    for number in range(count):
        document(f"a:{number}:vi", f"Tin {number}")
    with django_assert_num_queries(2):  # which documents, and their titles
        answer = client.get(ADDRESS, {"q": "tin"})
    assert "max-age=60" in answer["Cache-Control"]
    with django_assert_num_queries(0):
        client.get(ADDRESS, {"q": "t"})


@pytest.mark.usefixtures("site")
def test_every_box_over_the_portal_knows_where_to_ask(client: Client) -> None:
    page = page_of(client.get("/en/tim-kiem/"))
    boxes = page.select("form[role=search] input[name=q]")
    assert [box["data-suggest"] for box in boxes] == ["/en/tim-kiem/goi-y/"] * 2
    assert {box["id"] for box in boxes} == {"site-search", "results-search"}
    assert [box.find_parent("form")["action"] for box in boxes] == ["/en/tim-kiem/"] * 2
