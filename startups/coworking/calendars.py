"""Bookings as the calendars of phones and offices read them (RFC 5545)."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import pgettext
from icalendar import Calendar, Event, vCalAddress

from portal.core import icalendars
from portal.core.noticing import Enclosure
from startups.coworking.models import Booking, Guest

TENTATIVE = (Booking.State.OFFERED, Booking.State.PENDING)
STANDING = (Booking.State.CONFIRMED, Booking.State.CHECKED_IN, Booking.State.COMPLETED)


def calendar(bookings: Iterable[Booking], *, name: str) -> bytes:
    """A file that a calendar imports. Read bookings with their unit and space.

    An event that changes is the same one with a higher number, so what was imported before moves
    or is struck out. Times are in UTC: no calendar has to know the time zone.
    """
    return bytes(_written(name, map(_event, bookings)).to_ical())


def followed(bookings: Iterable[Booking], *, name: str, without_names: bool) -> bytes:
    """The same for a program that reads it again and again.

    `without_names` says when which place is taken: not by whom, what for or under which code.
    """
    written = _written(name, map(_taken if without_names else _event, bookings))
    icalendars.ask_to_read_again(written)
    return bytes(written.to_ical())


def in_mail(bookings: Sequence[Booking], email: str) -> Enclosure:
    """The events for the mail that tells of bookings, the same as in calendars that are followed.

    One is a request that says already that they come, or a cancellation (iTIP, RFC 5546): the
    recipient's calendar enters, moves or strikes it out and asks nobody. Of several at once iTIP
    knows no requests, so those are published.
    """
    if len(bookings) == 1:
        method = "CANCEL" if status(bookings[0]) == "CANCELLED" else "REQUEST"
        events = [_invitation(bookings[0], email)]
    else:
        method, events = "PUBLISH", [_event(booking) for booking in bookings]
    return Enclosure(
        name=f"{bookings[0].code}.ics",
        content=_written("", events, method=method).to_ical().decode(),
        content_type=f"text/calendar; method={method}",
    )


def for_guest(guest: Guest, *, comes: bool = True) -> Enclosure:
    """The event for a guest, without the code of those who booked; `comes` no more."""
    booking = guest.booking
    event = _hours(booking)
    event.add("summary", f"{booking.unit} · {booking.resource.space.shown_name}")
    if not comes:
        event["STATUS"] = "CANCELLED"
    _people(event, booking, guest.email)
    method = "CANCEL" if str(event["STATUS"]) == "CANCELLED" else "REQUEST"
    return Enclosure(
        name=f"{booking.code}.ics",
        content=_written("", [event], method=method).to_ical().decode(),
        content_type=f"text/calendar; method={method}",
    )


def _invitation(booking: Booking, email: str) -> Event:
    event = _event(booking)
    _people(event, booking, email)
    return event


def _people(event: Event, booking: Booking, email: str) -> None:
    """Who invites, and who comes and is not asked whether."""
    organiser = vCalAddress(f"mailto:{_front_desk(booking)}")
    organiser.params["CN"] = booking.resource.space.shown_name
    event.add("organizer", organiser)
    guest = vCalAddress(f"mailto:{email}")
    guest.params |= {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", guest)


def _front_desk(booking: Booking) -> str:
    """Who invites: the desk of the space, else the portal."""
    return booking.resource.space.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _written(name: str, events: Iterable[Event], *, method: str = "PUBLISH") -> Calendar:
    return icalendars.written(events, name=name, part="Co-working", method=method)


def _event(booking: Booking) -> Event:
    """A booking as its own people see it."""
    event = _hours(booking)
    event.add("summary", f"{booking.unit} · {booking.resource.space.shown_name}")
    event.add("description", booking.code)
    event.add("url", settings.SITE_URL + reverse("coworking:booking", args=[booking.key]))
    return event


def _taken(booking: Booking) -> Event:
    """That a place is taken, for everybody else."""
    event = _hours(booking)
    event.add("summary", f"{pgettext('a place in a calendar', 'Booked')} · {booking.unit}")
    return event


def _hours(booking: Booking) -> Event:
    """When and where: what may be known to everybody who sees that the place is not free."""
    space = booking.resource.space
    event = Event()
    event.add("uid", f"{booking.key}@{icalendars.host()}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.changed_at.astimezone(UTC))
    event.add("last-modified", booking.changed_at.astimezone(UTC))
    event.add("dtstart", booking.starts.astimezone(UTC))
    event.add("dtend", booking.ends.astimezone(UTC))
    event.add("location", f"{space.shown_name}, {space.address}")
    event.add("status", status(booking))
    event.add("transp", "OPAQUE" if booking.holds else "TRANSPARENT")
    return event


def status(booking: Booking) -> str:
    """What RFC 5545 calls the state."""
    if booking.state in TENTATIVE:
        return "TENTATIVE"
    return "CONFIRMED" if booking.state in STANDING else "CANCELLED"
