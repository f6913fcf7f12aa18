"""The monthly "Bảng kê sử dụng" of a company: what it booked and used, for printing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.accounts.models import Organisation
from startups.coworking.models import Booking, Resource
from startups.coworking.quotas import month_of

DAYS_IN_A_MONTH_AND_SOME = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Total:
    """What was used of one kind of place."""

    kind: str
    times: int
    length: timedelta


@dataclass(frozen=True, slots=True)
class Statement:
    organisation: Organisation
    month: date
    bookings: Sequence[Booking]
    totals: Sequence[Total]

    @property
    def times(self) -> int:
        return len(self.bookings)

    @property
    def length(self) -> timedelta:
        return sum((one.length for one in self.bookings), timedelta())

    @property
    def missed(self) -> int:
        return sum(one.state == Booking.State.NO_SHOW for one in self.bookings)

    @property
    def before(self) -> date:
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.month + DAYS_IN_A_MONTH_AND_SOME).replace(day=1)


def statement(organisation: Organisation, month: date) -> Statement:
    """Everything that counts in the local month that begins with `month`. One query."""
    stretch = month_of(month)
    bookings = list(
        Booking.objects.counted()
        .exclude(state=Booking.State.OFFERED)
        .filter(organisation=organisation, starts__gte=stretch.starts, starts__lt=stretch.ends)
        .select_related("resource__space", "unit__resource", "person")
        .order_by("starts", "pk")
    )
    return Statement(organisation, month, bookings, _totals(bookings))


def _totals(bookings: Sequence[Booking]) -> list[Total]:
    found = []
    for kind in Resource.Kind:
        some = [one for one in bookings if one.resource.kind == kind]
        if some:
            length = sum((one.length for one in some), timedelta())
            found.append(Total(str(kind.label), len(some), length))
    return found
