"""Addresses of booking pages, filled in: everything that was chosen stands in the query.

So whoever signs in on the way loses nothing.
"""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from startups.coworking.slots import Range

YEARS = range(2000, 2101)
"""Days outside these mean nothing here, and arithmetic with them would break."""


def sensible(day: date) -> bool:
    return day.year in YEARS


def booking_address(resource_id: int, wanted: Range | None = None, **more: Any) -> str:
    """The page on which a resource is booked, for these hours where they are known."""
    facts: dict[str, Any] = {"resource": resource_id}
    if wanted is not None:
        facts |= hours_as_typed(wanted)
    facts |= {name: value for name, value in more.items() if value not in (None, "")}
    return f"{reverse('coworking:new')}?{urlencode(facts)}"


def hours_as_typed(wanted: Range) -> dict[str, str]:
    """A range as the fields of the booking form have it."""
    return {
        "day": f"{timezone.localtime(wanted.starts):%Y-%m-%d}",
        "starts": typed(wanted.starts),
        "ends": typed(wanted.ends),
    }


def typed(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
