"""Assigning entries to judges, taking them back, and conflicts of interest.

A pair in conflict is stored as a scorecard in state `conflicted`: the unique constraint on judge
and entry then refuses any later assignment, whatever code tries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry
from competitions.judging import permissions
from competitions.judging.admitting import (
    admit,
    entries_of_round,
    latest_submissions,
    require_collected,
)
from competitions.judging.conflicts import BLOCKING, Kind, blocks, conflicts_found
from competitions.judging.locking import lock_round
from competitions.judging.models import ConflictOfInterest, Judge, Scorecard
from portal.accounts.models import User
from portal.core import auditing, clock
from portal.core.noticing import tell
from portal.core.states import move
from portal.core.verdicts import Refused

Source = ConflictOfInterest.Source
_STATES = Scorecard.State


@dataclass
class AssignResult:
    """What an assignment did. Refused and warned pairs come with the reason to show."""

    assigned: list[Scorecard] = field(default_factory=list)
    refused: list[tuple[Entry, str]] = field(default_factory=list)
    warned: list[tuple[Entry, str]] = field(default_factory=list)


def assign(judge: Judge, entries: Iterable[Entry], by: User) -> AssignResult:
    """Ask a judge to score these entries; pairs in conflict are refused and closed for good.

    Works from the closing of intake until marking closes. Entries assigned before are left as
    they are. Raises Refused (still_collecting, closed, no_seat) when nothing can be assigned.
    """
    permissions.may_run_judging(by).require()
    wanted = {entry.pk for entry in entries}
    result = AssignResult()
    with transaction.atomic():
        round_track = lock_round(judge.round_track_id)
        _require_assignable(round_track)
        judge = Judge.objects.select_related("user", "round_track").get(pk=judge.pk)
        if judge.state not in {Judge.State.INVITED, Judge.State.ACCEPTED}:
            raise Refused(_("This person has no seat in the panel."), code="no_seat")
        inside = list(entries_of_round(round_track).filter(pk__in=wanted))
        for entry in Entry.objects.filter(pk__in=wanted - {entry.pk for entry in inside}):
            result.refused.append((entry, _("Not in this round.")))
        admit(round_track, inside)
        _assign_each(judge, inside, by, result)
        if result.assigned and judge.handed_in_at:
            Judge.objects.filter(pk=judge.pk).update(handed_in_at=None)
        if result.assigned and round_track.state == RoundTrack.State.MARKING:
            tell_assigned(judge, round_track, len(result.assigned))
    return result


def _assign_each(judge: Judge, entries: Sequence[Entry], by: User, result: AssignResult) -> None:
    found = conflicts_found([judge.user], entries)
    versions = latest_submissions(entries)
    cards = {card.entry_id: card for card in judge.scorecards.select_related("entry")}
    for entry in entries:
        kinds = found.get((judge.user_id, entry.pk), [])
        card = cards.get(entry.pk)
        if card is not None and card.state not in {_STATES.DECLINED, _STATES.CONFLICTED}:
            continue
        if card is not None and card.state == _STATES.CONFLICTED:
            result.refused.append((entry, conflict_words(card)))
        elif blocks(kinds):
            close_pair(judge, entry, card, [kind for kind in kinds if kind in BLOCKING], by)
            result.refused.append((entry, kind_words(kinds)))
        else:
            result.assigned.append(_ask(judge, entry, card, versions[entry.pk], by))
            if kinds:
                result.warned.append((entry, kind_words(kinds)))


def _ask(
    judge: Judge, entry: Entry, card: Scorecard | None, submission_id: int, by: User
) -> Scorecard:
    if card is None:
        card = Scorecard.objects.create(
            judge=judge, entry=entry, submission_id=submission_id, assigned_by=by
        )
    else:
        move(
            card,
            _STATES.ASSIGNED,
            submission_id=submission_id,
            assigned_by=by,
            assigned_at=clock.now(),
            decline_reason="",
        )
    auditing.record("judging.assigned", card, user=by, entry=entry.code)
    return card


def close_pair(
    judge: Judge,
    entry: Entry,
    card: Scorecard | None,
    kinds: Iterable[Kind],
    by: User,
    *,
    source: str = Source.DETECTED,
    note: str = "",
) -> Scorecard:
    """Store a conflict in the scorecard's place, inside the caller's transaction."""
    if card is None:
        card = Scorecard.objects.create(
            judge=judge, entry=entry, state=_STATES.CONFLICTED, assigned_by=by
        )
    else:
        if card.state == _STATES.DECLINED:
            move(card, _STATES.ASSIGNED)
        move(card, _STATES.CONFLICTED, reopened_at=None)
    ConflictOfInterest.objects.bulk_create(
        ConflictOfInterest(scorecard=card, kind=kind, source=source, note=note, recorded_by=by)
        for kind in kinds
    )
    auditing.record("judging.conflict", card, user=by, kinds=[str(kind) for kind in kinds])
    return card


def unassign(scorecard: Scorecard, by: User) -> None:
    """Take an entry back from a judge who has not begun. Raises Refused (started)."""
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        _require_assignable(lock_round(scorecard.judge.round_track_id))
        card = Scorecard.objects.select_related("judge", "entry").get(pk=scorecard.pk)
        if card.state != _STATES.ASSIGNED or card.mark_changes.exists():
            raise Refused(
                _("%(entry)s: the judge has begun; the sheet stays.") % {"entry": card.entry.code},
                code="started",
            )
        auditing.record("judging.unassigned", card.judge, user=by, entry=card.entry.code)
        card.delete()


def declare_conflict(scorecard: Scorecard, kind: str, note: str, by: User) -> None:
    """Close an entry to a judge, by the judge's word or an officer's. Its marks stop counting.

    The judge can do so until the sheet is handed in. Raises Refused.
    """
    if kind not in ConflictOfInterest.Kind.values:
        raise Refused(_("Choose what kind of conflict it is."), code="no_kind", field="kind")
    with transaction.atomic():
        round_track = lock_round(scorecard.judge.round_track_id)
        card = Scorecard.objects.select_related("judge__user", "entry").get(pk=scorecard.pk)
        own = card.judge.user_id == by.pk
        if own:
            permissions.may_read_scorecard(by, card).require()
        else:
            permissions.may_run_judging(by).require()
        if card.state == _STATES.HANDED_IN:
            raise Refused(
                _("This sheet has been handed in. It has to be reopened first."), code="handed_in"
            )
        source = Source.DECLARED if own else Source.OFFICER
        close_pair(card.judge, card.entry, card, [Kind(kind)], by, source=source, note=note.strip())
        if own:
            _tell_officer(card, round_track, Kind(kind).label, note)


def decline_sheet(scorecard: Scorecard, reason: str, by: User) -> None:
    """The judge gives one entry back for another reason than a conflict. Raises Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused(_("Please say why in a few words."), code="no_reason", field="reason")
    with transaction.atomic():
        round_track = lock_round(scorecard.judge.round_track_id)
        card = Scorecard.objects.select_related("judge__user", "entry").get(pk=scorecard.pk)
        permissions.may_mark(by, card, round_track, clock.now()).require()
        move(card, _STATES.DECLINED, decline_reason=reason)
        auditing.record("judging.sheet_declined", card, user=by, reason=reason)
        _tell_officer(card, round_track, _("declined"), reason)


