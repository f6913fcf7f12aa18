"""Were the promises kept? Asked of the tables alone, by plain SQL and arithmetic of its own.

Nothing here uses what is checked: neither the verbs, nor the grid of `slots`, nor the slot rows as
a proof of themselves.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

STEP = timedelta(minutes=15)
LOCAL = timedelta(hours=7)
"""Việt Nam is ahead of UTC by so much, all year."""
KEPT = {"offered", "pending", "confirmed", "checked_in", "completed"}
"""States in which a booking has its place, or had it until it was over."""
COUNTED = KEPT | {"no_show"}


class Row(NamedTuple):
    """A booking as the table says, with the limits of its resource."""

    pk: int
    code: str
    unit: int
    space: int
    kind: str
    starts: datetime
    ends: datetime
    state: str
    organisation: int | None
    person: int | None
    before: int
    after: int

    @property
    def kept_from(self) -> datetime:
        return self.starts - timedelta(minutes=self.before)

    @property
    def kept_until(self) -> datetime:
        return self.ends + timedelta(minutes=self.after)


def rows() -> list[Row]:
    found = _ask(
        "SELECT b.id, b.code, b.unit_id, r.space_id, r.kind, b.starts, b.ends, b.state,"
        " b.organisation_id, b.person_id, r.buffer_before, r.buffer_after"
        " FROM coworking_booking b JOIN coworking_unit u ON u.id = b.unit_id"
        " JOIN coworking_resource r ON r.id = u.resource_id ORDER BY b.id"
    )
    return [Row(*row[:5], _moment(row[5]), _moment(row[6]), *row[7:]) for row in found]


def broken_promises() -> list[str]:
    """A line for each promise that the tables break; empty when all are kept."""
    bookings = rows()
    return [*overlaps(bookings), *wrong_slots(bookings), *above_quota(bookings), *odd_offers()]


def overlaps(bookings: Iterable[Row]) -> list[str]:
    """Two that have one unit at one time, the time before and after them included."""
    units: dict[int, list[Row]] = defaultdict(list)
    for row in bookings:
        if row.state in KEPT:
            units[row.unit].append(row)
    found = []
    for some in units.values():
        some.sort(key=lambda row: row.kept_from)
        for first, second in pairwise(some):
            # Without an overlap before, the end of the first is the latest so far.
            if second.kept_from < first.kept_until:
                found.append(f"{first.code} and {second.code} meet on unit {first.unit}")
    return found


def wrong_slots(bookings: Iterable[Row]) -> list[str]:
    """Bookings whose slot rows are not exactly the steps of their time."""
    held: dict[int, set[tuple[int, datetime]]] = defaultdict(set)
    for booking, unit, at in _ask("SELECT booking_id, unit_id, at FROM coworking_bookingslot"):
        held[booking].add((unit, _moment(at)))
    found = []
    for row in bookings:
        wanted = set(_steps(row)) if row.state in KEPT else set()
        if held[row.pk] != wanted:
            found.append(f"{row.code} ({row.state}) has {len(held[row.pk])} of {len(wanted)} slots")
    return found


def _steps(row: Row) -> Iterable[tuple[int, datetime]]:
    first = int(row.kept_from.timestamp()) // 900 * 900
    for second in range(first, int(row.kept_until.timestamp()), 900):
        yield row.unit, datetime.fromtimestamp(second, UTC)


def above_quota(bookings: Iterable[Row]) -> list[str]:
    """Accounts that have more hours in a week or month than their limit."""
    used: dict[tuple[Any, ...], timedelta] = defaultdict(timedelta)
    for row in bookings:
        if row.state not in COUNTED:
            continue
        account = ("o", row.organisation) if row.organisation else ("p", row.person)
        day = (row.starts + LOCAL).date()
        for kind in ("", row.kind):
            for period in (day - timedelta(days=day.weekday()), f"{day:%Y-%m}"):
                used[row.space, kind, account, period] += row.ends - row.starts
    limits: dict[tuple[Any, ...], tuple[int | None, int | None]] = {}
    asked = "SELECT space_id, kind, organisation_id, hours_a_week, hours_a_month"
    for space, kind, organisation, week, month in _ask(f"{asked} FROM coworking_quota"):
        limits[space, kind, organisation] = (week, month)
    found = []
    for (space, kind, account, period), length in used.items():
        own = limits.get((space, kind, account[1] if account[0] == "o" else None))
        week, month = own or limits.get((space, kind, None), (None, None))
        most = month if isinstance(period, str) else week
        if most is not None and length > timedelta(hours=most):
            found.append(f"{account} has {length} of {most} h in {period} ({kind or 'all'})")
    return found


def odd_offers() -> list[str]:
    """Offers without somebody on the list, and people on the list without their offer."""
    entries = _ask(
        "SELECT w.id, w.state, b.code, b.state FROM coworking_waitingentry w"
        " LEFT JOIN coworking_booking b ON b.id = w.booking_id"
    )
    found = [
        f"place {entry} on the list is {state}, its booking {booking}"
        for entry, state, _code, booking in entries
        if (state == "offered") != (booking == "offered")
    ]
    waited = {code for _entry, _state, code, _booking in entries}
    found += [
        f"{code} is offered to nobody on the list"
        for (code,) in _ask("SELECT code FROM coworking_booking WHERE state = 'offered'")
        if code not in waited
    ]
    return found


def _ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _moment(stored: datetime) -> datetime:
    """SQLite answers moments in UTC without saying so."""
    return stored.astimezone(UTC) if stored.tzinfo else stored.replace(tzinfo=UTC)
