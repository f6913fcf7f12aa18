"""The grid of bookings: pure arithmetic over aware moments.

Ranges are half open, [starts, ends). The province's clock has no summer time (GMT+7 all year), so
a step of the grid in local time is a step in UTC.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from startups.coworking.models.resources import GRID_MINUTES

GRID = timedelta(minutes=GRID_MINUTES)


class Range(NamedTuple):
    """From `starts` on and before `ends`."""

    starts: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    def meets(self, other: "Range") -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def holds(self, other: "Range") -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def wider(self, before: timedelta, after: timedelta) -> "Range":
        return Range(self.starts - before, self.ends + after)


def on_grid(moment: datetime, minutes: int) -> bool:
    """Does it stand on a multiple of `minutes` after local midnight?"""
    local = timezone.localtime(moment)
    return (
        local.second == local.microsecond == 0 and (local.hour * 60 + local.minute) % minutes == 0
    )


def rounded_down(moment: datetime, minutes: int = GRID_MINUTES) -> datetime:
    """The last moment of the grid at or before this one."""
    local = timezone.localtime(moment).replace(second=0, microsecond=0)
    return local - timedelta(minutes=(local.hour * 60 + local.minute) % minutes)


def rounded_up(moment: datetime, minutes: int = GRID_MINUTES) -> datetime:
    """The first moment of the grid at or after this one."""
    down = rounded_down(moment, minutes)
    return down if down == moment else down + timedelta(minutes=minutes)


def steps(held: Range) -> list[datetime]:
    """Every step of the grid that a range touches, in time order."""
    first = rounded_down(held.starts)
    count = -((first - held.ends) // GRID)
    return [first + number * GRID for number in range(count)]


def gaps(open_ranges: Iterable[Range], taken: Iterable[Range]) -> list[Range]:
    """What is left of the open ranges when the taken ones are cut out, in time order."""
    busy = sorted(taken)
    left: list[Range] = []
    for stretch in sorted(open_ranges):
        at = stretch.starts
        for one in busy:
            if one.ends <= at or one.starts >= stretch.ends:
                continue
            if one.starts > at:
                left.append(Range(at, one.starts))
            at = max(at, one.ends)
        if at < stretch.ends:
            left.append(Range(at, stretch.ends))
    return left


def most_at_once(ranges: Sequence[Range]) -> int:
    """How many of the ranges overlap at the busiest moment."""
    edges = sorted([(one.starts, 1) for one in ranges] + [(one.ends, -1) for one in ranges])
    now = most = 0
    for _moment, change in edges:  # an end sorts before a start of the same moment
        now += change
        most = max(most, now)
    return most
