"""The one clock. Everything that opens, closes or expires asks it, so tests and the demo can
live a season in a minute.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held_moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _held.get() or timezone.now()


def today() -> date:
    """The present day in the site's time zone."""
    return timezone.localdate(now())


def end_of_day(day: date) -> datetime:
    """The last second of a day in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


@contextmanager
def held_at(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at an aware `moment`: what happens inside happened then."""
    token = _held.set(moment)
    try:
        yield moment
    finally:
        _held.reset(token)
