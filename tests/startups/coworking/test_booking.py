"""Booking: who gets a place, who is refused and by which rule."""

from datetime import time, timedelta
from typing import Any

import pytest

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.models import CalendarDay, Notice
from portal.core.verdicts import Refused
from startups.coworking.booking import Wish, book, book_together
from startups.coworking.changing import cancel, change
from startups.coworking.models import (
    Booking,
    BookingSlot,
    Closure,
    HouseRules,
    OpeningException,
    Resource,
    RulesAcceptance,
    Shortage,
)
from startups.coworking.rules import BookingRefused
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory, SpaceFactory
from tests.startups.coworking.days import MONDAY, moment, wish

pytestmark = pytest.mark.django_db


def refused(wanted: Wish, founder: User, company: Organisation | None, **more: Any) -> str:
    """The code of the rule that says no."""
    with pytest.raises(BookingRefused) as caught:
        book(wanted, person=founder, organisation=company, **more)
    assert str(caught.value)
    return caught.value.code


def test_a_free_place_is_confirmed_at_once(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    booking = book(wish(room), person=founder, organisation=company)
    assert booking.state == Booking.State.CONFIRMED
    assert booking.slots.count() == 8
    notice = Notice.objects.get(recipient=founder)
    assert booking.code in notice.body


def test_the_same_place_is_never_given_twice(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    book(wish(room), person=founder, organisation=company)
    for starts, ends in [("09:00", "11:00"), ("08:00", "09:30"), ("10:30", "12:00")]:
        assert refused(wish(room, starts, ends), founder, company) == "taken"
    assert Shortage.objects.get(resource=room, day=MONDAY).times == 3
    # Half open: one ends when the next begins.
    book(wish(room, "11:00", "12:00"), person=founder, organisation=company)
    book(wish(room, "08:00", "09:00"), person=founder, organisation=company)
    assert BookingSlot.objects.count() == 16


def test_a_pool_gives_another_unit_until_it_is_full(founder: User, company: Organisation) -> None:
    pool = ResourceFactory(desk=True, units=3)
    given = {book(wish(pool), person=founder, organisation=company).unit.label for _n in range(3)}
    assert given == {"01", "02", "03"}
    assert refused(wish(pool), founder, company) == "taken"


def test_a_pool_fills_the_desk_that_is_used_already(founder: User, company: Organisation) -> None:
    pool = ResourceFactory(desk=True, units=2)
    second = pool.units.get(label="02")
    book(wish(pool, unit=second), person=founder, organisation=company)
    after = book(wish(pool, "11:00", "12:00"), person=founder, organisation=company)
    assert after.unit == second


def test_buffers_keep_others_away(founder: User, company: Organisation) -> None:
    hall = ResourceFactory(buffer_before=30, buffer_after=45)
    book(wish(hall), person=founder, organisation=company)
    assert refused(wish(hall, "11:00", "12:00"), founder, company) == "taken"
    assert refused(wish(hall, "11:30", "12:00"), founder, company) == "taken"
    # 45 minutes after the first and 30 before the second: 12:15 would do, 12:30 is on the grid.
    book(wish(hall, "12:30", "13:00"), person=founder, organisation=company)


def test_a_hall_waits_for_approval_and_holds_its_slots(
    founder: User, company: Organisation
) -> None:
    hall = ResourceFactory(hall=True, approval_hours=48)
    booking = book(wish(hall, day=MONDAY + timedelta(days=7)), person=founder, organisation=company)
    assert booking.state == Booking.State.PENDING
    assert booking.answer_by == clock.now() + timedelta(hours=48)
    assert booking.slots.exists()


def test_the_front_desk_books_for_others_without_asking_itself(
    founder: User, company: Organisation
) -> None:
    hall = ResourceFactory(hall=True, notice_minutes=600)
    clerk = UserFactory(front_desk=True)
    booking = book(wish(hall), person=founder, organisation=company, by=clerk)
    assert (booking.state, booking.person, booking.booked_by) == ("confirmed", founder, clerk)


def test_nobody_books_in_the_name_of_others(founder: User, company: Organisation) -> None:
    stranger = UserFactory()
    with pytest.raises(Refused):
        book(wish(ResourceFactory()), person=stranger, organisation=company)
    with pytest.raises(Refused):
        book(wish(ResourceFactory()), person=founder, organisation=company, by=stranger)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "resource", "code"),
    [
        ("11:00", "09:00", {}, "order"),
        ("09:10", "10:00", {}, "grid"),
        ("06:00", "06:30", {}, "past"),
        ("09:00", "10:00", {"notice_minutes": 180}, "notice"),
        ("09:00", "09:30", {"min_minutes": 60}, "too_short"),
        ("09:00", "12:00", {"max_minutes": 120}, "too_long"),
        ("17:00", "18:30", {}, "not_open"),
        ("09:00", "10:00", {"is_active": False}, "not_bookable"),
    ],
)
def test_each_rule_names_itself(
    founder: User, company: Organisation, starts: str, ends: str, resource: Any, code: str
) -> None:
    room = ResourceFactory(**resource)
    assert refused(wish(room, starts, ends), founder, company) == code


