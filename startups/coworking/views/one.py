"""One booking: everything about it, and everything that can be done with it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import clock
from portal.core.keeping import kept_post, login_required_keeping
from portal.core.verdicts import Refused
from startups.coworking import attending, changing, inviting, queueing, staying
from startups.coworking.addresses import booking_address, hours_as_typed
from startups.coworking.after_closure import ways_for
from startups.coworking.alternatives import ways_round
from startups.coworking.booking import Wish, rules_to_accept
from startups.coworking.drawing import Mark, Seat
from startups.coworking.forms import (
    CancelForm,
    ChangeForm,
    StayForm,
    agreed_to,
    moments_from,
)
from startups.coworking.history import what_happened
from startups.coworking.listing import CHIPS
from startups.coworking.models import Booking, Resource, Series, Unit
from startups.coworking.permissions import is_theirs, may_run_space
from startups.coworking.presenting import again_address
from startups.coworking.quotas import Account
from startups.coworking.repeating import end_series
from startups.coworking.rules import BookingRefused, clock_time
from startups.coworking.slots import Range
from startups.coworking.views.frame import changeable, crumbs, readable, space_address, theirs

_to_booking: Any = "coworking:booking"


@login_required_keeping
def booking(request: HttpRequest, key: UUID) -> HttpResponse:
    """One booking with everything that can be done with it."""
    found = readable(request, key)
    now = clock.now()
    mine = is_theirs(request.user, found)
    tone, icon = CHIPS[found.state]
    context = {
        "booking": found,
        "space": found.resource.space,
        "tone": tone,
        "icon": icon,
        "mine": mine,
        "runs": bool(may_run_space(request.user)) and not mine,
        "change": changing.may_still_change(found, now, at_desk=_at_desk(request, found)),
        "rules": rules_to_accept(found.resource.space_id, request.user, now)
        if mine and found.state == Booking.State.OFFERED
        else None,
        "may_stay": staying.may_stay(request.user, found),  # type: ignore[arg-type]
        "may_invite": found.resource.capacity > 1 and inviting.may_invite(request.user, found),  # type: ignore[arg-type]
        "guests": list(found.guests.all()),
        "stands": found.state in changing.CHANGEABLE,
        "qr": _qr(found) if found.holds else "",
        "seats": _plan(found),
        "instead": _instead(found, now) if mine else [],
        "history": what_happened(found, request.user),
        "again_url": again_address(found),
        "weeks_ahead": _weeks_ahead(found, now),
        "space_url": space_address(found.resource.space),
        "early": found.starts - attending.EARLY,
        "crumbs": crumbs((found.code, "")),
    }
    return render(request, "coworking/booking.html", context)


def _at_desk(request: HttpRequest, found: Booking) -> bool:
    """Does the front desk act for somebody else? Then the rules of being in time do not count."""
    return bool(may_run_space(request.user)) and not is_theirs(request.user, found)


def _instead(found: Booking, now: Any) -> list[tuple[Wish, str]]:
    """Where somebody whose place was closed could go, each with the page that books it."""
    if found.state != Booking.State.CANCELLED or found.decided_by_id is None or found.ends <= now:
        return []
    organisation = found.organisation_id or ""
    return [
        (
            wish,
            booking_address(
                wish.resource.pk,
                wish.wanted,
                organisation=organisation,
                people=wish.people,
                purpose=wish.purpose,
            ),
        )
        for wish in ways_for([found], now).get(found.pk, [])
    ]


def _qr(found: Booking) -> str:
    """The address of the booking as a drawing: whoever runs the space scans it."""
    address = urljoin(settings.SITE_URL or "", reverse(_to_booking, args=[found.key]))
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(scale=4, border=2, dark="#10231f", light="#ffffff", omitsize=True)
    return mark_safe(drawing)  # made of numbers only


def _plan(found: Booking) -> list[Seat]:
    """Where it is: all units that are drawn, this one marked. One query."""
    units = Unit.objects.filter(
        resource__space=found.resource.space_id, x__isnull=False, is_active=True
    ).select_related("resource")
    listed = [
        Seat(unit, unit.resource, Mark.MINE if unit.pk == found.unit_id else Mark.CLOSED)
        for unit in units
    ]
    return listed if any(seat.mark == Mark.MINE for seat in listed) else []


def _weeks_ahead(found: Booking, now: Any) -> list[Booking]:
    """The coming weeks of its habit."""
    if found.series is None:
        return []
    ahead = found.series.bookings.filter(starts__gt=now, state__in=Booking.HOLDING)
    return list(ahead.select_related("unit__resource", "resource").order_by("starts"))


@login_required_keeping
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Other hours, another place: the one it has is kept until the new one is sure."""
    found = changeable(request, key)
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = ChangeForm(found.resource, posted, initial=_as_it_stands(found))
    context: dict[str, Any] = {
        "booking": found,
        "form": form,
        "verdict": changing.may_still_change(found, clock.now(), at_desk=_at_desk(request, found)),
        "crumbs": crumbs((found.code, reverse(_to_booking, args=[found.key])), (_("Change"), "")),
    }
    if request.method == "POST" and form.is_valid():
        wish = _wish(request, form)
        try:
            changed = changing.change(found, wish, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, str(refused))
            if isinstance(refused, BookingRefused):
                account = Account(found.organisation, found.person)
                context["ways"] = ways_round(refused, wish, account, existing=found)
        else:
            pending = changed.state == Booking.State.PENDING
            messages.success(
                request,
                _("Changed. The front desk looks at it again.") if pending else _("Changed."),
            )
            return redirect(_to_booking, found.key)
    status = 422 if form.errors else 200
    return render(request, "coworking/change.html", context, status=status)


