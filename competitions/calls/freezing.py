"""What may no longer change, and new versions of what is frozen.

The `…_in_use` functions answer with the sentence that says why a row is frozen and what to do
instead, or with "" while it is free.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
from competitions.calls.permissions import may_edit_competition
from competitions.calls.queries import competition_of
from portal.core.auditing import record
from portal.core.states import move
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

Sentence = str | Promise


@dataclass(frozen=True, slots=True)
class Frozen:
    """Why some fields of a row stand still; no names: the whole row does."""

    reason: Sentence
    fields: frozenset[str] = frozenset()

    def holds(self, field: str) -> bool:
        return not self.fields or field in self.fields


# What is in use -----------------------------------------------------------------------------


def form_in_use(form: EntryForm) -> Sentence:
    """A form is frozen from the day it is put in use: entries keep what they were asked."""
    if form.state == EntryForm.State.DRAFT:
        return ""
    return _(
        "This version of the form has been put in use, and entries keep the version they were "
        "filled in with. Make a new version and change that one."
    )


def criteria_in_use(round_track: RoundTrack) -> Sentence:
    """The rubric stands still once marking has begun."""
    if round_track.state in {RoundTrack.State.SETTING_UP, RoundTrack.State.RUNNING}:
        return ""
    return _(
        "Marking of this round has begun, so its criteria stand as they are. For another season, "
        "copy the competition and change the criteria there."
    )


def track_in_use(track: Track) -> Sentence:
    if track.competition.state == Competition.State.DRAFT:
        return ""
    return _(
        "The competition has been announced with this track. Add another track, or copy the "
        "competition for a new season."
    )


def round_in_use(round_: Round) -> Sentence:
    if round_.competition.state == Competition.State.DRAFT:
        return ""
    return _(
        "The competition has been announced with this round. Add another round, or copy the "
        "competition for a new season."
    )


def round_track_in_use(round_track: RoundTrack) -> Sentence:
    """Its place in the competition; its dates and rules freeze later, see `freezes`."""
    return round_in_use(round_track.round)


def prize_in_use(prize: Prize) -> Sentence:
    """Prizes stand still once a result of their track has been decided."""
    settled = {RoundTrack.State.DECIDED, RoundTrack.State.PUBLISHED}
    if not prize.track.round_tracks.filter(state__in=settled).exists():
        return ""
    return _("A result of this track has been decided, so its prizes stand as they are.")


# Row by row ---------------------------------------------------------------------------------

RULES_OF_MARKING = frozenset(
    {"opens_at", "closes_at", "minimum_total", "no_zero", "judges_per_entry"}
)


def freezes(row: models.Model) -> list[Frozen]:
    """Everything that stands still in a stored row."""
    competition = competition_of(row)
    if competition.state == Competition.State.ARCHIVED:
        return [Frozen(_("This competition is archived. Bring it back before you change it."))]
    return [frozen for frozen in _FREEZES[type(row)](row) if frozen.reason]


def _competition_freezes(competition: Competition) -> list[Frozen]:
    if competition.state == Competition.State.DRAFT:
        return []
    return [
        Frozen(
            _("Entry codes of an announced competition begin with it, so it stays."),
            frozenset({"code_prefix"}),
        ),
        Frozen(
            _("Who approves results is settled when the competition is announced."),
            frozenset({"second_person_approves"}),
        ),
    ]


def _round_track_freezes(round_track: RoundTrack) -> list[Frozen]:
    state = RoundTrack.State(round_track.state)
    if state == RoundTrack.State.PUBLISHED:
        return [Frozen(_("The result of this round has been published; the round is closed."))]
    found = [Frozen(round_track_in_use(round_track), frozenset({"round", "track"}))]
    if state not in {RoundTrack.State.SETTING_UP, RoundTrack.State.RUNNING}:
        found.append(
            Frozen(
                _("Marking of this round has begun, so its rules and entry dates stand."),
                RULES_OF_MARKING,
            )
        )
    if state == RoundTrack.State.DECIDED:
        found.append(
            Frozen(_("The outcome of this round has been decided."), frozenset({"places"}))
        )
    return found


_FREEZES: dict[type[models.Model], Callable[[Any], list[Frozen]]] = {
    Competition: _competition_freezes,
    Track: lambda row: [Frozen(track_in_use(row), frozenset({"title"}))],
    Round: lambda row: [Frozen(round_in_use(row), frozenset({"number"}))],
    RoundTrack: _round_track_freezes,
    EntryForm: lambda row: [Frozen(form_in_use(row))],
    Section: lambda row: [Frozen(form_in_use(row.form))],
    Question: lambda row: [Frozen(form_in_use(row.section.form))],
    Criterion: lambda row: [Frozen(criteria_in_use(row.round_track))],
    Prize: lambda row: [Frozen(prize_in_use(row))],
}


def refuse_frozen_changes(row: models.Model, changed: Iterable[str]) -> None:
    """Raise Refused with a sentence for each of the `changed` fields that stands still."""
    stored = type(row)._base_manager.get(pk=row.pk)
    details: dict[str, Sentence] = {}
    for frozen in freezes(stored):
        if not frozen.fields:
            raise Refused(frozen.reason, code="frozen")
        for name in changed:
            if frozen.holds(name):
                details.setdefault(name, frozen.reason)
    if details:
        raise Refused(
            _("Part of this can no longer be changed."), code="frozen", details=dict(details)
        )


def adding_refused(row: models.Model) -> Sentence:
    """Why this new row may not join its competition; "" when it may."""
    if isinstance(row, Competition):
        return ""
    if competition_of(row).state == Competition.State.ARCHIVED:
        return _("This competition is archived. Bring it back before you change it.")
    if isinstance(row, Section):
        return form_in_use(row.form)
    if isinstance(row, Question):
        return form_in_use(row.section.form)
    if isinstance(row, Criterion):
        return criteria_in_use(row.round_track)
    if isinstance(row, Prize):
        return prize_in_use(row)
    return ""


def deleting_refused(row: models.Model) -> Sentence:
    """Why a stored row must stay; "" when it may go."""
    if isinstance(row, Competition):
        if row.state == Competition.State.DRAFT:
            return ""
        return _("An announced competition cannot be deleted. Archive it instead.")
    if isinstance(row, Track):
        return track_in_use(row) or _only_asked_of(row)
    if isinstance(row, Round):
        return round_in_use(row)
    if isinstance(row, RoundTrack):
        return round_track_in_use(row)
    return next((frozen.reason for frozen in freezes(row)), "")


def _only_asked_of(track: Track) -> Sentence:
    """A question asked of this track only would be asked of all once the track is gone."""
    if not track.questions.exists():
        return ""
    return _("Some questions are asked of this track only. Change or delete those questions first.")


# New versions of a form ---------------------------------------------------------------------


def copy_form(form: EntryForm, by: "User") -> EntryForm:
    """Make a new draft version with the same sections and questions, to change and put in use.

    Raises Refused when the person may not, or when a draft version is there already.
    """
    may_edit_competition(by, form.competition).require()
    with transaction.atomic():
        competition = Competition.objects.select_for_update().get(pk=form.competition_id)
        may_edit_competition(by, competition).require()
        draft = competition.forms.filter(state=EntryForm.State.DRAFT).first()
        if draft:
            raise Refused(
                _("Version %(version)s is being written already. Change that one.")
                % {"version": draft.version},
                code="draft_exists",
            )
        copy = EntryForm.objects.create(competition=competition, version=next_version(competition))
        copy_questions(form, copy)
        record("calls.form_copied", copy, user=by, copied_from=form.version, version=copy.version)
    return copy


def next_version(competition: Competition) -> int:
    highest = competition.forms.aggregate(highest=Max("version"))["highest"] or 0
    return int(highest) + 1


def copy_questions(
    source: EntryForm, target: EntryForm, tracks: dict[int, Track] | None = None
) -> None:
    """Copy sections and questions. `tracks` maps old tracks to those of another competition."""
    for section in source.sections.prefetch_related("questions__tracks"):
        questions = list(section.questions.all())
        section.pk, section.form = None, target
        section._state.adding = True
        section.save()
        for question in questions:
            only_for = list(question.tracks.all())
            question.pk, question.section = None, section
            question._state.adding = True
            question.save()
            if only_for:
                # Not `set`: it would compare with the tracks fetched for the old row.
                question.tracks.add(*(tracks[t.pk] if tracks else t for t in only_for))


def use_form(form: EntryForm, by: "User") -> EntryForm:
    """Put a draft version in use; the one in use before is retired.

    Entries begun earlier keep their version. Two officers who do this at once are served one
    after the other: there is always exactly one form in use. Raises Refused.
    """
    with transaction.atomic():
        competition = Competition.objects.select_for_update().get(pk=form.competition_id)
        may_edit_competition(by, competition).require()
        form.refresh_from_db()
        _refuse_unusable(form, competition)
        before = competition.forms.filter(state=EntryForm.State.IN_USE).first()
        if before:
            move(before, EntryForm.State.RETIRED)
        move(form, EntryForm.State.IN_USE)
        record(
            "calls.form_used",
            form,
            user=by,
            version=form.version,
            retired=before.version if before else None,
        )
    return form


def _refuse_unusable(form: EntryForm, competition: Competition) -> None:
    if form.state != EntryForm.State.DRAFT:
        return  # `move` says what its state is now
    if not form.sections.exists() or form.sections.filter(questions__isnull=True).exists():
        raise Refused(
            _("Every section of the form needs at least one question."), code="empty_form"
        )
    keys = list(
        Question.objects.filter(section__form=form).values_list("key", flat=True).order_by("key")
    )
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise Refused(
            _("Two questions of the form have the same key: %(keys)s. Exports need them apart.")
            % {"keys": ", ".join(twice)},
            code="key_twice",
        )
