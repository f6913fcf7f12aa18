"""What is free: for lists, plans and grids. A bounded number of queries, and nobody's names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from startups.coworking.hours import Hours, days_between, hours_of_all, whole_day
from startups.coworking.models import BookingSlot, Resource, Space, Unit
from startups.coworking.slots import GRID, Range, gaps, steps


@dataclass(frozen=True, slots=True)
class Free:
    """Everything about some resources and days, read at once."""

    hours: Hours
    units: Mapping[int, Sequence[Unit]]
    taken: Mapping[int, frozenset[datetime]]
    """The steps of the grid that are held, by unit."""

    def units_free(self, resource: Resource, wanted: Range) -> list[Unit]:
        """Units nobody holds in a range, the buffers of the resource included."""
        held = steps(wanted.wider(resource.before, resource.after))
        return [
            unit
            for unit in self.units.get(resource.pk, ())
            if self.taken.get(unit.pk, frozenset()).isdisjoint(held)
        ]

    def is_open(self, resource: Resource, day: date, wanted: Range) -> bool:
        return any(one.holds(wanted) for one in self.hours.usable(day, resource.pk))

    def free_ranges(self, resource: Resource, unit: Unit, day: date) -> list[Range]:
        """When one unit can be used on a day, taken stretches cut out."""
        taken = sorted(self.taken.get(unit.pk, ()))
        busy = [Range(at, at + GRID) for at in taken]
        return gaps(self.hours.usable(day, resource.pk), busy)


def free_between(space: Space, resources: Iterable[Resource], first: date, last: date) -> Free:
    """What is free of these resources from the day `first` to `last`. Six queries at most."""
    return free_in_all([space], resources, first, last)[space.pk]


def free_in_all(
    spaces: Sequence[Space], resources: Iterable[Resource], first: date, last: date
) -> dict[int, Free]:
    """The same for several spaces, by key. Six queries, however many."""
    keys = [resource.pk for resource in resources]
    units: dict[int, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(resource__in=keys, is_active=True):
        units[unit.resource_id].append(unit)
    stretch = Range(whole_day(first).starts, whole_day(last).ends)
    held: dict[int, list[datetime]] = defaultdict(list)
    rows = BookingSlot.objects.filter(
        unit__in=[unit.pk for some in units.values() for unit in some],
        at__gte=stretch.starts,
        at__lt=stretch.ends,
    )
    for unit_id, moment in rows.values_list("unit_id", "at"):
        held[unit_id].append(moment)
    taken = {unit_id: frozenset(moments) for unit_id, moments in held.items()}
    hours = hours_of_all(spaces, first, last)
    return {key: Free(one, dict(units), taken) for key, one in hours.items()}


def days(first: date, count: int) -> list[date]:
    return list(days_between(first, date.fromordinal(first.toordinal() + count - 1)))
