"""Booking for somebody who calls or stands at the desk: find them, then place and hours."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.keeping import kept_post
from portal.core.text import key_from
from startups.coworking import booking as booking_verbs
from startups.coworking.booking import Wish, case_of
from startups.coworking.desk.forms import OnBehalfForm
from startups.coworking.desk.views.frame import desk_context, for_the_desk, space_of
from startups.coworking.finding_people import Found, account_of, find
from startups.coworking.hours import day_of
from startups.coworking.models import Booking, Space
from startups.coworking.quotas import Account
from startups.coworking.rules import BookingRefused
from startups.coworking.suggesting import Suggestion, suggest
from startups.coworking.telling import when


@for_the_desk
def book(request: HttpRequest, space: str) -> HttpResponse:
    """The search; once a person is chosen, the form for place and hours."""
    found = space_of(space)
    query = request.GET.get("q", "").strip()
    chosen = account_of(
        key_from(request.GET.get("person", "")), key_from(request.GET.get("organisation", ""))
    )
    if chosen is None:
        context = desk_context(request, found, "book", query=query, people=find(query))
        return render(request, "coworking/desk/find.html", context)
    return _book(request, found, chosen)


def _book(request: HttpRequest, space: Space, chosen: Found) -> HttpResponse:
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = OnBehalfForm(typed, space=space, initial=_initial(request))
    ways: list[Suggestion] = []
    if request.method == "POST" and form.is_valid():
        wish = _wish(form)
        organisation = chosen.organisations[0] if chosen.organisations else None
        try:
            made = booking_verbs.book(
                wish,
                person=chosen.person,
                organisation=organisation,
                by=request.user,  # type: ignore[arg-type]
            )
        except BookingRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            account = Account(organisation, chosen.person)
            ways = suggest(case_of(wish, account, clock.now(), at_desk=True), wish)
        else:
            return _booked(request, space, made)
    context = desk_context(request, space, "book", chosen=chosen, form=form, ways=ways)
    return render(request, "coworking/desk/book.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What a suggestion's link carries; else today."""
    asked = {
        name: request.GET[name]
        for name in ("resource", "day", "starts", "ends", "people", "purpose")
        if name in request.GET
    }
    return {"day": clock.today(), **asked}


def _wish(form: OnBehalfForm) -> Wish:
    wanted = form.wanted
    return Wish(
        form.cleaned_data["resource"],
        wanted.starts,
        wanted.ends,
        people=form.cleaned_data["people"],
        purpose=form.cleaned_data["purpose"],
    )


def _booked(request: HttpRequest, space: Space, made: Booking) -> HttpResponse:
    messages.success(
        request,
        _("Booked for %(who)s: %(place)s, %(when)s. Code %(code)s.")
        % {"who": made.who, "place": made.unit, "when": when(made), "code": made.code},
    )
    day = day_of(made.starts)
    tail = "" if day == clock.today() else f"?day={day.isoformat()}"
    return redirect(reverse("coworking_desk:today", args=[space.slug]) + tail)
