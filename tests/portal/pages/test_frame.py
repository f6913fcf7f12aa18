"""Menus, breadcrumbs, the language switch and hreflang."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from portal.pages.models import FooterLink, SiteSettings
from tests.factories.accounts import UserFactory
from tests.factories.pages import StandardPageFactory, english, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def soup(client: Client, url: str) -> BeautifulSoup:
    return page_of(client.get(url))


def switch(page: BeautifulSoup) -> tuple[str, str]:
    """Where the language switch leads, and the note beside it."""
    [link] = page.select(".site-tools a[hreflang]")
    return link["href"], link.get("title", "")


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}


def test_the_menu_holds_the_pages_that_editors_put_there(client: Client) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu", show_in_menus=True)
    StandardPageFactory(parent=about, title="Cơ cấu tổ chức", show_in_menus=True)
    StandardPageFactory(parent=home(), title="Ẩn", show_in_menus=False)
    StandardPageFactory(parent=home(), title="Nháp", show_in_menus=True, draft=True)
    page = soup(client, "/gioi-thieu/co-cau-to-chuc/")
    [nav] = page.select("nav#site-nav")
    assert [link.get_text(strip=True) for link in nav.select("li li a")][1:] == ["Cơ cấu tổ chức"]
    assert "Ẩn" not in nav.get_text()
    assert "Nháp" not in nav.get_text()
    [current] = nav.select('[aria-current="page"]')
    assert current.get_text(strip=True) == "Cơ cấu tổ chức"


def test_breadcrumbs_lead_home(client: Client) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    StandardPageFactory(parent=about, title="Cơ cấu tổ chức")
    page = soup(client, "/gioi-thieu/co-cau-to-chuc/")
    crumbs = page.select(".breadcrumbs li")
    assert [crumb.get_text(strip=True) for crumb in crumbs] == [
        "Trang chủ",
        "Giới thiệu",
        "Cơ cấu tổ chức",
    ]
    assert [link["href"] for link in page.select(".breadcrumbs a")] == ["/", "/gioi-thieu/"]
    assert not soup(client, "/").select(".breadcrumbs")


def test_footer_links_follow_the_reader_s_language(site: Site, client: Client) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    contact = StandardPageFactory(parent=home(), title="Liên hệ")
    draft = StandardPageFactory(parent=home(), title="Chưa xong", draft=True)
    english(about, title="About")
    settings = SiteSettings.for_site(site)
    for order, page in enumerate((about, contact, draft)):
        FooterLink.objects.create(settings=settings, page=page, sort_order=order)
    links = soup(client, "/en/").select(".site-footer__menus a")
    assert [(link["href"], link.get_text(strip=True)) for link in links] == [
        ("/en/about/", "About"),
        ("/lien-he/", "Liên hệ"),
    ]


def test_a_translated_page_offers_its_translation(client: Client) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    english(about, title="About")
    page = soup(client, "/gioi-thieu/")
    assert page.html["lang"] == "vi"
    assert switch(page) == ("/en/about/", "")
    expected = {"vi": "http://localhost/gioi-thieu/", "en": "http://localhost/en/about/"}
    assert alternates(page) == expected
    other = soup(client, "/en/about/")
    assert other.html["lang"] == "en"
    assert switch(other) == ("/gioi-thieu/", "")
    assert alternates(other) == expected


def test_an_untranslated_page_leads_to_the_nearest_and_says_so_there(client: Client) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    english(about, title="About")
    deep = StandardPageFactory(parent=about, title="Cơ cấu tổ chức")
    page = soup(client, "/gioi-thieu/co-cau-to-chuc/")
    url, note = switch(page)
    assert url == f"/en/about/?untranslated={deep.pk}"
    assert "not available in English" in note
    assert list(alternates(page)) == ["vi"]
    landing = soup(client, url)
    [notice] = landing.select("#main .notice")
    assert "not available in English" in notice.get_text()
    [way_back] = notice.select("a")
    assert (way_back["href"], way_back["lang"]) == ("/gioi-thieu/co-cau-to-chuc/", "vi")


def test_a_draft_translation_is_no_translation(client: Client) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    english(about, title="About", live=False)
    page = soup(client, "/gioi-thieu/")
    assert switch(page)[0] == f"/en/?untranslated={about.pk}"
    assert list(alternates(page)) == ["vi"]


@pytest.mark.parametrize("value", ["", "abc", "999999", "-1", "1e9", "9" * 40, "٣", "<script>"])
def test_a_made_up_wish_shows_nothing(client: Client, value: str) -> None:
    assert not soup(client, f"/en/?untranslated={value}").select("#main .notice")


def test_a_wish_never_tells_of_private_or_draft_pages(client: Client) -> None:
    draft = StandardPageFactory(parent=home(), title="Chưa xong", draft=True)
    private = StandardPageFactory(parent=home(), title="Riêng tư")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for page in (draft, private):
        assert not soup(client, f"/en/?untranslated={page.pk}").select("#main .notice")


def test_record_pages_switch_by_address(client: Client) -> None:
    page = soup(client, "/tim-kiem/?q=doi+moi")
    assert switch(page) == ("/en/tim-kiem/?q=doi+moi", "")
    assert switch(soup(client, "/en/tim-kiem/?q=doi+moi"))[0] == "/tim-kiem/?q=doi+moi"
    client.force_login(UserFactory())
    assert switch(soup(client, "/workspace/"))[0] == "/en/workspace/"


def test_without_an_english_home_vietnamese_pages_do_not_answer_under_en(client: Client) -> None:
    StandardPageFactory(parent=home(), title="Giới thiệu")
    home("en").unpublish()
    response = client.get("/en/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/en/gioi-thieu/").status_code == 404


def test_unprefixed_pages_do_not_vary_by_language(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})
    assert BeautifulSoup(response.content, "html.parser").html["lang"] == "vi"
    assert "accept-language" not in response.get("Vary", "").lower()


def test_the_brand_leads_to_the_home_page_of_the_language(client: Client) -> None:
    assert soup(client, "/en/").select_one("a.brand")["href"] == "/en/"
    assert soup(client, "/").select_one("a.brand")["href"] == "/"
