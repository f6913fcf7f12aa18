"""A startup's profile in a browser: the founder writes, an editor approves, everybody reads."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.core import clock
from startups.directory.models import Sector, Stage, StartupProfile
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.directory import DirectoryPageFactory
from tests.factories.entries import FounderFactory
from tests.factories.pages import home

pytestmark = [*in_browser, pytest.mark.any_database]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_founder_writes_an_editor_approves_and_everybody_reads(
    person: Callable[..., Person], javascript: bool
) -> None:
    DirectoryPageFactory(parent=home(), slug="khoi-nghiep")
    sector, stage = Sector.objects.first(), Stage.objects.first()
    assert sector is not None
    assert stage is not None
    founder = FounderFactory()
    company = OrganisationFactory(owner=founder, name="Mãng Cầu Sấy", verified_at=clock.now())

    writer = person(founder, width=390, javascript=javascript)
    page = writer.go(reverse("directory:profile", args=[company.pk]))
    page.locator("form[action$='/start/'] button").click()
    page.wait_for_url("**/edit/")
    assert not javascript or writer.barriers() == []
    page.locator("[name=tagline]").fill("Sấy mãng cầu bằng nắng và hơi")
    page.locator("[name=description]").fill("Chúng tôi sấy lạnh mãng cầu Bà Đen.")
    page.locator("[name=sector]").select_option(str(sector.pk))
    page.locator("[name=stage]").select_option(str(stage.pk))
    page.locator(".form-actions button.button[type=submit]").last.click()
    page.wait_for_url(f"**/startup-profiles/{company.pk}/")
    page.locator("form[action$='/send/'] button").click()
    profile = StartupProfile.objects.get()
    assert profile.workflow_in_progress
    assert not profile.live

    editor = person(UserFactory(editor=True))
    name = "wagtailsnippets_directory_startupprofile:edit"
    desk = editor.go(reverse(name, args=[profile.pk]))
    expect(desk.locator("[name=tagline]")).to_have_value("Sấy mãng cầu bằng nắng và hơi")
    desk.locator("footer [data-w-dropdown-target=toggle]").first.click()
    desk.locator("[data-workflow-action-name=approve]").first.click()
    desk.locator(".modal-body [name=no_state_secret]").check()
    desk.locator(".modal-body [type=submit]").click()
    expect(desk.locator(".messages .success")).to_be_visible()

    reader = person(width=390, javascript=javascript)
    public = reader.go("/khoi-nghiep/?q=mang+cau")
    assert not javascript or reader.barriers() == []
    public.get_by_role("main").get_by_role("link", name="Mãng Cầu Sấy").click()
    reader.reads("Sấy mãng cầu bằng nắng và hơi", "Chúng tôi sấy lạnh mãng cầu Bà Đen.")
    assert not javascript or reader.barriers() == []
