"""Bookings for the calendar of whoever booked."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.icalendars import CONTENT_TYPE
from portal.core.keeping import login_required_keeping
from startups.coworking.calendars import calendar
from startups.coworking.models import Booking
from startups.coworking.permissions import may_read_booking


@require_safe
@login_required_keeping
def booking(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One booking as a file for a calendar; after a change it updates the event."""
    related = Booking.objects.select_related("resource__space", "unit__resource", "organisation")
    found = get_object_or_404(related, key=key)
    if not may_read_booking(request.user, found):
        raise Http404
    response = HttpResponse(calendar([found], name=found.code), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response
