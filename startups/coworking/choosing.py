"""Choosing a place by the part of a day: "Sáng", "Chiều", "Cả ngày". Pure, over what was read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from startups.coworking.availability import Free
from startups.coworking.hours import Hours, at, day_of
from startups.coworking.models.resources import Resource, Unit
from startups.coworking.slots import Range, rounded_down, rounded_up

NOON, AFTER_NOON = time(12), time(13)
DAYS_LOOKED_AHEAD = 31
"""So far the first day on which something can still be booked is looked for."""


class Part(models.TextChoices):
    """The values stand in addresses that people read."""

    MORNING = "sang", _("Morning")
    AFTERNOON = "chieu", _("Afternoon")
    DAY = "ca-ngay", _("Whole day")


@dataclass(frozen=True, slots=True)
class Place:
    """A resource in a part of a day: when exactly, and which of its units nobody holds."""

    resource: Resource
    wanted: Range
    free: Sequence[Unit]
    count: int
    """How many units it has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One part of a day with the places of a kind."""

    part: Part
    places: Sequence[Place]

    @property
    def free(self) -> int:
        return sum(len(place.free) for place in self.places)

    @property
    def best(self) -> Place | None:
        """The place with most room left."""
        return max((one for one in self.places if one.free), key=_room, default=None)

    @property
    def wanted(self) -> Range:
        """The hours of the best place, else of the first."""
        return (self.best or self.places[0]).wanted


def _room(place: Place) -> int:
    return len(place.free)


def part_of(resource: Resource, hours: Hours, day: date, part: str, now: datetime) -> Range | None:
    """What a part of a day means for a resource: the longest stretch its rules allow, if any."""
    if day > day_of(now) + timedelta(days=resource.horizon_days):
        return None
    noon, after = at(day, NOON), at(day, AFTER_NOON)
    found: list[Range] = []
    for stretch in hours.usable(day, resource.pk):
        starts, ends = stretch
        if part == Part.MORNING:
            ends = min(ends, noon)
        elif part == Part.AFTERNOON:
            starts = max(starts, after)
        fitted = _fitted(resource, Range(starts, ends), now)
        if fitted is not None:
            found.append(fitted)
    return max(found, key=lambda one: one.length, default=None)


def _fitted(resource: Resource, stretch: Range, now: datetime) -> Range | None:
    """The stretch on the resource's grid, not in the past, within its lengths."""
    step = resource.slot_minutes
    soonest = rounded_down(now, step)
    if resource.notice_minutes:
        soonest = rounded_up(now + timedelta(minutes=resource.notice_minutes), step)
    starts = rounded_up(max(stretch.starts, soonest), step)
    ends = rounded_down(stretch.ends, step)
    ends = min(ends, starts + timedelta(minutes=resource.max_minutes))
    if ends - starts < timedelta(minutes=resource.min_minutes):
        return None
    return Range(starts, ends)


def choices(resources: Iterable[Resource], free: Free, day: date, now: datetime) -> list[Choice]:
    """The parts of a day that can still be booked. A whole day no longer than a half is left out.

    On a day with a break at noon that is so: its halves are booked one by one.
    """
    found: list[Choice] = []
    listed = list(resources)
    for part in Part:
        places = list(_places(listed, free, day, part, now))
        if places and not (part == Part.DAY and _is_half(places, found, at(day, NOON))):
            found.append(Choice(part, places))
    return found


def _is_half(places: Sequence[Place], halves: Sequence[Choice], noon: datetime) -> bool:
    """Is what is left of the day no more than one of its halves?"""
    if all(place.wanted.starts >= noon for place in places):
        return True
    known = {(place.resource.pk, place.wanted) for half in halves for place in half.places}
    return all((place.resource.pk, place.wanted) in known for place in places)


def _places(
    resources: Iterable[Resource], free: Free, day: date, part: Part, now: datetime
) -> Iterator[Place]:
    for resource in resources:
        wanted = part_of(resource, free.hours, day, part, now)
        if wanted is not None:
            units = free.units_free(resource, wanted)
            yield Place(resource, wanted, units, len(free.units.get(resource.pk, ())))


def first_day(resources: Sequence[Resource], hours: Hours, now: datetime) -> date:
    """The first day on which one of the resources can still be booked; today when there is none."""
    today = day_of(now)
    for number in range(DAYS_LOOKED_AHEAD):
        day = today + timedelta(days=number)
        if any(part_of(one, hours, day, Part.DAY, now) for one in resources):
            return day
    return today


def free_at_all(resources: Iterable[Resource], free: Free, day: date, now: datetime) -> int:
    """How many units are free for at least one half of a day."""
    units: set[int] = set()
    for resource in resources:
        for part in (Part.MORNING, Part.AFTERNOON):
            wanted = part_of(resource, free.hours, day, part, now)
            if wanted is not None:
                units.update(unit.pk for unit in free.units_free(resource, wanted))
    return len(units)
