"""Literal query counts of lists that no app's own tests count.

The entry lists, the judge's desk and the ranking are counted beside their apps.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from competitions.season.models import CompetitionIndexPage, CompetitionPage
from portal.news.models import ArticlePage, NewsIndexPage, Topic
from portal.pages.models import HomePage
from tests.factories.calls import CompetitionFactory

NEWS_QUERIES = 20
SEASON_QUERIES = 18

Counted = Callable[..., Any]


@pytest.fixture
def home(site: Site) -> HomePage:
    found: HomePage = site.root_page.specific
    return found


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_news_index_costs_the_same(
    home: HomePage, count: int, django_assert_num_queries: Counted
) -> None:
    index = home.add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc", summary="Tin."))
    topics = [Topic.objects.create(label=f"Chủ đề {n}", slug=f"chu-de-{n}") for n in range(3)]
    for number in range(count):
        article = ArticlePage(title=f"Bài số {number}", slug=f"bai-{number}", summary="Tóm tắt.")
        article.topics = [topics[number % 3]]
        index.add_child(instance=article)
    client = Client()
    client.get("/tin-tuc/")  # fills what is kept for all requests: sites, settings, menus
    with django_assert_num_queries(NEWS_QUERIES):
        page = client.get("/tin-tuc/")
    assert page.content.decode().count("Bài số ") >= min(count, 3)


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_list_of_competitions_costs_the_same(
    home: HomePage, count: int, django_assert_num_queries: Counted
) -> None:
    index = home.add_child(
        instance=CompetitionIndexPage(title="Cuộc thi", slug="cuoc-thi", summary="Các mùa.")
    )
    for number in range(count):
        record = CompetitionFactory(announced=True)
        index.add_child(
            instance=CompetitionPage(
                title=record.title, slug=f"mua-{number}", summary="Một mùa.", competition=record
            )
        )
    client = Client()
    client.get("/cuoc-thi/")
    with django_assert_num_queries(SEASON_QUERIES):
        client.get("/cuoc-thi/")
