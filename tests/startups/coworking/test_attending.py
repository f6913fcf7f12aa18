"""On the day, and what happens week after week."""

from datetime import timedelta

import pytest

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from startups.coworking import due
from startups.coworking.attending import (
    check_in,
    leave_early,
    pardon,
    seat_elsewhere,
    undo_check_in,
    walk_in,
)
from startups.coworking.booking import book
from startups.coworking.changing import cancel
from startups.coworking.models import Booking, Strike
from startups.coworking.repeating import SeriesRefused, end_series, keep, plan
from startups.coworking.rules import BookingRefused
from startups.coworking.slots import Range
from tests.factories.accounts import UserFactory
from tests.factories.coworking import ResourceFactory, SpaceFactory
from tests.startups.coworking.days import MONDAY, moment, wish

pytestmark = pytest.mark.django_db


def test_checking_in_and_back(founder: User, company: Organisation, clerk: User) -> None:
    mine = book(wish(ResourceFactory()), person=founder, organisation=company)
    with pytest.raises(Refused) as early:
        check_in(mine, by=founder)
    assert early.value.code == "early"
    with clock.held_at(moment("08:30")):
        with pytest.raises(Refused):
            check_in(mine, by=UserFactory())
        check_in(mine, by=founder)
        assert mine.checked_in_at == moment("08:30")
        undo_check_in(mine, by=clerk)
        assert (mine.state, mine.checked_in_at) == ("confirmed", None)


def test_nobody_checks_in_after_the_end(founder: User, company: Organisation) -> None:
    mine = book(wish(ResourceFactory()), person=founder, organisation=company)
    with clock.held_at(mine.ends), pytest.raises(Refused) as no:
        check_in(mine, by=founder)
    assert no.value.code == "over"
    with clock.held_at(mine.ends - timedelta(minutes=1)):
        check_in(mine, by=founder)
    assert mine.state == "checked_in"


