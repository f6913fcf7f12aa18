"""What the forms of all records have in common: sections, words of the lists, texts, rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from events.techmart.models import Term
from portal.accounts.forms.organisations import NamedUnitField
from portal.core import clock
from portal.core.forms import (
    LineField,
    MoneyField,
    PhoneField,
    TextField,
    VersionField,
    web_address,
)
from portal.core.row_forms import first_refused, refuse_counts_no_browser_sends

MOST_ROWS = 30
TRL_LEVELS = (
    ("", _("Not said")),
    (1, _("TRL 1 – basic principles observed")),
    (2, _("TRL 2 – concept formulated")),
    (3, _("TRL 3 – proved in the laboratory")),
    (4, _("TRL 4 – works in the laboratory")),
    (5, _("TRL 5 – works in conditions like the real ones")),
    (6, _("TRL 6 – shown in conditions like the real ones")),
    (7, _("TRL 7 – prototype works where it is needed")),
    (8, _("TRL 8 – complete and proved")),
    (9, _("TRL 9 – in use")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form. `key` is its anchor and what "save" comes back to.

    `rows` names a formset, `another` is the words of its button.
    """

    key: str
    title: str | Promise
    fields: Sequence[str | Sequence[str]] = ()
    help: str | Promise = ""
    rows: str = ""
    another: str | Promise = ""


@dataclass(frozen=True, slots=True)
class BoundSection:
    """A section of one form, as its template draws it: lines of one field or of several."""

    section: Section
    lines: Sequence[Sequence[Any]]
    rows: Any
    said: int
    asked: int
    refused: bool


def phone(label: Any) -> PhoneField:
    return PhoneField(label=label, required=False)


def day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("There is no such day. Write day/month/year, for example 23/11/2020.")
        },
        **options,
    )


def commune(label: Any = None) -> NamedUnitField:
    return NamedUnitField(
        label=label or _("Commune or ward"),
        required=False,
        max_length=300,
        help_text=_("Start typing the name, with or without accents."),
    )


def trl(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, choices=TRL_LEVELS, coerce=int, empty_value=None
    )


class WholeNumber(forms.IntegerField):
    """A number typed as text: a phone shows digits, and a mouse wheel changes nothing."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})


def year(label: Any, earliest: int) -> WholeNumber:
    return WholeNumber(label=label, required=False, min_value=earliest, max_value=2200)


class Words:
    """For forms that offer words of the lists: those in use today and what was chosen before."""

    fields: dict[str, Any]

    def offer_words(self, chosen: Any) -> None:
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset.model is Term:
                self._offer(name, field, chosen)

    def _offer(self, name: str, field: Any, chosen: Any) -> None:
        kept = [getattr(chosen, f"{name}_id", None)]
        if isinstance(field, forms.ModelMultipleChoiceField):
            kept = [term.pk for term in getattr(chosen, name).all()]
            field.widget = forms.CheckboxSelectMultiple()
        else:
            field.empty_label = str(_("Choose one"))
        field.required = False
        field.queryset = field.queryset.filter(Q(offered=True) | Q(pk__in=kept)).order_by(
            "order", "label"
        )
        field.label_from_instance = lambda term: term.local_label
        # Choices are read anew from the queryset above.
        field.widget.choices = field.choices


class WordsForm(Words, forms.ModelForm):
    """A row with a word of a list in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_words(self.instance)


class RecordForm(Words, ClusterForm):
    """What owners write. It never saves: `writing.save_draft` keeps what it has filled in.

    Only the name is needed for a draft; `NEEDED` is what a review asks for, marked with a star.
    """

    SECTIONS: ClassVar[Sequence[Section]] = ()
    NEEDED: ClassVar[Sequence[str]] = ()
    USUAL: ClassVar[Mapping[str, str]] = {}
    """Choices that always have an answer, and which one it is where nobody chose."""
    FORMSETS: ClassVar[Sequence[str]] = ()

    version = VersionField()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        refuse_counts_no_browser_sends(data, self.FORMSETS, MOST_ROWS)
        super().__init__(data, *args, **kwargs)
        self.fields["version"].initial = self.instance.draft_version
        self.offer_words(self.instance)
        for name in self.USUAL:
            self.fields[name].required = False
        for name in self.NEEDED:
            self.fields[name].label = format_lazy("{} *", self.fields[name].label)

    @property
    def refused(self) -> forms.BaseForm | None:
        return first_refused(self)

    @property
    def sections(self) -> Iterator[BoundSection]:
        for section in self.SECTIONS:
            names = self.names_of(section)
            rows = self.formsets[section.rows] if section.rows else None
            fields = [name for line in names for name in line]
            asked = fields + ([section.rows] if section.rows else [])
            yield BoundSection(
                section=section,
                lines=[[self[name] for name in line] for line in names],
                rows=rows,
                said=sum(1 for name in asked if self._is_said(name)),
                asked=len(asked),
                refused=any(name in self.errors for name in fields)
                or bool(rows is not None and rows.is_bound and not rows.is_valid()),
            )

    def names_of(self, section: Section) -> list[Sequence[str]]:
        """The names of a section's fields, line by line."""
        lines = [(line,) if isinstance(line, str) else line for line in section.fields]
        return [line for line in lines if all(name in self.fields for name in line)]

    def _is_said(self, name: str) -> bool:
        if name in self.formsets:
            return bool(self.formsets[name].initial_forms)
        value = self[name].initial
        if hasattr(value, "__len__"):
            return len(value) > 0
        return value is not None and value is not False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, usual in self.USUAL.items():
            cleaned[name] = cleaned.get(name) or usual
        if self.instance.live:
            for name in self.NEEDED:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("What is public needs this. Change it, or close it."))
        self.check(cleaned)
        return cleaned

    def check(self, cleaned: dict[str, Any]) -> None:
        """What fields say together. Adds errors."""


def not_in_the_future(form: forms.Form, cleaned: dict[str, Any], *names: str) -> None:
    today = clock.today()
    for name in names:
        value = cleaned.get(name)
        if isinstance(value, int) and value > today.year:
            form.add_error(name, _("This year has not come yet."))
        elif isinstance(value, date) and value > today:
            form.add_error(name, _("This day has not come yet."))


def order_of(form: forms.Form, cleaned: dict[str, Any], low: str, high: str) -> None:
    """The lower amount stands first."""
    first, last = cleaned.get(low), cleaned.get(high)
    if first is not None and last is not None and last < first:
        form.add_error(high, _("The upper amount is below the lower one."))


__all__ = [
    "MOST_ROWS",
    "LineField",
    "MoneyField",
    "RecordForm",
    "Section",
    "TextField",
    "WholeNumber",
    "WordsForm",
    "commune",
    "day",
    "not_in_the_future",
    "order_of",
    "phone",
    "trl",
    "web_address",
    "year",
]
