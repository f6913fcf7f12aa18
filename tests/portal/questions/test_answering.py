"""What people type, for every kind of question, friendly or hostile."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.forms import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from competitions.calls.models import Question
from portal.questions.answering import (
    LAST_YEAR,
    MAX_ANSWER_CHARS,
    ParsedAnswer,
    missing,
    parse,
    raw_of,
)

SECTORS = [
    {"value": "nong-nghiep", "label": "Nông nghiệp", "label_en": "Agriculture"},
    {"value": "du-lich", "label": "Du lịch", "label_en": ""},
    {"value": "logistics", "label": "Logistics", "label_en": "Logistics"},
]


def question(kind: str, **fields: object) -> Question:
    options = SECTORS if kind in {"one_of", "several_of"} else []
    return Question(pk=1, kind=kind, label="Doanh thu", key="k", options=options, **fields)


def refusal(kind: str, *raw: str) -> str:
    with pytest.raises(ValidationError) as caught:
        parse(question(kind), list(raw))
    [sentence] = caught.value.messages
    return sentence


@pytest.mark.parametrize("kind", [kind for kind, _label in Question.Kind.choices])
@pytest.mark.parametrize("raw", [[], [""], ["   "], ["\x00"]])
def test_nothing_typed_is_an_empty_answer_of_any_kind(kind: str, raw: list[str]):
    assert parse(question(kind), raw).empty


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", "7"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.200", "1200"),
        ("1,200", "1.2"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234 567", "1234567"),
        ("-3,25", "-3.25"),
        ("−3", "-3"),
        ("-0", "0"),
        ("007", "7"),
        ("0,5000", "0.5"),
        ("12345678901,2345", "12345678901.2345"),
    ],
)
def test_a_number_is_read_with_comma_or_point(typed: str, number: str):
    assert parse(question("number"), [typed]).number == Decimal(number)


@pytest.mark.parametrize(("typed", "number"), [("1,200", "1200"), ("1.200", "1.2")])
def test_english_readers_group_with_commas(typed: str, number: str):
    with translation.override("en"):
        assert parse(question("number"), [typed]).number == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    ["1,2,3", "1.2.3", "NaN", "inf", "1e999", "1e5", "0x10", "１２", "١٢", "12,", ",5", "--1",
     "1..2", "12 abc", "1,23456", "9" * 16, "9" * 400, "1.23,4.5", "½"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused_with_a_sentence(typed: str):
    assert refusal("number", typed).endswith(".")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.200.000", 1_200_000),
        ("1200000", 1_200_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1,2 TỶ", 1_200_000_000),
        ("1.5 tỷ", 1_500_000_000),
        ("1,5tỉ đồng", 1_500_000_000),
        ("30 triệu", 30_000_000),
        ("500k", 500_000),
        ("1.200.000 ₫", 1_200_000),
        ("1,200,000", 1_200_000),
        ("0", 0),
    ],
)
def test_an_amount_of_money_is_read_as_people_write_it(typed: str, amount: int):
    assert parse(question("money"), [typed]).number == amount


@pytest.mark.parametrize(
    "typed", ["1,2,3", "NaN", "1e999", "-5", "1,5", "abc", "tỷ", "9" * 300, "1,23456789012 tỷ"]
)
def test_what_is_not_money_is_refused(typed: str):
    assert "1.200.000" in refusal("money", typed)


@pytest.mark.parametrize(
    "typed",
    ["23/11/2026", "23-11-2026", "23.11.2026", "23 11 2026", "2026-11-23", "23 / 11 / 2026"],
)
def test_a_day_is_read_day_first(typed: str):
    assert parse(question("date"), [typed]).day == date(2026, 11, 23)


def test_the_third_of_april_is_not_the_fourth_of_march():
    assert parse(question("date"), ["03/04/2026"]).day == date(2026, 4, 3)


@pytest.mark.parametrize("typed", ["31/02/2026", "29/02/2026", "0/1/2026", "1/13/2026", "1/1/0000"])
def test_a_day_the_calendar_does_not_have_is_named(typed: str):
    assert typed in refusal("date", typed)


@pytest.mark.parametrize("typed", ["hôm qua", "23/11/26", "20261123", "٢٣/١١/٢٠٢٦", "1/2/3/4"])
def test_what_is_not_a_day_is_refused(typed: str):
    assert "23/11/2026" in refusal("date", typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://congty.vn/san-pham?x=1#y", "https://congty.vn/san-pham?x=1#y"),
        ("http://congty.vn", "http://congty.vn"),
        ("congty.vn/demo", "https://congty.vn/demo"),
        ("congty.vn:8080/a", "https://congty.vn:8080/a"),
        ("HTTPS://CONGTY.VN", "HTTPS://CONGTY.VN"),
    ],
)
def test_a_link_is_a_web_address(typed: str, address: str):
    assert parse(question("link"), [typed]).text == address


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
     "javascript://congty.vn/%0aalert(1)", "ftp://congty.vn", "mailto:a@b.vn", "không có",
     "https://", "https://a b.vn", "https://vn@evil.example/", "//congty.vn", "https://[::1",
     "file:///etc/passwd", "https://congty.vn/\u202egpj.exe"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["link", "video"])
def test_no_other_kind_of_address_gets_in(kind: str, typed: str):
    assert "https://" in refusal(kind, typed)


def test_a_video_link_is_always_https():
    assert parse(question("video"), ["http://youtu.be/abc"]).text == "https://youtu.be/abc"


@pytest.mark.parametrize("kind", ["one_of", "several_of"])
@pytest.mark.parametrize("typed", ["khac", "Nông nghiệp", "0", "nong\u200bnghiep"])
def test_a_choice_that_was_not_offered_is_refused(kind: str, typed: str):
    assert refusal(kind, typed)


def test_several_choices_come_once_each_in_the_order_offered():
    parsed = parse(question("several_of"), ["logistics", "nong-nghiep", "logistics"])
    assert parsed.picks == ["nong-nghiep", "logistics"]


def test_text_is_composed_and_without_control_characters():
    decomposed = unicodedata.normalize("NFD", "Đổi mới")
    assert parse(question("short_text"), [f" {decomposed}\x00\n  xanh "]).text == "Đổi mới xanh"
    long = parse(question("long_text"), [f"{decomposed}\r\n\r\n\x00\x07xanh\r\ud800"]).text
    assert long == "Đổi mới\n\nxanh"


@pytest.mark.parametrize("kind", [kind for kind, _label in Question.Kind.choices])
def test_ten_megabytes_of_text_are_refused_and_not_worked_through(kind: str):
    assert "200.000" in refusal(kind, "a1,. " * 2_000_000)


def test_one_line_has_a_limit_too():
    assert "500" in refusal("short_text", "a" * 501)
    assert parse(question("long_text"), ["a" * MAX_ANSWER_CHARS]).text


def test_what_is_required_is_asked_only_when_submitting():
    asked = question("short_text", required=True)
    assert parse(asked, [""]).empty
    assert "Doanh thu" in missing(asked, None)
    assert missing(asked, ParsedAnswer(text="xong")) == ""
    assert missing(question("short_text", required=False), None) == ""


def test_a_text_over_its_word_limit_cannot_be_submitted():
    asked = question("long_text", word_limit=3)
    assert missing(asked, ParsedAnswer(text="một hai ba")) == ""
    sentence = missing(asked, ParsedAnswer(text="một hai ba bốn năm"))
    assert "5" in sentence
    assert "3" in sentence


def test_files_are_counted_when_submitting():
    asked = question("file", max_files=2)
    assert missing(asked, None, 0)
    assert missing(asked, None, 2) == ""
    assert "2" in missing(asked, None, 3)
    assert missing(question("file", required=False), None, 0) == ""


def test_zero_is_an_answer():
    assert missing(question("number"), ParsedAnswer(number=Decimal(0))) == ""


answers = {
    "short_text": st.text(max_size=60),
    "long_text": st.text(max_size=200),
    "number": st.decimals(-(10**10), 10**10, places=4, allow_nan=False).map(str),
    "money": st.integers(0, 10**15 - 1).map(str),
    "date": st.dates(date(1900, 1, 1), date(LAST_YEAR, 12, 31)).map(
        lambda day: f"{day.day}/{day.month}/{day.year}"
    ),
    "one_of": st.sampled_from([option["value"] for option in SECTORS]),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", answers)
@given(drawn=st.data())
def test_what_the_input_shows_again_is_read_as_the_same_answer(
    kind: str, language: str, drawn: st.DataObject
):
    with translation.override(language):
        parsed = parse(question(kind), [drawn.draw(answers[kind])])
        assert parse(question(kind), raw_of(question(kind), parsed)) == parsed


@given(st.lists(st.sampled_from([option["value"] for option in SECTORS])))
def test_choices_make_the_round_trip(chosen: list[str]):
    parsed = parse(question("several_of"), chosen)
    assert parse(question("several_of"), raw_of(question("several_of"), parsed)) == parsed


@pytest.mark.parametrize("kind", [kind for kind, _label in Question.Kind.choices])
@given(raw=st.lists(st.text(alphabet=st.characters(), max_size=40), max_size=3))
def test_any_input_gives_an_answer_or_a_sentence(kind: str, raw: list[str]):
    try:
        parsed = parse(question(kind), raw)
    except ValidationError:
        return
    parsed.text.encode("utf-8")
    assert "\x00" not in parsed.text