def test_the_horizon_counts_local_days(founder: User, company: Organisation) -> None:
    room = ResourceFactory(horizon_days=14)
    book(wish(room, day=MONDAY + timedelta(days=14)), person=founder, organisation=company)
    later = wish(room, day=MONDAY + timedelta(days=15))
    assert refused(later, founder, company) == "horizon"


def test_closed_days_say_why(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    sunday = MONDAY + timedelta(days=6)
    assert refused(wish(room, day=sunday), founder, company) == "not_open"
    holiday = MONDAY + timedelta(days=1)
    CalendarDay.objects.create(day=holiday, name="Nghỉ lễ thử")
    with pytest.raises(BookingRefused, match="Nghỉ lễ thử"):
        book(wish(room, day=holiday), person=founder, organisation=company)
    # The Sunday is worked instead of the Tuesday, with Tuesday's hours.
    CalendarDay.objects.create(
        day=sunday, kind=CalendarDay.Kind.WORKING, name="Làm bù", instead_of=holiday
    )
    book(wish(room, day=sunday), person=founder, organisation=company)


def test_an_exception_is_stronger_than_the_calendar(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    CalendarDay.objects.create(day=MONDAY, name="Nghỉ lễ thử")
    OpeningException.objects.create(
        space=room.space, day=MONDAY, opens=time(8), closes=time(10), reason="Mở nửa buổi"
    )
    book(wish(room, "08:00", "10:00"), person=founder, organisation=company)
    assert refused(wish(room, "10:00", "11:00"), founder, company) == "not_open"


def test_closures_of_the_house_and_of_one_resource(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    other = ResourceFactory(space=room.space)
    clerk = UserFactory(front_desk=True)
    facts = {"space": room.space, "reason": "Sửa điện", "announced_by": clerk}
    Closure.objects.create(resource=room, starts=moment("10:00"), ends=moment("12:00"), **facts)
    assert refused(wish(room), founder, company) == "closed"
    book(wish(other), person=founder, organisation=company)
    Closure.objects.create(starts=moment("13:00"), ends=moment("15:00"), **facts)
    assert refused(wish(other, "14:00", "16:00"), founder, company) == "closed"


def test_who_may_book(founder: User, company: Organisation) -> None:
    room = ResourceFactory(bookers=Resource.Bookers.ANYBODY)
    book(wish(room), person=founder, organisation=None)
    members = ResourceFactory(bookers=Resource.Bookers.ORGANISATIONS)
    assert refused(wish(members), founder, None) == "who"
    unverified = OrganisationFactory(owner=founder)
    checked = ResourceFactory(bookers=Resource.Bookers.VERIFIED)
    assert refused(wish(checked), founder, unverified) == "who"
    schools = ResourceFactory(organisation_kinds=["school"])
    assert refused(wish(schools), founder, company) == "who"


def test_an_organisation_nobody_has_checked_books_once(founder: User) -> None:
    room = ResourceFactory()
    new = OrganisationFactory(owner=founder)
    first = book(wish(room), person=founder, organisation=new)
    assert refused(wish(room, "13:00", "14:00"), founder, new) == "first_visit"
    # Given back, the first time is still to come.
    cancel(first, by=founder)
    book(wish(room, "13:00", "14:00"), person=founder, organisation=new)


def test_quotas_of_week_month_and_at_once(founder: User, company: Organisation) -> None:
    space = SpaceFactory()
    rooms = [ResourceFactory(space=space, max_minutes=600) for _n in range(3)]
    QuotaFactory(space=space, hours_a_week=10, at_once=2)
    book(wish(rooms[0], "08:00", "14:00"), person=founder, organisation=company)
    book(wish(rooms[1], "08:00", "11:00"), person=founder, organisation=company)
    assert refused(wish(rooms[2], "08:00", "09:00"), founder, company) == "quota_at_once"
    assert refused(wish(rooms[2], "15:00", "16:30"), founder, company) == "quota_week"
    book(wish(rooms[2], "15:00", "16:00"), person=founder, organisation=company)
    # The next week counts anew; another organisation is counted apart.
    book(wish(rooms[2], day=MONDAY + timedelta(days=7)), person=founder, organisation=company)


def test_members_of_an_organisation_do_not_have_its_hours_twice(
    founder: User, company: Organisation
) -> None:
    room, person = ResourceFactory(bookers="anybody"), UserFactory()
    book(wish(room, "08:00", "09:00"), person=founder, organisation=None)  # nothing is counted yet
    QuotaFactory(space=room.space, hours_a_week=3)
    assert refused(wish(room), founder, None) == "for_organisation"
    book(wish(room), person=founder, organisation=company)
    book(wish(room, "13:00", "14:00"), person=person, organisation=None)


def test_a_quota_for_one_organisation_stands_instead(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    QuotaFactory(space=room.space, hours_a_month=1)
    assert refused(wish(room), founder, company) == "quota_month"
    QuotaFactory(space=room.space, hours_a_month=40, organisation=company)
    book(wish(room), person=founder, organisation=company)


def test_house_rules_are_accepted_once_for_each_version(
    founder: User, company: Organisation
) -> None:
    room = ResourceFactory()
    first = HouseRules.objects.create(
        space=room.space, version=1, text="Giữ yên lặng.", valid_from=moment("00:00")
    )
    assert refused(wish(room), founder, company) == "rules"
    book(wish(room), person=founder, organisation=company, accepts_rules=True)
    assert RulesAcceptance.objects.get().rules == first
    book(wish(room, "13:00", "14:00"), person=founder, organisation=company)
    HouseRules.objects.create(
        space=room.space, version=2, text="Giữ yên lặng và sạch.", valid_from=moment("06:00")
    )
    assert refused(wish(room, "15:00", "16:00"), founder, company) == "rules"


def test_several_resources_all_or_none(founder: User, company: Organisation) -> None:
    space = SpaceFactory()
    room, screen = ResourceFactory(space=space), ResourceFactory(space=space, kind="equipment")
    book(wish(screen, "10:00", "11:00"), person=founder, organisation=company)
    with pytest.raises(BookingRefused):
        book_together([wish(room), wish(screen)], person=founder, organisation=company)
    assert Booking.objects.count() == 1
    both = book_together(
        [wish(room, "13:00", "14:00"), wish(screen, "13:00", "14:00")],
        person=founder,
        organisation=company,
    )
    assert [booking.resource for booking in both] == [room, screen]


def test_moving_keeps_the_old_place_until_the_new_is_sure(
    founder: User, company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room), person=founder, organisation=company)
    book(wish(room, "13:00", "15:00"), person=founder, organisation=company)
    with pytest.raises(BookingRefused):
        change(mine, wish(room, "12:00", "14:00"), by=founder)
    assert mine.slots.count() == 8
    moved = change(mine, wish(room, "10:00", "12:00"), by=founder)
    assert (moved.starts, moved.sequence) == (moment("10:00"), 1)
    book(wish(room, "09:00", "10:00"), person=founder, organisation=company)


def test_who_moves_a_hall_asks_again_but_not_to_make_it_shorter(
    founder: User, company: Organisation
) -> None:
    hall = ResourceFactory(hall=True)
    clerk = UserFactory(front_desk=True)
    mine = book(wish(hall), person=founder, organisation=company, by=clerk)
    assert change(mine, wish(hall, "09:00", "10:00"), by=founder).state == "confirmed"
    assert change(mine, wish(hall, "09:00", "11:00"), by=founder).state == "pending"


def test_too_late_to_change_or_cancel(founder: User, company: Organisation) -> None:
    room = ResourceFactory(space=SpaceFactory(cancel_minutes=60))
    mine = book(wish(room), person=founder, organisation=company)
    with clock.held_at(moment("08:30")):
        with pytest.raises(Refused) as late:
            cancel(mine, by=founder)
        assert late.value.code == "too_late"
        cancel(mine, by=UserFactory(front_desk=True), reason="Gọi điện báo bận")
    mine.refresh_from_db()
    assert (mine.state, mine.slots.count()) == ("cancelled", 0)
