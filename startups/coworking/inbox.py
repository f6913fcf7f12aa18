"""Requests that wait for the front desk, each with what else happens on its resource that day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from startups.coworking.booking import Wish, case_of
from startups.coworking.hours import day_of, whole_day
from startups.coworking.models import Booking, Space, WaitingEntry
from startups.coworking.quotas import Account
from startups.coworking.slots import Range
from startups.coworking.suggesting import suggest


@dataclass(frozen=True, slots=True)
class Request:
    """A booking that waits for approval."""

    booking: Booking
    others: Sequence[Booking]
    """What else is kept on the resource that day."""
    waiting: Sequence[WaitingEntry]
    """Who waits for the resource that day."""

    @property
    def meeting(self) -> list[Booking]:
        """Those of the others at the same time, on other units of the pool."""
        wanted = Range(self.booking.starts, self.booking.ends)
        return [one for one in self.others if Range(one.starts, one.ends).meets(wanted)]

    @property
    def rivals(self) -> list[WaitingEntry]:
        """Those who wait for the same hours."""
        wanted = Range(self.booking.starts, self.booking.ends)
        return [one for one in self.waiting if Range(one.starts, one.ends).meets(wanted)]


def requests_of(space: Space) -> list[Request]:
    """All requests of a space, those first that expire first. Three queries, however many."""
    pending = Booking.objects.filter(resource__space=space, state=Booking.State.PENDING)
    related = pending.select_related("resource__space", "unit__resource", "organisation", "person")
    return _with_neighbours(list(related.order_by("answer_by", "pk")))


def request_of(booking: Booking) -> Request:
    return _with_neighbours([booking])[0]


def _with_neighbours(pending: Sequence[Booking]) -> list[Request]:
    if not pending:
        return []
    days = [whole_day(day_of(booking.starts)) for booking in pending]
    about = {
        "resource__in": {booking.resource_id for booking in pending},
        "starts__gte": min(day.starts for day in days),
        "starts__lt": max(day.ends for day in days),
    }
    held: dict[tuple[int, date], list[Booking]] = defaultdict(list)
    others = Booking.objects.holding().filter(**about).order_by("starts", "pk")
    for one in others.select_related("unit__resource", "organisation", "person"):
        held[one.resource_id, day_of(one.starts)].append(one)
    waits: dict[tuple[int, date], list[WaitingEntry]] = defaultdict(list)
    entries = WaitingEntry.objects.filter(state=WaitingEntry.State.WAITING, **about)
    for entry in entries.select_related("organisation", "person"):
        waits[entry.resource_id, day_of(entry.starts)].append(entry)
    found = []
    for booking in pending:
        key = (booking.resource_id, day_of(booking.starts))
        beside = [one for one in held[key] if one.pk != booking.pk]
        found.append(Request(booking, beside, waits[key]))
    return found


def other_hours(booking: Booking) -> list[Range]:
    """Other hours on the same resource that could be proposed in place of a request."""
    wish = Wish(
        booking.resource,
        booking.starts,
        booking.ends,
        people=booking.people,
        purpose=booking.purpose,
    )
    account = Account(booking.organisation, booking.person)
    case = case_of(wish, account, clock.now(), existing=booking, at_desk=True)
    return [
        found.wish.wanted
        for found in suggest(case, wish)
        if found.wish.resource.pk == booking.resource_id
    ]
