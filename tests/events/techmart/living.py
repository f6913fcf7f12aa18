"""A clock to turn, and the letters that went out meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from events.techmart import due
from portal.core import clock
from portal.core.models import Notice

START = datetime(2026, 1, 5, 9, 30, tzinfo=timezone.get_default_timezone())
"""A Monday, after the hour at which letters go out."""


def later(**by: float) -> datetime:
    return START + timedelta(**by)


def run(at: datetime) -> dict[str, int]:
    """One run of the clock at this moment."""
    with clock.held_at(at):
        return {work.name: work.done for work in due.run(at)}


def at(moment: datetime, make: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What `make` does, done at this moment."""
    with clock.held_at(moment):
        return make(*args, **kwargs)


def confirmed_at(record: Any, moment: datetime) -> Any:
    """A record whose owner spoke last at this moment."""
    type(record.standing).objects.filter(pk=record.standing.pk).update(
        last_confirmed_at=moment, asked_to_confirm_at=None, hidden_noted_at=None
    )
    record.standing.refresh_from_db()
    return record


def letters(person: Any, kind: str) -> list[Notice]:
    """What this person was written, the oldest first."""
    return list(Notice.objects.filter(recipient=person, kind=kind).order_by("pk"))
