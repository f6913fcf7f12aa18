"""Where a season stands, as one word and one date, for lists, doors and the visitor's next step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competitions.calls.models import Competition, RoundTrack
from portal.core import clock


class Stage(Enum):
    """What people are told about a whole competition."""

    COMING = "coming"
    OPEN = "open"
    UNDER_WAY = "under_way"
    PUBLISHED = "published"
    OVER = "over"

    @property
    def label(self) -> "str | Promise":
        return {
            Stage.COMING: _("Opening soon"),
            Stage.OPEN: _("Taking entries"),
            Stage.UNDER_WAY: _("Being judged"),
            Stage.PUBLISHED: _("Results published"),
            Stage.OVER: _("Over"),
        }[self]

    @property
    def tone(self) -> str:
        """The colour of its chip; the word says it too."""
        return {Stage.OPEN: "ok", Stage.COMING: "info", Stage.UNDER_WAY: "warn"}.get(self, "")

    @property
    def icon(self) -> str:
        return {
            Stage.COMING: "calendar",
            Stage.OPEN: "lightbulb",
            Stage.UNDER_WAY: "scale",
            Stage.PUBLISHED: "trophy",
            Stage.OVER: "archive",
        }[self]


@dataclass(frozen=True, slots=True)
class Standing:
    """A competition's stage and the dates that matter in it."""

    stage: Stage
    opens_at: datetime | None = None
    """When the first track opens, while none is open yet."""
    deadline: datetime | None = None
    """The nearest deadline of the tracks that take entries now."""
    marking_until: datetime | None = None
    """The nearest deadline of the judges who are marking now."""
    results_at: datetime | None = None
    """When the next result is expected."""
    has_results: bool = False


def standing_of(
    competition: Competition, round_tracks: Sequence[RoundTrack], now: datetime | None = None
) -> Standing:
    """Where this competition stands at `now`; its round-tracks come with their rounds."""
    present = now or clock.now()
    intakes = [rt for rt in round_tracks if rt.round.takes_entries]
    closing = [rt.closes_at for rt in intakes if rt.closes_at and rt.takes_entries_at(present)]
    coming = [rt.opens_at for rt in intakes if rt.opens_at and rt.opens_at > present]
    marking = [
        rt.marking_closes_at
        for rt in round_tracks
        if rt.marking_closes_at and rt.state == RoundTrack.State.MARKING
    ]
    waiting = [
        rt.results_at
        for rt in round_tracks
        if rt.results_at and rt.results_at > present and rt.state != RoundTrack.State.PUBLISHED
    ]
    published = [rt for rt in round_tracks if rt.state == RoundTrack.State.PUBLISHED]
    return Standing(
        stage=_stage(competition, round_tracks, closing, coming, published),
        opens_at=min(coming, default=None) if not closing else None,
        deadline=min(closing, default=None),
        marking_until=min(marking, default=None),
        results_at=min(waiting, default=None),
        has_results=bool(published),
    )


def _stage(
    competition: Competition,
    round_tracks: Sequence[RoundTrack],
    closing: Sequence[datetime],
    coming: Sequence[datetime],
    published: Sequence[RoundTrack],
) -> Stage:
    if competition.state == Competition.State.ARCHIVED:
        return Stage.PUBLISHED if published else Stage.OVER
    if closing:
        return Stage.OPEN
    if coming or not round_tracks:
        return Stage.COMING
    return Stage.PUBLISHED if len(published) == len(round_tracks) else Stage.UNDER_WAY


def standings(competitions: Iterable[Competition]) -> Mapping[int, Standing]:
    """Where each of these competitions stands, by its id: one query for all."""
    listed = list(competitions)
    found: dict[int, list[RoundTrack]] = {competition.pk: [] for competition in listed}
    round_tracks = RoundTrack.objects.filter(round__competition__in=found).select_related("round")
    for round_track in round_tracks:
        found[round_track.round.competition_id].append(round_track)
    now = clock.now()
    return {
        competition.pk: standing_of(competition, found[competition.pk], now)
        for competition in listed
    }
