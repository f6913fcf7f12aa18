"""Open data as a whole: its description holds, it limits, is not sent twice, stays in step."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from schemathesis import GenerationMode
from schemathesis.core.control import SkipTest

from events.techmart.models import MarketPage
from portal.core import clock
from portal.news.models import NewsIndexPage
from portal.wsgi import application
from tests.factories.pages import ArticleFactory, NewsIndexFactory, home
from tests.factories.techmart import MarketPageFactory, demand, expert, offer, supplier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
MANY = 10_000


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> Iterator[None]:
    settings.OPEN_DATA_RATE = f"{MANY}/min"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def market(site: object) -> MarketPage:
    return MarketPageFactory(parent=home())


@pytest.fixture
def news(site: object) -> NewsIndexPage:
    return NewsIndexFactory(parent=home())


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The program under test runs in this transaction; it must not close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.usefixtures("one_connection", "market")
def test_every_address_keeps_to_the_description(mode: GenerationMode, news: NewsIndexPage) -> None:
    ArticleFactory(parent=news)
    offer()
    demand()
    expert()
    supplier()
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    described.config.generation.update(modes=[mode], allow_x00=False)
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()

        @examples(
            max_examples=12,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps(case: Any) -> None:
            case.call_and_validate(headers={"Host": "testserver"})

        with suppress(SkipTest):  # what takes no parameter cannot be asked wrongly
            keeps()
            asked += 1
    assert asked >= (13 if mode is GenerationMode.POSITIVE else 10)


def test_the_description_is_read_from_any_site(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/offers", "/api/v1/demands", "/api/v1/experts"} <= described["paths"].keys()
    assert answer["Access-Control-Allow-Origin"] == "*"


# Paging ------------------------------------------------------------------------------------


def _codes(answer: Any) -> list[str]:
    return [item["code"] for item in answer["items"]]


@pytest.mark.usefixtures("market")
def test_paging_stays_in_step_while_offers_come_and_go(client: Client) -> None:
    stood = [offer() for _number in range(7)]
    first = client.get("/api/v1/offers?limit=3").json()
    assert first["count"] == 7
    read = _codes(first)
    offer()  # comes to the front, which was read already
    gone = next(one for one in stood if one.standing.code in read)
    gone.unpublish()
    lost = stood[1]  # not read yet
    lost.unpublish()
    following = first["next"]
    while following:
        answer = client.get(following.split("testserver")[-1].replace("http://localhost:8000", ""))
        page = answer.json()
        read += _codes(page)
        following = page["next"]
    kept = [one.standing.code for one in stood if one is not lost]
    assert sorted(read) == sorted(kept)
    assert len(set(read)) == len(read)


def test_news_are_walked_by_their_day_even_when_it_is_the_same(
    news: NewsIndexPage, client: Client
) -> None:
    now = clock.now().replace(microsecond=123_456)
    for number in range(5):
        ArticleFactory(parent=news, title=f"Tin {number}", day=now - timedelta(days=number // 3))
    titles: list[str] = []
    query = "?limit=2"
    while query:
        page = client.get(f"/api/v1/news{query}").json()
        titles += [item["title"] for item in page["items"]]
        query = page["next"] and f"?{page['next'].partition('?')[2]}"
    assert titles == ["Tin 2", "Tin 1", "Tin 0", "Tin 4", "Tin 3"]


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "limit=0", "limit=101", "format=xml", f"after={'9' * 40}"]
)
def test_a_parameter_that_says_nothing_is_refused(client: Client, query: str) -> None:
    for path in ("offers", "news"):
        assert client.get(f"/api/v1/{path}?{query}").status_code == 422


# Sent once, and not too often --------------------------------------------------------------


@pytest.mark.usefixtures("market")
def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    offer()
    tag = client.get("/api/v1/offers")["ETag"]
    again = client.get("/api/v1/offers", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    offer()
    assert client.get("/api/v1/offers", headers={"If-None-Match": tag}).status_code == 200


def test_too_many_requests_wait(client: Client, settings: Any) -> None:
    settings.OPEN_DATA_RATE = "3/min"
    answers = [client.get("/api/v1/news") for _number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3]["Retry-After"]) <= 60
    assert answers[3]["Access-Control-Allow-Origin"] == "*"
    other = client.get("/api/v1/news", REMOTE_ADDR="203.0.113.7")
    assert other.status_code == 200
    # Nobody counts as another client by saying so.
    said = client.get("/api/v1/news", headers={"X-Forwarded-For": "203.0.113.9"})
    assert said.status_code == 429


def test_a_table_opens_with_its_accents_and_without_formulas(
    news: NewsIndexPage, client: Client
) -> None:
    ArticleFactory(parent=news, title="=HYPERLINK(1)", summary="Đổi mới")
    answer = client.get("/api/v1/news?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("title,summary,day")
    assert "'=HYPERLINK(1)" in text
    assert "Đổi mới" in text
    assert client.get("/api/v1/demands?format=csv").content.decode("utf-8-sig").startswith("code,")
