"""Files for calendar programs (RFC 5545), whatever they hold. Times are in UTC."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
READ_AGAIN = timedelta(hours=1)
"""How often we ask a program to look at a calendar that it follows."""


def host() -> str:
    """What makes the identities of our events unique in the world."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def written(
    events: Iterable[Event], *, name: str = "", part: str, method: str = "PUBLISH"
) -> Calendar:
    """A calendar of these events; `part` names the part of the portal that wrote it."""
    told = Calendar()
    told.add("prodid", f"-//{host()}//{part}//VI")
    told.add("version", "2.0")
    told.add("method", method)
    if name:
        told.add("x-wr-calname", name)
    for event in events:
        told.add_component(event)
    return told


def ask_to_read_again(told: Calendar) -> None:
    """Say how often to look again, in both ways that programs know."""
    told.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    told.add("x-published-ttl", f"PT{READ_AGAIN.seconds // 3600}H")


def answer(events: Iterable[Event], *, name: str, file: str) -> HttpResponse:
    """A public calendar, to save or to follow."""
    told = written(events, name=name, part="Events")
    ask_to_read_again(told)
    response = HttpResponse(told.to_ical(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
