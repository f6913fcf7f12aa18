"""What the editor is told about a page while writing it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.judging import person
from tests.factories.pages import NewsIndexFactory, home
from tests.reading import page_of
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
