"""Outcomes: set quietly entry by entry, settled together, shown only when published."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import Prize, RoundTrack
from competitions.judging import permissions
from competitions.judging.locking import lock_round
from competitions.judging.models import EntryInRound, ResultDecision, Scorecard
from competitions.judging.permissions import JUDGED
from competitions.judging.publishing import is_last_round
from competitions.judging.standings import standings
from portal.accounts.models import User
from portal.core import auditing
from portal.core.states import move
from portal.core.text import clean_text
from portal.core.verdicts import Refused

Outcome = tuple[str, int | None]
_ROUND = RoundTrack.State


def decide(
    round_track: RoundTrack, outcomes: Mapping[int, Outcome], by: User
) -> list[EntryInRound]:
    """Set outcomes by entry id: (state of the entry in the round, id of the prize or None).

    Nobody outside is told. Entries not named stay as they are. Raises Refused (not_deliberating,
    not_in_round, bad_state, foreign_prize, prize_too_early, too_many_prizes); then nothing is
    changed.
    """
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        _require_deliberating(round_track)
        places = {
            place.entry_id: place
            for place in EntryInRound.objects.filter(round_track=round_track).select_related(
                "entry", "prize"
            )
        }
        prizes = {prize.pk: prize for prize in Prize.objects.filter(track=round_track.track_id)}
        changed = [
            places[entry_id]
            for entry_id, outcome in outcomes.items()
            if _apply(places, entry_id, outcome, prizes)
        ]
        _require_last_round_for_prizes(round_track, places)
        _require_quantities(places, prizes)
        if changed:
            auditing.record(
                "judging.outcomes_set",
                round_track,
                user=by,
                outcomes={
                    place.entry.code: [place.state, place.prize.title if place.prize else ""]
                    for place in changed
                },
            )
    return changed


def _apply(
    places: Mapping[int, EntryInRound],
    entry_id: int,
    outcome: Outcome,
    prizes: Mapping[int, Prize],
) -> bool:
    """Write one outcome; False when it was so already."""
    state, prize_id = outcome
    place = places.get(entry_id)
    if place is None:
        raise Refused(_("This entry is not in the round."), code="not_in_round")
    if state not in EntryInRound.State.values:
        raise Refused(_("Choose one of the outcomes."), code="bad_state")
    if prize_id is not None and prize_id not in prizes:
        raise Refused(_("This prize belongs to another track."), code="foreign_prize")
    if (place.state, place.prize_id) == (state, prize_id):
        return False
    place.prize = prizes[prize_id] if prize_id is not None else None
    if place.state == state:
        EntryInRound.objects.filter(pk=place.pk).update(prize=place.prize)
    else:
        move(place, state, prize=place.prize)
    return True


def _require_last_round_for_prizes(
    round_track: RoundTrack, places: Mapping[int, EntryInRound]
) -> None:
    if any(place.prize_id for place in places.values()) and not is_last_round(round_track):
        raise Refused(_("Prizes are given in the last round of the track."), code="prize_too_early")


def _require_quantities(places: Mapping[int, EntryInRound], prizes: Mapping[int, Prize]) -> None:
    given = Counter(place.prize_id for place in places.values() if place.prize_id)
    too_many = [prize for pk, prize in prizes.items() if given[pk] > prize.quantity]
    if too_many:
        raise Refused(
            "; ".join(
                ngettext(
                    "%(prize)s: there is %(quantity)s, but %(given)s were given",
                    "%(prize)s: there are %(quantity)s, but %(given)s were given",
                    prize.quantity,
                )
                % {
                    "prize": prize.local_title,
                    "quantity": prize.quantity,
                    "given": given[prize.pk],
                }
                for prize in too_many
            ),
            code="too_many_prizes",
        )


def settle(round_track: RoundTrack, by: User) -> RoundTrack:
    """Close the outcomes, so that the decision can be prepared.

    Raises Refused (undecided, reopened, incomplete): every entry needs an outcome, no sheet may
    be open, and an entry that lacks sheets can neither advance nor win.
    """
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        _require_deliberating(round_track)
        lines = standings(round_track).lines
        states = EntryInRound.State
        _refuse_if(
            [line.entry.code for line in lines if line.place.state == states.PENDING],
            _("These entries have no outcome yet: %(entries)s."),
            "undecided",
        )
        reopened = Scorecard.objects.filter(
            judge__round_track=round_track, entry__state=JUDGED, reopened_at__isnull=False
        )
        _refuse_if(
            list(reopened.values_list("entry__code", flat=True)),
            _("Reopened sheets have not been handed in again: %(entries)s."),
            "reopened",
        )
        _refuse_if(
            [
                line.entry.code
                for line in lines
                if not line.ranked.complete
                and (line.place.state == states.ADVANCED or line.place.prize_id)
            ],
            _("These entries have too few sheets to advance or win: %(entries)s."),
            "incomplete",
        )
        move(round_track, _ROUND.DECIDED)
        auditing.record("judging.settled", round_track, user=by)
    return round_track


def reconsider(round_track: RoundTrack, by: User, reason: str) -> RoundTrack:
    """Take the outcomes up again before anything is proposed. Raises Refused."""
    permissions.may_run_judging(by).require()
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Give the reason."), code="no_reason", field="reason")
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        under_way = ResultDecision.objects.filter(round_track=round_track).exclude(
            state=ResultDecision.State.PREPARED
        )
        if under_way.exists():
            raise Refused(
                _("The result has been proposed. It has to be sent back first."), code="proposed"
            )
        move(round_track, _ROUND.DELIBERATING)
        auditing.record("judging.reconsidered", round_track, user=by, reason=reason)
    return round_track


def _require_deliberating(round_track: RoundTrack) -> None:
    if round_track.state != _ROUND.DELIBERATING:
        raise Refused(
            _("Outcomes are set after marking has closed and before the result is settled."),
            code="not_deliberating",
        )


def _refuse_if(codes: list[str | None], sentence: str, code: str) -> None:
    if codes:
        named = ", ".join(sorted({name or "—" for name in codes}))
        raise Refused(sentence % {"entries": named}, code=code)
