"""The forms in which officers write a competition's rows, one row at a time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.calls.fields import row_formfield
from competitions.calls.freezing import Frozen, adding_refused, freezes, next_version
from competitions.calls.models import (
    Competition,
    Criterion,
    EntryForm,
    Prize,
    Question,
    Round,
    RoundTrack,
    Section,
    Track,
)
from competitions.calls.queries import COMPETITION_PATH, competition_of
from portal.core.text import slugify
from portal.questions.building import OptionsField, check_kind


class RowForm(forms.ModelForm):
    """One row of a competition's set-up.

    Knows the competition, offers only that competition's rows as parents, refuses changes of what
    is frozen beside the field, and shows frozen fields as closed.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, competition: Competition | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stored = not self.instance._state.adding
        self.competition = competition_of(self.instance) if self.stored else competition
        self.frozen: list[Frozen] = freezes(self.instance) if self.stored else []
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)
            if any(frozen.holds(name) for frozen in self.frozen):
                # A closed input sends nothing; what is sent all the same is refused in `clean`.
                field.disabled = not self.is_bound or self.add_prefix(name) not in self.data

    def _offer(self, name: str, field: forms.ModelChoiceField) -> None:
        """Only rows of this competition; while it is not known, of all that are not archived."""
        model = field.queryset.model
        path = "" if model is Competition else f"{COMPETITION_PATH[model]}__"
        if self.competition is not None:
            offered = field.queryset.filter(**{f"{path}pk": self.competition.pk})
            if model is Competition:
                field.empty_label = None
        else:
            offered = field.queryset.exclude(**{f"{path}state": Competition.State.ARCHIVED})
            field.label_from_instance = _with_competition
        field.queryset = offered.select_related(*_parents(model))

    @property
    def all_frozen(self) -> bool:
        return any(not frozen.fields for frozen in self.frozen)

    @property
    def changed_columns(self) -> list[str]:
        return [name for name in self.changed_data if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for frozen in self.frozen if self.changed_data else []:
            if not frozen.fields:
                self.add_error(None, str(frozen.reason))
            for name in frozen.fields.intersection(self.changed_columns):
                self.add_error(name, str(frozen.reason))
        return cleaned

    def refuse(self, reason: str, details: dict[str, Any]) -> None:
        """Show what a verb said beside the fields it is about."""
        placed = {name: text for name, text in details.items() if name in self.fields}
        for name, text in placed.items():
            self.add_error(name, str(text))
        if not placed:
            self.add_error(None, reason)

    def _post_clean(self) -> None:
        super()._post_clean()
        # The parents are known only now.
        if not self.stored and not self.errors and (reason := adding_refused(self.instance)):
            self.add_error(None, str(reason))


def _parents(model: type[models.Model]) -> Iterable[str]:
    """What a row's name needs, so that a list of choices is one query."""
    return {
        RoundTrack: ("round__competition", "track"),
        Section: ("form__competition",),
        EntryForm: ("competition",),
        Round: ("competition",),
        Track: ("competition",),
    }.get(model, ())


def _with_competition(row: models.Model) -> str:
    if isinstance(row, Competition | EntryForm):
        return str(row)
    return f"{competition_of(row)}: {row}"


class CompetitionForm(RowForm):
    class Meta:
        model = Competition
        formfield_callback = row_formfield
        fields = [
            "title",
            "title_en",
            "year",
            "code_prefix",
            "contact_email",
            "panel_name",
            "max_team_size",
            "max_entries_per_person",
            "max_entries_per_organisation",
            "second_person_approves",
            "judges_named",
        ]
        error_messages = {
            "code_prefix": {
                "invalid": gettext_lazy(
                    "Use letters without accents, digits and hyphens, such as KN2026."
                ),
            }
        }

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2200:
            raise forms.ValidationError(_("Enter a year such as 2026."))
        return year

    def clean_code_prefix(self) -> str:
        prefix: str = self.cleaned_data["code_prefix"].upper()
        same = Competition.objects.filter(code_prefix__iexact=prefix).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(
                _("Another competition has this prefix already; entry codes must differ.")
            )
        return prefix


class TrackForm(RowForm):
    class Meta:
        model = Track
        formfield_callback = row_formfield
        fields = ["competition", "title", "title_en", "description", "description_en", "order"]


class RoundForm(RowForm):
    class Meta:
        model = Round
        formfield_callback = row_formfield
        fields = ["competition", "number", "title", "title_en", "description", "description_en"]
        help_texts = {"number": gettext_lazy("In the order of the season. Empty: the next one.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False
        if self.instance.pk is None:
            self.initial.setdefault("number", "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        competition = cleaned.get("competition")
        if competition and cleaned.get("number") is None and "number" not in self.errors:
            last = competition.rounds.aggregate(last=Max("number"))["last"] or 0
            cleaned["number"] = last + 1
        return cleaned


class RoundTrackForm(RowForm):
    class Meta:
        model = RoundTrack
        formfield_callback = row_formfield
        fields = [
            "round",
            "track",
            "opens_at",
            "closes_at",
            "marking_opens_at",
            "marking_closes_at",
            "results_at",
            "minimum_total",
            "no_zero",
            "places",
            "judges_per_entry",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        round_, track = cleaned.get("round"), cleaned.get("track")
        if round_ and track and round_.competition_id != track.competition_id:
            self.add_error("track", _("The track belongs to another competition than the round."))
        if round_ and not round_.takes_entries:
            for name in ("opens_at", "closes_at"):
                if cleaned.get(name):
                    self.add_error(name, _("Only the first round takes entries; leave this empty."))
        self._check_order(cleaned, "opens_at", "closes_at", _("Closing must come after opening."))
        self._check_order(
            cleaned,
            "closes_at",
            "marking_opens_at",
            _("Marking opens after entries have closed."),
            equal=True,
        )
        self._check_order(
            cleaned,
            "marking_opens_at",
            "marking_closes_at",
            _("Marking must close after it opens."),
        )
        self._check_order(
            cleaned,
            "marking_closes_at",
            "results_at",
            _("The result comes after marking has closed."),
            equal=True,
        )
        return cleaned

    def _check_order(
        self, cleaned: dict[str, Any], earlier: str, later: str, sentence: str, equal: bool = False
    ) -> None:
        first, second = cleaned.get(earlier), cleaned.get(later)
        if first and second and (second < first or (second == first and not equal)):
            self.add_error(later, sentence)


class EntryFormForm(RowForm):
    """A new, empty version of the form."""

    class Meta:
        model = EntryForm
        formfield_callback = row_formfield
        fields = ["competition"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        competition = cleaned.get("competition")
        if competition and not self.stored:
            draft = competition.forms.filter(state=EntryForm.State.DRAFT).first()
            if draft:
                self.add_error(
                    "competition",
                    _("Version %(version)s is being written already. Change that one.")
                    % {"version": draft.version},
                )
            self.instance.version = next_version(competition)
        return cleaned


class SectionForm(RowForm):
    class Meta:
        model = Section
        formfield_callback = row_formfield
        fields = ["form", "title", "title_en", "intro", "intro_en", "order"]


class QuestionForm(RowForm):
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("Short name for exports. Left empty, it is made from the question."),
    )
    options = OptionsField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy(
            "One choice a line: “value | label | label in English”, or only the label. "
            "For questions with choices."
        ),
    )

    class Meta:
        model = Question
        formfield_callback = row_formfield
        fields = [
            "section",
            "label",
            "label_en",
            "kind",
            "required",
            "help_text",
            "help_text_en",
            "options",
            "word_limit",
            "max_files",
            "tracks",
            "key",
            "order",
        ]

    def clean_key(self) -> str:
        typed: str = self.cleaned_data["key"]
        return typed or slugify(self.cleaned_data.get("label", ""))[:50].strip("-")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        section = cleaned.get("section")
        if section:
            self._check_key(section, cleaned.get("key", ""))
            others = [
                track
                for track in cleaned.get("tracks", ())
                if track.competition_id != section.form.competition_id
            ]
            if others:
                self.add_error("tracks", _("These tracks belong to another competition."))
        check_kind(self, cleaned)
        return cleaned

    def _check_key(self, section: Section, key: str) -> None:
        if not key:
            # Without a label there is nothing to make it from: that is said there.
            if "label" not in self.errors:
                self.add_error("key", _("Enter a short name of small letters and digits."))
        elif (
            Question.objects.filter(section__form=section.form_id, key=key)
            .exclude(pk=self.instance.pk)
            .exists()
        ):
            self.add_error("key", _("Another question of this form has this key."))


class CriterionForm(RowForm):
    class Meta:
        model = Criterion
        formfield_callback = row_formfield
        fields = [
            "round_track",
            "title",
            "title_en",
            "maximum",
            "step",
            "weight",
            "anchors",
            "anchors_en",
            "order",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        maximum, step = cleaned.get("maximum"), cleaned.get("step")
        for name in ("maximum", "step", "weight"):
            if cleaned.get(name) is not None and cleaned[name] <= 0:
                self.add_error(name, _("Enter a number above zero."))
        if maximum and step and step > 0 and maximum > 0 and maximum % step:
            self.add_error("step", _("The highest mark must be a multiple of the step."))
        return cleaned


class PrizeForm(RowForm):
    class Meta:
        model = Prize
        formfield_callback = row_formfield
        fields = ["track", "title", "title_en", "quantity", "amount", "note", "order"]


class CopyForm(forms.Form):
    """Which earlier competition to copy from."""

    source = forms.ModelChoiceField(
        queryset=Competition.objects.none(), label=gettext_lazy("Copy from")
    )

    def __init__(self, *args: Any, target: Competition, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["source"]
        field.queryset = Competition.objects.exclude(pk=target.pk)
