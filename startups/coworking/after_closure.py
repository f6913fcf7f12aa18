"""After a closure: where those who lost their place could go, for the desk and for themselves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from startups.coworking.availability import Free, free_between
from startups.coworking.booking import Wish
from startups.coworking.closing import hit_by
from startups.coworking.hours import day_of
from startups.coworking.models import Booking, Closure, Resource
from startups.coworking.slots import Range

MOST = 2
DAYS = range(1, 15)
"""So many days later the same hours are tried."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A booking that a closure ended, what was booked instead, and what else would be free."""

    booking: Booking
    instead: Booking | None
    ways: Sequence[Wish]

    @property
    def was_here(self) -> bool:
        return self.booking.checked_in_at is not None


def hits(closure: Closure, now: datetime) -> list[Hit]:
    """Everybody a closure hit. A bounded number of queries."""
    bookings = hit_by(closure)
    if not bookings:
        return []
    instead = _instead(bookings, closure)
    waiting = [one for one in bookings if one.person_id and one.pk not in instead]
    ways = ways_for(waiting, now)
    return [Hit(one, instead.get(one.pk), ways.get(one.pk, ())) for one in bookings]


def _instead(bookings: Sequence[Booking], closure: Closure) -> dict[int, Booking]:
    """What each person booked in this space since, the first for their first and so on."""
    since = (
        Booking.objects.filter(
            person__in={one.person_id for one in bookings if one.person_id},
            resource__space=closure.space_id,
            booked_at__gte=closure.announced_at,
            state__in=[*Booking.HOLDING, Booking.State.COMPLETED],
        )
        .select_related("unit__resource")
        .order_by("booked_at", "pk")
    )
    made: dict[int | None, list[Booking]] = defaultdict(list)
    for one in since:
        made[one.person_id].append(one)
    found: dict[int, Booking] = {}
    for booking in bookings:
        if made.get(booking.person_id):
            found[booking.pk] = made[booking.person_id].pop(0)
    return found


def ways_for(bookings: Sequence[Booking], now: datetime) -> dict[int, list[Wish]]:
    """For each booking up to two places that are free: the same hours elsewhere, or another day.

    Only room is looked at; whether a rule forbids it the verb says.
    """
    if not bookings:
        return {}
    space = bookings[0].resource.space
    resources = list(Resource.objects.filter(space=space, is_active=True).order_by("order", "pk"))
    for resource in resources:
        resource.space = space
    days = [day_of(one.starts) for one in bookings]
    free = free_between(space, resources, min(days), max(days) + timedelta(days=DAYS[-1]))
    # Whoever is named first has the first choice: what was proposed once is proposed to nobody.
    promised: dict[Wish, int] = defaultdict(int)
    found: dict[int, list[Wish]] = {}
    for booking in bookings:
        found[booking.pk] = []
        for wish in _candidates(booking, resources, now):
            if len(found[booking.pk]) == MOST:
                break
            if _room(free, wish) > promised[_same(wish)]:
                promised[_same(wish)] += 1
                found[booking.pk].append(wish)
    return found


def _same(wish: Wish) -> Wish:
    return Wish(wish.resource, wish.starts, wish.ends)


def _room(free: Free, wish: Wish) -> int:
    if not free.is_open(wish.resource, day_of(wish.starts), wish.wanted):
        return 0
    return len(free.units_free(wish.resource, wish.wanted))


def _candidates(booking: Booking, resources: Sequence[Resource], now: datetime) -> Iterator[Wish]:
    def wish(resource: Resource, wanted: Range) -> Wish:
        return Wish(resource, *wanted, people=booking.people, purpose=booking.purpose)

    wanted = Range(booking.starts, booking.ends)
    same_kind = [one for one in resources if one.kind == booking.resource.kind]
    if wanted.starts > now:
        for resource in same_kind:
            if resource.capacity >= booking.people:
                yield wish(resource, wanted)
    for days in DAYS:
        later = Range(*(moment + timedelta(days=days) for moment in wanted))
        if later.starts > now:
            yield from (wish(one, later) for one in same_kind if one.pk == booking.resource_id)
