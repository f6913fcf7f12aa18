"""Calendars to follow: the addresses of a person, and what programs read behind them."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.core import clock
from portal.core.icalendars import CONTENT_TYPE
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused
from startups.coworking import feeding
from startups.coworking.calendars import followed
from startups.coworking.forms import FeedForm
from startups.coworking.models import CalendarFeed
from startups.coworking.views.frame import crumbs


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A calendar for a program that holds its address. Nobody signs in."""
    found = feeding.feed_behind(token)
    if found is None:
        raise Http404("no such calendar")
    bookings = feeding.bookings_in(found, clock.now())
    written = followed(bookings, name=found.title, without_names=found.without_names)
    response = HttpResponse(written, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = quote_etag(hashlib.sha256(written).hexdigest())
    response["X-Robots-Tag"] = "noindex"
    answer: HttpResponseBase = get_conditional_response(
        request, response["ETag"], response=response
    )
    return answer


@login_required_keeping
@never_cache
def feeds(request: HttpRequest) -> HttpResponse:
    """My addresses. A new one is in the answer to its making, and never again."""
    user: Any = request.user
    form = FeedForm(user, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs((_("In my calendar"), ""))}
    if request.method == "POST" and form.is_valid():
        try:
            made, token = feeding.open_feed(form.chosen(), by=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            context |= {"made": made, **_address(token)}
    context["rows"] = feeding.rows_of(feeding.open_feeds(user), user)
    return render(request, "coworking/feeds.html", context, status=422 if form.errors else 200)


def _address(token: str) -> dict[str, str]:
    """As it is typed into a program, and as a link that opens one."""
    address = settings.SITE_URL + reverse("coworking_feeds:feed", args=[token])
    return {"address": address, "webcal": urlsplit(address)._replace(scheme="webcal").geturl()}


@login_required_keeping(back_to=lambda *_a, **_k: reverse("coworking:feeds"))
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Other people's addresses are not there."""
    user: Any = request.user
    found = get_object_or_404(CalendarFeed, pk=pk, person=user)
    try:
        feeding.revoke(found, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: the address opens nothing any more."))
    return redirect("coworking:feeds")
