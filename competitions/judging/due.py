"""What the clock causes in judging. Safe to run every minute, and twice."""

from collections.abc import Sequence
from datetime import datetime

from competitions.calls.models import RoundTrack
from competitions.judging import reminding, scoring
from portal.core.extension_points import DueWork
from portal.core.states import StaleState
from portal.core.verdicts import Refused


def run(now: datetime) -> Sequence[DueWork]:
    """Remind judges two days before closing; close marking whose time is over."""
    return [
        DueWork("judging.reminded", _remind(now)),
        DueWork("judging.closed", _close(now)),
    ]


def _remind(now: datetime) -> int:
    reminded = 0
    for judge in reminding.to_remind(now):
        try:
            reminding.remind(judge, None)
        except Refused:
            continue  # finished meanwhile
        reminded += 1
    return reminded


def _close(now: datetime) -> int:
    """The closing second itself still counts: the round closes in the next one."""
    over = RoundTrack.objects.filter(
        state=RoundTrack.State.MARKING, marking_closes_at__lt=now.replace(microsecond=0)
    )
    closed = 0
    for round_track in over.order_by("pk"):
        try:
            scoring.close_marking(round_track, None, at=round_track.marking_closes_at)
        except StaleState:
            continue  # somebody else was quicker
        closed += 1
    return closed
