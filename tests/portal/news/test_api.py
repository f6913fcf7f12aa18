"""Open data about news: live articles of one language, the newest first."""

import pytest
from django.test import Client

from portal.news.models import NewsIndexPage
from tests.factories.pages import (
    ArticleFactory,
    DocumentFactory,
    NewsIndexFactory,
    TopicFactory,
    home,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
QUERIES = 7


@pytest.fixture
def index(site: object) -> NewsIndexPage:
    return NewsIndexFactory(parent=home())


def test_live_articles_with_their_addresses(index: NewsIndexPage, client: Client) -> None:
    ArticleFactory(parent=index, title="Nháp", draft=True)
    plan = DocumentFactory(title="Kế hoạch")
    topic = TopicFactory(label="Khởi nghiệp")
    article = ArticleFactory(parent=index, topic=topic, tags=["OCOP"], attached=[plan])
    [found] = client.get("/api/v1/news").json()["items"]
    assert (found["title"], found["topic"]) == (article.title, "Khởi nghiệp")
    assert found["page"].endswith(article.url)
    assert found["tags"] == ["OCOP"]
    [attached] = found["attachments"]
    assert (attached["title"], attached["kind"], attached["size"]) == ("Kế hoạch", "pdf", 12)
    assert attached["url"].endswith(plan.url)
    assert client.get("/api/v1/news?language=en").json()["count"] == 0


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_costs_the_same(
    index: NewsIndexPage, client: Client, count: int, django_assert_num_queries
) -> None:
    topic, plan = TopicFactory(), DocumentFactory()
    for _number in range(count):
        ArticleFactory(parent=index, topic=topic, tags=["OCOP", "AI"], attached=[plan])
    client.get("/api/v1/news?limit=100")
    with django_assert_num_queries(QUERIES):
        assert len(client.get("/api/v1/news?limit=100").json()["items"]) == count
