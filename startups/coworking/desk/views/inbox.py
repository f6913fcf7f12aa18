"""Requests that wait: approve, decline with a reason, propose other hours."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.core.keeping import kept_post
from portal.core.verdicts import Refused
from startups.coworking import deciding
from startups.coworking.desk.forms import DeclineForm
from startups.coworking.desk.views.frame import (
    act,
    booking_of,
    desk_context,
    for_readers,
    for_the_desk,
    said_or_refused,
    space_of,
)
from startups.coworking.inbox import other_hours, request_of, requests_of
from startups.coworking.models import Booking

NOTHING_SEEN = -1


@for_readers
def inbox(request: HttpRequest, space: str) -> HttpResponse:
    found = space_of(space)
    context = desk_context(request, found, "inbox", requests=requests_of(found))
    return render(request, "coworking/desk/inbox.html", context)


@act
def approve(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Agree to the request as it was read: the form carries its sequence."""
    booking = booking_of(key)
    sent = request.POST.get("sequence", "")
    seen = int(sent) if sent.isdecimal() and len(sent) < 10 else NOTHING_SEEN
    said_or_refused(
        request,
        lambda: deciding.approve(booking, by=request.user, seen=seen),  # type: ignore[arg-type]
        _("Approved: %(place)s for %(who)s.") % {"place": booking.unit, "who": booking.who},
    )
    return redirect("coworking_desk:inbox", booking.resource.space.slug)


@for_the_desk
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say no on a page of its own, beside everything that speaks for it."""
    booking = booking_of(key)
    if booking.state != Booking.State.PENDING:
        return redirect("coworking_desk:inbox", booking.resource.space.slug)
    ways = other_hours(booking)
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = DeclineForm(typed, ways=ways)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.decline(
                booking,
                by=request.user,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"],
                instead=form.proposed,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Declined: %(who)s was told.") % {"who": booking.who})
            return redirect("coworking_desk:inbox", booking.resource.space.slug)
    context = desk_context(
        request, booking.resource.space, "inbox", asked=request_of(booking), form=form
    )
    return render(
        request, "coworking/desk/decline.html", context, status=422 if form.errors else 200
    )
