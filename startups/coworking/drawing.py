"""The floor plan and the grid of a day: the same facts drawn in two ways, each with its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from textwrap import wrap
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from startups.coworking.addresses import booking_address, hours_as_typed
from startups.coworking.availability import Free, free_between
from startups.coworking.choosing import Part, first_day, part_of
from startups.coworking.hours import Hours, at, day_of, hours_of
from startups.coworking.models import Booking, Resource, Space, Unit
from startups.coworking.presenting import NEWS_DAYS, Filters, resources_of, why_closed
from startups.coworking.slots import Range, rounded_down, rounded_up, steps

HALF_HOUR = 30
PLAN_WIDTH, PLAN_HEIGHT = 1000, 640
"""The drawing's own units: positions are thousandths of the width and of the height."""
LETTER, LINE = 11, 24
"""About how wide a letter is in them, and how high a line."""


class Mark(models.TextChoices):
    """How a place stands at a time. Nobody is named."""

    FREE = "free", _("Free")
    TAKEN = "taken", _("Taken")
    WAITING = "waiting", _("Asked for")
    MINE = "mine", _("Yours")
    CLOSED = "closed", _("Closed")
    PAST = "past", _("Past")


@dataclass(frozen=True, slots=True)
class Seat:
    """One unit at a time: its mark, and where it is booked when it is free."""

    unit: Unit
    resource: Resource
    mark: Mark
    url: str = ""

    @property
    def name(self) -> str:
        return name_of(self.resource, self.unit)

    @property
    def drawn(self) -> bool:
        return self.unit.x is not None and self.unit.y is not None

    @property
    def box(self) -> dict[str, int]:
        """Left, top, width, height, and the middle, in the drawing's units."""
        left = (self.unit.x or 0) * PLAN_WIDTH // 1000
        top = (self.unit.y or 0) * PLAN_HEIGHT // 1000
        width = self.unit.width * PLAN_WIDTH // 1000
        height = self.unit.height * PLAN_HEIGHT // 1000
        middle = {"x": left + width // 2, "y": top + height // 2}
        corner = {"tick_x": left + width - 24, "tick_y": top + 4}
        return {"left": left, "top": top, "width": width, "height": height, **middle, **corner}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What stands in its box: a desk's number; a room's name, broken to fit."""
        desk = self.resource.kind == Resource.Kind.DESK
        text = self.unit.label if desk else str(self.resource)
        box = self.box
        lines = wrap(text, max(4, (box["width"] - 8) // LETTER), break_long_words=False)
        top = box["y"] - LINE * (len(lines) - 1) // 2
        return [{"text": line, "y": top + LINE * number} for number, line in enumerate(lines)]


def name_of(resource: Resource, unit: Unit) -> str:
    """A pool's unit by its label; a single room by its name alone, when its label says nothing."""
    return f"{resource} {unit.label}".strip()


@dataclass(frozen=True, slots=True)
class Plan:
    day: date
    wanted: Range | None
    typed: Mapping[str, str]
    seats: Sequence[Seat]
    groups: Sequence[tuple[Resource, list[Seat]]]
    why_closed: str
    today: date

    @property
    def drawn(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.drawn]

    @property
    def free(self) -> int:
        return sum(seat.mark == Mark.FREE for seat in self.seats)

    @property
    def marks(self) -> list[Mark]:
        return [mark for mark in Mark if mark != Mark.PAST]


def plan(space: Space, query: Mapping[str, Any], user: Any) -> Plan:
    """Every unit at one time: the hours in the address, else the next half of a day."""
    now = clock.now()
    resources = resources_of(space)
    day, hours = _day(space, query, resources, now)
    wanted = _hours_asked(query, day) or _next_half(resources, hours, day, now)
    free = free_between(space, resources, day, day)
    units = [unit for some in free.units.values() for unit in some]
    held = special(user, units, wanted) if wanted else {}
    seats = [
        _seat(resource, unit, free, day, wanted, held)
        for resource in resources
        for unit in free.units.get(resource.pk, ())
    ]
    return Plan(
        day=day,
        wanted=wanted,
        typed=hours_as_typed(wanted) if wanted else {"day": day.isoformat()},
        seats=seats,
        groups=[
            (resource, list(some)) for resource, some in groupby(seats, lambda seat: seat.resource)
        ],
        why_closed="" if hours.usable(day) else why_closed(hours, day),
        today=day_of(now),
    )


def _day(
    space: Space, query: Mapping[str, Any], resources: Sequence[Resource], now: datetime
) -> tuple[date, Hours]:
    """The day in the address, else the first one with room; with the hours around it."""
    today = day_of(now)
    asked = Filters.read(query).day
    if asked is not None and asked >= today:
        return asked, hours_of(space, asked, asked)
    hours = hours_of(space, today, today + timedelta(days=NEWS_DAYS))
    return first_day(resources, hours, now), hours


def _hours_asked(query: Mapping[str, Any], day: date) -> Range | None:
    times = []
    for name in ("tu", "den"):
        try:
            moment = datetime.strptime(query.get(name, "")[:5], "%H:%M").time()  # noqa: DTZ007
        except ValueError:
            return None
        times.append(rounded_down(at(day, moment)))
    return Range(*times) if times[0] < times[1] else None


def _next_half(
    resources: Sequence[Resource], hours: Hours, day: date, now: datetime
) -> Range | None:
    for part in (Part.MORNING, Part.AFTERNOON):
        for resource in resources:
            found = part_of(resource, hours, day, part, now)
            if found is not None:
                return found
    return None


def special(
    user: Any, units: Iterable[Unit], stretch: Range
) -> dict[int, list[tuple[Range, Mark]]]:
    """Stretches that are this reader's, or wait for an answer, by unit. One query."""
    mine = Q(pk__in=Booking.objects.of_person(user).values("pk"))
    waits = Q(state__in=[Booking.State.PENDING, Booking.State.OFFERED])
    rows = (
        Booking.objects.holding()
        .filter(unit__in=list(units), starts__lt=stretch.ends, ends__gt=stretch.starts)
        .annotate(is_mine=models.Case(models.When(mine, then=True), default=False))
        .filter(Q(is_mine=True) | waits)
        .values_list("unit", "starts", "ends", "is_mine")
    )
    found: dict[int, list[tuple[Range, Mark]]] = defaultdict(list)
    for unit_id, starts, ends, is_mine in rows:
        found[unit_id].append((Range(starts, ends), Mark.MINE if is_mine else Mark.WAITING))
    return found


def _seat(
    resource: Resource,
    unit: Unit,
    free: Free,
    day: date,
    wanted: Range | None,
    held: Mapping[int, list[tuple[Range, Mark]]],
) -> Seat:
    if wanted is None or not free.is_open(resource, day, wanted):
        return Seat(unit, resource, Mark.CLOSED)
    marks = {mark for _stretch, mark in held.get(unit.pk, ())}
    if marks:
        return Seat(unit, resource, Mark.MINE if Mark.MINE in marks else Mark.WAITING)
    busy = free.taken.get(unit.pk, frozenset())
    if not busy.isdisjoint(steps(wanted.wider(resource.before, resource.after))):
        return Seat(unit, resource, Mark.TAKEN)
    return Seat(unit, resource, Mark.FREE, booking_address(resource.pk, wanted, unit=unit.pk))


# The grid -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of half hours that stand alike."""

    mark: Mark
    span: int
    stretch: Range
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    day: date
    heads: Sequence[datetime]
    lines: Sequence[Line]
    kinds: Sequence[Any]
    filters: Filters
    why_closed: str
    today: date


def grid(space: Space, query: Mapping[str, Any], user: Any) -> Grid:
    """A day from the first opening to the last closing, one line for each unit."""
    now = clock.now()
    filters = Filters.read(query)
    all_of_it = resources_of(space)
    resources = [one for one in all_of_it if filters.fits(one)]
    day, hours = _day(space, query, all_of_it, now)
    opening = hours.opening(day)
    heads = _half_hours(opening)
    lines: list[Line] = []
    if heads:
        free = free_between(space, resources, day, day)
        units = [unit for some in free.units.values() for unit in some]
        stretch = Range(heads[0], heads[-1] + timedelta(minutes=HALF_HOUR))
        held = special(user, units, stretch)
        for resource in resources:
            usable = free.hours.usable(day, resource.pk)
            for unit in free.units.get(resource.pk, ()):
                taken = free.taken.get(unit.pk, frozenset())
                marks = [_mark(one, usable, taken, held.get(unit.pk, ()), now) for one in heads]
                lines.append(Line(name_of(resource, unit), _cells(resource, unit, heads, marks)))
    return Grid(
        day=day,
        heads=heads,
        lines=lines,
        kinds=[kind for kind in Resource.Kind if any(one.kind == kind for one in all_of_it)],
        filters=filters,
        why_closed="" if hours.usable(day) else why_closed(hours, day),
        today=day_of(now),
    )


def _half_hours(opening: Sequence[Range]) -> list[datetime]:
    if not opening:
        return []
    at_last = max(one.ends for one in opening)
    moment = rounded_down(min(one.starts for one in opening), HALF_HOUR)
    found = []
    while moment < at_last:
        found.append(moment)
        moment += timedelta(minutes=HALF_HOUR)
    return found


def _mark(
    begins: datetime,
    usable: Sequence[Range],
    taken: frozenset[datetime],
    held: Iterable[tuple[Range, Mark]],
    now: datetime,
) -> Mark:
    half = Range(begins, begins + timedelta(minutes=HALF_HOUR))
    for stretch, mark in held:
        if stretch.meets(half):
            return mark
    if not taken.isdisjoint(steps(half)):
        return Mark.TAKEN
    if not any(one.meets(half) for one in usable):
        return Mark.CLOSED
    return Mark.PAST if half.ends <= now else Mark.FREE


def _cells(
    resource: Resource, unit: Unit, heads: Sequence[datetime], marks: Sequence[Mark]
) -> list[Cell]:
    cells = []
    for mark, some in groupby(zip(heads, marks, strict=True), lambda pair: pair[1]):
        moments = [moment for moment, _mark in some]
        stretch = Range(moments[0], moments[-1] + timedelta(minutes=HALF_HOUR))
        url = ""
        if mark == Mark.FREE:
            begins = rounded_up(stretch.starts, resource.slot_minutes)
            most = begins + timedelta(minutes=resource.max_minutes)
            wanted = Range(begins, min(rounded_down(stretch.ends, resource.slot_minutes), most))
            if wanted.length >= timedelta(minutes=resource.min_minutes):
                url = booking_address(resource.pk, wanted, unit=unit.pk)
        cells.append(Cell(mark, len(moments), stretch, url))
    return cells
