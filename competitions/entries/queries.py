"""What lists and pages ask for, each a bounded number of queries."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from competitions.calls.models import Competition, RoundTrack, Track
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


def entrants_among(user_ids: Sequence[int]) -> list[int]:
    """Those of these people whose team has handed in for a season that is not archived."""
    running = Entry.objects.filter(
        state__in=COUNTED, competition__state=Competition.State.ANNOUNCED
    )
    captains = running.filter(captain__in=user_ids).values_list("captain", flat=True)
    named = running.filter(members__user__in=user_ids, members__declined_at__isnull=True)
    members = named.filter(members__consent__isnull=False).values_list("members__user", flat=True)
    return sorted({key for key in (*captains, *members) if key in set(user_ids)})


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
