"""What the editor is told about a page while writing it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.test.utils.form_data import rich_text, streamfield

from tests.factories.judging import person
from tests.factories.pages import NewsIndexFactory, StandardPageFactory, home
from tests.portal.pages.test_publishing import form_of
from tests.reading import page_of, words
from tests.rendered_words import ENGLISH_WORDS

CHECKED = {
    "alt-text-quality",
    "color-contrast",
    "empty-heading",
    "heading-order",
    "image-alt",
    "link-name",
}


@pytest.mark.usefixtures("site")
def test_the_editor_and_its_preview_check_the_same_in_vietnamese(
    client: Client, signed_in: Callable[[Any], Client]
) -> None:
    page = NewsIndexFactory(parent=home(), summary="Tin của Sở.")
    editor = signed_in(person(editor=True))
    written = page_of(editor.get(f"/admin/pages/{page.pk}/edit/"))
    configuration = json.loads(written.select_one("#checker-axe-configuration").string)
    assert set(configuration["options"]["runOnly"]) >= CHECKED
    assert configuration["context"]["include"] == ["main"]
    told = configuration["messages"]
    assert set(told) == set(configuration["options"]["runOnly"])
    assert not [one for one in told.values() if ENGLISH_WORDS.search(" ".join(one.values()))]

    draft = written.select_one("[data-edit-form]")
    assert draft is not None
    fields = {one["name"]: one.get("value", "") for one in draft.select("input[name]")}
    preview = f"/admin/pages/{page.pk}/edit/preview/?in_preview_panel=true"
    assert editor.post(preview, fields).json()["is_valid"]
    shown = BeautifulSoup(editor.get(preview).content, "html.parser")
    assert configuration == json.loads(shown.select_one("#checker-axe-configuration").string)
    for ordinary in (client, editor):
        assert "wagtail-userbar" not in ordinary.get(page.url).content.decode()


TEXT = """<p><a href="/a/">Tại đây</a>, <a href="/b/">tại đây.</a>,
<a href="/c/"><b>bấm vào  đây</b> »</a>, <a href="/d/">Thể lệ cuộc thi</a>,
<a href="/e/">Đẩy</a> và tại đây.</p>"""


@pytest.mark.usefixtures("site")
def test_links_that_do_not_say_where_they_lead_are_named_and_saved(
    signed_in: Callable[[Any], Client],
) -> None:
    page = StandardPageFactory(parent=home(), body=[("paragraph", TEXT)])
    editor = signed_in(person(editor=True))
    address = f"/admin/pages/{page.pk}/edit/"
    vague = streamfield([("paragraph", rich_text(TEXT))])
    quiet = editor.post(address, form_of(page, body=vague), headers={"accept": "application/json"})
    assert quiet.json()["success"]
    assert "dẫn đến đâu" not in told(editor, address)
    editor.post(address, form_of(page, body=vague))
    assert "“Tại đây”, “bấm vào đây”. Hãy" in told(editor, address)
    assert "tại đây" in str(page.get_latest_revision_as_object().body)
    editor.post(address, form_of(page))
    assert "dẫn đến đâu" not in told(editor, address)


def told(client: Client, address: str) -> str:
    """The messages over the screen that comes next."""
    return " ".join(words(one) for one in page_of(client.get(address)).select(".messages li"))
