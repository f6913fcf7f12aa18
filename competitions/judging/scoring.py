"""Marks: saving them, completing a sheet, handing everything in, reopening.

A missing mark is a missing row, never zero. A complete sheet stays editable by its judge until
"Nộp tất cả phiếu" or the closing of marking. Every change is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry
from competitions.judging import permissions, sealing
from competitions.judging.admitting import (
    admit,
    entries_of_round,
    latest_submissions,
    require_collected,
)
from competitions.judging.assigning import close_new_conflicts, tell_assigned
from competitions.judging.locking import lock_round
from competitions.judging.marks import changes_of, require_marks, write
from competitions.judging.models import Judge, Reopening, Scorecard
from portal.accounts.models import User
from portal.core import auditing, clock
from portal.core.noticing import tell
from portal.core.states import move
from portal.core.templatetags.portal import moment as local_moment
from portal.core.text import clean_text
from portal.core.verdicts import Refused

_STATES = Scorecard.State
_ROUND = RoundTrack.State
MAX_COMMENT_CHARS = 10_000


class StaleSheet(Refused):
    """The sheet was changed elsewhere since this form was opened; nothing was written."""


def save(
    scorecard: Scorecard,
    by: User,
    version: int,
    marks: Mapping[int, Decimal | None],
    comment: str | None = None,
    private_note: str | None = None,
) -> Scorecard:
    """Keep some or all marks of a sheet, the comment to the team and the judge's own note.

    A criterion that is not in `marks` stays as it is; None takes its mark away; None for a text
    leaves it. `version` is what the form was opened with; saying what is stored already is never
    stale. A complete sheet that loses a mark is
    started again. Raises StaleSheet, or Refused with `details` per criterion ("mark-<id>").
    """
    with transaction.atomic():
        card, round_track = _locked(scorecard)
        permissions.may_mark(by, card, round_track, clock.now()).require()
        criteria = {criterion.pk: criterion for criterion in round_track.criteria.all()}
        require_marks(criteria, marks)
        texts = _changed_texts(card, comment, private_note)
        changes = changes_of(card, marks)
        if not texts and not changes:
            return card
        if card.version != version:
            raise StaleSheet(
                _("This sheet was changed in another window. Compare before you save again."),
                code="stale_sheet",
            )
        write(card, changes, by)
        now = clock.now()
        update: dict[str, Any] = {**texts, "saved_at": now, "version": card.version + 1}
        still_complete = card.state == _STATES.COMPLETE and card.marks.count() == len(criteria)
        if still_complete or card.state == _STATES.STARTED:
            _update(card, update)
        else:
            move(card, _STATES.STARTED, completed_at=None, **update)
    return card


def complete(scorecard: Scorecard, by: User) -> Scorecard:
    """Say that a sheet has all its marks. Raises Refused naming the criteria that have none."""
    with transaction.atomic():
        card, round_track = _locked(scorecard)
        permissions.may_mark(by, card, round_track, clock.now()).require()
        if card.state == _STATES.COMPLETE:
            return card
        marked = set(card.marks.values_list("criterion_id", flat=True))
        missing = [row for row in round_track.criteria.all() if row.pk not in marked]
        if missing:
            raise Refused(
                _("No mark yet for: %(criteria)s.")
                % {"criteria": "; ".join(row.local_title for row in missing)},
                code="missing_marks",
                details={
                    f"mark-{row.pk}": _("Give a mark. A missing mark is not a zero.")
                    for row in missing
                },
            )
        if card.state == _STATES.ASSIGNED:  # no criteria at all: nothing was there to mark
            raise Refused(_("There is nothing to mark in this round."), code="no_criteria")
        move(card, _STATES.COMPLETE, completed_at=clock.now(), version=card.version + 1)
        auditing.record("judging.completed", card, user=by)
    return card


def hand_in_all(judge: Judge, by: User) -> list[Scorecard]:
    """Hand in every sheet of a judge together; from then on they are locked.

    Raises Refused (unfinished) with the codes of the entries whose sheets are not complete, or
    (nothing_to_hand_in).
    """
    with transaction.atomic():
        round_track = lock_round(judge.round_track_id)
        judge = Judge.objects.select_related("user").get(pk=judge.pk)
        _require_own_seat(judge, by)
        cards = list(
            judge.scorecards.filter(
                state__in=permissions.OPEN_TO_MARKS, entry__state=permissions.JUDGED
            )
            .select_related("entry")
            .order_by("pk")
        )
        now = clock.now()
        reopened = [card for card in cards if card.reopened_at]
        permissions.may_mark_in(round_track, now, reopened=bool(reopened)).require()
        if not permissions.may_mark_in(round_track, now):
            cards = reopened  # after the closing only these can still change
        if not cards:
            raise Refused(_("There is no sheet left to hand in."), code="nothing_to_hand_in")
        unfinished = [card.entry.code or "" for card in cards if card.state != _STATES.COMPLETE]
        if unfinished:
            raise Refused(
                _("Complete these sheets first: %(entries)s.")
                % {"entries": ", ".join(sorted(unfinished))},
                code="unfinished",
            )
        hand_in(judge, cards, by, at=now)
    return cards


def hand_in(judge: Judge, cards: list[Scorecard], by: User | None, *, at: datetime) -> None:
    """Lock and seal these complete sheets, inside the caller's transaction with its lock."""
    for card in cards:
        move(card, _STATES.HANDED_IN, handed_in_at=at, reopened_at=None)
    sealing.seal(judge.round_track, cards, at)
    Judge.objects.filter(pk=judge.pk).update(handed_in_at=at)
    judge.handed_in_at = at
    codes = sorted(card.entry.code or "" for card in cards)
    auditing.record("judging.handed_in", judge, user=by, entries=codes)