def test_leaving_early_frees_the_rest(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    mine = book(wish(room), person=founder, organisation=company)
    with pytest.raises(Refused):
        leave_early(mine, by=founder)
    with clock.held_at(moment("09:00")):
        check_in(mine, by=founder)
    with clock.held_at(moment("09:50")):
        leave_early(mine, by=founder)
        assert (mine.state, mine.ends) == ("completed", moment("10:00"))
        book(wish(room, "10:00", "11:00"), person=founder, organisation=company)


def test_another_desk_after_check_in(founder: User, company: Organisation, clerk: User) -> None:
    pool = ResourceFactory(desk=True, units=2)
    first, second = pool.units.order_by("label")
    mine = book(wish(pool, unit=first), person=founder, organisation=company)
    taken = book(wish(pool, "10:00", "12:00", unit=second), person=founder, organisation=company)
    with pytest.raises(BookingRefused):
        seat_elsewhere(mine, second, by=clerk)
    with clock.held_at(moment("09:00")):
        check_in(mine, by=clerk)
        cancel(taken, by=founder)
        seat_elsewhere(mine, second, by=clerk)
    assert set(mine.slots.values_list("unit", flat=True)) == {second.pk}


def test_a_walk_in_needs_a_name_and_no_account(clerk: User, founder: User) -> None:
    pool = ResourceFactory(desk=True, units=1, notice_minutes=600)
    with clock.held_at(moment("09:07")):
        here = wish(pool, "09:00", "11:00")
        with pytest.raises(Refused) as unnamed:
            walk_in(here, name=" ", by=clerk)
        assert unnamed.value.field == "name"
        with pytest.raises(Refused):
            walk_in(here, name="Trần Thị Ghé", by=founder)
        visit = walk_in(here, name="Trần Thị Ghé", phone="+84912345678", by=clerk)
        assert (visit.state, visit.person, visit.folded_visitor) == (
            "checked_in",
            None,
            "tran thi ghe",
        )
        with pytest.raises(BookingRefused):
            walk_in(here, name="Người thứ hai", by=clerk)


def test_visitors_are_forgotten_when_the_privacy_rules_say(clerk: User) -> None:
    pool = ResourceFactory(desk=True, space=SpaceFactory(visitor_days=30))
    with clock.held_at(moment("09:00")):
        visit = walk_in(wish(pool), name="Trần Thị Ghé", phone="+84912345678", by=clerk)
    for days, name in [(30, "Trần Thị Ghé"), (31, "")]:
        with clock.held_at(moment("10:00") + timedelta(days=days)) as now:
            due.run(now)
        visit.refresh_from_db()
        assert visit.visitor_name == name
    assert str(visit.visitor_phone) == ""


def test_a_booking_nobody_comes_to_is_released_and_counts(
    founder: User, company: Organisation, clerk: User
) -> None:
    space = SpaceFactory(no_show_minutes=30, strike_limit=1, strike_days=60)
    room = ResourceFactory(space=space)
    mine = book(wish(room), person=founder, organisation=company)
    for when, state in [("09:29", "confirmed"), ("09:30", "no_show")]:
        with clock.held_at(moment(when)) as now:
            due.run(now)
        mine.refresh_from_db()
        assert mine.state == state
    with clock.held_at(moment("09:45")):
        with pytest.raises(BookingRefused) as paused:
            book(wish(room, "10:00", "11:00"), person=founder, organisation=company)
        assert paused.value.code == "paused"
        strike = Strike.objects.get()
        with pytest.raises(Refused):
            pardon(strike, by=clerk, reason="")
        pardon(strike, by=clerk, reason="Mất điện cả khu")
        with pytest.raises(StaleState):
            pardon(strike, by=clerk, reason="Mất điện cả khu")
        book(wish(room, "10:00", "11:00"), person=founder, organisation=company)


def test_strikes_are_off_unless_the_space_wants_them(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    book(wish(room), person=founder, organisation=company)
    with clock.held_at(moment("10:00")) as now:
        due.run(now)
        book(wish(room, "10:00", "11:00"), person=founder, organisation=company)


def test_what_was_used_is_completed(founder: User, company: Organisation) -> None:
    mine = book(wish(ResourceFactory()), person=founder, organisation=company)
    with clock.held_at(moment("09:00")):
        check_in(mine, by=founder)
    with clock.held_at(moment("11:00")) as now:
        due.run(now)
    mine.refresh_from_db()
    assert mine.state == "completed"


def test_a_weekly_habit_lists_what_is_in_its_way(founder: User, company: Organisation) -> None:
    room = ResourceFactory(horizon_days=28)
    other = UserFactory()
    mine = book(wish(room), person=founder, organisation=company)
    in_two_weeks = MONDAY + timedelta(days=14)
    book(wish(room, day=in_two_weeks), person=founder, organisation=company)
    weeks = plan(mine)
    assert [(week.day, bool(week.refused)) for week in weeks] == [
        (MONDAY + timedelta(days=7), False),
        (in_two_weeks, True),
        (MONDAY + timedelta(days=21), False),
        (MONDAY + timedelta(days=28), False),
    ]
    with pytest.raises(SeriesRefused) as refused:
        keep(mine, by=founder)
    assert [week.day for week in refused.value.weeks] == [in_two_weeks]
    assert Booking.objects.count() == 2
    with pytest.raises(Refused):
        keep(mine, by=other)
    kept = keep(
        mine,
        by=founder,
        skipped={MONDAY + timedelta(days=21)},
        moved={in_two_weeks: Range(moment("13:00", in_two_weeks), moment("15:00", in_two_weeks))},
    )
    assert [booking.starts for booking in kept] == [
        moment("09:00", MONDAY + timedelta(days=7)),
        moment("13:00", in_two_weeks),
        moment("09:00", MONDAY + timedelta(days=28)),
    ]
    mine.refresh_from_db()
    assert {booking.series_id for booking in kept} == {mine.series_id}
    assert mine.series is not None
    # The first one is part of the habit and still to come.
    assert end_series(mine.series, by=founder) == 4
    assert Booking.objects.holding().count() == 1


def test_a_habit_goes_on_where_it_ended(founder: User, company: Organisation) -> None:
    room = ResourceFactory(horizon_days=60)
    mine = book(wish(room), person=founder, organisation=company)
    assert len(keep(mine, by=founder, weeks=2)) == 2
    mine.refresh_from_db()
    more = keep(mine, by=founder, weeks=2)
    assert more[0].starts == moment("09:00", MONDAY + timedelta(days=21))
