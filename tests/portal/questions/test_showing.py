"""Answers as readers see them: safe, and in their language."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import translation

from competitions.calls.models import Question
from portal.questions.answering import ParsedAnswer, parse
from portal.questions.showing import frozen_value, shown

OPTIONS = [
    {"value": "a", "label": "Nông nghiệp", "label_en": "Agriculture"},
    {"value": "b", "label": "Du lịch", "label_en": ""},
]


def frozen(kind: str, answer: ParsedAnswer | None) -> dict:
    return frozen_value(Question(pk=1, kind=kind, options=OPTIONS, label="x", key="x"), answer)


def page(item: object) -> BeautifulSoup:
    html = Template("{% load questions %}{% show_answer item %}").render(Context({"item": item}))
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("kind", "answer", "value", "text"),
    [
        ("money", ParsedAnswer(number=Decimal("1200000.0000")), "1200000", "1.200.000\u00a0₫"),
        ("number", ParsedAnswer(number=Decimal("12.5000")), "12.5", "12,5"),
        ("number", ParsedAnswer(number=Decimal("100")), "100", "100"),
        ("date", ParsedAnswer(day=date(2026, 11, 3)), "2026-11-03", "03/11/2026"),
        ("short_text", ParsedAnswer(text="Cá"), "Cá", "Cá"),
        ("one_of", ParsedAnswer(text="a"), "a", "Nông nghiệp"),
        ("several_of", ParsedAnswer(picks=["a", "b"]), ["a", "b"], "Nông nghiệp; Du lịch"),
        ("several_of", ParsedAnswer(), None, ""),
        ("file", None, None, ""),
        ("date", None, None, ""),
    ],
)
def test_an_answer_is_frozen_as_plain_data_and_shown_again(kind, answer, value, text):
    item = frozen(kind, answer)
    assert item["value"] == value
    assert shown(item["kind"], item["value"], item["labels"]) == text


def test_an_english_reader_sees_english_labels_and_forms():
    item = frozen("several_of", ParsedAnswer(picks=["a", "b"]))
    with translation.override("en"):
        assert [tag.text for tag in page(item).select("li")] == ["Agriculture", "Du lịch"]
        assert shown("money", "1200000") == "VND\u00a01,200,000"
        assert shown("date", "2026-11-03") == "3 Nov 2026"


def test_long_text_becomes_paragraphs_and_never_markup():
    item = {"kind": "long_text", "value": "<b>Một</b>\n\nHai\n<script>x</script>"}
    found = page(item)
    assert len(found.select("p")) == 2
    assert not found.select("b, script")


def test_links_vouch_for_nothing_and_only_web_addresses_become_links():
    [link] = page({"kind": "link", "value": 'https://a.vn/?a=1&b="2'}).select("a")
    assert link["href"] == 'https://a.vn/?a=1&b="2'
    assert {"nofollow", "noopener"} <= set(link["rel"])
    assert not page({"kind": "video", "value": "javascript:alert(1)"}).select("a")


def test_a_missing_answer_says_so():
    assert page({"kind": "short_text", "value": ""}).select_one("p.muted").text == "Chưa trả lời"


def test_a_frozen_value_that_does_not_fit_its_kind_is_shown_as_it_stands():
    assert shown("date", "hôm qua") == "hôm qua"
    assert shown("money", "Infinity") == "Infinity"
    assert shown("number", "x") == "x"


def test_an_item_may_be_an_object():
    item = SimpleNamespace(kind="several_of", value=["a"], labels=["Nông nghiệp"], labels_en=[])
    assert page(item).select_one("li").text == "Nông nghiệp"


def test_a_choice_keeps_its_label_when_the_snapshot_has_none():
    assert shown("one_of", "a") == "a"


def test_parsed_choices_freeze_in_the_order_offered():
    asked = Question(pk=1, kind="several_of", options=OPTIONS, label="x", key="x")
    assert frozen_value(asked, parse(asked, ["b", "a"]))["labels_en"] == ["Agriculture", "Du lịch"]
