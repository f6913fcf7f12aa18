"""The form in which questions are answered. Drafts may be incomplete: nothing is required here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.text import key_from
from portal.questions.answering import ParsedAnswer, over_word_limit, parse, raw_of
from portal.questions.models import AbstractAnswer, AbstractQuestion

Kind = AbstractQuestion.Kind
MOST_RADIOS = 6
"""Up to this many choices stand open; more of them go into a list."""


class AnswerField(forms.Field):
    """One question as a form field. Its value is a `ParsedAnswer`."""

    def __init__(self, question: AbstractQuestion) -> None:
        self.question = question
        super().__init__(
            # The mark beside the label; what is missing is asked at submit, not here.
            required=question.required,
            label=question.local_label,
            help_text=_help(question),
            widget=_widget(question),
        )

    def clean(self, value: Any) -> ParsedAnswer:
        if value is None:
            return parse(self.question, [])
        return parse(self.question, value if isinstance(value, list | tuple) else [value])


def _widget(question: AbstractQuestion) -> forms.Widget:
    match question.kind:
        case Kind.LONG_TEXT:
            return forms.Textarea(attrs={"rows": 8, **_word_limit(question)})
        case Kind.ONE_OF:
            return _one_of(question)
        case Kind.SEVERAL_OF:
            return forms.CheckboxSelectMultiple(choices=question.choices())
        case Kind.NUMBER:
            return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        case Kind.MONEY:
            # Not numeric: "1,2 tỷ" needs letters.
            return forms.TextInput(attrs={"autocomplete": "off"})
        case Kind.DATE:
            return forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "placeholder": _("dd/mm/yyyy"),
                    "autocomplete": "off",
                }
            )
        case Kind.LINK | Kind.VIDEO:
            # type=url would refuse "congty.vn" in the browser, in the browser's language.
            return forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"})
        case _:
            return forms.TextInput(attrs=_word_limit(question))


def _word_limit(question: AbstractQuestion) -> dict[str, str]:
    """The hook of the word counter (portal/js/word-count.js)."""
    return {"data-word-limit": str(question.word_limit)} if question.word_limit else {}


def _one_of(question: AbstractQuestion) -> forms.Widget:
    choices = question.choices()
    if len(choices) > MOST_RADIOS:
        return forms.Select(choices=[("", _("Choose one")), *choices])
    if not question.required:
        # A radio button once pressed cannot be released.
        choices = [*choices, ("", _("No answer"))]
    return forms.RadioSelect(choices=choices)


def _help(question: AbstractQuestion) -> SafeString:
    """The staff's own help and what the kind asks for; the form template prints it as HTML."""
    lines = [question.local_help] if question.local_help else []
    if question.word_limit and question.kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT}:
        lines.append(
            ngettext("At most %(limit)s word.", "At most %(limit)s words.", question.word_limit)
            % {"limit": question.word_limit}
        )
    elif question.kind == Kind.DATE:
        lines.append(_("Day, month, year: dd/mm/yyyy."))
    elif question.kind == Kind.MONEY:
        lines.append(_("In đồng; 1.200.000 or 1,2 tỷ are both understood."))
    elif question.kind == Kind.VIDEO:
        lines.append(_("A link to the video (YouTube, Vimeo or another service)."))
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as a page shows it. A file question has neither field nor token."""

    question: AbstractQuestion
    field: BoundField | None
    token: BoundField | None


class AnswersForm(forms.Form):
    """Some questions with the answers they have so far.

    Fields are named `q12`, each with a hidden version token `q12-version` (0: not answered yet).
    The token says that the question was sent at all, so parts of a form can be saved alone.
    `parsed` holds what can be saved even when other fields have errors. `warnings` holds texts
    over their word limit, which are saved but cannot be submitted.
    """

    use_required_attribute = False

    def __init__(
        self,
        questions: Sequence[AbstractQuestion],
        answers: Mapping[int, AbstractAnswer],
        data: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.questions = list(questions)
        self.answers = answers
        self.parsed: dict[int, ParsedAnswer] = {}
        for question in self.questions:
            if question.kind == Kind.FILE:
                continue
            answer = answers.get(question.pk)
            self.fields[self.name_of(question.pk)] = AnswerField(question)
            self.fields[self.token_name_of(question.pk)] = forms.Field(
                widget=forms.HiddenInput, required=False
            )
            raw = raw_of(question, answer)
            several = question.kind == Kind.SEVERAL_OF
            self.initial[self.name_of(question.pk)] = raw if several else "".join(raw[:1])
            self.initial[self.token_name_of(question.pk)] = answer.version if answer else 0

    @staticmethod
    def name_of(question_pk: int) -> str:
        return f"q{question_pk}"

    @staticmethod
    def token_name_of(question_pk: int) -> str:
        return f"q{question_pk}-version"

    def rows(self) -> Iterator[QuestionRow]:
        """The questions in order, file questions among them."""
        for question in self.questions:
            if question.kind == Kind.FILE:
                yield QuestionRow(question, None, None)
            else:
                yield QuestionRow(
                    question,
                    self[self.name_of(question.pk)],
                    self[self.token_name_of(question.pk)],
                )

    def sent(self, question_pk: int) -> bool:
        """Was this question part of what came in?"""
        return self.add_prefix(self.token_name_of(question_pk)) in self.data

    def token(self, question_pk: int) -> int | None:
        """The version the writer started from; None when it is missing or was tampered with."""
        text = str(self.data.get(self.add_prefix(self.token_name_of(question_pk)), ""))
        return key_from(text)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for question in self.questions:
            name = self.name_of(question.pk)
            if name in cleaned and self.sent(question.pk):
                self.parsed[question.pk] = cleaned[name]
        return cleaned

    @property
    def warnings(self) -> dict[int, str]:
        """Sentences about texts over their word limit, by question."""
        over = {
            question.pk: over_word_limit(
                question, self.parsed.get(question.pk) or self.answers.get(question.pk)
            )
            for question in self.questions
        }
        return {pk: sentence for pk, sentence in over.items() if sentence}
