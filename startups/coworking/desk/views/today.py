"""“Hôm nay”: one screen for everybody who comes today, and what the desk does with each."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts import organising
from portal.accounts.permissions import may_verify_organisation
from portal.core import clock
from portal.core.keeping import kept_post
from portal.core.verdicts import Refused
from startups.coworking import attending
from startups.coworking.availability import free_between
from startups.coworking.booking import Wish
from startups.coworking.daybook import Daybook, bookings_of_day, daybook
from startups.coworking.desk.forms import SeatForm, WalkInForm
from startups.coworking.desk.views.frame import (
    act,
    asked_day,
    booking_of,
    desk_context,
    for_readers,
    for_the_desk,
    said_or_refused,
    space_of,
)
from startups.coworking.hours import day_of
from startups.coworking.models import Booking, Space
from startups.coworking.rules import clock_time
from startups.coworking.slots import Range, rounded_down


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    """The desk of the only space there is; with several a list to choose from."""
    spaces = list(Space.objects.all())
    if len(spaces) == 1:
        return redirect("coworking_desk:today", spaces[0].slug)
    return render(request, "coworking/desk/spaces.html", {"spaces": spaces})


@for_readers
def today(request: HttpRequest, space: str) -> HttpResponse:
    """Today, or the day that the address names."""
    found = space_of(space)
    book = daybook(found, asked_day(request), clock.now(), request.GET.get("q", ""))
    kept = kept_post(request)
    return _today(request, book, WalkInForm(kept, book=book) if kept else None)


def _today(
    request: HttpRequest, book: Daybook, form: WalkInForm | None = None, status: int = 200
) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    day = book.day
    context = desk_context(
        request,
        book.space,
        "today",
        book=book,
        query=query,
        walk_in=form or (WalkInForm(book=book) if book.is_today else None),
        may_verify=bool(may_verify_organisation(request.user)),
        day_before=day - timedelta(days=1),
        day_after=day + timedelta(days=1),
        figures=_figures(book),
    )
    return render(request, "coworking/desk/today.html", context, status=status)


def _figures(book: Daybook) -> list[dict[str, object]]:
    figures: list[dict[str, object]] = [
        {"label": _("Here now"), "value": book.here},
        {"label": _("Still expected"), "value": book.expected},
    ]
    if book.is_today:
        figures[1]["unit"] = _("%(n)s late") % {"n": book.late} if book.late else ""
        figures += [
            {
                "label": _("Free now: %(place)s") % {"place": place.resource},
                "value": place.free,
                "unit": f"/ {place.units}" if place.units > 1 else "",
            }
            for place in book.places()
        ]
    return figures


@for_readers
def day_list(request: HttpRequest, space: str) -> HttpResponse:
    """The list of a day to print."""
    found = space_of(space)
    day = asked_day(request)
    standing = [
        one
        for one in bookings_of_day(found, day)
        if one.holds or one.state == Booking.State.COMPLETED
    ]
    context = desk_context(request, found, "today", day=day, bookings=standing)
    return render(request, "coworking/desk/day_list.html", context)


def back_to(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The day of the booking, its line in sight, what was searched for still in the box."""
    day = day_of(booking.starts)
    asked = {} if day == clock.today() else {"day": day.isoformat()}
    if query := request.POST.get("q", ""):
        asked["q"] = query
    url = reverse("coworking_desk:today", args=[booking.resource.space.slug])
    tail = f"?{urlencode(asked)}" if asked else ""
    return redirect(f"{url}{tail}#b-{booking.code}")


@act
def check_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    booking = booking_of(key)
    said_or_refused(
        request,
        lambda: attending.check_in(booking, by=request.user),  # type: ignore[arg-type]
        _("%(who)s is checked in: %(place)s.") % {"who": booking.who, "place": booking.unit},
    )
    return back_to(request, booking)


@act
def undo_check_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    booking = booking_of(key)
    said_or_refused(
        request,
        lambda: attending.undo_check_in(booking, by=request.user),  # type: ignore[arg-type]
        _("The check-in of %(who)s was undone.") % {"who": booking.who},
    )
    return back_to(request, booking)


@act
def leave(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    booking = booking_of(key)
    said_or_refused(
        request,
        lambda: attending.leave_early(booking, by=request.user),  # type: ignore[arg-type]
        _("%(who)s has left; %(place)s is free again.")
        % {"who": booking.who, "place": booking.unit},
    )
    return back_to(request, booking)


@act
def verify(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The organisation was checked against the register while somebody of it stood here."""
    booking = booking_of(key)
    if not may_verify_organisation(request.user):
        raise PermissionDenied(str(may_verify_organisation(request.user).reason))
    organisation = booking.organisation
    if organisation is not None:
        said_or_refused(
            request,
            lambda: organising.verify(organisation, by=request.user),  # type: ignore[arg-type]
            _("%(organisation)s is confirmed.") % {"organisation": organisation},
        )
    return back_to(request, booking)


@for_the_desk
def seat(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Choose another free unit of the same resource for the time of a booking."""
    booking = booking_of(key)
    resource, day = booking.resource, day_of(booking.starts)
    free = free_between(resource.space, [resource], day, day)
    units = [
        unit
        for unit in free.units_free(resource, Range(booking.starts, booking.ends))
        if unit.pk != booking.unit_id
    ]
    form = SeatForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            attending.seat_elsewhere(booking, unit, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error("unit", str(refused))
        else:
            messages.success(
                request, _("%(who)s sits at %(place)s now.") % {"who": booking.who, "place": unit}
            )
            return back_to(request, booking)
    context = desk_context(
        request, resource.space, "today", booking=booking, form=form, units=units
    )
    return render(request, "coworking/desk/seat.html", context, status=422 if form.errors else 200)


@for_the_desk
@require_POST
def walk_in(request: HttpRequest, space: str) -> HttpResponse:
    """A place at once for somebody who stands at the desk."""
    found = space_of(space)
    now = clock.now()
    book = daybook(found, day_of(now), now)
    form = WalkInForm(request.POST, book=book)
    if form.is_valid():
        resource, ends = form.chosen
        try:
            booking = attending.walk_in(
                Wish(resource, rounded_down(now), ends),
                name=form.cleaned_data["name"],
                phone=str(form.cleaned_data["phone"] or ""),
                by=request.user,  # type: ignore[arg-type]
            )
        except Refused as refused:
            form.add_error("name" if refused.field == "name" else "place", str(refused))
        else:
            messages.success(
                request,
                _("%(who)s has %(place)s until %(time)s.")
                % {"who": booking.who, "place": booking.unit, "time": clock_time(ends)},
            )
            return back_to(request, booking)
    return _today(request, book, form, status=422)
