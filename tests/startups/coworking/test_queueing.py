"""The waiting list, offers, answers to requests, and what expires by itself."""

from datetime import timedelta

import pytest

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.models import Notice
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from startups.coworking import due
from startups.coworking.booking import book
from startups.coworking.changing import cancel, change
from startups.coworking.closing import announce, concerned, lift
from startups.coworking.deciding import approve, decline
from startups.coworking.models import Booking
from startups.coworking.queueing import accept, join, leave
from startups.coworking.rules import BookingRefused
from startups.coworking.slots import Range
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory
from tests.startups.coworking.days import TUESDAY, moment, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_person() -> User:
    return UserFactory()


@pytest.fixture
def next_company(next_person: User) -> Organisation:
    return OrganisationFactory(owner=next_person, verified_at=clock.now())


def test_a_freed_place_is_offered_to_who_waits_longest(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    first = join(wish(room, day=TUESDAY), person=next_person, organisation=next_company)
    last = UserFactory()
    other = OrganisationFactory(owner=last, verified_at=clock.now())
    second = join(wish(room, day=TUESDAY), person=last, organisation=other)
    cancel(mine, by=founder)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("offered", "waiting")
    offer = first.booking
    assert offer is not None
    # Twelve hours, as the start allows.
    assert (offer.state, offer.answer_by) == ("offered", clock.now() + timedelta(hours=12))
    assert Notice.objects.filter(recipient=next_person).exists()
    # What is offered cannot be taken by others.
    with pytest.raises(BookingRefused):
        book(wish(room, day=TUESDAY), person=founder, organisation=company)
    accept(offer, by=next_person)
    first.refresh_from_db()
    assert (first.state, offer.state) == ("served", "confirmed")


def test_an_offer_nobody_takes_goes_to_the_next(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    first = join(wish(room, day=TUESDAY), person=next_person, organisation=next_company)
    last = UserFactory()
    second = join(
        wish(room, day=TUESDAY),
        person=last,
        organisation=OrganisationFactory(owner=last, verified_at=clock.now()),
    )
    cancel(mine, by=founder)
    first.refresh_from_db()
    with clock.held_at(clock.now() + timedelta(hours=12)) as later:
        due.run(later)
        due.run(later)
        with pytest.raises(Refused):
            accept(Booking.objects.get(pk=first.booking_id), by=next_person)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("lapsed", "offered")


def test_giving_an_offer_back_serves_the_next(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    entry = join(wish(room, day=TUESDAY), person=next_person, organisation=next_company)
    cancel(mine, by=founder)
    entry.refresh_from_db()
    assert entry.booking is not None
    cancel(entry.booking, by=next_person)
    entry.refresh_from_db()
    assert entry.state == "lapsed"
    book(wish(room, day=TUESDAY), person=founder, organisation=company)


def test_shortening_serves_who_waits_for_the_rest(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room, "09:00", "12:00"), person=founder, organisation=company)
    entry = join(wish(room, "11:00", "12:00"), person=next_person, organisation=next_company)
    change(mine, wish(room, "09:00", "11:00"), by=founder)
    entry.refresh_from_db()
    assert entry.state == "offered"
    assert entry.booking is not None
    assert entry.booking.answer_by == moment("11:00")


def test_nobody_waits_for_what_is_free_twice_or_against_a_rule(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    with pytest.raises(Refused) as free:
        join(wish(room), person=founder, organisation=company)
    assert free.value.code == "free"
    book(wish(room), person=founder, organisation=company)
    entry = join(wish(room), person=next_person, organisation=next_company)
    with pytest.raises(Refused) as again:
        join(wish(room), person=next_person, organisation=next_company)
    assert again.value.code == "waits"
    with pytest.raises(BookingRefused) as closed:
        join(wish(room, "18:00", "19:00"), person=next_person, organisation=next_company)
    assert closed.value.code == "not_open"
    leave(entry, by=next_person)
    with pytest.raises(StaleState):
        leave(entry, by=next_person)


def test_who_has_used_up_the_quota_keeps_waiting(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    other = ResourceFactory(space=room.space)
    QuotaFactory(space=room.space, hours_a_week=3)
    mine = book(wish(room), person=founder, organisation=company)
    entry = join(wish(room), person=next_person, organisation=next_company)
    book(wish(other, "13:00", "15:00"), person=next_person, organisation=next_company)
    cancel(mine, by=founder)
    entry.refresh_from_db()
    assert entry.state == "waiting"
    book(wish(room), person=founder, organisation=company)


def test_waiting_ends_when_the_time_begins(
    founder: User, company: Organisation, next_person: User, next_company: Organisation
) -> None:
    room = ResourceFactory()
    book(wish(room), person=founder, organisation=company)
    entry = join(wish(room), person=next_person, organisation=next_company)
    with clock.held_at(moment("09:00")) as now:
        due.run(now)
    entry.refresh_from_db()
    assert entry.state == "lapsed"


def test_answers_to_requests(founder: User, company: Organisation, clerk: User) -> None:
    hall = ResourceFactory(hall=True)
    asked = book(wish(hall), person=founder, organisation=company)
    with pytest.raises(Refused):
        approve(asked, by=founder)
    approve(asked, by=clerk)
    assert asked.state == "confirmed"
    with pytest.raises(StaleState):
        decline(asked, by=clerk, reason="Trùng lịch")
    second = book(wish(hall, "13:00", "15:00"), person=founder, organisation=company)
    with pytest.raises(Refused) as unsaid:
        decline(second, by=clerk, reason="  ")
    assert unsaid.value.field == "reason"
    instead = Range(moment("15:00"), moment("17:00"))
    decline(second, by=clerk, reason="100% chỗ đã có hội nghị", instead=instead)
    told = Notice.objects.filter(recipient=founder).latest("pk")
    assert "100% chỗ đã có hội nghị" in told.body
    assert "15:00" in told.body
    assert not second.slots.exists()


def test_a_request_nobody_answers_expires_before_it_begins(
    founder: User, company: Organisation, clerk: User
) -> None:
    hall = ResourceFactory(hall=True, approval_hours=48)
    asked = book(wish(hall, day=TUESDAY), person=founder, organisation=company)
    assert asked.answer_by == moment("09:00", TUESDAY)
    with clock.held_at(moment("09:00", TUESDAY)) as now:
        done = {work.name: work.done for work in due.run(now)}
        assert done["coworking: requests and offers expired"] == 1
        assert {work.done for work in due.run(now)} == {0}
    asked.refresh_from_db()
    assert (asked.state, asked.slots.count()) == ("expired", 0)


def test_a_closure_ends_bookings_and_tells_people(
    founder: User, company: Organisation, clerk: User
) -> None:
    room = ResourceFactory()
    other = ResourceFactory(space=room.space)
    mine = book(wish(room), person=founder, organisation=company)
    kept = book(wish(other), person=founder, organisation=company)
    times = {"starts": moment("10:00"), "ends": moment("12:00")}
    assert concerned(room.space, room, **times) == [mine]
    with pytest.raises(Refused):
        announce(room.space, resource=room, reason="Sửa điện", by=founder, **times)
    closure = announce(room.space, resource=room, reason="Sửa điện", by=clerk, **times)
    mine.refresh_from_db()
    kept.refresh_from_db()
    assert (mine.state, mine.reason, kept.state) == ("cancelled", "Sửa điện", "confirmed")
    assert "Sửa điện" in Notice.objects.filter(kind="booking-closed").get().body
    with pytest.raises(BookingRefused):
        book(wish(room, "11:00", "12:00"), person=founder, organisation=company)
    lift(closure, by=clerk)
    book(wish(room, "11:00", "12:00"), person=founder, organisation=company)
    with pytest.raises(Refused):
        lift(closure, by=clerk)


def test_a_closure_that_is_over_or_unexplained_is_refused(clerk: User) -> None:
    room = ResourceFactory()
    for starts, ends, reason, field in [
        ("10:00", "09:00", "Sửa điện", "ends"),
        ("05:00", "06:00", "Sửa điện", "ends"),
        ("10:00", "12:00", " ", "reason"),
    ]:
        with pytest.raises(Refused) as caught:
            announce(room.space, starts=moment(starts), ends=moment(ends), reason=reason, by=clerk)
        assert caught.value.field == field
