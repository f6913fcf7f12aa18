"""What people are told about their bookings, in their own language, after commit."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import clock, noticing
from portal.core.templatetags.portal import weekday_moment
from startups.coworking.calendars import for_guest, in_mail
from startups.coworking.hours import day_of
from startups.coworking.models import Booking, Closure, Guest, Shortage
from startups.coworking.permissions import is_theirs
from startups.coworking.slots import Range

if TYPE_CHECKING:
    from portal.accounts.models import User
    from startups.coworking.booking import Wish

BOOKED = "booking-booked"
ANSWERED = "booking-answered"
OFFERED = "booking-offered"
CLOSED = "booking-closed"
NO_SHOW = "booking-no-show"
GUEST = "booking-guest"


def when(starts: "Range | Booking") -> str:
    """ "Thứ Năm, 03/12/2026 08:00 – 11:30", for texts."""
    return f"{weekday_moment(starts.starts)} – {timezone.localtime(starts.ends):%H:%M}"


def _facts(booking: Booking) -> dict[str, str]:
    return {
        "code": booking.code,
        "place": str(booking.unit),
        "space": str(booking.resource.space.shown_name),
        "when": when(booking),
        "reason": booking.reason,
    }


def _tell(
    booking: Booking,
    kind: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    *,
    action: Callable[[], str] | None = None,
    for_calendar: bool = True,
) -> None:
    """Tell the person whose booking it is; a walk-in without an account, and who left the
    organisation that it belongs to, hear nothing.

    The mail brings the event along, as it stands now, unless it is not theirs yet.
    """
    person = booking.person
    if person is None or not is_theirs(person, booking):
        return
    noticing.tell(
        [person],
        kind,
        subject=lambda _user: subject() % _facts(booking),
        body=lambda _user: body() % _facts(booking),
        url=lambda _user: reverse("coworking:booking", args=[booking.key]),
        action_label=lambda _user: action() if action else _("See the booking"),
        enclosed=(lambda user: in_mail([booking], user.email)) if for_calendar else None,
    )


def _tell_of_several(
    bookings: Sequence[Booking], subject: Callable[[], str], *, seen: bool = False
) -> None:
    """One letter with a list, for what was done in one go; `seen` when they did it just now."""
    person = bookings[0].person
    if person is None:
        return
    told = noticing.tell(
        [person],
        BOOKED,
        subject=lambda _user: subject() % {"n": len(bookings), "place": bookings[0].resource},
        body=lambda _user: "\n".join(
            _("%(when)s: %(place)s, code %(code)s") % _facts(booking) for booking in bookings
        ),
        url=lambda _user: reverse("coworking:list"),
        action_label=lambda _user: _("See my bookings"),
        enclosed=lambda user: in_mail(bookings, user.email),
    )
    if seen:
        for notice in told:
            noticing.mark_read(notice)


def booked(bookings: Sequence[Booking], *, by: "User") -> None:
    if len(bookings) > 1:
        _tell_of_several(
            bookings,
            lambda: (
                _("Asked for %(n)s times: %(place)s")
                if any(one.state == Booking.State.PENDING for one in bookings)
                else _("Booked %(n)s times: %(place)s")
            ),
        )
        return
    for booking in bookings:
        if booking.state == Booking.State.PENDING:
            _tell(
                booking,
                BOOKED,
                lambda: _("Asked for: %(place)s, %(when)s"),
                lambda: _(
                    "The front desk has your request %(code)s for %(place)s at %(space)s, "
                    "%(when)s. The place is kept until it is answered."
                ),
            )
        else:
            _tell(
                booking,
                BOOKED,
                lambda: _("Booked: %(place)s, %(when)s"),
                lambda: _(
                    "%(place)s at %(space)s is yours: %(when)s.\n\nCode at the front desk: %(code)s"
                ),
            )


def changed(booking: Booking, *, by: "User") -> None:
    _guests_too(booking)
    _tell(
        booking,
        BOOKED,
        lambda: _("Changed: %(place)s, %(when)s"),
        lambda: _("Your booking %(code)s is now %(place)s at %(space)s, %(when)s."),
    )


def invited(guest: Guest, *, by: "User") -> None:
    """A guest with an address gets the event; a name alone is for the front desk."""
    _mail_guest(
        guest,
        _("%(who)s invites you: %(place)s, %(when)s"),
        _(
            "%(who)s expects you at %(place)s, %(space)s (%(address)s), %(when)s. "
            "Give your name at the front desk."
        ),
        who=str(by),
    )


def not_invited_any_more(guest: Guest) -> None:
    _mail_guest(
        guest,
        _("Not any more: %(place)s, %(when)s"),
        _("You need not come to %(place)s, %(space)s, %(when)s: the invitation was taken back."),
        comes=False,
    )


def _guests_too(booking: Booking) -> None:
    """The booking is another, or is no more: its guests hear it."""
    for guest in booking.guests.exclude(email=""):
        guest.booking = booking
        if booking.holds:
            subject = _("Changed: %(place)s, %(when)s")
            body = _("You are expected at %(place)s, %(space)s (%(address)s), %(when)s now.")
        else:
            subject = _("Cancelled: %(place)s, %(when)s")
            body = _("%(place)s, %(space)s, %(when)s, does not take place.")
        _mail_guest(guest, subject, body)


def _mail_guest(guest: Guest, subject: str, body: str, *, comes: bool = True, **more: str) -> None:
    if not guest.email:
        return
    facts = _facts(guest.booking) | {"address": guest.booking.resource.space.address} | more
    noticing.mail_to(
        guest.email,
        GUEST,
        subject=subject % facts,
        body=body % facts,
        enclosed=for_guest(guest, comes=comes),
    )


def cancelled(booking: Booking, *, by: "User") -> None:
    _guests_too(booking)
    if booking.person_id == by.pk:
        given_back([booking])
        return
    _tell(
        booking,
        ANSWERED,
        lambda: _("Cancelled: %(place)s, %(when)s"),
        lambda: _("Your booking %(code)s of %(place)s, %(when)s, was cancelled. %(reason)s"),
    )


def given_back(bookings: Sequence[Booking]) -> None:
    """Who gives back sees it on the screen; the mail strikes it out in the calendar they keep."""
    _tell_of_several(bookings, lambda: _("Given back: %(place)s"), seen=True)


def approved(booking: Booking) -> None:
    _tell(
        booking,
        ANSWERED,
        lambda: _("Approved: %(place)s, %(when)s"),
        lambda: _("%(place)s at %(space)s is yours: %(when)s.\n\nCode at the front desk: %(code)s"),
    )


def declined(booking: Booking, instead: Range | None) -> None:
    def body() -> str:
        said = _("Your request %(code)s for %(place)s, %(when)s, was declined:\n\n%(reason)s")
        if instead is not None:
            said += "\n\n" + _("The front desk proposes instead: %(instead)s.") % {
                "instead": when(instead).replace("%", "%%")
            }
        return said

    _tell(booking, ANSWERED, lambda: _("Declined: %(place)s, %(when)s"), body)


def expired(booking: Booking) -> None:
    _tell(
        booking,
        ANSWERED,
        lambda: _("Expired: %(place)s, %(when)s"),
        lambda: _("Nobody answered %(code)s in time, so %(place)s, %(when)s, is free again."),
    )


def offered(booking: Booking) -> None:
    until = booking.answer_by

    def body() -> str:
        return _(
            "%(place)s at %(space)s has become free: %(when)s. It is kept for you until {until}."
        ).replace("{until}", weekday_moment(until).replace("%", "%%"))

    _tell(
        booking,
        OFFERED,
        lambda: _("Free for you: %(place)s, %(when)s"),
        body,
        action=lambda: _("Take it"),
        for_calendar=False,
    )


def closed(booking: Booking, closure: Closure) -> None:
    """The place is closed at the time of a booking: it is cancelled, with an offer to move."""
    _guests_too(booking)
    _tell(
        booking,
        CLOSED,
        lambda: _("Closed: %(place)s, %(when)s"),
        lambda: (
            _("%(place)s is closed at the time of your booking %(code)s, %(when)s:")
            + "\n\n"
            + closure.shown_reason.replace("%", "%%")
            + "\n\n"
            + _("Choose another time: the page of the booking shows what is free.")
        ),
        action=lambda: _("Choose another time"),
    )


def no_show(booking: Booking) -> None:
    _tell(
        booking,
        NO_SHOW,
        lambda: _("Nobody came: %(place)s, %(when)s"),
        lambda: _(
            "Nobody checked in for %(code)s, so %(place)s was given to others. Cancel in time when "
            "you cannot come, so that others have the place."
        ),
    )


def count_shortage(wishes: "Sequence[Wish]") -> None:
    """Count what was asked for and had no room, by resource and day; nobody's name is kept."""
    for wish in wishes:
        row, _new = Shortage.objects.get_or_create(
            resource=wish.resource,
            day=day_of(wish.starts),
            defaults={"noted_at": clock.now()},
        )
        Shortage.objects.filter(pk=row.pk).update(times=F("times") + 1)
