"""Weekly habits: "Giữ lịch này", "Giữ tiếp 8 tuần", "Bỏ tuần này".

A plan lists every week with what stands in its way; keeping it books what is free and what was
chosen instead, in one transaction, and refuses when something else got in the way meanwhile.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core import auditing, clock
from portal.core.verdicts import Refused
from startups.coworking import telling
from startups.coworking.booking import Wish, case_of, free_unit, hold, just_taken, lock_for
from startups.coworking.changing import cancel
from startups.coworking.hours import day_of, hours_of
from startups.coworking.locking import once_more_after_deadlock
from startups.coworking.models import Booking, Series
from startups.coworking.permissions import is_theirs, may_change_booking
from startups.coworking.quotas import Account
from startups.coworking.rules import BookingRefused, require
from startups.coworking.slots import Range

if TYPE_CHECKING:
    from portal.accounts.models import User

WEEK = timedelta(days=7)
AHEAD = 8
"""Weeks that one tap keeps."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a plan: what would be booked, and why not."""

    wish: Wish
    refused: BookingRefused | None = None

    @property
    def day(self) -> date:
        return day_of(self.wish.starts)


class SeriesRefused(Refused):
    """Some weeks cannot be kept; `weeks` names them with their reasons."""

    def __init__(self, weeks: list[Week]) -> None:
        super().__init__(
            _("Some weeks cannot be kept. Skip them or choose other hours."), code="weeks"
        )
        self.weeks = weeks


def plan(booking: Booking, weeks: int = AHEAD) -> list[Week]:
    """The next weeks after the last one of a booking's habit, as far as they may be booked."""
    now = clock.now()
    wishes = _wishes(booking, weeks)
    if not wishes:
        return []
    hours = hours_of(booking.resource.space, day_of(wishes[0].starts), day_of(wishes[-1].starts))
    account = Account(booking.organisation, booking.person)
    listed = []
    for wish in wishes:
        try:
            require(case_of(wish, account, now, hours=hours))
            free_unit(wish.resource, wish.wanted)
        except BookingRefused as refused:
            if refused.code == "horizon":
                break
            listed.append(Week(wish, refused))
        else:
            listed.append(Week(wish))
    return listed


def _wishes(booking: Booking, weeks: int) -> list[Wish]:
    last = booking
    if booking.series is not None:
        last = booking.series.bookings.order_by("-starts").first() or booking
    length = booking.length
    return [
        Wish(
            booking.resource,
            last.starts + number * WEEK,
            last.starts + number * WEEK + length,
            people=booking.people,
            purpose=booking.purpose,
        )
        for number in range(1, weeks + 1)
    ]


@once_more_after_deadlock
def keep(
    booking: Booking,
    *,
    by: "User",
    weeks: int = AHEAD,
    skipped: Collection[date] = (),
    moved: Mapping[date, Range] | None = None,
) -> list[Booking]:
    """Book the next weeks like this one, without those `skipped`, at other hours where `moved`.

    Days are those of the plan. Raises `SeriesRefused` with every week that cannot be kept and was
    neither skipped nor moved; then nothing was booked.
    """
    if not is_theirs(by, booking):
        raise Refused(_("This booking belongs to somebody else."), code="not_theirs")
    account = Account(booking.organisation, booking.person)
    now = clock.now()
    try:
        with transaction.atomic():
            resources = lock_for(account, [booking.resource_id])
            # Read again: what a refused attempt wrote on the caller's copy was rolled back.
            mine = Booking.objects.select_related("series", "organisation", "person").get(
                pk=booking.pk
            )
            mine.resource = resources[mine.resource_id]
            series = _series(mine, by)
            kept: list[Booking] = []
            refused: list[Week] = []
            for week in _chosen(mine, weeks, skipped, moved or {}):
                try:
                    kept.append(hold(case_of(week, account, now), week, by=by, series=series))
                except BookingRefused as no:
                    if no.code == "horizon":
                        break
                    refused.append(Week(week, no))
            if refused:
                raise SeriesRefused(refused)
            if not kept:
                raise Refused(_("There is no further week that may be booked yet."), code="none")
            auditing.record("coworking.repeated", mine, user=by, weeks=len(kept))
            telling.booked(kept, by=by)
            return kept
    except IntegrityError as error:
        raise just_taken(error) from error


def _series(booking: Booking, by: "User") -> Series:
    if booking.series is not None:
        return booking.series
    series = Series.objects.create(
        resource=booking.resource,
        organisation=booking.organisation,
        person=by,
        begun_at=clock.now(),
    )
    booking.series = series
    booking.save(update_fields=["series"])
    return series


def _chosen(
    booking: Booking, weeks: int, skipped: Collection[date], moved: Mapping[date, Range]
) -> list[Wish]:
    chosen = []
    for wish in _wishes(booking, weeks):
        day = day_of(wish.starts)
        if day in skipped:
            continue
        if day in moved:
            wish = Wish(wish.resource, *moved[day], people=wish.people, purpose=wish.purpose)
        chosen.append(wish)
    return chosen


def end_series(series: Series, *, by: "User") -> int:
    """Give back all weeks to come; answer how many.

    A week for which it is too late by the rules of the house stays.
    """
    now = clock.now()
    coming = series.bookings.filter(
        starts__gt=now, state__in=[Booking.State.CONFIRMED, Booking.State.PENDING]
    )
    ended: list[Booking] = []
    for booking in coming.select_related("resource__space", "unit", "organisation", "person"):
        may_change_booking(by, booking).require()
        try:
            cancel(booking, by=by, tells=booking.person_id != by.pk)
        except Refused as refused:
            if refused.code != "too_late":
                raise
        else:
            ended.append(booking)
    Series.objects.filter(pk=series.pk, ended_at__isnull=True).update(ended_at=now)
    if mine := [booking for booking in ended if booking.person_id == by.pk]:
        telling.given_back(mine)
    return len(ended)
