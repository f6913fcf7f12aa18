"""What editors want to be seen first: for which words, where it leads, and who keeps it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from portal.search.models import Promotion
from tests.factories.accounts import UserFactory
from tests.factories.pages import StandardPageFactory, home
from tests.factories.search import PromotionFactory, document
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def seen_first(client: Client, typed: str, address: str = "/tim-kiem/", **more: str) -> list[str]:
    page = page_of(client.get(address, {"q": typed, **more}))
    return [title.get_text() for title in page.select(".search-promoted .row__title a")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nộp hồ sơ", True),
        ("nop ho so", True),
        ("cách nộp hồ sơ dự thi", True),
        ("hồ sơ nộp", False),
        ("nộp hồ sơn", False),
        ("quỹ startup", True),
        ("startup", False),
        ("", False),
    ],
)
def test_it_is_shown_for_its_words(client: Client, typed: str, shown: bool) -> None:
    PromotionFactory(words="Nộp hồ sơ, quỹ khởi nghiệp")
    assert bool(seen_first(client, typed)) == shown


def test_it_stands_before_results_with_its_label_and_marks(client: Client) -> None:
    document("a:1:vi", "Nộp hồ sơ")
    page = StandardPageFactory(parent=home(), title="Trang")
    PromotionFactory(title="Cách <nộp>", description="Từng bước hồ sơ", page=page)
    shown = page_of(client.get("/en/tim-kiem/", {"q": "nop ho so"}))
    first, second = shown.select("#main li.row")
    assert words(first) == "Worth seeing Cách < nộp > Từng bước hồ sơ"
    assert first.select_one("a")["href"] == page.get_url()
    assert [mark.get_text() for mark in first.select("p mark")] == ["hồ", "sơ"]
    assert words(second.select_one("h2")) == "Nộp hồ sơ"


def test_the_order_is_the_editors_and_three_are_enough(client: Client) -> None:
    for number in (3, 1, 4, 2):
        PromotionFactory(title=f"Số {number}", order=number)
    assert seen_first(client, "nộp hồ sơ") == ["Số 1", "Số 2", "Số 3"]
    assert seen_first(client, "nộp hồ sơ", loai="article") == []


def test_for_one_language_or_all(client: Client) -> None:
    PromotionFactory(title="Mọi người", words="grant")
    PromotionFactory(title="Readers of English", words="grant", language="en")
    assert seen_first(client, "grant") == ["Mọi người"]
    assert seen_first(client, "grant", "/en/tim-kiem/") == ["Mọi người", "Readers of English"]


def test_pages_that_not_everybody_may_read_are_left_out(client: Client) -> None:
    draft = StandardPageFactory(parent=home(), title="Nháp", draft=True)
    closed = StandardPageFactory(parent=home(), title="Kín")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    PromotionFactory(title="Nháp", page=draft)
    PromotionFactory(title="Kín", page=closed)
    assert seen_first(client, "nộp hồ sơ") == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"address": ""}, "__all__"),
        ({"address": "//evil.example"}, "address"),
        ({"address": "/\\evil.example"}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "http://plain.example"}, "address"),
        ({"words": " , ,!"}, "words"),
        ({"title": ""}, "title"),
    ],
)
def test_a_promotion_that_leads_nowhere_is_refused(facts: dict[str, str], field: str) -> None:
    whole = {"words": "một", "title": "Một", "address": "/mot/"}
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        Promotion(**{**whole, **facts}).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_the_database_keeps_one_place() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Promotion.objects.create(words="a", title="A", address="/a/", page=home())


def test_editors_keep_promotions(signed_in: Callable[[Any], Client]) -> None:
    editor = signed_in(UserFactory(editor=True))
    typed = {"words": " nộp ,, hồ sơ", "title": "Nộp", "address": "/nop/", "order": "0"}
    assert editor.post(reverse("search_promotions:add"), typed).status_code == 302
    made = Promotion.objects.get()
    assert made.words == "nộp, hồ sơ"
    both = {**typed, "page": str(home().pk)}
    answer = editor.post(reverse("search_promotions:edit", args=[made.pk]), both)
    assert page_of(answer).select(".messages .error, .error-message")
    assert "Nộp" in words(page_of(editor.get(reverse("search_promotions:index"))))
