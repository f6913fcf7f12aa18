"""A period that stands in an address: from one day to another, with what was wrong about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Days with which the calendar can still count a day and a week on."""
USUAL_DAYS = 30
MOST_DAYS = 5 * 366


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, the last included; `trouble` says why it is not the one asked."""

    first: date
    last: date
    trouble: str = ""

    @property
    def query(self) -> str:
        return f"?from={self.first.isoformat()}&until={self.last.isoformat()}"


def asked_period(asked: Mapping[str, str], today: date, *, usual: Period | None = None) -> Period:
    """The period of the address (?from=2026-11-01&until=2026-11-30); else `usual`, or 30 days."""
    usual = usual or Period(today - timedelta(days=USUAL_DAYS - 1), today)
    if not asked.get("from", "").strip() and not asked.get("until", "").strip():
        return usual
    try:
        last = _day(asked.get("until", "")) or today
        first = _day(asked.get("from", "")) or last - timedelta(days=USUAL_DAYS - 1)
    except ValueError as error:
        return Period(usual.first, usual.last, str(error))
    if first > last:
        return Period(usual.first, usual.last, _("The first day comes after the last one."))
    if (last - first).days >= MOST_DAYS:
        return Period(usual.first, usual.last, _("Choose five years at most."))
    return Period(first, last)


def _day(text: str) -> date | None:
    """None when nothing was asked. Raises `ValueError` with a sentence for people."""
    text = text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%(text)s” is not a day.") % {"text": text[:40]}) from None
    if not FIRST_DAY + timedelta(days=USUAL_DAYS) < day < LAST_DAY:
        raise ValueError(_("The calendar does not reach to “%(text)s”.") % {"text": text[:40]})
    return day
