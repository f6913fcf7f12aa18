"""The official calendar of a year as pasted lines, the way the announcement lists it.

    01/01/2027 Tết Dương lịch | New Year's Day
    13/02/2027 = 08/02/2027 Làm bù Tết Nguyên đán

A line with "=" is a compensated working day, and names the day whose hours are kept on it. What
stands after "|" is the name in English.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import auditing
from portal.core.models import CalendarDay
from portal.core.text import clean_line
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_LINES = 100
_LINE = re.compile(
    r"(?P<day>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})"
    r"(?:\s*=\s*(?P<instead>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}))?"
    r"\s+(?P<name>[^|]+?)\s*(?:\|\s*(?P<english>.+))?"
)


def read_lines(text: str, legal_basis: str = "") -> list[CalendarDay]:
    """The days that the lines name, not stored. Raises `Refused` with the first wrong line."""
    lines = [clean_line(line) for line in text.splitlines()]
    days = [_read(number, line) for number, line in enumerate(lines, start=1) if line]
    if not days or len(days) > MOST_LINES:
        raise Refused(
            _("Paste between 1 and %(most)s days, each on a line of its own.")
            % {"most": MOST_LINES},
            code="count",
            field="lines",
        )
    for day in days:
        day.legal_basis = clean_line(legal_basis)[:250]
    return days


def _read(number: int, line: str) -> CalendarDay:
    found = _LINE.fullmatch(line)
    day = _date(found["day"]) if found else None
    instead = _date(found["instead"]) if found and found["instead"] else None
    misread = found is not None and bool(found["instead"]) != (instead is not None)
    if found is None or day is None or misread or len(found["name"]) > 120:
        raise Refused(
            _("Line %(number)s is not a day and its name: %(line)s")
            % {"number": number, "line": line[:100]},
            code="line",
            field="lines",
        )
    return CalendarDay(
        day=day,
        kind=CalendarDay.Kind.OFF if instead is None else CalendarDay.Kind.WORKING,
        name=found["name"],
        name_en=(found["english"] or "")[:120],
        instead_of=instead,
    )


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def store(days: Sequence[CalendarDay], *, by: "User") -> int:
    """Store the days; one that is there already gets the new facts. Answer how many are new."""
    new = 0
    with transaction.atomic():
        for day in days:
            facts = {
                name: getattr(day, name)
                for name in ("kind", "name", "name_en", "instead_of", "legal_basis")
            }
            row, made = CalendarDay.objects.update_or_create(day=day.day, defaults=facts)
            auditing.record("calendar.pasted", row, user=by)
            new += made
    return new