def _as_it_stands(found: Booking) -> dict[str, Any]:
    return {
        **hours_as_typed(Range(found.starts, found.ends)),
        "place": found.resource_id,
        "people": found.people,
        "purpose": found.purpose,
    }


def _wish(request: HttpRequest, form: ChangeForm) -> Wish:
    chosen = moments_from(request.POST.get("instead", ""))
    if chosen is None:
        return form.wish()
    key, starts, ends = chosen
    same = Resource.objects.filter(space=form.resource.space_id, kind=form.resource.kind)
    return form.wish(Range(starts, ends), same.filter(pk=key, is_active=True).first())


@login_required_keeping
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks once; a week of a habit comes here with its question answered."""
    found = changeable(request, key)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changing.cancel(found, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                _("%(place)s, %(code)s, was given back.")
                % {"place": found.unit, "code": found.code},
            )
        return redirect(_to_booking, found.key)
    context = {
        "booking": found,
        "form": form,
        "verdict": changing.may_still_change(found, clock.now(), at_desk=_at_desk(request, found)),
        "for_somebody": _at_desk(request, found),
        "crumbs": crumbs(
            (found.code, reverse(_to_booking, args=[found.key])), (_("Give it back"), "")
        ),
    }
    return render(request, "coworking/cancel.html", context)


def _done(
    request: HttpRequest, found: Booking, verb: Callable[[], Any], sentence: str
) -> HttpResponse:
    """Call a verb, say what came of it, go back to the booking."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, sentence)
    return redirect(_to_booking, found.key)


@login_required_keeping(back_to=_to_booking)
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take what was offered, or give it back to who waits next."""
    found = theirs(request, key)
    user: Any = request.user
    if request.POST.get("answer") == "take":
        rules = rules_to_accept(found.resource.space_id, user, clock.now())
        agrees = agreed_to(rules, request.POST)
        return _done(
            request,
            found,
            lambda: queueing.accept(found, by=user, accepts_rules=agrees),
            _("It is yours."),
        )
    return _done(
        request, found, lambda: changing.cancel(found, by=user), _("It goes to who waits next.")
    )


@login_required_keeping(back_to=_to_booking)
@require_POST
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Going before the end: what is left is free for others."""
    found = theirs(request, key)
    user: Any = request.user
    return _done(
        request,
        found,
        lambda: attending.leave_early(found, by=user),
        _("Thank you: the rest of the time is free for others."),
    )


@login_required_keeping
def stay(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who is here keeps the place longer, as long as nobody comes next."""
    found = changeable(request, key)
    user: Any = request.user
    ends = staying.ends_to_stay(found, at_desk=_at_desk(request, found))
    form = StayForm(request.POST if request.method == "POST" else None, ends=ends)
    if request.method == "POST" and form.is_valid():
        until = form.chosen
        try:
            staying.stay(found, until, by=user)
        except Refused as refused:
            form.add_error("until", str(refused))
        else:
            said = _("%(place)s is kept until %(time)s.")
            facts = {"place": found.unit, "time": clock_time(until)}
            messages.success(request, said % facts)
            if _at_desk(request, found):
                return redirect("coworking_desk:today", found.resource.space.slug)
            return redirect(_to_booking, found.key)
    context = {
        "booking": found,
        "form": form,
        "ends": ends,
        "verdict": staying.may_stay(user, found),
        "crumbs": crumbs(
            (found.code, reverse(_to_booking, args=[found.key])), (_("Stay longer"), "")
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "coworking/stay.html", context, status=status)


@login_required_keeping
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same place and hours once more, in the next week that is possible."""
    return redirect(again_address(theirs(request, key)))


@login_required_keeping(back_to=_to_booking)
@require_POST
def end_habit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give back all weeks to come."""
    found = theirs(request, key)
    series: Series | None = found.series
    user: Any = request.user
    if series is None:
        return redirect(_to_booking, found.key)
    return _done(
        request,
        found,
        lambda: end_series(series, by=user),
        _("The weeks to come were given back."),
    )
