"""What the front desk's screens share: who may open them, the space, the tabs, refusals."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import clock
from portal.core.keeping import login_required_keeping
from portal.core.periods import FIRST_DAY, LAST_DAY
from portal.core.verdicts import Refused, Verdict
from startups.coworking.models import Booking, Space
from startups.coworking.permissions import may_read_space, may_run_space, may_set_up_spaces

View = Callable[..., HttpResponseBase]


def _guarded(view: View, may: Callable[[Any], Verdict]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        verdict = may(request.user)
        if not verdict:
            # Asked before any record is looked up, so the answer tells nobody what exists.
            raise PermissionDenied(str(verdict.reason))
        return view(request, *args, **kwargs)

    return guarded


def for_readers(view: View) -> View:
    """The front desk, officers and directors open the screen."""
    return login_required_keeping(_guarded(view, may_read_space))


def for_the_desk(view: View) -> View:
    """Only who runs the space opens the screen."""
    return login_required_keeping(_guarded(view, may_run_space))


def act(view: View) -> View:
    """A button: posted by who runs the space; after signing in again the desk is shown."""
    posted = require_POST(_guarded(view, may_run_space))
    return login_required_keeping(back_to=lambda *_a, **_k: reverse("coworking_desk:home"))(posted)


def space_of(slug: str) -> Space:
    return get_object_or_404(Space, slug=slug)


def booking_of(key: uuid.UUID) -> Booking:
    """A booking with everything that verbs and screens read of it."""
    related = Booking.objects.select_related(
        "resource__space", "unit__resource", "organisation", "person"
    )
    return get_object_or_404(related, key=key)


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    url: str
    current: bool
    count: int | None = None


def desk_context(request: HttpRequest, space: Space, current: str, **more: Any) -> dict[str, Any]:
    """The frame of a desk screen: tabs with the number of requests, further ways, rights."""
    titles = {
        "today": _("Today"),
        "inbox": _("Requests"),
        "book": _("Book for somebody"),
        "closures": _("Closures"),
        "strikes": _("No-shows"),
    }
    may_run = bool(may_run_space(request.user))
    waiting = Booking.objects.filter(resource__space=space, state=Booking.State.PENDING).count()
    return {
        "space": space,
        "tabs": [
            Tab(
                title,
                reverse(f"coworking_desk:{name}", args=[space.slug]),
                name == current,
                waiting if name == "inbox" else None,
            )
            for name, title in titles.items()
            if may_run or name != "book"
        ],
        "may_run": may_run,
        "may_set_up": bool(may_set_up_spaces(request.user)),
        "now": clock.now(),
        "crumbs": [
            {"title": _("My work"), "url": reverse("workspace:home")},
            {"title": _("Front desk"), "url": reverse("coworking_desk:home")},
            {"title": space.shown_name, "url": ""},
        ],
        **more,
    }


def said_or_refused(request: HttpRequest, verb: Callable[[], Any], done: str) -> bool:
    """Do it and say so, or say why not; answer whether it was done."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True


def asked_day(request: HttpRequest) -> date:
    """The day of the address (?day=2026-11-26); today when it names none that bookings have."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
    return day if FIRST_DAY < day < LAST_DAY else clock.today()
