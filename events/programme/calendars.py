"""Events as calendar programs read them (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from icalendar import Event as CalendarEvent

from portal.core import clock, icalendars

if TYPE_CHECKING:
    from events.programme.models.events import Event
    from events.programme.models.pages import EventPage

KEPT = timedelta(days=370)
"""How long an event that is over stays in calendars that are followed."""
MOST = 500


def answer(pages: Any, *, name: str, file: str, everything: bool = False) -> HttpResponse:
    """A calendar of these pages, for a program to import or to follow.

    An event that changed is the same one with a higher number, so that what was imported before
    moves, or is struck out where it was called off.
    """
    if not everything:
        pages = pages.filter(event__ends__gt=clock.now() - KEPT)[:MOST]
    return icalendars.answer(events_of(pages), name=name, file=file)


def events_of(pages: Iterable["EventPage"]) -> Iterable[CalendarEvent]:
    for page in pages:
        yield event_of(page.event, title=page.title, about=page.summary, url=page.full_url)


def event_of(event: "Event", *, title: str, about: str = "", url: str = "") -> CalendarEvent:
    """The one entry of an event, whichever language it was imported in and by whichever way."""
    told = CalendarEvent()
    told.add("uid", f"{event.key}@{icalendars.host()}")
    told.add("sequence", event.sequence)
    told.add("dtstamp", event.changed_at.astimezone(UTC))
    told.add("last-modified", event.changed_at.astimezone(UTC))
    told.add("dtstart", event.starts.astimezone(UTC))
    told.add("dtend", event.ends.astimezone(UTC))
    told.add("summary", title)
    told.add("location", event.place)
    told.add("description", "\n\n".join(part for part in (event.shown_reason, about) if part))
    if url:
        told.add("url", url)
    told.add("categories", [str(event.get_kind_display())])
    told.add("status", "CANCELLED" if event.is_called_off else "CONFIRMED")
    told.add("transp", "TRANSPARENT" if event.is_called_off else "OPAQUE")
    return told
