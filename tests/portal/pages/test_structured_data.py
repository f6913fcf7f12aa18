"""What pages tell machines and other sites about themselves."""

import json
from typing import Any

import pytest
from django.test import Client

from portal.pages.models import SiteSettings
from tests.factories.pages import (
    ArticleFactory,
    ImageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    home,
)
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def things(client: Client, url: str) -> dict[str, dict[str, Any]]:
    script = page_of(client.get(url)).select_one('script[type="application/ld+json"]')
    told = json.loads(script.string)
    assert told["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in told["@graph"]}


def test_the_home_page_tells_whose_it_is(client: Client) -> None:
    SiteSettings.objects.update(phone="0272 382 2222", email="so@demo.example")
    told = things(client, "/")
    department = told["GovernmentOrganization"]
    assert department["telephone"] == "0272 382 2222"
    assert "address" not in department, "what is not known is not told"
    assert told["WebSite"]["potentialAction"]["target"].endswith("/tim-kiem/?q={q}")


def test_the_way_to_a_page(client: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    way = things(client, page.url)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in way] == [1, 2]
    assert way[1]["name"] == "Giới thiệu"
    assert all(step["item"].startswith("http://") for step in way if "item" in step)


def test_an_article_tells_its_dates_and_cover(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    article = ArticleFactory(parent=index, cover=True, title="Máy </script><b>mới</b> & tốt")
    told = things(client, article.url)["NewsArticle"]
    assert told["headline"] == "Máy </script><b>mới</b> & tốt"
    assert told["datePublished"] == article.day.isoformat()
    assert told["image"].startswith("http://")


def test_each_page_has_a_picture_to_share(client: Client) -> None:
    page = StandardPageFactory(parent=home())
    shared = page_of(client.get(page.url)).select_one('meta[property="og:image"]')["content"]
    assert shared.startswith("http://")
    assert "share" in shared
    page.share_image = ImageFactory()
    page.save_revision().publish()
    own = page_of(client.get(page.url)).select_one('meta[property="og:image"]')["content"]
    assert "share" not in own.rpartition("/")[2]


def test_the_manifest_and_icons_follow_the_logo(client: Client) -> None:
    SiteSettings.objects.update(name_vi="Cổng của tỉnh", short_name="Cổng")
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["name"], told["short_name"]) == ("Cổng của tỉnh", "Cổng")
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]
    SiteSettings.objects.update(logo=ImageFactory())
    own = json.loads(client.get("/site.webmanifest").content)["icons"]
    assert own[0]["src"] != told["icons"][0]["src"]
    page = page_of(client.get("/"))
    assert page.select_one('link[rel="manifest"]')["href"] == "/site.webmanifest"
    assert page.select_one('link[rel="apple-touch-icon"]')["href"] not in ("", None)
