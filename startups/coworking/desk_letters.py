"""Two letters a morning to the front desk: who comes today, and which requests wait."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts import roles
from portal.accounts.models import User
from portal.core import noticing
from portal.core.templatetags.portal import day as day_words
from portal.core.templatetags.portal import weekday_moment
from startups.coworking.hours import hours_of, whole_day
from startups.coworking.models import Booking, DeskLetter, Space
from startups.coworking.telling import when

if TYPE_CHECKING:
    from django.db.models import QuerySet

DAY_LIST = "desk-day-list"
REQUESTS = "desk-requests"
FROM, UNTIL = time(7), time(12)
"""After noon a letter about the morning helps nobody: a portal that stood still leaves it out."""


def send(now: datetime) -> int:
    """Send what is due this morning, each letter once; answer how many spaces were written about.

    Safe to run every minute and twice at once: the letter's row is unique.
    """
    local = timezone.localtime(now)
    if not FROM <= local.time() < UNTIL:
        return 0
    day = local.date()
    sent = 0
    for space in Space.objects.filter(is_open=True):
        written = set(
            DeskLetter.objects.filter(space=space, day=day).values_list("kind", flat=True)
        )
        for kind, write in _LETTERS.items():
            if kind not in written:
                sent += _once(space, kind, day, now, write)
    return sent


def _once(space: Space, kind: str, day: date, now: datetime, write: "Letter") -> bool:
    with transaction.atomic():
        _letter, new = DeskLetter.objects.get_or_create(
            space=space, kind=kind, day=day, defaults={"sent_at": now}
        )
        return new and write(space, day)


def front_desk() -> "QuerySet[User]":
    """Who works at the desk; where nobody does, the officers."""
    active = User.objects.filter(is_active=True)
    desk = active.filter(groups__name=roles.FRONT_DESK)
    return desk if desk.exists() else active.filter(groups__name=roles.OFFICERS)


def _day_list(space: Space, day: date) -> bool:
    stretch = whole_day(day)
    bookings = list(
        Booking.objects.filter(
            resource__space=space,
            state__in=Booking.HOLDING,
            starts__gte=stretch.starts,
            starts__lt=stretch.ends,
        )
        .select_related("resource", "unit__resource", "person", "organisation")
        .order_by("starts", "unit__resource__order", "unit__order")
    )
    if not bookings and not hours_of(space, day, day).usable(day):
        return False  # a day on which nobody is there
    noticing.tell(
        front_desk(),
        DAY_LIST,
        subject=lambda _user: (
            ngettext(
                "%(day)s: %(count)s booking, %(space)s",
                "%(day)s: %(count)s bookings, %(space)s",
                len(bookings),
            )
            % {"day": day_words(day), "count": len(bookings), "space": space.shown_name}
        ),
        body=lambda _user: _lines(bookings, _day_line) or _("Nobody has booked yet."),
        url=lambda _user: reverse("coworking_desk:today", args=[space.slug]),
        action_label=lambda _user: _("Open the front desk"),
    )
    return True


def _requests(space: Space, day: date) -> bool:
    waiting = list(
        Booking.objects.filter(resource__space=space, state=Booking.State.PENDING)
        .select_related("resource", "unit__resource", "person", "organisation")
        .order_by("answer_by", "pk")
    )
    if not waiting:
        return False
    noticing.tell(
        front_desk(),
        REQUESTS,
        subject=lambda _user: (
            ngettext(
                "%(count)s request waits for an answer, %(space)s",
                "%(count)s requests wait for an answer, %(space)s",
                len(waiting),
            )
            % {"count": len(waiting), "space": space.shown_name}
        ),
        body=lambda _user: _lines(waiting, _request_line),
        url=lambda _user: reverse("coworking_desk:inbox", args=[space.slug]),
        action_label=lambda _user: _("Answer the requests"),
    )
    return True


def _lines(bookings: Sequence[Booking], line: Callable[[Booking], str]) -> str:
    return "\n".join(line(booking) for booking in bookings)


def _day_line(booking: Booking) -> str:
    times = f"{timezone.localtime(booking.starts):%H:%M}–{timezone.localtime(booking.ends):%H:%M}"
    return " · ".join([times, str(booking.unit), booking.who, booking.code])


def _request_line(booking: Booking) -> str:
    until = _("expires %(when)s") % {"when": weekday_moment(booking.answer_by)}
    return " · ".join([str(booking.unit), when(booking), booking.who, until])


Letter = Callable[[Space, date], bool]
_LETTERS: dict[str, Letter] = {
    DeskLetter.Kind.DAY_LIST: _day_list,
    DeskLetter.Kind.REQUESTS: _requests,
}
