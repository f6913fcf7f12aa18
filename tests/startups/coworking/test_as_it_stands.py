"""Verbs decide on what is stored, not on what was read before; who comes late is not punished."""

from datetime import timedelta

import pytest

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from startups.coworking import due
from startups.coworking.attending import seat_elsewhere, undo_check_in
from startups.coworking.booking import book
from startups.coworking.changing import cancel, change
from startups.coworking.closing import announce, lift
from startups.coworking.deciding import approve
from startups.coworking.models import Booking, WaitingEntry
from startups.coworking.queueing import accept, join, leave
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import ResourceFactory
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import TUESDAY, moment, wish

pytestmark = pytest.mark.django_db


def offered(founder: User, company: Organisation) -> tuple[WaitingEntry, Booking]:
    """A place of tomorrow, offered to somebody who waited for it."""
    room = ResourceFactory()
    mine = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    waits = UserFactory()
    theirs = OrganisationFactory(owner=waits, verified_at=clock.now())
    entry = join(wish(room, day=TUESDAY), person=waits, organisation=theirs)
    cancel(mine, by=founder)
    entry.refresh_from_db()
    assert entry.booking is not None
    return entry, entry.booking


def test_who_was_cancelled_meanwhile_is_not_seated(
    founder: User, company: Organisation, clerk: User
) -> None:
    pool = ResourceFactory(desk=True, units=2)
    mine = book(wish(pool), person=founder, organisation=company)
    seen = Booking.objects.get(pk=mine.pk)
    cancel(mine, by=founder)
    with pytest.raises(Refused) as refused:
        seat_elsewhere(seen, pool.units.get(label="02"), by=clerk)
    assert refused.value.code == "not_standing"
    assert broken_promises() == []


def test_an_offer_is_only_accepted_or_given_back(
    founder: User, company: Organisation, clerk: User
) -> None:
    entry, offer = offered(founder, company)
    for verb in (approve, undo_check_in):
        with pytest.raises(StaleState):
            verb(offer, by=clerk)
    with pytest.raises(StaleState):
        leave(entry, by=entry.person)
    accept(offer, by=entry.person)
    with pytest.raises(StaleState):
        accept(offer, by=entry.person)
    assert broken_promises() == []


def test_who_takes_a_place_late_has_the_whole_wait(founder: User, company: Organisation) -> None:
    room = ResourceFactory()
    with clock.held_at(moment("09:25")):
        mine = book(wish(room), person=founder, organisation=company)
    for time_of_day, state in [("09:54", "confirmed"), ("09:55", "no_show")]:
        with clock.held_at(moment(time_of_day)) as now:
            due.run(now)
        mine.refresh_from_db()
        assert mine.state == state


def test_a_request_that_was_moved_expires_before_its_new_beginning(
    founder: User, company: Organisation
) -> None:
    hall = ResourceFactory(hall=True)
    asked = book(wish(hall, day=TUESDAY), person=founder, organisation=company)
    assert asked.answer_by == moment("09:00", TUESDAY)
    change(asked, wish(hall, "13:00", "15:00"), by=founder)
    assert asked.answer_by == moment("13:00")


def test_who_waits_is_served_when_a_closure_is_lifted(
    founder: User, company: Organisation, clerk: User
) -> None:
    entry, offer = offered(founder, company)
    room = entry.resource
    closure = announce(
        room.space,
        starts=moment("12:00", TUESDAY),
        ends=moment("13:00", TUESDAY),
        reason="Sửa điện",
        by=clerk,
    )
    other = UserFactory()
    company_of_other = OrganisationFactory(owner=other, verified_at=clock.now())
    waits = join(wish(room, day=TUESDAY), person=other, organisation=company_of_other)
    WaitingEntry.objects.filter(pk=waits.pk).update(ends=moment("12:30", TUESDAY))
    cancel(offer, by=entry.person)
    waits.refresh_from_db()
    assert waits.state == "waiting"
    lift(closure, by=clerk)
    with clock.held_at(clock.now() + timedelta(minutes=1)) as now:
        due.run(now)
    waits.refresh_from_db()
    assert waits.state == "offered"
    assert broken_promises() == []
