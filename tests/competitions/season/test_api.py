"""Open data about competitions: what the public page shows, and never more."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from competitions.judging import publishing
from competitions.season.models import CompetitionPage
from tests.competitions.season.test_results_page import prepared
from tests.factories.calls import CompetitionFactory
from tests.factories.judging import JudgingRound
from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory, home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
LIST = "/api/v1/competitions"
LIST_QUERIES = 11


@pytest.fixture
def index(site: object) -> Any:
    return CompetitionIndexFactory(parent=home())


def test_a_competition_is_described_with_its_tracks_and_stages(index: Any, client: Client) -> None:
    record = CompetitionFactory(announced=True, title_en="Startup competition")
    CompetitionPageFactory(parent=index, competition=record)
    answer = client.get(LIST)
    assert answer["Access-Control-Allow-Origin"] == "*"
    [found] = answer.json()["items"]
    assert (found["code"], found["title"]) == (record.code_prefix, record.title)
    assert found["title_en"] == "Startup competition"
    assert [track["title"] for track in found["tracks"]] == ["Ý tưởng", "Dự án"]
    assert len(found["stages"]) == 4
    assert "Ý tưởng" in answer.content.decode()
    assert client.get(f"{LIST}/{record.code_prefix}").json() == found


def test_drafts_and_unpublished_pages_are_not_there(index: Any, client: Client) -> None:
    draft = CompetitionFactory(set_up=True)
    CompetitionPageFactory(parent=index, competition=draft)
    hidden = CompetitionFactory(announced=True)
    CompetitionPageFactory(parent=index, competition=hidden)
    CompetitionPage.objects.get(competition=hidden).unpublish()
    assert client.get(LIST).json() == {"items": [], "count": 0}
    for record in (draft, hidden):
        assert client.get(f"{LIST}/{record.code_prefix}").status_code == 404
        assert client.get(f"{LIST}/{record.code_prefix}/results").status_code == 404


def test_results_are_there_from_publication_on(judged: JudgingRound, client: Client) -> None:
    address = f"{LIST}/{judged.competition.code_prefix}/results"
    decision = publishing.propose(prepared(judged), judged.officer)
    decision = publishing.approve(decision, judged.director)
    assert client.get(address).json() == []
    publishing.publish(decision, judged.officer)
    [result] = client.get(address).json()
    assert result["decision_number"] == decision.number
    assert [row["rank"] for row in result["rows"]] == [1, 2, 2]
    assert all(Decimal(row["total"]) > 0 for row in result["rows"])
    assert "@" not in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_list_costs_the_same(
    index: Any, client: Client, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _number in range(count):
        CompetitionPageFactory(parent=index, competition=CompetitionFactory(announced=True))
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(LIST).json()["count"] == count


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "offset=-1"])
def test_a_bad_page_is_refused(client: Client, query: str) -> None:
    assert client.get(f"{LIST}?{query}").status_code == 422


def test_nobody_writes_here(client: Client) -> None:
    assert client.post(LIST, {}).status_code == 405


def test_everything_is_described(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        LIST,
        f"{LIST}/{{code}}",
        f"{LIST}/{{code}}/results",
        "/api/v1/demands",
        "/api/v1/demands/{code}",
        "/api/v1/events",
        "/api/v1/experts",
        "/api/v1/news",
        "/api/v1/offers",
        "/api/v1/offers/{code}",
        "/api/v1/regulations",
        "/api/v1/regulations/{slug}",
        "/api/v1/startups",
        "/api/v1/startups/{slug}",
        "/api/v1/suppliers",
    }
