"""What a quota says before somebody books: what is used, and what is left afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from startups.coworking.quotas import Used
from startups.coworking.rules import hours_and_minutes
from startups.coworking.slots import Range


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One limit: its name, used of all in words, and for a bar the used minutes of the limit."""

    name: str
    text: str
    used: int
    limit: int
    enough: bool


def quota_lines(limits: Sequence[Used], wanted: Range | None = None) -> list[QuotaLine]:
    """The week and the month of every limit that counts."""
    found = []
    for one in limits:
        kind = one.quota.get_kind_display() or _("everything together")
        periods = (
            (_("This week, %(kind)s"), one.quota.hours_a_week, one.week),
            (_("This month, %(kind)s"), one.quota.hours_a_month, one.month),
        )
        for name, hours, spent in periods:
            if hours is not None:
                found.append(_line(name % {"kind": kind}, hours, spent, wanted))
    return found


def _line(name: str, hours: int, spent: timedelta, wanted: Range | None) -> QuotaLine:
    left = timedelta(hours=hours) - spent
    after = left - wanted.length if wanted is not None else left
    facts = {"used": _words(spent), "limit": _words(timedelta(hours=hours)), "left": _words(after)}
    if after < timedelta():
        text = _("%(used)s of %(limit)s used: not enough is left for this")
    elif wanted is None:
        text = _("%(used)s of %(limit)s used, %(left)s left")
    else:
        text = _("%(used)s of %(limit)s used, %(left)s left after this")
    return QuotaLine(name, text % facts, _minutes(spent), hours * 60, after >= timedelta())


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _words(length: timedelta) -> str:
    minutes = _minutes(length)
    return hours_and_minutes(minutes) if minutes else _("%(h)s h") % {"h": 0}
