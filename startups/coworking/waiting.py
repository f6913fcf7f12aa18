"""What people who book have to do next: offers to take, bookings today, closed ones to move."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.extension_points import Task
from startups.coworking import telling
from startups.coworking.hours import day_of, whole_day
from startups.coworking.models import Booking
from startups.coworking.models.bookings import BookingQuerySet
from startups.coworking.presenting import again_address

if TYPE_CHECKING:
    from portal.accounts.models import User


def tasks_of(user: "User") -> Sequence[Task]:
    """The offers first: they end by themselves."""
    now = clock.now()
    related = Booking.objects.booked_for(user).select_related("resource__space", "unit__resource")
    offers = related.filter(state=Booking.State.OFFERED, answer_by__gt=now).order_by("answer_by")
    today = related.filter(
        state__in=[Booking.State.CONFIRMED, Booking.State.CHECKED_IN],
        starts__lt=whole_day(day_of(now)).ends,
        ends__gt=now,
    ).order_by("starts")
    closed = closed_bookings(user, now).select_related("resource__space", "unit__resource")
    return [
        *(_offer(one) for one in offers),
        *(_closed(one) for one in closed),
        *(_today(one) for one in today),
    ]


def closed_bookings(user: "User", now: datetime) -> BookingQuerySet:
    """Bookings ahead that the house ended, until something of the kind was booked in their place.

    Cancelled by somebody of the department with a reason is what a closure leaves.
    """
    instead = Booking.objects.filter(
        person=user,
        resource__kind=OuterRef("resource__kind"),
        booked_at__gt=OuterRef("changed_at"),
        state__in=Booking.HOLDING,
    )
    ended = (
        Booking.objects.booked_for(user)
        .filter(state=Booking.State.CANCELLED, starts__gt=now, decided_by__isnull=False)
        .exclude(decided_by=F("person"))
    )
    return ended.exclude(Exists(instead)).order_by("starts")


def _offer(booking: Booking) -> Task:
    return Task(
        title=_("Free for you: %(place)s") % {"place": booking.unit},
        detail=telling.when(booking),
        url=reverse("coworking:booking", args=[booking.key]),
        action=_("Take it or give it back"),
        group=_("Bookings"),
        due=booking.answer_by,
        urgent=True,
    )


def _closed(booking: Booking) -> Task:
    return Task(
        title=_("Choose another time: %(place)s is closed") % {"place": booking.unit},
        detail=f"{telling.when(booking)}. {booking.reason}",
        url=again_address(booking),
        action=_("Choose another time"),
        group=_("Bookings"),
        due=booking.starts,
    )


def _today(booking: Booking) -> Task:
    return Task(
        title=_("Today: %(place)s") % {"place": booking.unit},
        detail=f"{telling.when(booking)}, {booking.resource.space.shown_name}",
        url=reverse("coworking:booking", args=[booking.key]),
        action=_("Show the code"),
        group=_("Bookings"),
    )
