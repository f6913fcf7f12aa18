"""What happened to a booking, in words for the people whose booking it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.core import auditing
from portal.core.templatetags.portal import moment
from startups.coworking import telling
from startups.coworking.models import Booking
from startups.coworking.slots import Range


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    title: str
    when: str
    text: str = ""
    state: str = "done"


def what_happened(booking: Booking, reader: Any) -> list[Event]:
    """Every line of the log, oldest first. Staff are "the front desk", nobody a name."""
    lines = list(auditing.history(booking).select_related("user"))
    return [_event(line, booking, reader) for line in reversed(lines)]


def _event(line: Any, booking: Booking, reader: Any) -> Event:
    said = [_who(line.user, booking, reader), _details(line.data)]
    return Event(line.message, moment(line.timestamp), " · ".join(part for part in said if part))


def _who(user: Any, booking: Booking, reader: Any) -> str:
    if user is None:
        return ""
    if user.pk == reader.pk:
        return _("you")
    if user.pk in {booking.person_id, booking.booked_by_id} and not user.is_staff:
        return str(user)
    return _("the front desk")


def _details(data: Any) -> str:
    """Where and when it was booked or moved to, and reasons that were given."""
    facts = data if isinstance(data, dict) else {}
    what = facts.get("what") or {}
    parts = []
    if {"unit", "starts", "ends"} <= what.keys():
        starts, ends = (datetime.fromisoformat(what[name]) for name in ("starts", "ends"))
        parts.append(f"{what['unit']}, {telling.when(Range(starts, ends))}")
    if facts.get("reason"):
        parts.append(str(facts["reason"]))
    if facts.get("weeks"):
        parts.append(_("%(n)s weeks") % {"n": facts["weeks"]})
    return ": ".join(parts)
