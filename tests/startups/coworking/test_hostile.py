"""What people try who want more than their share, or to see what is not theirs."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import Membership, Organisation, User
from portal.core import clock
from portal.core.models import Notice
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from startups.coworking import feeding
from startups.coworking.alternatives import ways_round
from startups.coworking.attending import walk_in
from startups.coworking.booking import Wish, book
from startups.coworking.changing import cancel, change
from startups.coworking.deciding import approve
from startups.coworking.listing import bookings_of, waiting_of
from startups.coworking.models import (
    Booking,
    CalendarFeed,
    HouseRules,
    RulesAcceptance,
    WaitingEntry,
)
from startups.coworking.presenting import last_booking
from startups.coworking.queueing import MOST_WAITING, accept, join, leave
from startups.coworking.quotas import Account
from startups.coworking.repeating import keep
from startups.coworking.rules import BookingRefused
from startups.coworking.waiting import tasks_of
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory, SpaceFactory
from tests.startups.coworking.days import MONDAY, TUESDAY, moment, wish
from tests.startups.coworking.desk_world import browser_of

pytestmark = pytest.mark.django_db


def code_of(act: Any) -> str:
    """The code with which something is refused."""
    with pytest.raises(Refused) as caught:
        act()
    assert str(caught.value)
    return caught.value.code


def rules_of(space: Any, version: int = 1) -> HouseRules:
    return HouseRules.objects.create(
        space=space, version=version, text="Giữ trật tự.", valid_from=clock.now()
    )


# Approval -----------------------------------------------------------------------------------------


def test_the_desk_approves_only_what_it_read(
    founder: User, company: Organisation, clerk: User
) -> None:
    hall = ResourceFactory(hall=True)
    asked = book(wish(hall, "09:00", "10:00", day=TUESDAY), person=founder, organisation=company)
    url = reverse("coworking_desk:approve", args=[asked.key])
    desk = browser_of(clerk)
    read = {"sequence": str(asked.sequence)}
    assert f'name="sequence" value="{asked.sequence}"' in (
        desk.get(reverse("coworking_desk:inbox", args=[hall.space.slug])).content.decode()
    )
    change(asked, wish(hall, "08:00", "18:00", day=TUESDAY), by=founder)
    for sent in (read, {}, {"sequence": "nine"}, {"sequence": "9" * 40}):
        desk.post(url, sent)
        asked.refresh_from_db()
        assert asked.state == "pending"
    desk.post(url, {"sequence": str(asked.sequence)})
    asked.refresh_from_db()
    assert asked.state == "confirmed"


def test_more_people_or_another_purpose_are_approved_anew(
    founder: User, company: Organisation, clerk: User
) -> None:
    hall = ResourceFactory(hall=True)
    first = wish(hall, day=TUESDAY, people=10, purpose="Họp nhóm")
    for other in (
        wish(hall, day=TUESDAY, people=80, purpose="Họp nhóm"),
        wish(hall, day=TUESDAY, people=10, purpose="Nhạc hội"),
    ):
        asked = book(first, person=founder, organisation=company)
        approve(asked, by=clerk, seen=asked.sequence)
        change(asked, other, by=founder)
        assert asked.state == "pending"
        cancel(asked, by=founder)


def test_fewer_people_in_less_time_stay_approved(
    founder: User, company: Organisation, clerk: User
) -> None:
    hall = ResourceFactory(hall=True)
    asked = book(wish(hall, day=TUESDAY, people=10), person=founder, organisation=company)
    approve(asked, by=clerk, seen=asked.sequence)
    change(asked, wish(hall, "09:00", "10:00", day=TUESDAY, people=8), by=founder)
    assert asked.state == "confirmed"


def test_a_changed_request_does_not_begin_to_wait_anew(
    founder: User, company: Organisation
) -> None:
    hall = ResourceFactory(hall=True, approval_hours=48)
    far = TUESDAY + timedelta(days=14)
    asked = book(wish(hall, day=far), person=founder, organisation=company)
    until = asked.answer_by
    with clock.held_at(clock.now() + timedelta(hours=47)):
        change(asked, wish(hall, "10:00", "12:00", day=far), by=founder)
    assert asked.answer_by == until


def test_people_of_the_desk_do_not_approve_their_own_companys_booking(clerk: User) -> None:
    own = OrganisationFactory(owner=clerk, verified_at=clock.now())
    colleague = UserFactory()
    MembershipFactory(user=colleague, organisation=own, role=Membership.Role.MEMBER)
    hall = ResourceFactory(hall=True, notice_minutes=600)
    asked = book(wish(hall, day=TUESDAY), person=clerk, organisation=own)
    assert asked.state == "pending"
    assert code_of(lambda: approve(asked, by=clerk, seen=asked.sequence)) == "own"
    # Nor by naming a colleague: the rules of all others count for the company as well.
    later = wish(hall, "13:00", "14:00", day=TUESDAY)
    assert book(later, person=colleague, organisation=own, by=clerk).state == "pending"
    today = wish(hall, "13:00", "14:00")
    assert code_of(lambda: book(today, person=colleague, organisation=own, by=clerk)) == "notice"
    other = UserFactory(front_desk=True)
    approve(asked, by=other, seen=asked.sequence)
    change(asked, wish(hall, "08:00", "12:00", day=TUESDAY), by=clerk)
    assert asked.state == "pending"


# Who has left -------------------------------------------------------------------------------------


@pytest.fixture
def ex_member(company: Organisation) -> User:
    """Books for the company as long as they belong to it; `gone` ends that."""
    member = UserFactory()
    MembershipFactory(user=member, organisation=company, role=Membership.Role.MEMBER)
    return member


def gone(member: User) -> User:
    """They left; answer the person as the next request reads them."""
    assert member.memberships.update(state=Membership.State.LEFT)
    return User.objects.get(pk=member.pk)


def test_who_left_a_company_has_nothing_to_do_with_its_bookings(
    ex_member: User, company: Organisation, founder: User
) -> None:
    room = ResourceFactory()
    theirs = book(wish(room, day=TUESDAY), person=ex_member, organisation=company)
    own = feeding.open_feed(ex_member, by=ex_member)[0]
    assert list(feeding.bookings_in(own, clock.now())) == [theirs]
    ex_member = gone(ex_member)
    browser = browser_of(ex_member)
    for name in ("booking", "change", "cancel", "weekly", "again", "calendar"):
        assert browser.get(reverse(f"coworking:{name}", args=[theirs.key])).status_code == 404
    for act in (
        lambda: cancel(theirs, by=ex_member),
        lambda: change(theirs, wish(room, "13:00", "14:00", day=TUESDAY), by=ex_member),
        lambda: keep(theirs, by=ex_member),
    ):
        code_of(act)
    assert list(bookings_of(ex_member)) == []
    assert list(feeding.bookings_in(own, clock.now())) == []
    assert last_booking(room.space, ex_member) is None
    with clock.held_at(moment("08:00", TUESDAY)):
        assert tasks_of(ex_member) == []
    # To the company it is still there.
    change(theirs, wish(room, "13:00", "14:00", day=TUESDAY), by=founder)
    told = Notice.objects.filter(recipient=ex_member, subject__contains="13:00")
    assert not told.exists()


def test_who_left_a_company_waits_for_nothing_in_its_name(
    ex_member: User, company: Organisation, founder: User
) -> None:
    room = ResourceFactory()
    taken = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    entry = join(wish(room, day=TUESDAY), person=ex_member, organisation=company)
    ex_member = gone(ex_member)
    assert list(waiting_of(ex_member)) == []
    code_of(lambda: leave(entry, by=ex_member))
    url = reverse("coworking:leave_waiting", args=[entry.pk])
    assert browser_of(ex_member).post(url).status_code == 404
    cancel(taken, by=founder)
    entry.refresh_from_db()
    assert (entry.state, entry.booking) == ("waiting", None)


def test_own_bookings_stay_own_after_leaving_a_company(
    ex_member: User, company: Organisation
) -> None:
    desk = ResourceFactory(desk=True, bookers="anybody")
    own = book(wish(desk, day=TUESDAY), person=ex_member, organisation=None)
    ex_member = gone(ex_member)
    assert list(bookings_of(ex_member)) == [own]
    cancel(own, by=ex_member)


# Rules of the house -------------------------------------------------------------------------------


def test_nobody_waits_without_agreeing_to_the_rules(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    other = UserFactory()
    book(
        wish(room, day=TUESDAY),
        person=other,
        organisation=OrganisationFactory(owner=other, verified_at=clock.now()),
    )
    rules = rules_of(room.space)
    wanted = wish(room, day=TUESDAY)
    assert code_of(lambda: join(wanted, person=founder, organisation=company)) == "rules"
    join(wanted, person=founder, organisation=company, accepts_rules=True)
    assert RulesAcceptance.objects.filter(rules=rules, person=founder).exists()


def test_an_offer_is_taken_under_the_rules_in_force(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    other = UserFactory()
    first = book(
        wish(room, day=TUESDAY),
        person=other,
        organisation=OrganisationFactory(owner=other, verified_at=clock.now()),
    )
    entry = join(wish(room, day=TUESDAY), person=founder, organisation=company)
    rules = rules_of(room.space)
    cancel(first, by=other)
    entry.refresh_from_db()
    offer = entry.booking
    assert offer is not None
    assert code_of(lambda: accept(offer, by=founder)) == "rules"
    browser = browser_of(founder)
    page = reverse("coworking:booking", args=[offer.key])
    answer = reverse("coworking:answer", args=[offer.key])
    assert rules.text in browser.get(page).content.decode()
    browser.post(answer, {"answer": "take"})
    offer.refresh_from_db()
    assert offer.state == "offered"
    browser.post(answer, {"answer": "take", "accepts_rules": rules.version})
    offer.refresh_from_db()
    assert offer.state == "confirmed"
    assert RulesAcceptance.objects.filter(rules=rules, person=founder).exists()


def test_the_rules_of_another_space_are_asked_when_moving_there(
    founder: User, company: Organisation
) -> None:
    here, there = ResourceFactory(), ResourceFactory()
    rules_of(there.space)
    mine = book(wish(here, day=TUESDAY), person=founder, organisation=company)
    assert code_of(lambda: change(mine, wish(there, day=TUESDAY), by=founder)) == "rules"


def test_a_habit_is_kept_under_the_rules_in_force(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    mine = book(wish(room), person=founder, organisation=company)
    rules_of(room.space)
    assert code_of(lambda: keep(mine, by=founder, weeks=1)) == "weeks"
    assert not Booking.objects.exclude(pk=mine.pk).exists()


# Hoarding -----------------------------------------------------------------------------------------


def test_places_on_the_list_are_limited(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    other = UserFactory()
    book(
        wish(room, "08:00", "16:00", day=TUESDAY),
        person=other,
        organisation=OrganisationFactory(owner=other, verified_at=clock.now()),
    )
    halves = [f"{hour:02d}:{minute}" for hour in range(8, 16) for minute in ("00", "30")]
    for number in range(MOST_WAITING):
        wanted = wish(room, halves[number], halves[number + 1], day=TUESDAY)
        join(wanted, person=founder, organisation=company)
    more = wish(room, "08:00", "16:00", day=TUESDAY)
    assert code_of(lambda: join(more, person=founder, organisation=company)) == "waits_enough"
    colleague = UserFactory()
    MembershipFactory(user=colleague, organisation=company, role=Membership.Role.MEMBER)
    assert code_of(lambda: join(more, person=colleague, organisation=company)) == "waits_enough"
    assert WaitingEntry.objects.count() == MOST_WAITING


def test_requests_and_offers_count_like_bookings(founder: User, company: Organisation) -> None:
    space = SpaceFactory()
    QuotaFactory(space=space, at_once=1, hours_a_week=4)
    hall, room = ResourceFactory(space=space, hall=True), ResourceFactory(space=space)
    other = UserFactory()
    first = book(
        wish(room, day=TUESDAY),
        person=other,
        organisation=OrganisationFactory(owner=other, verified_at=clock.now()),
    )
    entry = join(wish(room, day=TUESDAY), person=founder, organisation=company)
    book(wish(hall, day=TUESDAY), person=founder, organisation=company)
    cancel(first, by=other)
    entry.refresh_from_db()
    assert entry.state == "waiting"
    long = wish(room, "13:00", "16:00", day=TUESDAY)
    assert code_of(lambda: book(long, person=founder, organisation=company)) == "quota_week"


def test_visitors_do_not_share_one_quota(clerk: User) -> None:
    space = SpaceFactory()
    QuotaFactory(space=space, at_once=1, hours_a_week=2)
    desks = ResourceFactory(space=space, desk=True, units=3)
    with clock.held_at(moment("09:00")):
        for name in ("Lan", "Hoa", "Minh"):
            walk_in(wish(desks, "09:00", "11:00"), name=name, by=clerk)


def test_the_quota_of_a_company_counts_at_the_desk(company: Organisation, clerk: User) -> None:
    space = SpaceFactory()
    QuotaFactory(space=space, at_once=1)
    desks = ResourceFactory(space=space, desk=True, units=3)
    with clock.held_at(moment("09:00")):
        walk_in(wish(desks, "09:00", "11:00"), name="Lan", organisation=company, by=clerk)
        again = wish(desks, "09:00", "11:00")
        assert (
            code_of(lambda: walk_in(again, name="Hoa", organisation=company, by=clerk))
            == "quota_at_once"
        )


# Other ways ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 40, 30_000])
def test_other_ways_are_sought_within_bounds(
    days: int, founder: User, company: Organisation, django_assert_max_num_queries: Any
) -> None:
    space = SpaceFactory()
    QuotaFactory(space=space, hours_a_week=1)
    rooms = [ResourceFactory(space=space) for _number in range(12)]
    book(wish(rooms[0], "08:00", "09:00"), person=founder, organisation=company)
    starts = moment("09:00")
    asked = Wish(rooms[0], starts, min(starts + timedelta(days=days), moment("09:00", LAST)))
    refused = BookingRefused("", code="quota_week")
    with django_assert_max_num_queries(30):
        ways_round(refused, asked, Account(company, founder))


LAST = MONDAY.replace(year=2100)


def test_a_way_within_the_quota_is_still_found(founder: User, company: Organisation) -> None:
    space = SpaceFactory()
    QuotaFactory(space=space, hours_a_week=1)
    room = ResourceFactory(space=space, slot_minutes=15)
    refused = BookingRefused("", code="quota_week")
    ways = ways_round(refused, wish(room, "08:00", "16:00"), Account(company, founder))
    assert ways
    assert ways[0].value.split("|")[1:] == [
        moment("08:00").isoformat(),
        moment("09:00").isoformat(),
    ]


def test_a_century_in_the_button_of_another_way_is_refused_at_once(
    founder: User, company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    century = f"{room.pk}|2026-12-02T09:00:00+07:00|2100-12-02T09:00:00+07:00"
    facts = {"day": "2026-12-02", "starts": "09:00", "ends": "10:00", "people": "1"}
    browser = browser_of(founder)
    answer = browser.post(
        f"{reverse('coworking:new')}?resource={room.pk}",
        {**facts, "organisation": company.pk, "instead": century},
    )
    assert answer.status_code in (200, 422)
    answer = browser.post(
        reverse("coworking:change", args=[mine.key]),
        {**facts, "place": room.pk, "instead": century},
    )
    assert answer.status_code in (200, 422)
    assert Booking.objects.count() == 1


# Around the rules by changing ---------------------------------------------------------------------


def test_moving_to_another_resource_needs_its_notice(founder: User, company: Organisation) -> None:
    space = SpaceFactory()
    soon, late = ResourceFactory(space=space), ResourceFactory(space=space, notice_minutes=600)
    mine = book(wish(soon), person=founder, organisation=company)
    assert code_of(lambda: change(mine, wish(late), by=founder)) == "notice"


def test_hours_added_need_notice_too(founder: User, company: Organisation) -> None:
    room = ResourceFactory(notice_minutes=600)
    mine = book(wish(room, "09:00", "10:00", day=TUESDAY), person=founder, organisation=company)
    with clock.held_at(moment("08:00", TUESDAY)):
        longer = wish(room, "09:00", "16:00", day=TUESDAY)
        assert code_of(lambda: change(mine, longer, by=founder)) == "notice"
        earlier = wish(room, "08:30", "10:00", day=TUESDAY)
        assert code_of(lambda: change(mine, earlier, by=founder)) == "notice"
        # Less than it had needs none, at either end.
        change(mine, wish(room, "09:30", "10:00", day=TUESDAY), by=founder)


def test_an_answered_request_is_not_answered_again(
    founder: User, company: Organisation, clerk: User
) -> None:
    hall = ResourceFactory(hall=True)
    asked = book(wish(hall, day=TUESDAY), person=founder, organisation=company)
    approve(asked, by=clerk, seen=asked.sequence)
    with pytest.raises(StaleState):
        approve(asked, by=clerk, seen=asked.sequence)


def test_the_calendar_of_a_company_ends_for_who_left(
    ex_member: User, company: Organisation
) -> None:
    feed, token = feeding.open_feed(company, by=ex_member)
    assert feed.kind == CalendarFeed.Kind.ORGANISATION
    assert feeding.feed_behind(token) == feed
    ex_member = gone(ex_member)
    assert feeding.feed_behind(token) is None
