"""Anything in any order: what must always hold, after every step of invented stories.

People book, move, wait and come; the desk answers, closes and seats; the clock runs and is set
back. A step that a rule refuses is a step like any other. The tables are looked at by
`checking`, which knows nothing of the verbs.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from portal.accounts.models import Membership
from portal.core import clock
from portal.core.verdicts import Refused
from startups.coworking import attending, changing, closing, deciding, due, queueing
from startups.coworking.booking import Wish, book
from startups.coworking.models import Booking, Closure, Strike, WaitingEntry
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory, SpaceFactory
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import MONDAY, moment

pytestmark = pytest.mark.django_db

NUMBER = st.integers(min_value=0, max_value=11)
"""Chooses among the bookings there are."""
AT_ONCE = 2
EXAMPLES, STEPS = (56, 50) if connection.vendor == "sqlite" else (9, 50)
LEAST_STEPS = 2000 if connection.vendor == "sqlite" else 200

TENTATIVE = ("offered", "pending")
STANDING = ("confirmed", "checked_in", "completed")


class Stories(RuleBasedStateMachine):
    """One space in one week, with a room, two desks and a hall, and three people."""

    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = moment("07:00")
        with clock.held_at(self.now):
            self._make_world()
        self.seen: dict[int, tuple[int, Any]] = {}
        self.stay: set[int] = set()
        """Bookings that were checked in when their place was closed: they are not sent away."""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def _make_world(self) -> None:
        self.space = SpaceFactory(strike_limit=2)
        self.resources = [
            ResourceFactory(space=self.space, buffer_after=20),
            ResourceFactory(space=self.space, desk=True, units=2),
            ResourceFactory(space=self.space, hall=True, buffer_before=30, approval_hours=6),
        ]
        QuotaFactory(space=self.space, at_once=AT_ONCE)
        QuotaFactory(space=self.space, kind="room", hours_a_week=6, hours_a_month=7)
        people = [UserFactory() for _number in range(3)]
        firm, other = (OrganisationFactory(owner=people[n], verified_at=self.now) for n in (0, 2))
        MembershipFactory(user=people[1], organisation=firm, role=Membership.Role.MEMBER)
        self.people = list(zip(people, (firm, firm, other), strict=True))
        self.clerk = UserFactory(front_desk=True)

    # --- how a step is taken ---------------------------------------------------------------------

    def do(self, verb: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What the verb answers at the held moment; None when it was refused."""
        try:
            with clock.held_at(self.now):
                return verb(*arguments, **named)
        except Refused:
            return None

    def one(self, number: int, *states: str) -> Booking | None:
        some = Booking.objects.filter(state__in=states).order_by("-pk")
        related = some.select_related("resource__space", "organisation", "person", "unit")
        found = list(related[: number + 1])
        return found[number % len(found)] if found else None

    def wish(self, place: int, day: int, start: int, length: int) -> Wish:
        starts = moment("07:30", MONDAY + timedelta(days=day)) + timedelta(minutes=30 * start)
        return Wish(self.resources[place], starts, starts + timedelta(minutes=30 * length))

    wishes: ClassVar[dict[str, Any]] = {
        "place": st.integers(0, 2),
        "day": st.sampled_from([0, 0, 0, 1, 6]),
        "start": st.integers(0, 20),
        "length": st.sampled_from([1, 2, 4, 6]),
    }

    # --- people ----------------------------------------------------------------------------------

    @initialize(start=st.integers(0, 10))
    def something_is_booked(self, start: int) -> None:
        for place in range(3):
            self.books(who=place, place=place, day=0, start=start, length=4)

    @rule(who=st.integers(0, 2), **wishes)
    def books(self, who: int, **wished: int) -> None:
        person, firm = self.people[who]
        booking = self.do(book, self.wish(**wished), person=person, organisation=firm)
        if booking is None and wished["day"] < 2:
            self.do(queueing.join, self.wish(**wished), person=person, organisation=firm)

    @rule(number=NUMBER, **wishes)
    def moves(self, number: int, **wished: int) -> None:
        booking = self.one(number, "confirmed", "pending", "checked_in", "offered")
        if booking is not None and booking.person is not None:
            self.do(changing.change, booking, self.wish(**wished), by=booking.person)

    @rule(number=NUMBER, start=st.sampled_from([0, -30, 30]), end=st.sampled_from([-30, 30, 60]))
    def resizes(self, number: int, start: int, end: int) -> None:
        booking = self.one(number, "confirmed", "pending")
        if booking is None or booking.person is None:
            return
        wish = Wish(
            booking.resource,
            booking.starts + timedelta(minutes=start),
            booking.ends + timedelta(minutes=end),
        )
        self.do(changing.change, booking, wish, by=booking.person)

    @rule(number=NUMBER, at_desk=st.booleans())
    def cancels(self, number: int, at_desk: bool) -> None:
        booking = self.one(number, "confirmed", "pending", "offered", "checked_in", "no_show")
        if booking is not None:
            by = self.clerk if at_desk or booking.person is None else booking.person
            self.do(changing.cancel, booking, by=by)

    @rule(number=NUMBER)
    def takes_an_offer(self, number: int) -> None:
        booking = self.one(number, "offered") or self.one(number, "pending", "confirmed")
        if booking is not None and booking.person is not None:
            self.do(queueing.accept, booking, by=booking.person)

    @rule(number=NUMBER)
    def leaves_the_list(self, number: int) -> None:
        entries = list(WaitingEntry.objects.select_related("organisation", "person"))
        if entries:
            entry = entries[number % len(entries)]
            self.do(queueing.leave, entry, by=entry.person)

    # --- the desk --------------------------------------------------------------------------------

    @rule(number=NUMBER, agreed=st.booleans())
    def answers(self, number: int, agreed: bool) -> None:
        booking = self.one(number, "pending") or self.one(number, "offered", "checked_in")
        if booking is None:
            return
        if agreed:
            self.do(deciding.approve, booking, by=self.clerk)
        else:
            self.do(deciding.decline, booking, by=self.clerk, reason="Cần cho việc khác")

    @rule(number=NUMBER)
    def checks_in(self, number: int) -> None:
        booking = self.one(number, "confirmed", "pending")
        if booking is not None:
            self.do(attending.check_in, booking, by=self.clerk)

    @rule(number=NUMBER)
    def undoes_a_check_in(self, number: int) -> None:
        booking = self.one(number, "checked_in") or self.one(number, "offered", "pending")
        if booking is not None:
            self.do(attending.undo_check_in, booking, by=self.clerk)

    @rule(number=NUMBER)
    def leaves_early(self, number: int) -> None:
        booking = self.one(number, "checked_in")
        if booking is not None:
            self.do(attending.leave_early, booking, by=self.clerk)

    @rule(number=NUMBER, read_before=st.booleans())
    def seats_elsewhere(self, number: int, read_before: bool) -> None:
        """Also with what was read before somebody else cancelled it."""
        booking, seen = (self.one(number, "confirmed", "checked_in") for _time in range(2))
        if booking is None or seen is None:
            return
        if read_before:
            self.do(changing.cancel, booking, by=self.clerk)
        for unit in self.resources[1].units.all():
            self.do(attending.seat_elsewhere, seen, unit, by=self.clerk)

    @rule(place=st.integers(0, 2), length=st.integers(1, 8))
    def walks_in(self, place: int, length: int) -> None:
        ends = self.now.replace(minute=0, second=0) + timedelta(minutes=15 * length + 60)
        wish = Wish(self.resources[place], self.now, ends)
        self.do(attending.walk_in, wish, name="Khách qua đường", by=self.clerk)

    @rule(house=st.booleans(), **wishes)
    def closes(self, house: bool, **wished: int) -> None:
        wish = self.wish(**wished)
        here = set(Booking.objects.filter(state="checked_in").values_list("pk", flat=True))
        closure = self.do(
            closing.announce,
            self.space,
            starts=wish.starts,
            ends=wish.ends,
            reason="Mất điện",
            by=self.clerk,
            resource=None if house else wish.resource,
        )
        if closure is not None:
            self.stay |= here

    @rule(number=NUMBER)
    def opens_again(self, number: int) -> None:
        closures = list(Closure.objects.order_by("pk"))
        if closures:
            self.do(closing.lift, closures[number % len(closures)], by=self.clerk)

    # --- the clock -------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([7, 30, 45, 120, 720]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from([5, 45, 180]))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)

    @rule()
    def what_is_due_is_done(self) -> None:
        self.do(due.run, self.now)
        late = Booking.objects.filter(answer_by__lte=self.now, state__in=TENTATIVE)
        assert not late.exists()
        assert not Booking.objects.filter(state="checked_in", ends__lte=self.now).exists()
        assert not WaitingEntry.objects.filter(state="waiting", starts__lte=self.now).exists()
        long_ago = self.now - timedelta(minutes=30)
        forgotten = Booking.objects.filter(state="confirmed", starts__lte=long_ago)
        assert not forgotten.filter(changed_at__lte=long_ago).exists()

    # --- what always holds -----------------------------------------------------------------------

    @invariant()
    def promises_are_kept(self) -> None:
        type(self).steps += 1
        assert broken_promises() == []

    @invariant()
    def nobody_has_more_places_at_once_than_allowed(self) -> None:
        edges = defaultdict(list)
        held = Booking.objects.holding().filter(organisation__isnull=False)
        for firm, starts, ends in held.values_list("organisation", "starts", "ends"):
            edges[firm] += [(starts, 1), (ends, -1)]
        for some in edges.values():
            now = 0
            for _moment, change in sorted(some):
                now += change
                assert now <= AT_ONCE

    @invariant()
    def nobody_is_booked_into_a_closure(self) -> None:
        waiting = Booking.objects.filter(state__in=(*TENTATIVE, "confirmed"))
        for closure in Closure.objects.filter(lifted_at__isnull=True):
            starts = max(closure.starts, closure.announced_at)
            inside = waiting.filter(starts__lt=closure.ends, ends__gt=starts)
            if closure.resource_id is not None:
                inside = inside.filter(resource=closure.resource_id)
            assert not inside.exclude(pk__in=self.stay).exists()

    @invariant()
    def who_did_not_come_has_one_strike(self) -> None:
        absent = Booking.objects.filter(state="no_show").values_list("pk", flat=True)
        assert sorted(Strike.objects.values_list("booking", flat=True)) == sorted(absent)

    @invariant()
    def answers_are_due_before_it_begins(self) -> None:
        for booking in Booking.objects.filter(state__in=TENTATIVE):
            assert booking.answer_by is not None
            latest: datetime = booking.starts
            if booking.state == "pending":
                latest = max(latest, booking.changed_at)
            assert booking.answer_by <= latest

    @invariant()
    def what_calendars_show_changes_with_a_higher_number(self) -> None:
        for booking in Booking.objects.all():
            status = "tentative" if booking.state in TENTATIVE else booking.state in STANDING
            shown = (status, booking.unit_id, booking.starts, booking.ends)
            before, last = self.seen.get(booking.pk, (-1, None))
            assert booking.sequence >= before
            assert shown == last or booking.sequence > before
            self.seen[booking.pk] = (booking.sequence, shown)


def test_whatever_happens_the_promises_are_kept() -> None:
    Stories.steps = 0
    run_state_machine_as_test(
        Stories,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Stories.steps >= LEAST_STEPS
