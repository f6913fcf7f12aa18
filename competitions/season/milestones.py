"""The dated steps of a season."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from competitions.calls.models import RoundTrack
from portal.core.extension_points import Milestone

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
