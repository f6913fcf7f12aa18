"""The home page: doors, news, the season, figures; and the other pages editors write."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from competitions.calls.models import RoundTrack
from portal.core import clock
from portal.pages.models import SiteSettings
from tests.factories.calls import CompetitionFactory, give_dates
from tests.factories.pages import (
    ArticleFactory,
    CompetitionIndexFactory,
    CompetitionPageFactory,
    ContactPageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    TopicFactory,
    home,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def soup(client: Client, url: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def queries(client: Client, url: str = "/") -> int:
    client.get(url)  # content types and site roots are read once per process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(url)
    return len(captured)


def test_an_empty_portal_shows_only_what_there_is(client: Client) -> None:
    page = soup(client)
    assert len(page.select("h1")) == 1
    assert not page.select(".doors, .timeline, .figures, .home-news")


def test_the_nearest_deadline_is_the_largest_door(client: Client) -> None:
    index = CompetitionIndexFactory(parent=home())
    later = CompetitionFactory(announced=True, title="Cuộc thi muộn", year=2026)
    sooner = CompetitionFactory(announced=True, title="Cuộc thi sớm", year=2025)
    now = clock.now()
    give_dates(later, now - timedelta(days=1), now + timedelta(days=30))
    give_dates(sooner, now - timedelta(days=1), now + timedelta(days=12, hours=1))
    for competition in (later, sooner):
        CompetitionPageFactory(parent=index, competition=competition)
    page = soup(client)
    [largest] = page.select(".door--large")
    assert largest.select_one("a").get_text(strip=True) == "Cuộc thi sớm"
    assert largest.select_one("a")["href"] == "/cuoc-thi/cuoc-thi-som/"
    assert "Còn 12 ngày để nộp hồ sơ" in largest.get_text()
    assert len(page.select(".door")) == 2


def test_the_season_s_timeline_knows_today(client: Client) -> None:
    index = CompetitionIndexFactory(parent=home())
    competition = CompetitionFactory(announced=True, closed=True)
    CompetitionPageFactory(parent=index, competition=competition)
    RoundTrack.objects.filter(round__competition=competition, round__number=1).update(
        marking_opens_at=clock.now() - timedelta(days=1)
    )
    states = [item["data-state"] for item in soup(client).select(".timeline__item")]
    assert states == ["done", "now", "next", "next", "next"]


def test_the_first_story_leads(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    ArticleFactory(parent=index, title="Bài cũ")
    ArticleFactory(parent=index, title="Bài mới", cover=True)
    page = soup(client)
    [lead] = page.select(".card--lead")
    assert lead.select_one("h3").get_text(strip=True) == "Bài mới"
    assert lead.select_one("img")["alt"] == ""
    assert [row.get_text(strip=True) for row in page.select(".home-news .row__title")] == ["Bài cũ"]
    assert page.select_one(".section__head .link-action")["href"] == "/tin-tuc/"


def test_query_counts_without_and_with_news(client: Client) -> None:
    empty = queries(client)
    index = NewsIndexFactory(parent=home())
    topic = TopicFactory()
    ArticleFactory(parent=index, cover=True, topic=topic)
    one = queries(client)
    for _number in range(6):
        ArticleFactory(parent=index, cover=True, topic=topic)
    assert (empty, one, queries(client)) == (23, 25, 25)


def test_a_page_with_many_headings_gets_a_list_of_contents(client: Client) -> None:
    body = [("heading", {"text": f"Phần {n}", "level": "h2"}) for n in range(3)]
    StandardPageFactory(parent=home(), title="Giới thiệu", body=body)
    StandardPageFactory(parent=home(), title="Ngắn", body=body[:2])
    page = soup(client, "/gioi-thieu/")
    assert [link["href"] for link in page.select(".toc a")] == ["#phan-0", "#phan-1", "#phan-2"]
    assert page.select("h2#phan-1")
    assert not soup(client, "/ngan/").select(".toc")


def test_the_contact_page_shows_the_site_s_settings(site: Site, client: Client) -> None:
    settings = SiteSettings.for_site(site)
    settings.phone, settings.email = "0276 382 2228", "skhcn@demo.example"
    settings.address_vi, settings.address_en = "Phường Tân Ninh", "Tân Ninh ward"
    settings.save()
    ContactPageFactory(parent=home())
    page = soup(client, "/lien-he/")
    facts = page.select_one(".facts")
    assert facts.select_one('a[href="tel:02763822228"]')
    assert "Phường Tân Ninh" in facts.get_text()
    assert "Tân Ninh ward" in soup(client, "/en/").select_one("footer").get_text()
