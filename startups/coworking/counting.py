"""How a space is used: occupancy of real opening hours, no-shows, lead time, what was refused.

The arithmetic comes first and knows only plain values; below it stands what asks the database.
Opening hours are those that stand now: nobody keeps the weekdays of years ago.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import quantiles
from typing import NamedTuple

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.utils import timezone

from startups.coworking.hours import Hours, days_between, hours_of, whole_day
from startups.coworking.models import Booking, Resource, Space, Unit
from startups.coworking.slots import Range

USED = (Booking.State.CONFIRMED, Booking.State.CHECKED_IN, Booking.State.COMPLETED)
"""The place was used, or is kept for somebody who may still come."""
STOOD = (*USED, Booking.State.NO_SHOW)
CAME = (Booking.State.CHECKED_IN, Booking.State.COMPLETED)
FEWEST = 5
"""What fewer than so many stand behind is not told in public: it would tell of them."""
HOUR = timedelta(hours=1)
NOTHING = timedelta()

Cell = tuple[int, int]
"""A weekday, 0 for Monday, and an hour of the day."""


class Booked(NamedTuple):
    """What the numbers need of a booking; nobody's name."""

    resource: int
    unit: int
    held: Range
    state: str
    people: int
    walk_in: bool
    organisation_kind: str
    """Empty for people without an organisation."""
    lead: timedelta
    """How long before its start it was booked."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The units of a resource, and when they can be used, by day."""

    kind: str
    units: int
    usable: Mapping[date, Sequence[Range]]


@dataclass(slots=True)
class Use:
    """Hours that could be used and hours that were, of all units together."""

    used: timedelta = NOTHING
    usable: timedelta = NOTHING

    @property
    def share(self) -> int | None:
        return share(self.used, self.usable)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Use by hour of the week, by kind of resource, and hours by kind of organisation."""

    cells: Mapping[Cell, Use]
    kinds: Mapping[str, Use]
    organisations: Mapping[str, timedelta]
    outside: timedelta
    """Used when the house was not open: in no other number, so that no share exceeds 100 %."""

    @property
    def whole(self) -> Use:
        uses = self.kinds.values()
        return Use(
            sum((one.used for one in uses), NOTHING), sum((one.usable for one in uses), NOTHING)
        )


class Quartiles(NamedTuple):
    lower: timedelta
    median: timedelta
    upper: timedelta


@dataclass(slots=True)
class Group:
    """Bookings that belong together, and how many people they were for."""

    bookings: int = 0
    people: int = 0


@dataclass(slots=True)
class Tally:
    """What is counted of the bookings that began in the period."""

    kinds: dict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    organisations: dict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    whole: Group = field(default_factory=Group)
    walk_ins: int = 0
    cancelled: int = 0
    no_shows: int = 0
    expected: int = 0
    """Booked beforehand, and it is known whether somebody came."""
    leads: list[timedelta] = field(default_factory=list)


# Arithmetic ----------------------------------------------------------------------------------


def share(part: timedelta, whole: timedelta) -> int | None:
    """Per cent, rounded; None of nothing."""
    return round(100 * (part / whole)) if whole else None


def by_hour(stretch: Range) -> Iterator[tuple[Cell, timedelta]]:
    """A stretch cut at full local hours: which hour of the week has how much of it."""
    at, ends = timezone.localtime(stretch.starts), timezone.localtime(stretch.ends)
    while at < ends:
        until = min(at.replace(minute=0, second=0, microsecond=0) + HOUR, ends)
        yield (at.weekday(), at.hour), until - at
        at = until


def within(held: Range, stretches: Iterable[Range]) -> list[Range]:
    """The parts of a range that lie in these stretches."""
    return [
        Range(max(held.starts, one.starts), min(held.ends, one.ends))
        for one in stretches
        if held.meets(one)
    ]


def quartiles(lengths: Collection[timedelta]) -> Quartiles | None:
    """A quarter is shorter than the lower, half than the median, three quarters than the upper."""
    if not lengths:
        return None
    seconds = [length.total_seconds() for length in lengths]
    three = quantiles(seconds, n=4, method="inclusive") if len(seconds) > 1 else seconds * 3
    return Quartiles(*(timedelta(seconds=round(one)) for one in three))


def large_enough(count: int, behind: int | None = None) -> bool:
    """May a number be told in public? Only when enough stand behind it."""
    return count > 0 and (count if behind is None else behind) >= FEWEST


def occupancy(pools: Mapping[int, Pool], booked: Iterable[Booked], period: Range) -> Occupancy:
    """Which part of the opening hours was used; bookings that were not used count nothing."""
    cells: dict[Cell, Use] = defaultdict(Use)
    kinds: dict[str, Use] = defaultdict(Use)
    organisations: dict[str, timedelta] = defaultdict(timedelta)
    outside = NOTHING
    for pool in pools.values():
        for stretch in (one for ranges in pool.usable.values() for one in ranges):
            kinds[pool.kind].usable += pool.units * stretch.length
            for cell, length in by_hour(stretch):
                cells[cell].usable += pool.units * length
    for one in booked:
        if one.state not in USED:
            continue
        pool = pools[one.resource]
        for held in within(one.held, [period]):
            left = held.length
            for part in within(held, _open_on(pool, held)):
                left -= part.length
                kinds[pool.kind].used += part.length
                organisations[one.organisation_kind] += part.length
                for cell, length in by_hour(part):
                    cells[cell].used += length
            outside += left
    return Occupancy(dict(cells), dict(kinds), dict(organisations), outside)


def _open_on(pool: Pool, held: Range) -> Iterator[Range]:
    first, last = timezone.localdate(held.starts), timezone.localdate(held.ends)
    for day in days_between(first, last):
        yield from pool.usable.get(day, ())


def tally(pools: Mapping[int, Pool], booked: Iterable[Booked], since: datetime) -> Tally:
    """Count the bookings that began `since` a moment; what began before was counted then."""
    counted = Tally()
    for one in booked:
        if one.held.starts < since:
            continue
        if one.state not in STOOD:
            counted.cancelled += 1
            continue
        counted.no_shows += one.state == Booking.State.NO_SHOW
        counted.walk_ins += one.walk_in
        counted.expected += not one.walk_in and one.state != Booking.State.CONFIRMED
        if not one.walk_in:
            counted.leads.append(max(one.lead, NOTHING))
        groups = (
            counted.whole,
            counted.kinds[pools[one.resource].kind],
            counted.organisations[one.organisation_kind],
        )
        for group in groups:
            group.bookings += 1
            # Nobody came of those who did not come.
            group.people += one.people if one.state in USED else 0
    return counted


# What asks the database ----------------------------------------------------------------------


class Refusals(NamedTuple):
    """How often a resource had no room on the days of the period."""

    resource: Resource
    times: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the report shows of a period, its last day included."""

    first: date
    last: date
    occupancy: Occupancy
    tally: Tally
    lead: Quartiles | None
    refusals: Sequence[Refusals]

    @property
    def no_show_share(self) -> int | None:
        return share(self.tally.no_shows * HOUR, self.tally.expected * HOUR)

    @property
    def refused(self) -> int:
        return sum(one.times for one in self.refusals)


