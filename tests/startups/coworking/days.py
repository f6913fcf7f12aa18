"""Moments of the week in which the tests of co-working happen."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from startups.coworking.booking import Wish
from startups.coworking.models import Resource

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)


def moment(text: str, day: date = MONDAY) -> datetime:
    """ "09:30" on a day, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(text)))


def wish(resource: Resource, starts: str = "09:00", ends: str = "11:00", **more: Any) -> Wish:
    day = more.pop("day", MONDAY)
    return Wish(resource, moment(starts, day), moment(ends, day), **more)
