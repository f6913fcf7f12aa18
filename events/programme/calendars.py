"""Events as calendar programs read them (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from icalendar import Event as CalendarEvent

from portal.core import clock, icalendars

if TYPE_CHECKING:
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
        event = page.event
        told = CalendarEvent()
        # One event, whichever language it was imported in.
        told.add("uid", f"{event.key}@{icalendars.host()}")
        told.add("sequence", event.sequence)
        told.add("dtstamp", event.changed_at.astimezone(UTC))
        told.add("last-modified", event.changed_at.astimezone(UTC))
        told.add("dtstart", event.starts.astimezone(UTC))
        told.add("dtend", event.ends.astimezone(UTC))
        told.add("summary", page.title)
        told.add("location", event.place)
        said = (event.shown_reason, page.summary)
        told.add("description", "\n\n".join(part for part in said if part))
        told.add("url", page.full_url)
        told.add("categories", [str(event.get_kind_display())])
        told.add("status", "CANCELLED" if event.is_called_off else "CONFIRMED")
        told.add("transp", "TRANSPARENT" if event.is_called_off else "OPAQUE")
        yield told
