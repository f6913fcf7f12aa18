"""A person's bookings as rows of a list, each with what can be done with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from portal.accounts.models import Organisation
from startups.coworking.changing import may_still_change
from startups.coworking.models import Booking, WaitingEntry
from startups.coworking.presenting import again_address

if TYPE_CHECKING:
    from portal.accounts.models import User

CHIPS: Mapping[str, tuple[str, str]] = {
    Booking.State.OFFERED: ("warn", "bell"),
    Booking.State.PENDING: ("warn", "hourglass"),
    Booking.State.CONFIRMED: ("ok", "circle-check"),
    Booking.State.CHECKED_IN: ("ok", "map-pin"),
    Booking.State.COMPLETED: ("", "check"),
    Booking.State.CANCELLED: ("", "x"),
    Booking.State.DECLINED: ("danger", "circle-x"),
    Booking.State.EXPIRED: ("", "clock"),
    Booking.State.NO_SHOW: ("danger", "circle-alert"),
}
"""Tone and icon of each state's chip."""


@dataclass(frozen=True, slots=True)
class Row:
    """One booking of the list."""

    booking: Booking
    tone: str
    icon: str
    again_url: str
    may_change: bool

    @property
    def may_skip(self) -> bool:
        """A week of a habit is given back in one tap."""
        return self.may_change and self.booking.series_id is not None


def row_of(booking: Booking, now: datetime) -> Row:
    tone, icon = CHIPS[booking.state]
    may_change = bool(may_still_change(booking, now))
    return Row(booking, tone, icon, again_address(booking), may_change)


def rows_of(bookings: Iterable[Booking], now: datetime) -> list[Row]:
    return [row_of(booking, now) for booking in bookings]


def bookings_of(user: "User", organisation: Organisation | None = None) -> QuerySet[Booking]:
    """This person's, and those of their organisations; of one organisation only when named."""
    found: QuerySet[Booking] = Booking.objects.of_person(user).select_related(
        "resource__space", "unit__resource", "organisation", "person"
    )
    return found.filter(organisation=organisation) if organisation else found


def coming(bookings: QuerySet[Booking], now: datetime) -> QuerySet[Booking]:
    """What is held and not over yet, the next one first."""
    return bookings.filter(state__in=Booking.HOLDING, ends__gt=now).order_by("starts", "pk")


def past(bookings: QuerySet[Booking], now: datetime) -> QuerySet[Booking]:
    """What is over or was ended, the newest first."""
    standing = bookings.filter(state__in=Booking.HOLDING, ends__gt=now)
    return bookings.exclude(pk__in=standing.values("pk")).order_by("-starts", "-pk")


def waiting_of(user: Any) -> QuerySet[WaitingEntry]:
    """Where this person waits, the next time first."""
    theirs = user.memberships.filter(state="active").values("organisation")
    still = Q(organisation__isnull=True) | Q(organisation__in=theirs)
    return (
        WaitingEntry.objects.filter(still, person=user, state=WaitingEntry.State.WAITING)
        .select_related("resource__space", "organisation")
        .order_by("starts", "pk")
    )