def numbers(space: Space, first: date, last: date) -> Numbers:
    """The numbers of a space from one day to another. Seven queries, whatever the stretch."""
    period = Range(whole_day(first).starts, whole_day(last).ends)
    booked = _booked(space, period)
    pools = _pools(space, hours_of(space, first, last), booked, first, last)
    counted = tally(pools, booked, period.starts)
    return Numbers(
        first,
        last,
        occupancy(pools, booked, period),
        counted,
        quartiles(counted.leads),
        _refusals(space, first, last),
    )


def _booked(space: Space, period: Range) -> list[Booked]:
    rows = Booking.objects.filter(
        resource__space=space,
        starts__lt=period.ends,
        ends__gt=period.starts,
        state__in=(*STOOD, Booking.State.CANCELLED),
    ).values_list(
        *("resource_id", "unit_id", "starts", "ends", "state", "people", "walk_in"),
        *("organisation__kind", "booked_at"),
    )
    return [
        Booked(resource, unit, Range(starts, ends), state, people, walk_in, kind or "", starts - at)
        for resource, unit, starts, ends, state, people, walk_in, kind, at in rows.order_by()
    ]


def _pools(
    space: Space, hours: Hours, booked: Sequence[Booked], first: date, last: date
) -> dict[int, Pool]:
    """Units that can be booked, and those that were used although they no longer can."""
    used = {one.unit for one in booked if one.state in USED}
    kinds: dict[int, str] = {}
    units: dict[int, int] = defaultdict(int)
    rows = Unit.objects.filter(resource__space=space).order_by()
    for unit, resource, kind, active, whole_active in rows.values_list(
        "pk", "resource_id", "resource__kind", "is_active", "resource__is_active"
    ):
        kinds[resource] = kind
        units[resource] += (active and whole_active) or unit in used
    closed_apart = {closure.resource_id for closure in hours.closures}
    house = _usable(hours, first, last, None)
    return {
        key: Pool(
            kind,
            units[key],
            _usable(hours, first, last, key) if key in closed_apart else house,
        )
        for key, kind in kinds.items()
    }


def _usable(
    hours: Hours, first: date, last: date, resource: int | None
) -> dict[date, Sequence[Range]]:
    return {day: hours.usable(day, resource) for day in days_between(first, last)}


def _refusals(space: Space, first: date, last: date) -> list[Refusals]:
    times = Sum("shortages__times", filter=Q(shortages__day__gte=first, shortages__day__lte=last))
    found = Resource.objects.filter(space=space).annotate(refused=times).filter(refused__gt=0)
    return [Refusals(one, one.refused) for one in found.order_by("-refused", "order", "name")]


class PublicUse(NamedTuple):
    """What the public reads of a year: None where too few stand behind the number."""

    hours: int | None
    organisations: int | None


def public_use(since: datetime, until: datetime) -> PublicUse:
    """Hours people were in the spaces, and organisations that came. One query, nobody's name."""
    length = ExpressionWrapper(F("ends") - F("starts"), output_field=DurationField())
    row = Booking.objects.filter(
        state__in=CAME, starts__gte=since, starts__lt=until, ends__lte=until
    ).aggregate(
        length=Sum(length),
        organisations=Count("organisation", distinct=True),
        alone=Count("person", distinct=True, filter=Q(organisation__isnull=True)),
    )
    hours = (row["length"] or NOTHING) // HOUR
    organisations = row["organisations"]
    return PublicUse(
        hours if large_enough(hours, organisations + row["alone"]) else None,
        organisations if large_enough(organisations) else None,
    )
