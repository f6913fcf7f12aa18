"""Dates in the back office: written as people write them, refused when they do not exist."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.news.models import ArticlePage
from tests.factories.accounts import UserFactory
from tests.factories.pages import NewsIndexFactory, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def address() -> str:
    index = NewsIndexFactory(parent=home())
    return reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk])


@pytest.fixture
def editor(signed_in) -> Client:
    return signed_in(UserFactory(editor=True))


def test_the_picker_writes_days_first_and_leaves_typed_text_alone(editor, address) -> None:
    field = page_of(editor.get(address)).select_one("[name=day]")
    call = field.find_next("script").string
    config = json.loads(call[call.index("{") : call.rindex("}") + 1])
    assert config["validateOnBlur"] is False
    assert "/" in field["value"]


def test_a_day_that_does_not_exist_is_refused_beside_its_field(editor, address) -> None:
    data = {"title": "Bài", "slug": "bai", "summary": "Tóm tắt.", "day": "31/02/2026 10:00"}
    data |= {"body-count": "0", "cover_alt": "", "cover_caption": "", "author_unit": ""}
    page = page_of(editor.post(address, {**data, "action-publish": "1"}))
    field = page.select_one("[name=day]")
    assert field["value"] == "31/02/2026 10:00"
    assert field.find_parent(class_="w-field").select_one(".error-message")
    assert not ArticlePage.objects.exists()
    assert Page.objects.filter(slug="bai").count() == 0
