"""The forms of the back office: records, with the answers to their kind's questions; words."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.techmart.models import Demand, Expert, Offer, Supplier, details_of
from events.techmart.models.kinds import Answer, Detail
from events.techmart.reviewing import wanted
from portal.core.text import clean_line
from portal.pages.record_office import RecordOfficeForm


class OfferOfficeForm(RecordOfficeForm):
    """The answers to the questions of its kind stand in one box, a line for each."""

    LINES = Offer.LINES
    TEXTS = Offer.TEXTS
    NEEDED = wanted(Offer)
    NAMED_BY = "title"

    answers = forms.CharField(
        label=_("Answers to the questions of its kind"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
        help_text=_("One line for each question: the question, a colon, the answer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.details = details_of(self.instance.shape)
        if "answers" in self.fields:
            self.fields["answers"].initial = "\n".join(
                f"{one.label}: {_one_line(self.instance.details.get(one.key))}"
                for one in self.details
            )

    def clean_answers(self) -> dict[str, Any]:
        by_label = {str(one.label).casefold(): one for one in self.details}
        answers: dict[str, Any] = {}
        for line in self.cleaned_data["answers"].splitlines():
            label, colon, answer = clean_line(line).partition(":")
            if not label and not colon:
                continue
            detail = by_label.get(label.strip().casefold())
            if detail is None:
                raise forms.ValidationError(
                    _("“%(line)s” answers none of the questions of this kind.") % {"line": label}
                )
            answers[detail.key] = _answer(detail, answer.strip())
        return answers

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "answers" in cleaned:
            kept = {**self.instance.details, **cleaned["answers"]}
            self.instance.details = {key: value for key, value in kept.items() if value}
        return cleaned


def _one_line(value: Any) -> str:
    return "" if value is None else clean_line(str(value))


def _answer(detail: Detail, typed: str) -> Any:
    if detail.answer in (Answer.YEAR, Answer.NUMBER) and typed:
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            raise forms.ValidationError(
                _("“%(label)s” takes a whole number.") % {"label": detail.label}
            )
        return int(typed)
    return typed[: detail.max_length]


class DemandOfficeForm(RecordOfficeForm):
    LINES = Demand.LINES
    TEXTS = Demand.TEXTS
    NEEDED = wanted(Demand)
    NAMED_BY = "title"


class ExpertOfficeForm(RecordOfficeForm):
    LINES = Expert.LINES
    TEXTS = Expert.TEXTS
    NEEDED = wanted(Expert)
    NAMED_BY = "full_name"


class SupplierOfficeForm(RecordOfficeForm):
    LINES = Supplier.LINES
    TEXTS = Supplier.TEXTS
    NEEDED = wanted(Supplier)


class TermForm(WagtailAdminModelForm):
    """A word stays in its list; it is part of one of the same list."""

    FIXED: ClassVar = _("A word stays in its list. Close it here and begin it there.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        which, parent = cleaned.get("list"), cleaned.get("parent")
        if self.instance.pk and "list" in self.changed_data:
            self.add_error("list", self.FIXED)
        if parent and (parent.list != which or parent.parent_id):
            self.add_error("parent", _("Choose a word of the same list that is not a part itself."))
        elif parent and parent.pk == self.instance.pk:
            self.add_error("parent", _("A word is no part of itself."))
        if cleaned.get("shape") and which != "offer_kind":
            self.add_error("shape", _("Only kinds of offer ask further questions."))
        return cleaned
