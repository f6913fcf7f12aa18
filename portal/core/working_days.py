"""Working days of an office: Mondays to Fridays, and what the official calendar says otherwise."""

from collections.abc import Collection
from datetime import date, timedelta

from portal.core.models import CalendarDay

_LOOKED_AHEAD = 3
"""Calendar days fetched for each working day asked for; Tết closes offices for nine days."""


def after(start: date, days: int) -> date:
    """The day `days` working days after `start`, by the calendar the office keeps."""
    last = start + timedelta(days=days * _LOOKED_AHEAD + 30)
    known = dict(CalendarDay.objects.filter(day__range=(start, last)).values_list("day", "kind"))
    off = {day for day, kind in known.items() if kind == CalendarDay.Kind.OFF}
    return counted(start, days, off, known.keys() - off)


def counted(start: date, days: int, off: Collection[date], working: Collection[date]) -> date:
    """The same over plain values: days off, and days worked though they are at a weekend."""
    found = start
    while days > 0:
        found += timedelta(days=1)
        days -= found in working or (found.weekday() < 5 and found not in off)
    return found
