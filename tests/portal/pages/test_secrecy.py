"""Nothing goes live without somebody's tick that it holds no state secret."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from portal.accounts.models import User
from portal.core import clock, secrecy
from portal.core.models import SecrecyCheck
from portal.pages.models import StandardPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import StandardPageFactory, home
from tests.portal.pages.test_publishing import form_of
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

TICK = {secrecy.FIELD: "on"}
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def person() -> User:
    return UserFactory(editor=True, full_name="Đặng Hải Yến")


@pytest.fixture
def editor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def tick(shown: BeautifulSoup) -> Tag:
    """The tick's part of a shown editor."""
    return shown.select_one(f"[name={secrecy.FIELD}]").find_parent("section")


def test_without_the_tick_the_form_comes_back_with_everything(editor: Client) -> None:
    page = StandardPageFactory(parent=home(), draft=True)
    shown = page_of(editor.post(edit(page), form_of(page, title="Bản mới", **PUBLISH)))
    assert "bí mật nhà nước" in words(tick(shown).select_one(".error-message"))
    assert shown.select_one("[name=title]")["value"] == "Bản mới"
    assert not fresh(page).live
    assert not SecrecyCheck.objects.exists()


def test_the_tick_is_kept_with_name_and_time(editor: Client, person: User) -> None:
    page = StandardPageFactory(parent=home(), draft=True)
    editor.post(edit(page), form_of(page, **PUBLISH, **TICK))
    assert fresh(page).live
    check = SecrecyCheck.objects.get()
    assert (check.page_id, check.checked_by) == (page.pk, person)
    assert check.revision == fresh(page).live_revision
    log = PageLogEntry.objects.get(page=page.pk, action="secrecy.checked")
    assert (log.user, log.data["revision"]) == (person, check.revision_id)
    shown = page_of(editor.get(edit(page)))
    assert "Đặng Hải Yến" in words(tick(shown).select_one(".help"))
    assert not shown.select_one(f"[name={secrecy.FIELD}]").has_attr("checked")
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "không chứa bí mật nhà nước" in history.content.decode()


def test_a_correction_is_ticked_again(editor: Client) -> None:
    page = StandardPageFactory(parent=home(), draft=True)
    editor.post(edit(page), form_of(page, **PUBLISH, **TICK))
    editor.post(edit(page), form_of(page, title="Đã sửa", **PUBLISH))
    assert fresh(page).title != "Đã sửa"
    editor.post(edit(page), form_of(page, title="Đã sửa", **PUBLISH, **TICK))
    assert fresh(page).title == "Đã sửa"
    assert SecrecyCheck.objects.values("revision").distinct().count() == 2


def test_a_new_page_is_ticked_and_a_draft_is_not(editor: Client) -> None:
    address = f"/admin/pages/add/pages/standardpage/{home().pk}/"
    page = StandardPage(title="Trang mới", slug="trang-moi")
    editor.post(address, form_of(page, **PUBLISH))
    assert not StandardPage.objects.exists()
    editor.post(address, form_of(page))
    assert not StandardPage.objects.get(slug="trang-moi").live
    assert not SecrecyCheck.objects.exists()
    page.slug = "trang-khac"
    editor.post(address, form_of(page, **PUBLISH, **TICK))
    assert StandardPage.objects.get(slug="trang-khac").live


def test_a_scheduled_page_was_ticked_when_it_was_scheduled(
    editor: Client, at: Any, person: User
) -> None:
    at("2026-11-23 09:00:00")
    page = StandardPageFactory(parent=home(), draft=True)
    when = {"go_live_at": "08:00 24/11/2026"}
    editor.post(edit(page), form_of(page, **when, **PUBLISH))
    assert not fresh(page).scheduled_revision
    editor.post(edit(page), form_of(page, **when, **PUBLISH, **TICK))
    assert fresh(page).scheduled_revision == SecrecyCheck.objects.get().revision
    at("2026-11-24 08:01:00")
    call_command("publish_scheduled")
    assert fresh(page).live
    revision = page.save_revision(user=person)
    revision.approved_go_live_at = clock.now() + timedelta(days=1)
    with secrecy.in_the_name_of(person), pytest.raises(PermissionDenied):
        revision.save()


def test_many_pages_at_once_need_one_tick(editor: Client) -> None:
    pages = [StandardPageFactory(parent=home(), draft=True) for _number in range(2)]
    chosen = "&".join(f"id={page.pk}" for page in pages)
    address = f"/admin/bulk/wagtailcore/page/publish/?{chosen}"
    assert "bí mật nhà nước" in words(page_of(editor.post(address, {})).select_one("main"))
    assert not any(fresh(page).live for page in pages)
    editor.post(address, TICK)
    assert all(fresh(page).live for page in pages)
    assert SecrecyCheck.objects.count() == 2


def test_what_asks_no_form_meets_the_gate(editor: Client, person: User) -> None:
    page = StandardPageFactory(parent=home(), draft=True)
    api = f"/admin/api/main/pages/{page.pk}/action/publish/"
    assert editor.post(api, {}).status_code == 403
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=person)
    assert not fresh(page).live
    secrecy.confirm(page, page.get_latest_revision(), by=person)
    page.save_revision(user=person, overwrite_revision=None)
    with pytest.raises(PermissionDenied):  # the tick was for what stood there before
        page.get_latest_revision().publish(user=person)
    page.get_latest_revision().publish()  # the portal by itself: founding, demo, a verb
    assert fresh(page).live


def test_a_revision_written_over_loses_its_tick(person: User) -> None:
    page = StandardPageFactory(parent=home(), draft=True)
    revision = page.save_revision(user=person)
    secrecy.confirm(page, revision, by=person)
    page.title = "Chữ khác"
    page.save_revision(user=person, overwrite_revision=revision)
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=person)


def test_a_copy_is_a_draft(editor: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert not page_of(editor.get(address)).select_one("[name=publish_copies]")
    facts = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": home().pk}
    editor.post(address, {**facts, "publish_copies": "on"})
    assert not StandardPage.objects.get(slug="ban-sao").live


@pytest.mark.django_db(transaction=True)
def test_a_translation_is_ticked_before_it_goes_live(editor: Client, person: User) -> None:
    person.groups.set([])
    person.is_superuser = True
    person.save()
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    english = Locale.objects.get(language_code="en")
    translate_object(page, [english])
    copy = StandardPage.objects.get(translation_key=page.translation_key, locale=english)
    for sent in ({"action": "publish"}, {"action": "publish", "asked": "1"}):
        shown = page_of(editor.post(edit(copy), sent))
        assert bool(shown.select_one(".w-field__errors .error-message")) == ("asked" in sent)
        assert not fresh(copy).live
    editor.post(edit(copy), {"action": "publish", "asked": "1", **TICK})
    assert fresh(copy).live
    assert SecrecyCheck.objects.get().page_id == copy.pk
    source = TranslationSource.objects.get_for_instance(page)
    assert Translation.objects.filter(source=source, enabled=True).exists()
    update = reverse("wagtail_localize:update_translations", args=[source.pk])
    editor.post(update, {"publish_translations": "on"})
    assert SecrecyCheck.objects.count() == 1
    editor.post(update, {"publish_translations": "on", **TICK})
    assert SecrecyCheck.objects.count() == 2
    assert connection.features.supports_transactions
