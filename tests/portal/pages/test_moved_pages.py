"""Old addresses of pages lead to the new ones, for good, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import get_current_timezone
from wagtail.models import Page

from tests.factories.judging import person
from tests.factories.pages import (
    ArticleFactory,
    NewsIndexFactory,
    StandardPageFactory,
    english,
    home,
)
from tests.factories.regulations import OfficialDocumentFactory, RegulationsIndexFactory

pytestmark = pytest.mark.usefixtures("site")


def leads(client: Client, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.get("Location")) == (301, new), old
    assert client.get(new).status_code == 200


def test_a_renamed_section_takes_all_below_it_along(
    client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    def rename(page: Page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    news = NewsIndexFactory(parent=home())
    article = ArticleFactory(parent=news, title="Mãng cầu lên sàn")
    english(news, title="News")
    other = english(article, title="Custard apples")
    rename(news, "thong-tin")
    leads(client, "/tin-tuc/", "/thong-tin/")
    leads(client, "/tin-tuc/?page=1", "/thong-tin/")
    leads(client, "/tin-tuc/mang-cau-len-san/", "/thong-tin/mang-cau-len-san/")
    leads(client, "/tin-tuc/luu-tru/", "/thong-tin/luu-tru/")
    month = article.day.astimezone(get_current_timezone()).strftime("%Y/%-m")
    leads(client, f"/tin-tuc/luu-tru/{month}/", f"/thong-tin/luu-tru/{month}/")
    register = RegulationsIndexFactory(parent=home())
    document = OfficialDocumentFactory()
    rename(register, "phap-luat")
    leads(client, f"/van-ban/{document.slug}/", f"/phap-luat/{document.slug}/")
    assert client.get("/en/news/custard-apples/").status_code == 200
    rename(other, "soursops")
    leads(client, "/en/news/custard-apples/", "/en/news/soursops/")


def test_a_moved_page_is_found_from_where_it_was(
    client: Client, signed_in: Callable[[Any], Client]
) -> None:
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    page = StandardPageFactory(parent=home(), title="Chức năng")
    other = english(page, title="Duties")
    english_about = english(about, title="About")
    editor = signed_in(person(editor=True))
    for one, target in ((page, about), (other, english_about)):
        editor.post(f"/admin/pages/{one.pk}/move/{target.pk}/confirm/")
    leads(client, "/chuc-nang/", "/gioi-thieu/chuc-nang/")
    leads(client, "/en/duties/", "/en/about/duties/")
    listed = editor.get("/admin/redirects/")
    assert listed.status_code == 200
    assert "/chuc-nang" in listed.content.decode()
