"""The dated steps of a season."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from competitions.calls.models import RoundTrack
from portal.core.extension_points import Milestone, Upcoming

Span = tuple[datetime, datetime | None]


def milestones(round_tracks: Iterable[RoundTrack], url: str = "") -> list[Milestone]:
    """Steps in order of time. Tracks that share a date share a step; others name their track."""
    steps: dict[str, dict[Span, list[str]]] = {}
    for round_track in round_tracks:
        for label, span in _spans(round_track):
            tracks = steps.setdefault(label, {}).setdefault(span, [])
            tracks.append(round_track.track.local_title)
    found = [
        Milestone(_titled(label, tracks, alone=len(spans) == 1), starts, ends, url)
        for label, spans in steps.items()
        for (starts, ends), tracks in spans.items()
    ]
    return sorted(found, key=lambda step: (step.starts, step.ends or step.starts))


def coming(
    round_tracks: Sequence[RoundTrack], now: datetime, url: str, competition: str
) -> list[Upcoming]:
    """What lies after `now` for the public, each step once with the tracks that share its date.

    Marking is the judges' work and left out, but for a final, where it is done before everybody.
    """
    last = max((rt.round.number for rt in round_tracks), default=0)
    steps: dict[tuple[datetime, str, str], list[str]] = {}
    for round_track in round_tracks:
        for at, kind, title in _ahead(round_track, last):
            if at > now:
                steps.setdefault((at, kind, title), []).append(round_track.track.local_title)
    tracks = {round_track.track_id for round_track in round_tracks}
    return [
        Upcoming(
            title if len(names) == len(tracks) else f"{title} ({', '.join(names)})",
            at,
            kind,
            url,
            competition,
        )
        for (at, kind, title), names in steps.items()
    ]


def _ahead(round_track: RoundTrack, last: int) -> Iterator[tuple[datetime, str, str]]:
    names = {"round": round_track.round.local_title}
    if round_track.opens_at:
        yield round_track.opens_at, pgettext("upcoming", "Opening"), _("Entries open")
    if round_track.closes_at:
        yield round_track.closes_at, pgettext("upcoming", "Deadline"), _("Entries close")
    is_final = round_track.round.number == last and not round_track.round.takes_entries
    if is_final and round_track.marking_opens_at:
        yield round_track.marking_opens_at, pgettext("upcoming", "Final"), names["round"]
    if round_track.results_at:
        title = _("%(round)s: results") % names
        yield round_track.results_at, pgettext("upcoming", "Results"), title


def _spans(round_track: RoundTrack) -> Iterator[tuple[str, Span]]:
    names = {"round": round_track.round.local_title}
    if round_track.opens_at:
        yield pgettext("milestone", "Taking entries"), (round_track.opens_at, round_track.closes_at)
    if round_track.marking_opens_at:
        span = (round_track.marking_opens_at, round_track.marking_closes_at)
        yield _("%(round)s: marking") % names, span
    if round_track.results_at:
        yield _("%(round)s: results") % names, (round_track.results_at, None)


def _titled(label: str, tracks: list[str], *, alone: bool) -> str:
    return label if alone else f"{label} ({', '.join(tracks)})"
