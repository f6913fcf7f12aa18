"""The day's book of a space: who comes when, what the desk may do with each, what is free now.

Read for one screen at once; the number of queries does not grow with the bookings.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core.text import fold
from startups.coworking.attending import EARLY
from startups.coworking.availability import Free, free_between
from startups.coworking.hours import day_of, whole_day
from startups.coworking.models import Booking, Resource, Space, Unit
from startups.coworking.slots import Range, rounded_down, rounded_up

State = Booking.State
SHOWN = (State.PENDING, State.CONFIRMED, State.CHECKED_IN, State.OFFERED)
TONES: dict[str, str] = {
    State.CHECKED_IN: "ok",
    State.NO_SHOW: "danger",
    State.PENDING: "info",
}
ENDED = (State.COMPLETED, State.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Line:
    """One booking as the desk sees it."""

    booking: Booking
    now: datetime
    others: int
    """Further units of the same resource: is there anywhere else to sit?"""

    @property
    def tone(self) -> str:
        if self.late:
            return "warn"
        return TONES.get(self.booking.state, "")

    @property
    def late(self) -> bool:
        """They should be here by now."""
        return self.booking.state == State.CONFIRMED and self.booking.starts <= self.now

    @property
    def opens(self) -> datetime:
        """From when on it can be checked in."""
        return self.booking.starts - EARLY

    @property
    def may_check_in(self) -> bool:
        return self.booking.state == State.CONFIRMED and self.opens <= self.now

    @property
    def is_here(self) -> bool:
        return bool(self.booking.state == State.CHECKED_IN)

    @property
    def may_move(self) -> bool:
        return self.booking.holds and self.others > 0

    @property
    def unverified(self) -> bool:
        """The organisation is to be checked now that somebody of it stands here."""
        organisation = self.booking.organisation
        return self.booking.holds and organisation is not None and organisation.verified_at is None


@dataclass(frozen=True, slots=True)
class Place:
    """A resource and how many of its units nobody holds at this moment."""

    resource: Resource
    free: int
    units: int


@dataclass(frozen=True, slots=True)
class Daybook:
    """A day of a space."""

    space: Space
    day: date
    now: datetime
    resources: Sequence[Resource]
    free: Free
    lines: Sequence[Line]
    """What still concerns the desk, by time."""
    ended: Sequence[Line]

    @property
    def is_today(self) -> bool:
        return self.day == day_of(self.now)

    @property
    def here(self) -> int:
        return sum(line.is_here for line in self.lines)

    @property
    def expected(self) -> int:
        return sum(line.booking.state == State.CONFIRMED for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.late for line in self.lines)

    @property
    def opening(self) -> list[Range]:
        return self.free.hours.usable(self.day)

    @property
    def why_closed(self) -> str:
        """A sentence for a day on which nothing can be used."""
        closure = self.free.hours.closed_by(whole_day(self.day), None)
        if closure is not None:
            return str(closure.shown_reason)
        return self.free.hours.why_closed(self.day)

    def places(self) -> list[Place]:
        """What is free at this very step of the grid, by resource."""
        return [
            Place(resource, self._free_now(resource), len(self._units(resource)))
            for resource in self.resources
        ]

    def _free_now(self, resource: Resource) -> int:
        step = rounded_down(self.now)
        if not any(one.starts <= step < one.ends for one in self._usable(resource)):
            return 0
        return sum(
            step not in self.free.taken.get(unit.pk, frozenset()) for unit in self._units(resource)
        )

    def until(self, resource: Resource) -> list[datetime]:
        """Until when somebody who walks in now can have a unit of this resource.

        One hour from the next half hour, two, four, and as long as it goes; empty when there is no
        room now.
        """
        begins = rounded_down(self.now)
        stretch = next(
            (one for one in self._usable(resource) if one.starts <= begins < one.ends), None
        )
        if stretch is None:
            return []
        longest = begins + timedelta(minutes=resource.max_minutes)
        whole = rounded_up(self.now, 30)
        wanted = {whole + timedelta(hours=hours) for hours in (1, 2, 4)}
        wanted.add(stretch.ends)
        last = min(stretch.ends, longest)
        ends = sorted({min(one, last) for one in wanted if one > self.now})
        return [end for end in ends if self.free.units_free(resource, Range(begins, end))]

    def _units(self, resource: Resource) -> Sequence[Unit]:
        return self.free.units.get(resource.pk, ())

    def _usable(self, resource: Resource) -> list[Range]:
        return self.free.hours.usable(self.day, resource.pk)


def daybook(space: Space, day: date, now: datetime, query: str = "") -> Daybook:
    """Read a day. With a query only bookings that it finds, cancelled and declined ones too."""
    resources = list(space.resources.filter(is_active=True).order_by("order", "name"))
    for resource in resources:
        resource.space = space
    free = free_between(space, resources, day, day)
    wanted = None if query else (*SHOWN, *ENDED)
    bookings = [
        booking
        for booking in bookings_of_day(space, day)
        if (wanted is None or booking.state in wanted) and finds(query, booking)
    ]
    lines = [
        Line(booking, now, len(free.units.get(booking.resource_id, ())) - 1) for booking in bookings
    ]
    return Daybook(
        space,
        day,
        now,
        resources,
        free,
        [line for line in lines if line.booking.state in SHOWN],
        [line for line in lines if line.booking.state not in SHOWN],
    )


def bookings_of_day(space: Space, day: date) -> list[Booking]:
    """Every booking that begins on the day, by time, with what its line shows."""
    stretch = whole_day(day)
    rows = Booking.objects.filter(
        resource__space=space, starts__gte=stretch.starts, starts__lt=stretch.ends
    )
    related = rows.select_related("resource__space", "unit__resource", "organisation", "person")
    related = related.prefetch_related("guests")
    return list(related.order_by("starts", "resource__order", "unit__order", "pk"))


def finds(query: str, booking: Booking) -> bool:
    """Does what somebody says at the desk mean this booking: a name, a phone number or the code?"""
    said = fold(query)
    if not said:
        return True
    names = [booking.folded_visitor, *(guest.folded_name for guest in booking.guests.all())]
    phones = [str(booking.visitor_phone or "")]
    if booking.person is not None:
        names += [booking.person.folded_name, booking.person.email]
        phones.append(str(booking.person.phone or ""))
    if booking.organisation is not None:
        names.append(booking.organisation.folded_name)
        phones.append(str(booking.organisation.phone or ""))
    if said.replace(" ", "") == booking.code.lower():
        return True
    return _names_hold(said, names) or _phones_hold(said, phones)


def _names_hold(said: str, names: Iterable[str]) -> bool:
    words = said.split()
    return any(all(word in name for word in words) for name in names)


def _phones_hold(said: str, phones: Iterable[str]) -> bool:
    """ "0912 345" and "+84 912 345" mean the same number; three digits are too few to tell."""
    if re.search(r"[a-z@]", said):
        return False
    digits = re.sub(r"\D", "", said)
    local = digits.removeprefix("84").lstrip("0")
    return len(local) > 3 and any(local in re.sub(r"\D", "", phone) for phone in phones)
