"""What lists and pages ask for, each a bounded number of queries."""

from typing import Any

from django.db.models import Q, QuerySet

from competitions.calls.models import RoundTrack, Track
from competitions.entries.models import Entry
from portal.accounts import roles

COUNTED = (Entry.State.SUBMITTED, Entry.State.ASKED, Entry.State.ELIGIBLE)
"""States that count towards the limits of a person and an organisation."""


def intake_of(track: Track) -> RoundTrack | None:
    """The first round of this track, which takes its entries."""
    return (
        RoundTrack.objects.filter(track=track, round__number=1)
        .select_related("round__competition")
        .first()
    )


def intakes_of(track_ids: set[int]) -> dict[int, RoundTrack]:
    """The same for many tracks in one query."""
    found = RoundTrack.objects.filter(track__in=track_ids, round__number=1)
    found = found.select_related("round__competition")
    return {intake.track_id: intake for intake in found}


def of_team(user: Any) -> QuerySet[Entry]:
    """Entries this person captains or belongs to."""
    return Entry.objects.filter(
        Q(captain=user) | Q(members__user=user, members__declined_at__isnull=True)
    ).distinct()


def dossiers() -> QuerySet[Entry]:
    """What officers and directors may read: handed in once, whatever came after."""
    return Entry.objects.filter(code__isnull=False)


def visible_to(user: Any) -> QuerySet[Entry]:
    """Every entry this person may read."""
    if not user.is_authenticated or not user.is_active:
        return Entry.objects.none()
    mine = of_team(user)
    if roles.reads_everything(user):
        return Entry.objects.filter(Q(pk__in=mine.values("pk")) | Q(code__isnull=False))
    return mine
