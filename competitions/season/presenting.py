"""What a competition's public page shows, gathered in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from competitions.calls.models import Competition, Prize, RoundTrack, Track
from competitions.judging.models import Judge
from competitions.season.milestones import milestones
from competitions.season.stages import Standing, standing_of
from portal.core.extension_points import Milestone
from portal.core.templatetags.portal import decimal_comma


@dataclass(frozen=True, slots=True)
class CriteriaChart:
    """The rubric of one round and track as rows for `components/bar_chart.html`."""

    title: str
    total: Decimal
    rows: Sequence[dict[str, Any]]
    minimum: Decimal
    no_zero: bool


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track with the round that takes its entries, its prizes and rubrics."""

    track: Track
    intake: RoundTrack | None
    prizes: Sequence[Prize]
    charts: Sequence[CriteriaChart]


@dataclass(frozen=True, slots=True)
class Panellist:
    """A member of the panel, as the public may know them, and where they sit."""

    name: str
    title: str
    seats: Sequence[str]


@dataclass(frozen=True, slots=True)
class Presentation:
    """Everything the page shows of its competition."""

    competition: Competition
    standing: Standing
    tracks: Sequence[TrackView]
    milestones: Sequence[Milestone]
    panel: Sequence[Panellist]


def present(competition: Competition) -> Presentation:
    """Gather the public facts of a competition: six queries whatever its size."""
    round_tracks = list(
        RoundTrack.objects.filter(round__competition=competition)
        .select_related("round", "track")
        .prefetch_related("criteria")
    )
    tracks = competition.tracks.prefetch_related("prizes")
    return Presentation(
        competition=competition,
        standing=standing_of(competition, round_tracks),
        tracks=[_track_view(track, round_tracks) for track in tracks],
        milestones=milestones(round_tracks),
        panel=_panel(competition) if competition.judges_named else [],
    )


def _track_view(track: Track, round_tracks: Sequence[RoundTrack]) -> TrackView:
    mine = [rt for rt in round_tracks if rt.track_id == track.pk]
    intake = next((rt for rt in mine if rt.round.takes_entries), None)
    charts = [_chart(rt) for rt in mine if rt.criteria.all()]
    return TrackView(track, intake, list(track.prizes.all()), charts)


def _chart(round_track: RoundTrack) -> CriteriaChart:
    criteria = list(round_track.criteria.all())
    largest = max(criterion.points for criterion in criteria)
    rows = [
        {
            "label": criterion.local_title,
            "value": decimal_comma(criterion.points),
            "share": int(criterion.points / largest * 100),
        }
        for criterion in criteria
    ]
    return CriteriaChart(
        title=round_track.round.local_title,
        total=sum((criterion.points for criterion in criteria), Decimal(0)),
        rows=rows,
        minimum=round_track.minimum_total,
        no_zero=round_track.no_zero,
    )


def _panel(competition: Competition) -> list[Panellist]:
    """Those who accepted, each once, chairs first. A judge without a name stays unnamed."""
    judges = (
        Judge.objects.filter(
            round_track__round__competition=competition,
            state=Judge.State.ACCEPTED,
            user__full_name__gt="",
        )
        .select_related("user", "round_track__track", "round_track__round")
        .order_by("-is_chair", "user__sort_key", "round_track__round__number", "pk")
    )
    people: dict[int, list[Judge]] = {}
    for judge in judges:
        people.setdefault(judge.user_id, []).append(judge)
    return [_panellist(seats) for seats in people.values()]


def _panellist(seats: Sequence[Judge]) -> Panellist:
    titles: Iterable[str] = (seat.title for seat in seats if seat.title)
    return Panellist(
        name=seats[0].user.full_name,
        title=next(iter(titles), ""),
        seats=[_seat(seat) for seat in seats],
    )


def _seat(judge: Judge) -> str:
    place = f"{judge.round_track.round.local_title}, {judge.round_track.track.local_title}"
    return _("%(place)s (chair)") % {"place": place} if judge.is_chair else place