def reopen(scorecard: Scorecard, by: User, reason: str) -> Scorecard:
    """Let a judge change a sheet that was handed in; the judge is told why. Raises Refused."""
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Give the reason; the judge reads it."), code="no_reason", field="reason")
    with transaction.atomic():
        card, round_track = _locked(scorecard)
        permissions.may_reopen(by, round_track).require()
        if card.state != _STATES.HANDED_IN:
            raise Refused(_("This sheet is still open."), code="not_handed_in")
        now = clock.now()
        move(card, _STATES.STARTED, handed_in_at=None, completed_at=None, reopened_at=now)
        Reopening.objects.create(scorecard=card, reason=reason, reopened_by=by, reopened_at=now)
        Judge.objects.filter(pk=card.judge_id).update(handed_in_at=None)
        auditing.record("judging.reopened", card, user=by, reason=reason)
        tell(
            [card.judge.user],
            "judge_reopened",
            subject=lambda reader: (
                _("Your sheet for %(entry)s was reopened") % {"entry": card.entry.code}
            ),
            body=reason,
            url=lambda reader: reverse("judging:scorecard", args=[card.key]),
            action_label=lambda reader: _("Open the sheet"),
        )
    return card


def open_marking(round_track: RoundTrack, by: User) -> RoundTrack:
    """Open a round to marks and tell the judges what waits for them.

    Every entry of the round gets its place in it, sheets not yet begun take the newest
    submission, and conflicts are looked for once more. Raises Refused (still_collecting,
    no_criteria, no_closing_time, no_entries).
    """
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        require_collected(round_track)
        _require_ready(round_track)
        entries = list(entries_of_round(round_track))
        if not entries:
            raise Refused(_("No entry has reached this round yet."), code="no_entries")
        move(round_track, _ROUND.MARKING)
        admit(round_track, entries)
        _take_newest_submissions(round_track, entries)
        close_new_conflicts(round_track, by)
        auditing.record("judging.opened", round_track, user=by, entries=len(entries))
        waiting = Judge.objects.filter(
            round_track=round_track, scorecards__state=_STATES.ASSIGNED
        ).annotate(cards_left=Count("scorecards"))
        for judge in waiting.select_related("user"):
            tell_assigned(judge, round_track, judge.cards_left)
    return round_track


@dataclass(frozen=True)
class Closed:
    """What closing a round's marking did."""

    handed_in: int
    unfinished: list[Scorecard]


