"""The first page tree of a province."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from portal.pages.founding import found_site
from portal.pages.models import HomePage, SiteSettings
from tests.factories.pages import home

pytestmark = pytest.mark.django_db


def test_founding_makes_two_languages_and_their_home_pages() -> None:
    page = found_site("cong.demo.example", 443)
    assert page.full_url == "https://cong.demo.example/"
    assert {locale.language_code for locale in Locale.objects.all()} == {"vi", "en"}
    assert home("en").translation_key == page.translation_key
    assert home("en").live
    assert home("en").title != page.title
    assert SiteSettings.objects.get().site == Site.objects.get()


def test_founding_takes_the_welcome_page_away() -> None:
    found_site("localhost", 80)
    assert {page.specific_class for page in Page.objects.filter(depth=2)} == {HomePage}


def test_founding_again_changes_only_the_address() -> None:
    page = found_site("localhost", 80)
    page.title = "Cổng của chúng tôi"
    page.save_revision().publish()
    again = found_site("cong.demo.example", 8000)
    assert (again.pk, again.title) == (page.pk, "Cổng của chúng tôi")
    assert HomePage.objects.count() == 2
    assert Site.objects.get().port == 8000


def test_the_command_takes_the_address_of_the_site(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("found_site", url="https://cong.demo.example")
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("cong.demo.example", 443)


def test_both_home_pages_answer(site: Site, client: Client) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/en/").status_code == 200
