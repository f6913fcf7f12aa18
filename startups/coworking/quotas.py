"""How much of its hours an organisation has used, and what is left.

A week begins on Monday; a booking counts in the week and month in which it begins, in local time.
Counted under the lock of `booking.book`; shown before booking without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from portal.accounts.models import Organisation
from startups.coworking.hours import day_of, whole_day
from startups.coworking.models import Booking, Quota, Resource, Space
from startups.coworking.slots import Range, most_at_once

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Account:
    """Who is counted: an organisation, or a person who books for nobody else."""

    organisation: Organisation | None
    person: "User | None"

    @property
    def whose(self) -> Q:
        if self.organisation is not None:
            return Q(organisation=self.organisation)
        return Q(organisation__isnull=True, person=self.person)


@dataclass(frozen=True, slots=True)
class Used:
    """What one limit says about one period. Lengths are exact; None means without limit."""

    quota: Quota
    week: timedelta
    month: timedelta
    at_once: int

    @property
    def week_left(self) -> timedelta | None:
        return _left(self.quota.hours_a_week, self.week)

    @property
    def month_left(self) -> timedelta | None:
        return _left(self.quota.hours_a_month, self.month)


def _left(hours: int | None, used: timedelta) -> timedelta | None:
    return None if hours is None else max(timedelta(hours=hours) - used, timedelta())


def week_of(day: date) -> Range:
    """Monday to Sunday, as a range of moments."""
    monday = day - timedelta(days=day.weekday())
    return Range(whole_day(monday).starts, whole_day(monday + timedelta(days=6)).ends)


def month_of(day: date) -> Range:
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Range(whole_day(first).starts, whole_day(last).ends)


def quotas_of(space: Space, kind: str, account: Account) -> list[Quota]:
    """The limits that count for a kind of resource: its own, and the one for everything."""
    rows = Quota.objects.filter(space=space, kind__in=["", kind]).filter(
        Q(organisation__isnull=True) | Q(organisation=account.organisation)
    )
    # What is said for one organisation comes last and stands in place of what is said for all.
    by_kind = {row.kind: row for row in sorted(rows, key=lambda row: bool(row.organisation_id))}
    return list(by_kind.values())


def used(
    resource: Resource, account: Account, wanted: Range, *, without: Iterable[int] = ()
) -> list[Used]:
    """What stands against each limit around a range. Two queries.

    `without` are keys of bookings that do not count, such as the one being moved.
    """
    return read(resource, account, [wanted], without=without).used(wanted)


@dataclass(frozen=True, slots=True)
class Read:
    """The limits of an account, and what it has in some weeks and months; asks nothing more."""

    limits: Sequence[Quota] = ()
    held: Sequence[tuple[Range, str, str]] = ()

    def used(self, wanted: Range) -> list[Used]:
        day = day_of(wanted.starts)
        return [_used(one, self.held, week_of(day), month_of(day), wanted) for one in self.limits]


def read(
    resource: Resource, account: Account, wanted: Sequence[Range], *, without: Iterable[int] = ()
) -> Read:
    """Everything that decides about ranges of a kind of resource. Two queries, however many."""
    if account.organisation is None and account.person is None:
        return Read()  # visitors without an account have nothing in common
    limits = quotas_of(resource.space, resource.kind, account)
    if not limits or not wanted:
        return Read()
    first, last = (
        day_of(min(one.starts for one in wanted)),
        day_of(max(one.starts for one in wanted)),
    )
    stretch = Range(
        min(week_of(first).starts, month_of(first).starts),
        max(week_of(last).ends, month_of(last).ends),
    )
    rows = (
        Booking.objects.counted()
        .filter(account.whose, resource__space=resource.space)
        .filter(starts__lt=stretch.ends, ends__gt=stretch.starts)
        .exclude(pk__in=list(without))
        .values_list("starts", "ends", "resource__kind", "state")
    )
    held = [(Range(starts, ends), kind, state) for starts, ends, kind, state in rows]
    return Read(limits, held)


def _used(
    limit: Quota,
    held: Sequence[tuple[Range, str, str]],
    week: Range,
    month: Range,
    wanted: Range,
) -> Used:
    counted = [(one, state) for one, kind, state in held if limit.kind in ("", kind)]
    beside = [
        Range(max(one.starts, wanted.starts), min(one.ends, wanted.ends))
        for one, state in counted
        if state in Booking.HOLDING and one.meets(wanted)
    ]
    return Used(
        limit,
        _sum(one for one, _state in counted if week.starts <= one.starts < week.ends),
        _sum(one for one, _state in counted if month.starts <= one.starts < month.ends),
        most_at_once(beside),
    )


def _sum(ranges: Iterable[Range]) -> timedelta:
    return sum((one.length for one in ranges), timedelta())
