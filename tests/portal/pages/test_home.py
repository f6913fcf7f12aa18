"""The home page: doors, news, the season, figures; and the other pages editors write."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry
from portal.core import clock
from portal.pages.models import SiteSettings
from portal.pages.sections import default_arrangement
from tests.factories.calls import CompetitionFactory, give_dates
from tests.factories.entries import EntryFactory, OpenCompetitionFactory
from tests.factories.pages import (
    ArticleFactory,
    CompetitionIndexFactory,
    CompetitionPageFactory,
    ContactPageFactory,
    ImageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    TopicFactory,
    home,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

HOME_QUERIES = 12


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
    assert not page.select(".section--home")


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


def arrange(*sections: tuple[str, dict[str, Any]]) -> None:
    """Publish the Vietnamese home page with these sections."""
    page = home()
    page.sections = list(sections)
    page.save_revision().publish()


def test_an_editor_orders_names_and_limits_the_sections(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    for _number in range(4):
        ArticleFactory(parent=index)
    arrange(
        ("content", {"heading": "Cách tham gia", "body": [("paragraph", "<p>Rất dễ.</p>")]}),
        ("partners", {"items": [{"name": "Viện Ví Dụ", "url": "https://vien.demo.example/"}]}),
        ("upcoming", {"heading": "Không có gì", "amount": 4}),
        ("news", {"heading": "Chuyện mới", "amount": 2}),
    )
    page = soup(client)
    headings = [heading.get_text(strip=True) for heading in page.select(".section--home h2")]
    assert headings == ["Cách tham gia", "Đối tác đồng hành", "Chuyện mới"]
    assert page.select_one(".partner a")["href"] == "https://vien.demo.example/"
    assert len(page.select(".home-news article, .home-news .row")) == 2


def test_a_partner_is_seen_by_a_logo_and_heard_by_name(client: Client) -> None:
    partner = {"name": "Viện Ví Dụ", "url": "", "logo": ImageFactory(), "alt": ""}
    arrange(("partners", {"items": [partner]}))
    assert soup(client).select_one(".partner img")["alt"] == "Viện Ví Dụ"
    block = home().sections.stream_block.child_blocks["partners"].child_blocks["items"].child_block
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({**partner, "url": "javascript:alert(1)"}))
    assert "url" in refused.value.block_errors


def test_what_lies_ahead_stands_in_order_of_time(client: Client) -> None:
    index = CompetitionIndexFactory(parent=home())
    competition = CompetitionFactory(announced=True)
    CompetitionPageFactory(parent=index, competition=competition)
    now = clock.now()
    give_dates(competition, now - timedelta(days=1), now + timedelta(days=12))
    ahead = soup(client).select(".agenda__item")
    assert ahead[0].select_one("h3").get_text(strip=True) == "Hết hạn nộp hồ sơ"
    times = [item.select_one("time")["datetime"] for item in ahead]
    assert times == sorted(times)
    assert all(time > now.isoformat() for time in times)


def test_a_chart_tells_its_numbers_without_the_drawing(client: Client) -> None:
    for year, entries in ((2024, 3), (2025, 1)):
        competition = OpenCompetitionFactory(year=year)
        for number in range(entries):
            entry = EntryFactory(competition=competition)
            Entry.objects.filter(pk=entry.pk).update(code=f"KN{year}-{number:03d}")
    drawing = soup(client).select_one(".chart svg")
    assert drawing["aria-label"] == "Hồ sơ dự thi theo mùa. 2024: 3; 2025: 1"
    heights = [float(column["height"]) for column in drawing.select("rect")]
    assert heights[0] == pytest.approx(3 * heights[1], abs=0.2)
    cells = [cell.get_text() for cell in drawing.find_next("table").select("th, td")]
    assert cells == ["2024", "3", "2025", "1"]
    assert not soup(client).select("main [style]")


def test_a_draft_from_before_the_sections_gets_the_usual_arrangement() -> None:
    page = home()
    revision = page.save_revision()
    del revision.content["sections"]
    revision.save()
    revision.publish()
    types = [section.block_type for section in home().sections]
    assert types == ["doors", "news", "season", "upcoming", "figures", "partners"]


@pytest.mark.django_db(transaction=True)
def test_the_home_page_costs_the_same_however_much_there_is(
    client: Client, at: Callable[[str], datetime]
) -> None:
    """Twelve at most where menus and counts are kept already; outside a transaction, as served."""
    at("2026-11-28 09:00:30")  # with the next minute they would be asked for anew
    index = NewsIndexFactory(parent=home())
    ArticleFactory(parent=index, cover=True, topic=TopicFactory())
    competition = CompetitionFactory(announced=True)
    CompetitionPageFactory(parent=CompetitionIndexFactory(parent=home()), competition=competition)
    counted = []
    for amount in (1, 5):
        for _number in range(amount):
            ArticleFactory(parent=index, cover=True, topic=TopicFactory())
        partners = [{"name": "Viện", "logo": ImageFactory()} for _number in range(amount)]
        arrange(*default_arrangement()[:-1], ("partners", {"items": partners}))
        counted.append(queries(client))
    assert counted == [HOME_QUERIES, HOME_QUERIES]


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
