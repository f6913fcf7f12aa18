"""What search engines are told."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.calls import CompetitionFactory
from tests.factories.pages import (
    ArticleFactory,
    CompetitionIndexFactory,
    CompetitionPageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    english,
    home,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Each address with its languages, over the index, as a search engine reads it."""
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    [section] = [one.text for one in index.findall("s:sitemap/s:loc", NAMES)]
    tree = ElementTree.fromstring(client.get(str(section)).content)
    return {
        str(url.findtext("s:loc", namespaces=NAMES)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in tree.findall("s:url", NAMES)
    }


def test_public_pages_stand_in_it_with_their_languages(client: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    translated = english(page, title="About")
    StandardPageFactory(parent=home(), title="Bản nháp", draft=True)
    found = sitemap(client)
    both = {"vi": page.full_url, "en": translated.full_url}
    assert found[page.full_url] == both
    assert found[translated.full_url] == both
    assert not [address for address in found if "ban-nhap" in address]
    for address in found:
        assert client.get(address).status_code == 200


def test_a_page_without_translation_names_no_languages(client: Client) -> None:
    page = StandardPageFactory(parent=home())
    assert sitemap(client)[page.full_url] == {}


def test_a_competition_stands_in_it_once_announced(client: Client) -> None:
    index = CompetitionIndexFactory(parent=home())
    draft = CompetitionPageFactory(parent=index, competition=CompetitionFactory())
    shown = CompetitionPageFactory(parent=index, competition=CompetitionFactory(announced=True))
    found = sitemap(client)
    assert shown.full_url in found
    assert draft.full_url not in found


def test_many_pages_cost_no_more_queries_than_few(client: Client) -> None:
    index = NewsIndexFactory(parent=home())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap-pages.xml")
        return len(captured)

    ArticleFactory(parent=index)
    queries()  # what a process reads only once, such as the sites, stands now
    few = queries()
    for _number in range(5):
        ArticleFactory(parent=index)
    assert queries() == few


def test_a_demonstration_keeps_search_engines_out(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert text == "User-agent: *\nDisallow: /\n"


def test_a_live_portal_shows_the_way(client: Client, settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /workspace/" in text
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_programs_find_the_icon(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith(".png")
