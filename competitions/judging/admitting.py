"""Which entries take part in a round, and giving them their place in it."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry, Submission
from competitions.judging.models import EntryInRound, Scorecard
from competitions.judging.permissions import JUDGED
from portal.core.verdicts import Refused


def entries_of_round(round_track: RoundTrack) -> QuerySet[Entry]:
    """Eligible entries of the first round; later, those who advanced by a published result.

    Entries withdrawn or found not eligible since then are left out. Ordered by code.
    """
    entries = Entry.objects.filter(track=round_track.track_id, state=JUDGED)
    if not round_track.round.takes_entries:
        entries = entries.filter(
            rounds__round_track__round__competition=round_track.round.competition_id,
            rounds__round_track__round__number=round_track.round.number - 1,
            rounds__round_track__state=RoundTrack.State.PUBLISHED,
            rounds__state=EntryInRound.State.ADVANCED,
        )
    return entries.select_related("organisation", "captain").order_by("code")


def entries_short_of_judges(round_track: RoundTrack) -> int:
    """How many entries of the round have fewer sheets than it asks for."""
    alive = Q(scorecards__judge__round_track=round_track) & ~Q(
        scorecards__state__in=[Scorecard.State.CONFLICTED, Scorecard.State.DECLINED]
    )
    return (
        entries_of_round(round_track)
        .annotate(sheets=Count("scorecards", filter=alive, distinct=True))
        .filter(sheets__lt=round_track.judges_per_entry)
        .count()
    )


def admit(round_track: RoundTrack, entries: Iterable[Entry]) -> None:
    """Give these entries a place in the round; those that have one keep it."""
    EntryInRound.objects.bulk_create(
        [EntryInRound(round_track=round_track, entry=entry) for entry in entries],
        ignore_conflicts=True,
    )


def latest_submissions(entries: Iterable[Entry]) -> dict[int, int]:
    """The id of each entry's newest submission, by entry id."""
    newest = Submission.objects.filter(entry=OuterRef("pk")).order_by("-number").values("pk")[:1]
    return dict(
        Entry.objects.filter(pk__in=[entry.pk for entry in entries])
        .annotate(newest=Subquery(newest))
        .filter(newest__isnull=False)
        .values_list("pk", "newest")
    )


def require_collected(round_track: RoundTrack) -> None:
    """Refuse while entries can still come in: dossiers stay sealed until the deadline."""
    if round_track.state == RoundTrack.State.SETTING_UP:
        raise Refused(_("The competition has not been announced yet."), code="not_announced")
    phases = RoundTrack.Phase
    if round_track.phase() in {phases.COMING, phases.COLLECTING}:
        raise Refused(
            _("Entries can still be submitted. Wait until the deadline has passed."),
            code="still_collecting",
        )