def close_new_conflicts(round_track: RoundTrack, by: User) -> int:
    """Look again before marking opens: memberships change. Returns how many pairs were closed."""
    cards = list(
        Scorecard.objects.filter(judge__round_track=round_track, state=_STATES.ASSIGNED)
        .select_related("judge__user", "entry__captain", "entry__organisation")
        .order_by("pk")
    )
    users = {card.judge.user_id: card.judge.user for card in cards}
    entries = {card.entry_id: card.entry for card in cards}
    found = conflicts_found(users.values(), list(entries.values()))
    closed = 0
    for card in cards:
        kinds = [
            kind for kind in found.get((card.judge.user_id, card.entry_id), []) if kind in BLOCKING
        ]
        if kinds:
            close_pair(card.judge, card.entry, card, kinds, by)
            closed += 1
    return closed


def kind_words(kinds: Iterable[str]) -> str:
    """The kinds as one line for people."""
    return ", ".join(str(Kind(kind).label) for kind in kinds)


def conflict_words(card: Scorecard) -> str:
    """Why this pair is closed, as recorded."""
    return kind_words(conflict.kind for conflict in card.conflicts.all())


def tell_assigned(judge: Judge, round_track: RoundTrack, count: int) -> None:
    """Tell a judge that there are dossiers to score."""
    tell(
        [judge.user],
        "judge_assigned",
        subject=lambda reader: (
            ngettext(
                "%(count)s dossier is waiting for your marks",
                "%(count)s dossiers are waiting for your marks",
                count,
            )
            % {"count": count}
        ),
        body=lambda reader: (
            _("%(round)s, %(track)s of %(competition)s.")
            % {
                "round": round_track.round.local_title,
                "track": round_track.track.local_title,
                "competition": round_track.round.competition.local_title,
            }
        ),
        url=lambda reader: reverse("judging:desk"),
        action_label=lambda reader: _("Open the judge's desk"),
    )


def _tell_officer(card: Scorecard, round_track: RoundTrack, what: object, note: str) -> None:
    tell(
        [card.assigned_by],
        "judge_conflict",
        subject=lambda reader: (
            _("%(judge)s will not score %(entry)s: %(what)s")
            % {"judge": card.judge.user, "entry": card.entry.code, "what": what}
        ),
        body=note.strip() or format_lazy("{}", what),
        url=reverse("judging_admin:assign", args=[round_track.pk]),
        action_label=lambda reader: _("Open the assignment"),
    )


def _require_assignable(round_track: RoundTrack) -> None:
    require_collected(round_track)
    if round_track.state not in permissions.ASSIGNABLE:
        raise Refused(
            _("Marking has closed. Prolong it before assignments are changed."), code="closed"
        )
