"""Edges of the calendar: ends of months and years, leap days, Tết, midnight, clocks set back."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.models import CalendarDay, Notice
from startups.coworking import due
from startups.coworking.attending import check_in
from startups.coworking.booking import book
from startups.coworking.closing import announce
from startups.coworking.hours import at
from startups.coworking.models import Booking, OpeningHours, Strike
from startups.coworking.quotas import month_of, week_of
from startups.coworking.repeating import plan
from startups.coworking.rules import BookingRefused
from tests.factories.coworking import QuotaFactory, ResourceFactory, SpaceFactory
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import MONDAY, moment, wish

pytestmark = pytest.mark.django_db


def refused(wanted: object, founder: User, company: Organisation) -> str:
    with pytest.raises(BookingRefused) as caught:
        book(wanted, person=founder, organisation=company)  # type: ignore[arg-type]
    return caught.value.code


def test_hours_of_a_month_end_with_it(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    QuotaFactory(space=room.space, hours_a_month=2)
    last, first = date(2026, 11, 30), date(2026, 12, 1)
    book(wish(room, day=last), person=founder, organisation=company)
    assert refused(wish(room, "13:00", "14:00", day=last), founder, company) == "quota_month"
    book(wish(room, day=first), person=founder, organisation=company)
    assert refused(wish(room, "13:00", "14:00", day=first), founder, company) == "quota_month"
    assert broken_promises() == []


def test_the_week_over_the_end_of_a_year_is_one_week(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    QuotaFactory(space=room.space, hours_a_week=4)
    before, after = date(2026, 12, 31), date(2027, 1, 2)
    book(wish(room, day=before), person=founder, organisation=company)
    book(wish(room, day=after), person=founder, organisation=company)
    for day in (before, after, date(2026, 12, 28)):
        assert refused(wish(room, "13:00", "14:00", day=day), founder, company) == "quota_week"
    book(wish(room, day=date(2027, 1, 4)), person=founder, organisation=company)
    assert week_of(before) == week_of(after)
    assert broken_promises() == []


def test_months_of_december_and_of_a_leap_year() -> None:
    december = month_of(date(2026, 12, 15))
    assert (december.starts, december.ends) == (
        at(date(2026, 12, 1), time.min),
        at(date(2027, 1, 1), time.min),
    )
    assert month_of(date(2028, 2, 29)).ends == at(date(2028, 3, 1), time.min)
    assert month_of(date(2028, 2, 29)).length == timedelta(days=29)
    assert month_of(date(2027, 2, 28)).length == timedelta(days=28)


def test_a_weekly_habit_comes_over_the_leap_day(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    leap_day = date(2028, 2, 29)
    with clock.held_at(moment("07:00", date(2028, 2, 21))):
        mine = book(wish(room, day=date(2028, 2, 22)), person=founder, organisation=company)
        assert [week.day for week in plan(mine, weeks=3)] == [
            leap_day,
            date(2028, 3, 7),
            date(2028, 3, 14),
        ]
        on_it = book(wish(room, day=leap_day), person=founder, organisation=company)
        [week, *_later] = plan(mine, weeks=3)
    assert (on_it.starts, on_it.slots.count()) == (moment("09:00", leap_day), 8)
    assert week.refused is not None
    assert week.refused.code == "taken"


def test_tet_is_announced_after_people_have_booked(
    founder: User, company: Organisation, clerk: User
) -> None:
    room = ResourceFactory()
    eve, tet, back = date(2027, 2, 5), date(2027, 2, 8), date(2027, 2, 15)
    with clock.held_at(moment("07:00", date(2027, 1, 18))):
        morning, afternoon, during, later = (
            book(wish(room, starts, ends, day=day), person=founder, organisation=company)
            for starts, ends, day in [
                ("08:00", "12:00", eve),
                ("13:00", "15:00", eve),
                ("09:00", "11:00", tet),
                ("09:00", "11:00", back),
            ]
        )
        Notice.objects.all().delete()
        announce(
            room.space,
            starts=moment("12:00", eve),
            ends=moment("00:00", date(2027, 2, 13)),
            reason="Nghỉ Tết Đinh Mùi",
            by=clerk,
        )
        assert refused(wish(room, day=tet), founder, company) == "closed"
        told = list(Notice.objects.filter(recipient=founder).values_list("body", flat=True))
    for one in (morning, afternoon, during, later):
        one.refresh_from_db()
    # Half open: what ends at noon does not meet what begins at noon.
    assert [one.state for one in (morning, afternoon, during, later)] == [
        *("confirmed", "cancelled", "cancelled", "confirmed")
    ]
    assert len(told) == 2
    assert all("Nghỉ Tết Đinh Mùi" in body for body in told)
    assert broken_promises() == []


def test_a_holiday_entered_later_refuses_new_bookings_and_keeps_the_old(
    founder: User, company: Organisation
) -> None:
    room = ResourceFactory()
    holiday = date(2027, 1, 1)
    mine = book(wish(room, day=holiday), person=founder, organisation=company)
    CalendarDay.objects.create(day=holiday, name="Tết Dương lịch")
    assert refused(wish(room, "13:00", "14:00", day=holiday), founder, company) == "not_open"
    mine.refresh_from_db()
    assert mine.state == "confirmed"


def test_the_clock_is_set_back_after_somebody_came(
    founder: User, company: Organisation, clerk: User
) -> None:
    here, absent = ResourceFactory(), ResourceFactory()
    came = book(wish(here), person=founder, organisation=company)
    stayed_away = book(wish(absent), person=founder, organisation=company)
    with clock.held_at(moment("09:40")) as now:
        check_in(came, by=clerk)
        due.run(now)
    for back in ("08:30", "09:40"):
        with clock.held_at(moment(back)) as now:
            due.run(now)
            assert refused(wish(here), founder, company) in {"taken", "past"}
    came.refresh_from_db()
    stayed_away.refresh_from_db()
    assert (came.state, stayed_away.state) == ("checked_in", "no_show")
    assert Strike.objects.count() == 1
    assert broken_promises() == []


def test_a_booking_of_a_clock_that_was_ahead_is_released_in_time(
    founder: User, company: Organisation
) -> None:
    """It says that it was made in the future; the wait counts from its start then."""
    room = ResourceFactory()
    with clock.held_at(moment("12:00")):
        mine = book(wish(room, "14:00", "16:00"), person=founder, organisation=company)
    Booking.objects.filter(pk=mine.pk).update(changed_at=moment("23:00"))
    for time_of_day, state in [("14:29", "confirmed"), ("14:30", "no_show")]:
        with clock.held_at(moment(time_of_day)) as now:
            due.run(now)
        mine.refresh_from_db()
        assert mine.state == state


def test_a_request_expires_once_though_the_clock_goes_back(
    founder: User, company: Organisation
) -> None:
    hall = ResourceFactory(hall=True, approval_hours=2)
    tomorrow = MONDAY + timedelta(days=1)
    asked = book(wish(hall, day=tomorrow), person=founder, organisation=company)
    for hour in ("09:00", "08:00", "09:00"):
        with clock.held_at(moment(hour)) as now:
            due.run(now)
    asked.refresh_from_db()
    assert (asked.state, asked.slots.count(), asked.sequence) == ("expired", 0, 1)
    book(wish(hall, day=tomorrow), person=founder, organisation=company)


def test_from_opening_to_closing_with_buffers_outside(founder: User, company: Organisation) -> None:
    hall = ResourceFactory(buffer_before=30, buffer_after=60, max_minutes=630)
    whole = book(wish(hall, "07:30", "18:00"), person=founder, organisation=company)
    at_steps = list(whole.slots.order_by("at").values_list("at", flat=True))
    assert (at_steps[0], at_steps[-1]) == (moment("07:00"), moment("18:45"))
    other = ResourceFactory(space=hall.space)
    assert refused(wish(other, "17:30", "18:30"), founder, company) == "not_open"
    assert refused(wish(other, "07:00", "08:00"), founder, company) == "not_open"
    assert broken_promises() == []


def night_space() -> object:
    space = SpaceFactory(hours=False)
    for weekday in range(7):
        OpeningHours.objects.create(
            space=space, weekday=weekday, opens=time(0), closes=time(23, 59)
        )
    return space


def test_the_hour_after_midnight_belongs_to_the_new_day_and_month(
    founder: User, company: Organisation
) -> None:
    room = ResourceFactory(space=night_space())
    QuotaFactory(space=room.space, hours_a_month=1)
    december = MONDAY + timedelta(days=1)
    first = book(wish(room, "00:00", "01:00", day=december), person=founder, organisation=company)
    # In UTC it is still November.
    assert first.starts.astimezone(timezone.get_fixed_timezone(0)).month == 11
    assert refused(wish(room, "09:00", "10:00", day=december), founder, company) == "quota_month"
    book(wish(room, "22:00", "23:00"), person=founder, organisation=company)
    assert broken_promises() == []


def test_a_house_open_all_night_can_be_booked_until_midnight_and_not_over_it(
    founder: User, company: Organisation
) -> None:
    room = ResourceFactory(space=night_space())
    midnight = moment("00:00", MONDAY + timedelta(days=1))
    last = wish(room, "23:00", "23:30")
    until: datetime = book(
        type(last)(room, last.starts, midnight), person=founder, organisation=company
    ).ends
    assert until == midnight
    over = type(last)(room, moment("22:30"), midnight + timedelta(minutes=30))
    assert refused(over, founder, company) == "not_open"
    book(
        wish(room, "00:00", "00:30", day=MONDAY + timedelta(days=1)),
        person=founder,
        organisation=company,
    )
    assert broken_promises() == []