def close_marking(round_track: RoundTrack, by: User | None, at: datetime | None = None) -> Closed:
    """Close marking: complete sheets are handed in, the others stay unfinished and are listed.

    `by` is None when the clock does it; `at` is the moment written on the sheets. Before the
    closing time an officer can do it only when no sheet is unfinished. Raises Refused.
    """
    if by is not None:
        permissions.may_run_judging(by).require()
    moment = at or clock.now()
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        cards = list(
            Scorecard.objects.filter(
                judge__round_track=round_track,
                state__in=permissions.OPEN_TO_MARKS,
                entry__state=permissions.JUDGED,
            )
            .select_related("judge__user", "entry")
            .order_by("judge_id", "pk")
        )
        unfinished = [card for card in cards if card.state != _STATES.COMPLETE]
        closes = round_track.marking_closes_at
        if unfinished and closes and clock.now().replace(microsecond=0) <= closes:
            raise Refused(
                _("Sheets are still unfinished, and the judges have time until the deadline."),
                code="still_marking",
            )
        move(round_track, _ROUND.DELIBERATING)
        if closes and moment < closes:  # closed early: then that is when it closed
            RoundTrack.objects.filter(pk=round_track.pk).update(marking_closes_at=moment)
            round_track.marking_closes_at = moment
        complete_cards = [card for card in cards if card.state == _STATES.COMPLETE]
        for _judge_id, group in groupby(complete_cards, key=lambda card: card.judge_id):
            own = list(group)
            hand_in(own[0].judge, own, by, at=moment)
        auditing.record(
            "judging.closed",
            round_track,
            user=by,
            handed_in=len(complete_cards),
            unfinished=[f"{card.judge}: {card.entry.code}" for card in unfinished],
        )
    return Closed(len(complete_cards), unfinished)


def prolong_marking(round_track: RoundTrack, by: User, until: datetime, reason: str) -> RoundTrack:
    """Move the closing of marking; a round that had closed opens again. Raises Refused."""
    permissions.may_run_judging(by).require()
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Give the reason."), code="no_reason", field="reason")
    if until <= clock.now():
        raise Refused(_("Choose a moment in the future."), code="past", field="until")
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        closes = round_track.marking_closes_at
        if closes and until <= closes:
            raise Refused(
                _("Marking closes at %(when)s already; choose a later moment.")
                % {"when": local_moment(closes)},
                code="not_later",
                field="until",
            )
        if round_track.state == _ROUND.DELIBERATING:
            move(round_track, _ROUND.MARKING, marking_closes_at=until)
        elif round_track.state == _ROUND.MARKING:
            RoundTrack.objects.filter(pk=round_track.pk).update(marking_closes_at=until)
            round_track.marking_closes_at = until
        else:
            raise Refused(_("Marking is not open in this round."), code="not_marking")
        Judge.objects.filter(round_track=round_track).update(reminded_at=None)
        auditing.record(
            "judging.prolonged", round_track, user=by, until=until.isoformat(), reason=reason
        )
    return round_track


def _require_ready(round_track: RoundTrack) -> None:
    if not round_track.criteria.exists():
        raise Refused(_("This round has no criteria yet."), code="no_criteria")
    closes = round_track.marking_closes_at
    if closes is None or closes <= clock.now():
        raise Refused(
            _("Set a closing time of marking that lies in the future first."),
            code="no_closing_time",
        )


def _take_newest_submissions(round_track: RoundTrack, entries: list[Entry]) -> None:
    newest = latest_submissions(entries)
    stale = []
    for card in Scorecard.objects.filter(judge__round_track=round_track, state=_STATES.ASSIGNED):
        if card.submission_id != newest.get(card.entry_id, card.submission_id):
            card.submission_id = newest[card.entry_id]
            stale.append(card)
    Scorecard.objects.bulk_update(stale, ["submission"])


def _locked(scorecard: Scorecard) -> tuple[Scorecard, RoundTrack]:
    """The sheet and its round as they stand now, under the round's lock."""
    round_track = lock_round(scorecard.judge.round_track_id)
    card = Scorecard.objects.select_related("judge__user", "entry").get(pk=scorecard.pk)
    return card, round_track


def _require_own_seat(judge: Judge, by: User) -> None:
    permissions.may_answer_invitation(by, judge).require()
    if judge.state != Judge.State.ACCEPTED:
        raise Refused(_("Accept the invitation first."), code="not_accepted")


def _changed_texts(
    card: Scorecard, comment: str | None, private_note: str | None
) -> dict[str, str]:
    texts = {"comment": comment, "private_note": private_note}
    changed = {}
    for name, text in texts.items():
        if text is None:
            continue
        clean = clean_text(text).strip()
        if len(clean) > MAX_COMMENT_CHARS:
            raise Refused(
                _("Shorten this text to %(limit)s characters.") % {"limit": MAX_COMMENT_CHARS},
                code="too_long",
                field=name,
            )
        if clean != getattr(card, name):
            changed[name] = clean
    return changed


def _update(card: Scorecard, changes: Mapping[str, Any]) -> None:
    Scorecard.objects.filter(pk=card.pk).update(**changes)
    for name, value in changes.items():
        setattr(card, name, value)
