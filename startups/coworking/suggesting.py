"""Up to three other ways when a booking was refused: another time, a shorter one, another place.

Pure reading: nothing is held. A suggestion that somebody takes meanwhile is refused like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from startups.coworking.availability import Free, free_between
from startups.coworking.booking import Wish
from startups.coworking.hours import day_of, whole_day
from startups.coworking.models import Resource
from startups.coworking.quotas import Read, read
from startups.coworking.rules import (
    BookingRefused,
    Case,
    few_at_once,
    long_enough,
    not_past,
    require,
    with_notice,
    within_month,
    within_week,
)
from startups.coworking.slots import Range

MOST = 3
AROUND = (30, -30, 60, -60, 90, -90, 120, -120, 180, -180, 240, -240)
"""Minutes by which the time is moved, the nearest first."""
DAYS = (1, 7, 2, 3)
LONGEST = timedelta(days=1)
"""No booking goes on over midnight: for longer wishes there is no other way."""
MOST_ASKED = 8
"""So many wishes are put to rules that ask the database."""
WITHOUT_QUERIES = (not_past, with_notice, long_enough, within_week, within_month, few_at_once)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another way to what was wanted; `kind` is "time", "length" or "resource"."""

    kind: str
    wish: Wish


def suggest(case: Case, wish: Wish) -> list[Suggestion]:
    """At most three ways that no rule forbids now, of different kinds where there are some."""
    if wish.wanted.length > LONGEST:
        return []
    first = day_of(wish.starts)
    last = first + timedelta(days=max(DAYS))
    others = _others(case.resource)
    free = free_between(case.resource.space, [case.resource, *others], first, last)
    known_quotas = read(
        case.resource,
        case.account,
        [Range(wish.starts - timedelta(days=1), wish.ends), Range(whole_day(last).ends, wish.ends)],
        without=[case.existing.pk] if case.existing else [],
    )
    ask = Asking(case, free, known_quotas)
    ways: dict[str, Iterator[Suggestion]] = {
        "resource": _elsewhere(wish, others),
        "time": _other_times(wish),
        "length": _shorter(wish),
    }
    found: list[Suggestion] = []
    for some in ways.values():
        found.extend(_first_possible(some, ask, 1))
    if len(found) < MOST:
        known = {one.wish for one in found}
        further = (one for one in _other_times(wish) if one.wish not in known)
        found.extend(_first_possible(further, ask, MOST - len(found)))
    return found[:MOST]


def _first_possible(ways: Iterator[Suggestion], ask: "Asking", count: int) -> list[Suggestion]:
    found: list[Suggestion] = []
    for way in ways:
        if len(found) == count:
            break
        if ask.is_possible(way.wish):
            found.append(way)
    return found


@dataclass(slots=True)
class Asking:
    """Whether wishes are possible: by what was read at once, then by rules that may ask more."""

    case: Case
    free: Free
    known: Read
    left: int = MOST_ASKED

    def is_possible(self, wish: Wish) -> bool:
        day, wanted = day_of(wish.starts), wish.wanted
        if not (
            self.free.is_open(wish.resource, day, wanted)
            and self.free.units_free(wish.resource, wanted)
        ):
            return False
        quotas = self.known.used(wanted)
        fresh = replace(
            self.case,
            resource=wish.resource,
            wanted=wanted,
            hours=self.free.hours,
            quotas=quotas,
            accepts_rules=True,
        )
        if any(rule(fresh) for rule in WITHOUT_QUERIES) or not self.left:
            return False
        self.left -= 1
        try:
            require(fresh)
        except BookingRefused:
            return False
        return True


def _others(resource: Resource) -> list[Resource]:
    """Places of the same kind in the same space that hold as many people, the smallest first."""
    same = Resource.objects.filter(space=resource.space, kind=resource.kind, is_active=True)
    return list(same.exclude(pk=resource.pk).select_related("space").order_by("capacity", "order"))


def _elsewhere(wish: Wish, others: list[Resource]) -> Iterator[Suggestion]:
    for other in others:
        if other.capacity >= wish.people:
            yield Suggestion("resource", replace(wish, resource=other, unit=None))


def _other_times(wish: Wish) -> Iterator[Suggestion]:
    shifts = [timedelta(minutes=minutes) for minutes in AROUND]
    shifts += [timedelta(days=days) for days in DAYS]
    for shift in shifts:
        moved = replace(wish, starts=wish.starts + shift, ends=wish.ends + shift, unit=None)
        yield Suggestion("time", moved)


def _shorter(wish: Wish) -> Iterator[Suggestion]:
    """The same beginning with an earlier end, then a later beginning, the longest first."""
    step = timedelta(minutes=wish.resource.slot_minutes)
    length = wish.ends - wish.starts - step
    while length >= timedelta(minutes=wish.resource.min_minutes):
        yield Suggestion("length", replace(wish, ends=wish.starts + length, unit=None))
        yield Suggestion("length", replace(wish, starts=wish.ends - length, unit=None))
        length -= step
