"""Synonyms: both ways, several words long, with the accents editors meant, and kept by editors."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts import roles
from portal.search.finding import find, read_query
from portal.search.models import Document, Synonym, Synonyms
from portal.search.synonyms import Term, expanded, holding
from tests.factories.accounts import UserFactory
from tests.factories.search import document
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

Counted = Callable[..., Any]


def found(typed: str) -> list[str]:
    return [one.title for one in find(read_query(typed), "vi")]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("mì", "Tinh bột sắn"),
        ("sắn", "Củ mì khô"),
        ("khoai mi", "Tinh bột sắn"),
        ("cassava", "Củ mì khô"),
        ("mi", "Cassava starch"),
        ("na", "Vườn mãng cầu"),
        ("custard apple", "Vườn mãng cầu"),
        ("mang cau", "Custard apple"),
        ("heo", "Chăn nuôi lợn"),
        ("ngô", "Bắp lai"),
        ("lạc", "Đậu phộng"),
        ("khom", "Dứa Tây Ninh"),
        ("startup", "Khởi nghiệp"),
        ("khởi nghiệp", "Startup"),
        ("innovation fund", "Quỹ đổi mới sáng tạo (Fund)"),
        ("quỹ đổi mới sáng tạo", "Quỹ Innovation"),
    ],
)
def test_the_first_groups_work_both_ways(typed: str, title: str) -> None:
    document("a:1:vi", title)
    assert found(typed) == [title]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("heo", "Cánh đồng lớn"),  # "lợn" without its accents
        ("lớn", "Nuôi heo"),  # typed with accents, another word is meant
        ("thơm", "Nước dừa"),
        ("startup", "Nghiệp đoàn khởi công"),  # a phrase keeps its order
        ("bột", "Củ mì"),
    ],
)
def test_what_only_looks_like_a_synonym_is_not_found(typed: str, title: str) -> None:
    document("a:1:vi", title)
    assert found(typed) == []


def test_typed_without_accents_both_meanings_are_found() -> None:
    document("a:1:vi", "Cánh đồng lớn")
    document("a:2:vi", "Nuôi heo")
    assert found("lon") == ["Cánh đồng lớn", "Nuôi heo"]


def test_marks_stand_around_synonyms_with_their_accents(client: Client) -> None:
    document("a:1:vi", "Quỹ Khởi Nghiệp lớn", "Nuôi lợn ở cánh đồng lớn")
    page = page_of(client.get("/tim-kiem/", {"q": "startup heo"}))
    [result] = page.select("#main li.row")
    assert [mark.get_text() for mark in result.select(".row__title mark")] == ["Khởi", "Nghiệp"]
    assert [mark.get_text() for mark in result.select(".row__text mark")] == ["lợn"]


def test_the_excerpt_begins_near_a_synonym(client: Client) -> None:
    document("a:1:vi", "Dài", "mở đầu " * 100 + "khoai mì " + "kết thúc " * 100)
    page = page_of(client.get("/tim-kiem/", {"q": "cassava"}))
    assert "khoai mì" in page.select_one(".row__text").get_text()


def test_the_longest_phrase_is_taken_whole() -> None:
    first, second = expanded(["khoai", "mì", "tươi"])
    assert first.words == ("khoai", "mi")
    assert [equal.folded for equal in first.equals] == ["mi", "san", "cassava"]
    assert second == Term(("tuoi",), accented=("tươi",))


def test_words_joined_by_a_hyphen_are_two() -> None:
    [term] = expanded(["khởi-nghiệp"])
    assert term.words == ("khoi", "nghiep")
    assert [equal.folded for equal in term.equals] == ["startup"]


def test_one_question_for_any_number_of_words(django_assert_num_queries: Counted) -> None:
    with django_assert_num_queries(1):
        expanded(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"])
    with django_assert_num_queries(0):
        assert expanded([]) == ()


def test_another_table_needs_no_marked_text() -> None:
    document("a:1:vi", "Nuôi lợn")
    assert Document.objects.filter(holding(expanded(["heo"]), "folded_text")).exists()


def test_a_group_writes_its_words_anew() -> None:
    group = Synonyms.objects.create(words=" xe  máy,xe gắn máy, Xe Máy ,")
    assert group.words == "xe máy, xe gắn máy"
    group.words = "xe máy, mô tô"
    group.full_clean()
    group.save()
    assert list(group.members.values_list("folded", flat=True)) == ["xe may", "mo to"]


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("một mình", "Write at least two"),
        ("hòa, HOÀ, hoa", "Write at least two"),
        ("!!!, ?", "Write at least two"),
        ("củ mỳ, Mì", "already stands in another group: mì, sắn, khoai mì, cassava"),
        ("ngắn, một hai ba bốn năm", "too long"),
        ("ngắn, " + "x" * 61, "too long"),
        (", ".join(f"từ {n}" for n in range(13)), "At most 12"),
    ],
)
def test_a_group_that_cannot_be_is_refused_in_words(typed: str, part: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        Synonyms(words=typed).full_clean()
    assert part in " ".join(refused.value.message_dict["words"])


def test_the_database_knows_each_word_once() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonyms.objects.create(words="mì, mì ăn liền")
    assert not Synonym.objects.filter(folded="mi an lien").exists()


def test_editors_keep_the_groups(signed_in: Callable[[Any], Client]) -> None:
    editor = signed_in(UserFactory(role=roles.EDITORS))
    assert "khoai mì" in words(page_of(editor.get(reverse("search_synonyms:index"))))
    answer = editor.post(reverse("search_synonyms:add"), {"words": "xe máy, mô tô"})
    assert answer.status_code == 302
    group = Synonyms.objects.get(words="xe máy, mô tô")
    refused = editor.post(reverse("search_synonyms:edit", args=[group.pk]), {"words": "mì, xe"})
    assert page_of(refused).select_one("#panel-child-words-errors, .error-message")
    deleted = editor.post(reverse("search_synonyms:delete", args=[group.pk]))
    assert deleted.status_code == 302
    assert not Synonym.objects.filter(folded="mo to").exists()


def test_a_word_taken_in_the_same_moment_is_told_at_its_field(
    signed_in: Callable[[Any], Client],
) -> None:
    """The other editor's row comes after the form was looked at and before it is stored."""
    other = Synonyms.objects.create(words="xe đạp, xe hai bánh")

    def meanwhile(**_signal: Any) -> None:
        Synonym.objects.create(group=other, folded="xe may", marked="xe may", shown="xe máy")

    pre_save.connect(meanwhile, sender=Synonyms)
    try:
        answer = signed_in(UserFactory(editor=True)).post(
            reverse("search_synonyms:add"), {"words": "xe máy, mô tô"}
        )
    finally:
        pre_save.disconnect(meanwhile, sender=Synonyms)
    assert answer.status_code == 200
    page = page_of(answer, None)
    assert page.select_one("[name=words]")["value"] == "xe máy, mô tô"
    assert "Vừa có người đưa một trong các từ này vào nhóm khác" in words(page)
    assert not Synonyms.objects.filter(words__contains="mô tô").exists()
