"""Forms of judges and officers. Fields that are fine can be kept while others are corrected."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competitions.calls.models import Criterion
from competitions.judging.marks import mark_problem
from competitions.judging.models import ConflictOfInterest
from competitions.judging.scoring import MAX_COMMENT_CHARS
from portal.core.forms import LineField, TextField, VersionField
from portal.core.templatetags.portal import decimal_comma

_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{0,6})?|\.[0-9]{1,6}")


def parse_mark(text: str) -> Decimal | None:
    """A mark as people type it, with comma or point; None of nothing. Raises ValueError."""
    clean = text.strip().replace(",", ".")
    if not clean:
        return None
    if not _NUMBER.fullmatch(clean):
        raise ValueError(text)
    return Decimal(clean)


class MarkField(forms.Field):
    """One criterion's mark: a decimal on its step, or nothing."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(required=False, label=criterion.local_title)
        self.criterion = criterion
        self.widget.attrs = {
            "inputmode": "decimal",
            "autocomplete": "off",
            "maxlength": "10",
            "data-score": True,
            "data-weight": f"{criterion.points:f}",
            "data-max": f"{criterion.maximum:f}",
            "data-step": f"{criterion.step:f}",
        }

    def clean(self, value: Any) -> Decimal | None:
        try:
            mark = parse_mark(str(value or ""))
        except ValueError:
            raise forms.ValidationError(_("Enter a number, such as 7,5.")) from None
        problem = mark_problem(self.criterion, mark) if mark is not None else ""
        if problem:
            raise forms.ValidationError(problem)
        return mark


class SheetForm(forms.Form):
    """A judge's sheet: one field per criterion, the comment to the team, the own note."""

    version = VersionField()
    comment = TextField(
        label=_("Comment to the team"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The team reads it after the result is published."),
    )
    private_note = TextField(
        label=_("My own note"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody but you reads it."),
    )

    def __init__(
        self,
        criteria: Sequence[Criterion],
        data: Mapping[str, Any] | None = None,
        *,
        marks: Mapping[int, Decimal] | None = None,
        disabled: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            name = f"mark-{criterion.pk}"
            self.fields[name] = MarkField(criterion)
            value = (marks or {}).get(criterion.pk)
            self.initial[name] = decimal_comma(value)
        if disabled:
            for field in self.fields.values():
                field.widget.attrs["readonly"] = True

    @property
    def rows(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[f"mark-{criterion.pk}"]) for criterion in self.criteria]

    @property
    def parsed(self) -> dict[int, Decimal | None]:
        """Marks that were sent and are fine; what was not sent stays as it is."""
        return {
            criterion.pk: self.cleaned_data[name]
            for criterion in self.criteria
            if (name := f"mark-{criterion.pk}") in self.data and name in self.cleaned_data
        }

    def text(self, name: str) -> str | None:
        """A text that was sent and is fine, or None."""
        return self.cleaned_data.get(name) if name in self.data else None


class AcceptForm(forms.Form):
    """Two promises, each given by itself and never ticked beforehand."""

    impartial = forms.BooleanField(required=False, label=_("I promise to judge impartially."))
    confidential = forms.BooleanField(
        required=False, label=_("I promise to keep the dossiers confidential.")
    )


class ReasonForm(forms.Form):
    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of conflict"),
        choices=ConflictOfInterest.Kind.choices,
        widget=forms.RadioSelect,
    )
    note = TextField(
        label=_("What the organisers should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Email"), help_text=_("The invitation and the sign-in codes go there.")
    )
    full_name = LineField(label=_("Full name"), max_length=150)
    title = LineField(
        label=_("Position"),
        max_length=150,
        required=False,
        help_text=_("As it should stand in the published list of the panel."),
    )
    is_chair = forms.BooleanField(label=_("Chair of the panel"), required=False)


class ProlongForm(forms.Form):
    until = forms.DateTimeField(
        label=_("New closing time"),
        help_text=_("Day/month/year hour:minute, such as 27/11/2026 17:00."),
    )
    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_until(self):
        until = self.cleaned_data["until"]
        return until if timezone.is_aware(until) else timezone.make_aware(until)


class DecisionForm(forms.Form):
    """The authority's decision. The file stays when it is not chosen again."""

    number = LineField(label=_("Number of the decision"), max_length=60)
    decided_on = forms.DateField(
        label=_("Date of the decision"), help_text=_("Day/month/year, such as 23/11/2026.")
    )
    signatory = LineField(
        label=_("Signed by"), max_length=150, help_text=_("Full name and position.")
    )
    file = forms.FileField(
        label=_("Signed decision (PDF)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )


def add_refusal(form: forms.Form, refused: Any) -> None:
    """Put a verb's refusal beside the fields it belongs to, or on top."""
    placed = False
    details = dict(refused.details)
    if refused.field:
        details.setdefault(refused.field, refused.reason)
    for name, sentence in details.items():
        if name in form.fields:
            form.add_error(name, str(sentence))
            placed = True
    if not placed:
        form.add_error(None, str(refused.reason))
