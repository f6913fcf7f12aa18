"""At the place itself: what its QR leads to. Looking changes nothing."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused
from startups.coworking import attending
from startups.coworking.addresses import booking_address
from startups.coworking.availability import free_between
from startups.coworking.hours import day_of, whole_day
from startups.coworking.models import Booking, Unit
from startups.coworking.slots import Range, rounded_down
from startups.coworking.views.frame import crumbs, space_address


@login_required_keeping
def desk_code(request: HttpRequest, desk_code: str) -> HttpResponse:
    """My booking at this place now, with the button that checks me in."""
    unit = get_object_or_404(
        Unit.objects.select_related("resource__space"), desk_code=desk_code, is_active=True
    )
    now = clock.now()
    mine = _mine_here(request.user, unit, now)
    if request.method == "POST" and mine is not None:
        return _check_in(request, mine)
    context = {
        "unit": unit,
        "resource": unit.resource,
        "booking": mine,
        "opens": _opens(mine, now),
        "elsewhere": None if mine else _mine_elsewhere(request.user, unit, now),
        "free": None if mine else _free_now(unit, now),
        "space_url": space_address(unit.resource.space),
        "crumbs": crumbs((str(unit), "")),
    }
    return render(request, "coworking/here.html", context)


def _opens(mine: Booking | None, now: datetime) -> datetime | None:
    """From when on it can be checked in, where that is still to come."""
    if mine is None or mine.starts - attending.EARLY <= now:
        return None
    return mine.starts - attending.EARLY


def _check_in(request: HttpRequest, mine: Booking) -> HttpResponse:
    try:
        attending.check_in(mine, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Welcome. You are checked in."))
    return redirect("coworking:booking", mine.key)


def _today(user: Any, now: datetime) -> Any:
    """This person's bookings of today that are not over."""
    standing = Booking.objects.of_person(user).filter(
        state__in=[Booking.State.CONFIRMED, Booking.State.CHECKED_IN],
        starts__lt=whole_day(day_of(now)).ends,
        ends__gt=now,
    )
    return standing.select_related(
        "resource__space", "unit__resource", "organisation", "person"
    ).order_by("starts", "pk")


def _mine_here(user: Any, unit: Unit, now: datetime) -> Booking | None:
    found: Booking | None = _today(user, now).filter(unit=unit).first()
    return found


def _mine_elsewhere(user: Any, unit: Unit, now: datetime) -> Booking | None:
    """Whoever sat down at the wrong desk is told the right one."""
    found: Booking | None = _today(user, now).filter(resource__space=unit.resource.space_id).first()
    return found


def _free_now(unit: Unit, now: datetime) -> dict[str, Any] | None:
    """Until when the place is free, and where it is booked at once."""
    resource = unit.resource
    begins = rounded_down(now, resource.slot_minutes)
    day = day_of(now)
    free = free_between(resource.space, [resource], day, day)
    for stretch in free.free_ranges(resource, unit, day):
        if stretch.starts <= begins < stretch.ends:
            wanted = Range(begins, stretch.ends)
            return {
                "until": stretch.ends,
                "url": booking_address(resource.pk, wanted, unit=unit.pk),
            }
    return None
