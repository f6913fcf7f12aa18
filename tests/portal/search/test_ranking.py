"""The order of what was found, what is not found any more, and what finding costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.search.finding import count_by_kind, find, read_query
from tests.factories.search import document
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

Counted = Callable[..., Any]
RESULT_PAGE_QUERIES = 11


def found(typed: str, language: str = "vi") -> list[str]:
    return [one.title for one in find(read_query(typed), language)]


def test_the_steps_from_the_exact_title_to_words_somewhere() -> None:
    document("a:8:vi", "Tám", "Vườn có một doanh nghiệp startup")
    document("a:7:vi", "Bảy", "Nghiệp đoàn lo khởi công")
    document("a:6:vi", "Sáu", "Nói về khởi nghiệp")
    document("a:5:vi", "Ngày hội startup")
    document("a:4:vi", "Nghiệp đoàn khởi công")
    document("a:3:vi", "Quỹ khởi nghiệp")
    document("a:2:vi", "Khởi nghiệp")
    assert found("khởi nghiệp") == [
        "Khởi nghiệp",
        "Quỹ khởi nghiệp",
        "Nghiệp đoàn khởi công",
        "Ngày hội startup",
        "Sáu",
        "Bảy",
        "Tám",
    ]


def test_typed_accents_and_whole_words_come_first() -> None:
    document("a:1:vi", "Cây duả lạ")
    document("a:2:vi", "Cây duật")
    document("a:3:vi", "Cây dừa")
    document("a:4:vi", "Cây dứa")
    assert found("cây dừa") == ["Cây dừa", "Cây dứa", "Cây duả lạ", "Cây duật"]
    assert found("cay dua")[-1] == "Cây duật"


def test_tone_placement_is_no_other_accent() -> None:
    document("a:1:vi", "Xã Hóa")
    document("a:2:vi", "Xã Hoà")
    document("a:3:vi", "Xã Hòa")
    assert found("xã hoà") == ["Xã Hoà", "Xã Hòa", "Xã Hóa"]


def test_what_goes_on_stands_before_what_is_archived() -> None:
    document("a:1:vi", "Cuộc thi xanh 2024", rank=-1, day=clock.now())
    document("a:2:vi", "Cuộc thi xanh 2026", day=clock.now() - timedelta(days=300))
    document("a:3:vi", "Cuộc thi xanh 2027", rank=1)
    assert found("cuoc thi") == ["Cuộc thi xanh 2027", "Cuộc thi xanh 2026", "Cuộc thi xanh 2024"]
    assert found("cuoc thi xanh 2024") == ["Cuộc thi xanh 2024"]


def test_what_is_over_is_not_found_and_hides_no_translation(
    at: Callable[[str], Any],
) -> None:
    end = at("2026-11-23 17:00:00")
    document("a:1:vi", "Phòng họp trống", visible_until=end)
    document("a:2:vi", "Room", visible_until=end)
    document("a:2:en", "Room")
    at("2026-11-23 16:59:59")
    assert found("phong") == ["Phòng họp trống"]
    assert [(one.language) for one in find(read_query("room"), "vi")] == ["vi"]
    at("2026-11-23 17:00:00")
    assert found("phong") == []
    assert [(one.language) for one in find(read_query("room"), "vi")] == ["en"]


@pytest.mark.parametrize("count", [1, 200])
def test_two_queries_for_the_results_and_one_for_the_tabs(
    count: int, django_assert_num_queries: Counted
) -> None:
    for number in range(count):
        document(f"a:{number}:vi", f"Tin khởi nghiệp {number}", kind="article")
    with django_assert_num_queries(1):
        query = read_query("khoi nghiep tin")
    with django_assert_num_queries(1):
        assert count_by_kind(query, "vi") == {"article": count}
    with django_assert_num_queries(2):
        assert len(find(query, "vi")[:20]) == min(count, 20)


@pytest.mark.parametrize("count", [1, 200])
def test_the_page_costs_the_same(
    client: Client, count: int, django_assert_num_queries: Counted
) -> None:
    for number in range(count):
        document(f"a:{number}:vi", f"Tin khởi nghiệp {number}", kind="article")
    client.get("/tim-kiem/", {"q": "tin"})  # fills what is kept for all requests
    with django_assert_num_queries(RESULT_PAGE_QUERIES):
        answer = client.get("/tim-kiem/", {"q": "tin"})
    assert len(page_of(answer).select("#main li.row")) == min(count, 20)
