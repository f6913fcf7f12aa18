"""What an editor does: write, translate, publish; and what must not happen by itself."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from portal.core.secrecy import FIELD
from portal.pages.models import StandardPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import (
    ArticleFactory,
    ImageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    home,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(editor=True))
    return client


def form_of(page: Page, **changes: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "body": streamfield([("paragraph", rich_text("<p>Đoạn mới.</p>"))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            **changes,
        }
    )


def test_an_editor_s_draft_leaves_the_live_page_alone(editor: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    response = editor.post(f"/admin/pages/{page.pk}/edit/", form_of(page, title="Bản mới"))
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.title == "Giới thiệu"
    assert page.get_latest_revision_as_object().title == "Bản mới"


@pytest.mark.parametrize("role", ["officer", "front_desk"])
def test_only_those_who_edit_open_the_editor(client: Client, role: str) -> None:
    client.force_login(UserFactory(**{role: True}))
    page = StandardPageFactory(parent=home())
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 302


def test_an_editor_sends_a_page_to_the_director_s_review(editor: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    editor.post(f"/admin/pages/{page.pk}/edit/", form_of(page, **{"action-submit": "1"}))
    page.refresh_from_db()
    task = page.current_workflow_task_state
    assert task is not None
    assert page.body_text() == ""
    director = Client()
    director.force_login(UserFactory(director=True))
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    director.post(action, {"comment": "Đồng ý"})
    page.refresh_from_db()
    assert page.body_text() == ""  # without the tick nothing is approved
    director.post(action, {"comment": "Đồng ý", FIELD: "on"})
    page.refresh_from_db()
    assert page.body_text() == "Đoạn mới."


def test_a_new_page_gets_a_vietnamese_slug(editor: Client) -> None:
    url = f"/admin/pages/add/pages/standardpage/{home().pk}/"
    data = {
        "title": "Đổi mới sáng tạo",
        "slug": "",
        "summary": "",
        "body": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    editor.post(url, nested_form_data(data))
    assert StandardPage.objects.get().slug == "doi-moi-sang-tao"


def test_a_cover_without_words_is_a_draft_at_most(client: Client) -> None:
    client.force_login(UserFactory(administrator=True))
    index = NewsIndexFactory(parent=home())
    page = ArticleFactory(parent=index, draft=True)
    facts = {
        "cover": ImageFactory().pk,
        "cover_alt": "",
        "cover_caption": "",
        "author_unit": "",
        "topic": "",
        "day": "08:00 23/11/2026",
        "tags": "",
        "attachments": inline_formset([]),
    }
    url = f"/admin/pages/{page.pk}/edit/"
    response = client.post(url, form_of(page, **facts, **{"action-publish": "1"}))
    assert "Hãy mô tả ảnh bìa bằng một câu." in response.content.decode()
    page.refresh_from_db()
    assert not page.live
    facts |= {"cover_alt": "Đội thi", FIELD: "on"}
    client.post(url, form_of(page, **facts, **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.live


def test_publishing_makes_the_pictures(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    index = NewsIndexFactory(parent=home())
    with django_capture_on_commit_callbacks(execute=True):
        article = ArticleFactory(parent=index, cover=True)
    made = set(article.cover.renditions.values_list("filter_spec", flat=True))
    assert {"fill-640x360|format-webp", "fill-1200x675|format-webp"} <= made
    assert {kind.rpartition("-")[2] for kind in made} == {"avif", "webp"}
    for address in ("/", "/tin-tuc/", article.url, f"{article.url}luu/"):
        assert client.get(address).status_code == 200
    assert set(article.cover.renditions.values_list("filter_spec", flat=True)) == made


def test_submitting_for_translation_puts_nothing_live(client: Client) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    administrator = UserFactory(administrator=True, email="quan-tri@demo.example")
    client.force_login(administrator)
    english = Locale.objects.get(language_code="en")
    response = client.post(
        f"/admin/localize/submit/page/{page.pk}/",
        {"locales": [english.pk], "include_subtree": ""},
    )
    assert response.status_code == 302
    assert Translation.objects.filter(source__object_id=page.translation_key).exists()
    copy = Page.objects.get(translation_key=page.translation_key, locale=english)
    assert not copy.live
    assert client.get(f"/en/{copy.slug}/").status_code == 404
    assert client.get("/gioi-thieu/").status_code == 200


def test_a_finished_translation_is_published_by_somebody(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    english = Locale.objects.get(language_code="en")
    translate_object(page, [english])
    translation = Translation.objects.get(
        source=TranslationSource.objects.get_for_instance(page), target_locale=english
    )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    copy = Page.objects.get(translation_key=page.translation_key, locale=english)
    assert client.get(copy.url).status_code == 200
