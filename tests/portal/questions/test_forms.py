"""The form in which a section's questions are answered."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import translation

from competitions.calls.models import Question
from portal.questions.answering import ParsedAnswer
from portal.questions.forms import AnswersForm

FEW = [{"value": str(n), "label": f"Mục {n}", "label_en": f"Item {n}"} for n in range(3)]
MANY = [{"value": str(n), "label": f"Mục {n}", "label_en": ""} for n in range(7)]


class StoredAnswer(ParsedAnswer):
    version = 4


def question(pk: int, kind: str, **fields: object) -> Question:
    return Question(pk=pk, kind=kind, **{"label": f"Câu {pk}", "key": f"k{pk}", **fields})


def soup(form: AnswersForm) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def post(**values: object) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(
            name.replace("_version", "-version"), value if isinstance(value, list) else [value]
        )
    return data


def test_every_question_has_an_input_and_a_version_token_except_files():
    questions = [question(n, kind) for n, (kind, _l) in enumerate(Question.Kind.choices, start=1)]
    form = AnswersForm(questions, {})
    names = {tag["name"] for tag in soup(form).select("[name]")}
    asked = [q for q in questions if q.kind not in {"file", "one_of", "several_of"}]
    assert {f"q{q.pk}" for q in asked} <= names
    assert all(f"q{q.pk}-version" in names for q in questions if q.kind != "file")
    rows = list(form.rows())
    assert [row.question for row in rows] == questions
    assert [row.question.kind for row in rows if row.field is None] == ["file"]


def test_inputs_suit_their_kind():
    page = soup(
        AnswersForm(
            [
                question(1, "long_text", word_limit=300),
                question(2, "number"),
                question(3, "date"),
                question(4, "one_of", options=FEW),
                question(5, "one_of", options=MANY),
                question(6, "several_of", options=FEW),
                question(7, "money"),
            ],
            {},
        )
    )
    [text] = page.select("textarea[name=q1]")
    assert text["data-word-limit"] == "300"
    assert page.select_one("[name=q2]")["inputmode"] == "decimal"
    [day] = page.select("[name=q3]")
    assert (day["type"], day["inputmode"]) == ("text", "numeric")
    assert len(page.select("input[type=radio][name=q4]")) == 3
    assert len(page.select("select[name=q5] option")) == 8
    assert len(page.select("input[type=checkbox][name=q6]")) == 3
    assert "1,2 tỷ" in page.select_one("#id_q7_helptext").text
    assert not page.select("[required]")
    assert not page.select("[style], script")


def test_an_optional_choice_can_be_taken_back():
    page = soup(AnswersForm([question(1, "one_of", options=FEW, required=False)], {}))
    assert [tag["value"] for tag in page.select("input[type=radio]")] == ["0", "1", "2", ""]


def test_stored_answers_are_shown_with_their_version():
    stored = {
        1: StoredAnswer(number=Decimal("12.5000")),
        2: StoredAnswer(picks=["2"]),
        3: StoredAnswer(text="Xin chào"),
    }
    questions = [
        question(1, "number"),
        question(2, "several_of", options=FEW),
        question(3, "long_text"),
    ]
    page = soup(AnswersForm(questions, stored))
    assert page.select_one("[name=q1]")["value"] == "12,5"
    assert [tag["value"] for tag in page.select("[name=q2][checked]")] == ["2"]
    assert page.select_one("textarea").text.strip() == "Xin chào"
    assert {tag["value"] for tag in page.select("[name$=-version]")} == {"4"}


def test_what_is_wrong_stays_as_typed_and_what_is_fine_can_be_saved():
    form = AnswersForm(
        [question(1, "date"), question(2, "number"), question(3, "short_text")],
        {},
        post(q1="31/02/2026", q1_version="0", q2="7,50", q2_version="0", q3=" a ", q3_version="2"),
    )
    assert not form.is_valid()
    assert list(form.errors) == ["q1"]
    assert form.parsed == {2: ParsedAnswer(number=Decimal("7.5")), 3: ParsedAnswer(text="a")}
    page = soup(form)
    [wrong] = page.select("[name=q1]")
    assert wrong["value"] == "31/02/2026"
    assert wrong["aria-invalid"] == "true"
    assert page.select_one(f"#{wrong['aria-describedby'].split()[-1]}")
    assert page.select_one("[name=q2]")["value"] == "7,50"


def test_only_what_was_sent_is_saved_and_an_unticked_list_is_an_answer():
    form = AnswersForm(
        [question(1, "several_of", options=FEW), question(2, "short_text")],
        {},
        post(q1_version="3"),
    )
    assert form.is_valid()
    assert form.parsed == {1: ParsedAnswer()}
    assert (form.token(1), form.token(2)) == (3, None)


@pytest.mark.parametrize("token", ["", "-1", "abc", "9" * 40, "1.5", "٣", "\x00"])
def test_a_token_that_was_tampered_with_counts_as_none(token: str):
    form = AnswersForm([question(1, "short_text")], {}, post(q1="a", q1_version=token))
    assert form.is_valid()
    assert form.token(1) is None


def test_a_choice_not_offered_is_refused_beside_its_field():
    form = AnswersForm(
        [question(1, "one_of", options=FEW), question(2, "several_of", options=FEW)],
        {},
        post(q1="9", q1_version="0", q2=["1", "9"], q2_version="0"),
    )
    assert not form.is_valid()
    assert set(form.errors) == {"q1", "q2"}
    assert form.parsed == {}


def test_a_text_over_its_limit_is_saved_with_a_warning():
    form = AnswersForm(
        [question(1, "long_text", word_limit=2)], {}, post(q1="một hai ba", q1_version="0")
    )
    assert form.is_valid()
    assert form.parsed[1].text == "một hai ba"
    assert "2" in form.warnings[1]


def test_a_text_over_the_hard_limit_is_refused_and_kept():
    form = AnswersForm([question(1, "long_text")], {}, post(q1="a" * 200_001, q1_version="0"))
    assert not form.is_valid()
    assert form["q1"].value() == "a" * 200_001


def test_labels_and_help_follow_the_reader_and_are_escaped():
    asked = question(
        1,
        "one_of",
        label_en="Item",
        help_text="<script>x</script>",
        help_text_en="Pick & choose",
        options=FEW,
    )
    page = soup(AnswersForm([asked], {}))
    assert not page.select("script")
    assert "<script>" in page.text
    with translation.override("en"):
        page = soup(AnswersForm([asked], {}))
        assert "Item 2" in page.text
        assert "Pick & choose" in page.text
