"""Many at the same moment, on real connections: a contested place goes to exactly one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from portal.accounts.models import Membership, Organisation, User
from portal.core import clock
from portal.core.verdicts import Refused
from startups.coworking import booking as booking_verbs
from startups.coworking import due
from startups.coworking.booking import book
from startups.coworking.changing import cancel, change
from startups.coworking.deciding import approve
from startups.coworking.models import Booking, Resource, Unit, WaitingEntry
from startups.coworking.queueing import accept, join
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory, SpaceFactory
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import TUESDAY, moment, wish

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 8
on_postgresql = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time, lock or not"
)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run the acts at the same moment, each on its own connection; answers or refusals."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=10)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        # Each in a context of its own, so that the held clock is theirs too.
        begun = [pool.submit(copy_context().run, run, act) for act in acts]
        return [one.result() for one in begun]


def won(outcomes: list[Any]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)]


def teams(count: int) -> list[tuple[User, Organisation]]:
    founders = [UserFactory() for _number in range(count)]
    return [
        (founder, OrganisationFactory(owner=founder, verified_at=clock.now()))
        for founder in founders
    ]


def colleagues(count: int) -> tuple[list[User], Organisation]:
    company = OrganisationFactory(verified_at=clock.now())
    members = [UserFactory() for _number in range(count)]
    for member in members:
        MembershipFactory(user=member, organisation=company, role=Membership.Role.MEMBER)
    return members, company


def fresh(booking: Booking) -> Booking:
    return Booking.objects.select_related("resource", "organisation", "person").get(pk=booking.pk)


def test_a_contested_place_goes_to_exactly_one() -> None:
    room = ResourceFactory()
    many = teams(MANY)
    for hour in ("08:00", "09:00", "10:00"):
        wanted = wish(room, hour, f"{hour[:2]}:30")
        outcomes = at_once(
            [
                lambda who=who, wanted=wanted: book(wanted, person=who[0], organisation=who[1])
                for who in many
            ]
        )
        assert len(won(outcomes)) == 1
        refusals = {one.code for one in outcomes if isinstance(one, Refused)}
        assert refusals == {"taken"}
    assert broken_promises() == []


def test_a_pool_is_filled_to_the_last_desk_and_not_beyond() -> None:
    pool = ResourceFactory(desk=True, units=3)
    outcomes = at_once(
        [
            lambda who=who: book(wish(pool), person=who[0], organisation=who[1])
            for who in teams(MANY)
        ]
    )
    assert {booking.unit.label for booking in won(outcomes)} == {"01", "02", "03"}
    assert broken_promises() == []


def ask_for_an_hour_each() -> list[Callable[[], Booking]]:
    """Sixteen colleagues of a company that may use ten hours, each for another room."""
    space = SpaceFactory()
    QuotaFactory(space=space, hours_a_week=10)
    rooms = [ResourceFactory(space=space) for _number in range(16)]
    members, company = colleagues(16)
    return [
        lambda room=room, member=member: book(
            wish(room, "09:00", "10:00"), person=member, organisation=company
        )
        for room, member in zip(rooms, members, strict=True)
    ]


def test_sixteen_colleagues_get_exactly_the_ten_hours_of_their_company() -> None:
    outcomes = at_once(ask_for_an_hour_each())
    assert len(won(outcomes)) == 10
    assert {one.code for one in outcomes if isinstance(one, Refused)} == {"quota_week"}
    assert broken_promises() == []


def test_two_who_exchange_their_rooms_do_not_wait_in_a_circle() -> None:
    space = SpaceFactory()
    rooms = [ResourceFactory(space=space) for _number in range(2)]
    mine = [
        book(wish(room), person=who[0], organisation=who[1])
        for room, who in zip(rooms, teams(2), strict=True)
    ]
    for hour in (11, 12, 13, 14):
        wanted = [wish(room, f"{hour}:00", f"{hour + 1}:00") for room in reversed(rooms)]
        outcomes = at_once(
            [
                lambda one=one, to=to: change(fresh(one), to, by=one.person)
                for one, to in zip(mine, wanted, strict=True)
            ]
        )
        assert len(won(outcomes)) == 2
        rooms.reverse()
    assert broken_promises() == []


def test_a_place_freed_in_a_rush_goes_to_exactly_one() -> None:
    room = ResourceFactory()
    wanted = wish(room, day=TUESDAY)
    [(founder, company), *others] = teams(MANY)
    waiting, rushing = others[:3], others[3:]
    mine = book(wanted, person=founder, organisation=company)
    for person, organisation in waiting:
        join(wanted, person=person, organisation=organisation)
    outcomes = at_once(
        [
            lambda: cancel(fresh(mine), by=founder),
            *[lambda who=who: book(wanted, person=who[0], organisation=who[1]) for who in rushing],
        ]
    )
    holding = Booking.objects.holding()
    assert len(won(outcomes)) == 1  # who cancels; the place is offered before anybody can book it
    assert [booking.state for booking in holding] == ["offered"]
    assert holding.get().person == waiting[0][0]
    assert broken_promises() == []


def test_an_offer_is_taken_or_expires_but_not_both() -> None:
    room = ResourceFactory()
    wanted = wish(room, day=TUESDAY)
    (founder, company), (waits, theirs) = teams(2)
    mine = book(wanted, person=founder, organisation=company)
    entry = join(wanted, person=waits, organisation=theirs)
    cancel(mine, by=founder)
    offer = Booking.objects.get(state="offered")
    assert offer.answer_by is not None
    before, after = offer.answer_by - timedelta(minutes=1), offer.answer_by

    def take() -> Booking:
        with clock.held_at(before):
            return accept(fresh(offer), by=waits)

    def expire() -> None:
        with clock.held_at(after):
            due.run(after)

    at_once([take, expire])
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.state, entry.state) in {
        ("confirmed", WaitingEntry.State.SERVED),
        ("expired", WaitingEntry.State.LAPSED),
    }
    assert broken_promises() == []


def test_an_offer_counts_the_hours_that_are_just_being_booked() -> None:
    """The same company books one room and is offered another, with hours for one only."""
    space = SpaceFactory()
    QuotaFactory(space=space, hours_a_week=2)
    freed, other = (ResourceFactory(space=space) for _number in range(2))
    (founder, company), (waits, theirs) = teams(2)
    mine = book(wish(freed, day=TUESDAY), person=founder, organisation=company)
    join(wish(freed, day=TUESDAY), person=waits, organisation=theirs)
    elsewhere = wish(other, day=TUESDAY)
    at_once(
        [
            lambda: cancel(fresh(mine), by=founder),
            lambda: book(elsewhere, person=waits, organisation=theirs),
        ]
    )
    due.run(clock.now())
    assert Booking.objects.holding().filter(organisation=theirs).count() == 1
    assert broken_promises() == []


def test_a_request_is_approved_as_it_was_seen_or_not_at_all() -> None:
    hall = ResourceFactory(hall=True)
    clerk = UserFactory(front_desk=True)
    [(founder, company)] = teams(1)
    asked = book(wish(hall, "08:00", "09:00", day=TUESDAY), person=founder, organisation=company)
    seen, mine = fresh(asked), fresh(asked)
    moved = wish(hall, "14:00", "15:00", day=TUESDAY)
    outcomes = at_once([lambda: approve(seen, by=clerk), lambda: change(mine, moved, by=founder)])
    asked.refresh_from_db()
    # Approved first and moved then, or moved first and no longer what the clerk saw.
    assert asked.state == "pending"
    assert asked.starts == moment("14:00", TUESDAY)
    assert len(won(outcomes)) in (1, 2)


# --- negative controls: with the protection taken away, the same checks find the race ------------


def without_locks(monkeypatch: pytest.MonkeyPatch, parties: int) -> None:
    """Nobody waits for anybody, and all have asked the rules before the first one writes."""
    asked = Barrier(parties)
    find = booking_verbs.free_unit

    def only_read(_organisation: int, _person: int, keys: list[int]) -> dict[int, Resource]:
        return Resource.objects.select_related("space").in_bulk(keys)

    def find_together(*args: Any, **kwargs: Any) -> Unit:
        unit = find(*args, **kwargs)
        asked.wait(timeout=20)
        return unit

    monkeypatch.setattr(booking_verbs, "lock", only_read)
    monkeypatch.setattr(booking_verbs, "free_unit", find_together)


@pytest.mark.postgres
@on_postgresql
def test_without_the_lock_a_quota_is_oversold(monkeypatch: pytest.MonkeyPatch) -> None:
    acts = ask_for_an_hour_each()
    without_locks(monkeypatch, parties=16)
    assert len(won(at_once(acts))) == 16
    [told] = set(broken_promises())
    assert "16:00:00 of 10 h" in told


@pytest.mark.postgres
@on_postgresql
def test_without_the_lock_the_slot_rows_still_let_one_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = ResourceFactory()
    many = teams(4)
    without_locks(monkeypatch, parties=4)
    outcomes = at_once(
        [lambda who=who: book(wish(room), person=who[0], organisation=who[1]) for who in many]
    )
    assert len(won(outcomes)) == 1
    assert broken_promises() == []


@pytest.mark.postgres
@on_postgresql
def test_without_lock_and_slot_rows_a_room_is_given_to_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = ResourceFactory()
    many = teams(4)
    without_locks(monkeypatch, parties=4)
    monkeypatch.setattr(booking_verbs, "take_slots", lambda _booking: None)
    outcomes = at_once(
        [lambda who=who: book(wish(room), person=who[0], organisation=who[1]) for who in many]
    )
    assert len(won(outcomes)) == 4
    told = broken_promises()
    assert sum("meet on unit" in line for line in told) == 3
    assert sum("0 of 8 slots" in line for line in told) == 4


def test_the_check_sees_quotas_wishes_and_offers_that_do_not_fit() -> None:
    """The last control, on both databases: rows written past the verbs are found."""
    room = ResourceFactory()
    [(founder, company)] = teams(1)
    first = book(wish(room), person=founder, organisation=company)
    QuotaFactory(space=room.space, hours_a_month=1)
    first.slots.filter(at__lt=moment("09:30")).delete()
    Booking.objects.filter(pk=first.pk).update(state="offered", answer_by=clock.now())
    told = broken_promises()
    assert any("6 of 8 slots" in line for line in told)
    assert any("2:00:00 of 1 h" in line for line in told)
    assert any("offered to nobody" in line for line in told)
