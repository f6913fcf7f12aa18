"""What editors are told about translations: the report, its filters, and their task."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as say
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from portal.pages.translations import State
from tests.factories.judging import person
from tests.factories.pages import StandardPageFactory, english, home
from tests.reading import page_of, words

pytestmark = pytest.mark.usefixtures("site")

REPORT = "/admin/reports/english/"


@pytest.fixture
def editor(signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(person(editor=True, email="bien.tap@demo.example"))


def rows(client: Client, **filters: str) -> dict[str, str]:
    """Each page of the report with the whole line about it."""
    page = page_of(client.get(REPORT, filters))
    listed = page.select("main table.listing tbody tr")
    return {words(row.select("td")[0]): words(row) for row in listed}


def submit(client: Client, page: Page) -> Translation:
    """Hand the page to the translators, as editors do."""
    locale = Locale.objects.get(language_code="en")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    client.post(url, {"locales": [locale.pk]})
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(translation: Translation, count: int | None = None) -> None:
    for segment in StringSegment.objects.filter(source=translation.source)[:count]:
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=f"In English {segment.pk}",
        )


def test_each_page_says_where_its_translation_stands(
    editor: Client, at: Callable[[str], datetime]
) -> None:
    at("2026-11-01 08:00")
    pages = {
        name: StandardPageFactory(parent=home(), title=name, summary=f"Tóm tắt {name}.")
        for name in ("Thiếu", "Nháp", "Cũ", "Đủ", "Một phần")
    }
    at("2026-11-02 08:00")
    english(pages["Nháp"], title="Draft", live=False)
    english(pages["Cũ"], title="Behind")
    english(pages["Đủ"], title="Current")
    partial = submit(editor, pages["Một phần"])
    translate(partial, count=2)
    total = StringSegment.objects.filter(source=partial.source).count()
    partial.source.create_or_update_translation(partial.target_locale, publish=True, fallback=True)
    Page.objects.get(pk=partial.get_target_instance().pk).get_latest_revision().publish()
    at("2026-11-03 08:00")
    pages["Cũ"].save_revision().publish()

    found = rows(editor)
    assert str(State.MISSING.label) in found["Thiếu"]
    said = {"missing": "Thiếu", "draft": "Nháp", "behind": "Cũ", "partial": "Một phần"}
    for state, title in said.items():
        assert list(rows(editor, state=state)) == [title], state
    assert {"Đủ"} <= set(rows(editor, state="current"))
    share = {"done": 2, "all": total, "share": 200 // total}
    assert say("%(done)s of %(all)s (%(share)s%%)") % share in found["Một phần"]
    assert list(rows(editor, title="một ph")) == ["Một phần"]
    assert rows(editor, state="no-such-state")


def test_a_source_that_changes_is_told_until_it_is_taken_over(
    editor: Client, at: Callable[[str], datetime]
) -> None:
    at("2026-11-01 08:00")
    page = StandardPageFactory(parent=home(), title="Quy chế", summary="Bản đầu.")
    at("2026-11-01 09:00")
    translation = submit(editor, page)
    translate(translation)
    translation.save_target(publish=True)
    Page.objects.get(pk=translation.get_target_instance().pk).get_latest_revision().publish()
    assert list(rows(editor, title="Quy chế", state="current")) == ["Quy chế"]
    assert "Quy chế" not in rows(editor, state="behind")
    report = reverse("translation_report")
    assert report not in str(editor.get("/workspace/").content)

    at("2026-11-02 08:00")
    page.summary = "Bản sau."
    page.save_revision().publish()
    update = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    answer = page_of(editor.get(REPORT, {"state": "behind"}))
    assert answer.select_one(f'a[href="{update}"]')
    task = page_of(editor.get("/workspace/")).select_one(f'a[href="{report}?state=behind"]')
    assert task is not None

    at("2026-11-02 09:00")
    TranslationSource.objects.get(pk=translation.source_id).update_from_db()
    Page.objects.get(pk=translation.get_target_instance().pk).get_latest_revision().publish()
    assert list(rows(editor, title="Quy chế", state="partial")) == ["Quy chế"]
    assert f"{report}?state=behind" not in str(editor.get("/workspace/").content)


def test_the_report_costs_the_same_for_many_pages(editor: Client) -> None:
    page = StandardPageFactory(parent=home())
    english(page, title="First")
    editor.get(REPORT)  # fills what is kept for all requests
    with CaptureQueriesContext(connection) as few:
        editor.get(REPORT)
    for number in range(6):
        english(StandardPageFactory(parent=home()), title=f"Page {number}")
    with CaptureQueriesContext(connection) as many:
        editor.get(REPORT)
    assert len(many) == len(few)
