"""Booking: the one way in which slots are taken, for the public, the desk, series and the list.

`hold` is the heart: it asks the rules, finds a free unit and writes the booking with its slot rows.
It runs under the locks of `locking.lock`; the unique slot rows are the last line behind them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation
from portal.core import auditing, clock, codes
from portal.core.states import StaleState
from startups.coworking import telling
from startups.coworking.hours import Hours, day_of, hours_of
from startups.coworking.locking import lock, once_more_after_deadlock
from startups.coworking.models import (
    Booking,
    BookingSlot,
    HouseRules,
    Resource,
    RulesAcceptance,
    Series,
    Unit,
)
from startups.coworking.permissions import may_book_for, may_run_space, runs_for_others
from startups.coworking.quotas import Account, used
from startups.coworking.rules import BookingRefused, Case, require, rules_in_force
from startups.coworking.slots import Range, rounded_up, steps

if TYPE_CHECKING:
    from portal.accounts.models import User

CODE_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants. Without `unit` any free one of the pool will do."""

    resource: Resource
    starts: datetime
    ends: datetime
    unit: Unit | None = None
    people: int = 1
    purpose: str = ""

    @property
    def wanted(self) -> Range:
        return Range(self.starts, self.ends)


@once_more_after_deadlock
def book(
    wish: Wish,
    *,
    person: "User",
    organisation: Organisation | None,
    by: "User | None" = None,
    accepts_rules: bool = False,
) -> Booking:
    """Book for a person and, where it counts for one, an organisation; confirmed or pending.

    `by` is who does it, the person unless told otherwise; the front desk may book for everybody.
    Raises `BookingRefused` with the rule's code; `taken` when only room was missing, and then the
    shortage is counted.
    """
    return book_together(
        [wish], person=person, organisation=organisation, by=by, accepts_rules=accepts_rules
    )[0]


@once_more_after_deadlock
def book_together(
    wishes: Sequence[Wish],
    *,
    person: "User",
    organisation: Organisation | None,
    by: "User | None" = None,
    accepts_rules: bool = False,
) -> list[Booking]:
    """Book several resources, all or none. Raises as `book`."""
    doer = by or person
    on_behalf = doer.pk != person.pk
    (may_run_space(doer) if on_behalf else may_book_for(person, organisation)).require()
    at_desk = on_behalf and runs_for_others(doer, person, organisation)
    account = Account(organisation, person)
    now = clock.now()
    try:
        with transaction.atomic():
            resources = lock_for(account, [wish.resource.pk for wish in wishes])
            if accepts_rules and not on_behalf:
                accept_rules({resource.space_id for resource in resources.values()}, person, now)
            bookings = []
            for wish in wishes:
                case = case_of(
                    replace(wish, resource=resources[wish.resource.pk]),
                    account,
                    now,
                    at_desk=at_desk,
                    accepts_rules=accepts_rules,
                )
                bookings.append(hold(case, wish, by=doer))
            for booking in bookings:
                auditing.record("coworking.booked", booking, user=doer, what=what(booking))
            telling.booked(bookings, by=doer)
            return bookings
    except BookingRefused as refused:
        if refused.full:
            telling.count_shortage(wishes)
        raise
    except IntegrityError as error:
        raise just_taken(error) from error


def lock_for(account: Account, resource_ids: Iterable[int]) -> dict[int, Resource]:
    """The locks of an account and some resources, in the one order."""
    return lock(
        account.organisation.pk if account.organisation else None,
        account.person.pk if account.person else None,
        resource_ids,
    )


def lock_and_refresh(booking: Booking, *others: int) -> dict[int, Resource]:
    """Lock what a booking needs, and resources `others`; read the booking as it stands now.

    Its resource is read under the lock of its account: whoever moves it holds that lock.
    """
    account = Account(booking.organisation, booking.person)
    lock_for(account, [])
    resource_id = Booking.objects.values_list("resource_id", flat=True).get(pk=booking.pk)
    resources = lock(None, None, [resource_id, *others])
    related = ("resource__space", "unit", "organisation", "person", "booked_by", "series")
    booking.refresh_from_db(from_queryset=Booking.objects.select_related(*related))
    if booking.resource_id not in resources:  # a walk-in without an account, moved meanwhile
        raise stale()
    booking.resource = resources[booking.resource_id]
    return resources


def stale() -> StaleState:
    return StaleState(
        _("Someone else has just changed this. Reload the page and look again."),
        code="stale_state",
    )


def require_state(booking: Booking, *states: str) -> None:
    """Raise `StaleState` unless the booking is in one of the states a verb begins from."""
    if booking.state not in states:
        raise StaleState(
            _("This is not possible any more: the state is now “%(state)s”.")
            % {"state": booking.get_state_display()},
            code="illegal_move",
        )


def case_of(
    wish: Wish,
    account: Account,
    now: datetime,
    *,
    hours: Hours | None = None,
    existing: Booking | None = None,
    at_desk: bool = False,
    accepts_rules: bool = False,
) -> Case:
    """Everything the rules look at. Call it under the locks when something will be written."""
    day = day_of(wish.starts)
    without = [existing.pk] if existing else []
    return Case(
        resource=wish.resource,
        wanted=wish.wanted,
        people=wish.people,
        account=account,
        now=now,
        hours=hours or hours_of(wish.resource.space, day, day),
        quotas=used(wish.resource, account, wish.wanted, without=without),
        at_desk=at_desk,
        accepts_rules=accepts_rules,
        existing=existing,
    )


def hold(
    case: Case, wish: Wish, *, by: "User", series: Series | None = None, **facts: Any
) -> Booking:
    """Ask the rules, take a free unit and write the booking with its slots. Hold the locks.

    `facts` are further columns: a visitor's name, the state of an offer.
    """
    require(case)
    resource = case.resource
    unit = free_unit(resource, case.wanted, wanted=wish.unit)
    booking = Booking(
        code=new_code(),
        resource=resource,
        unit=unit,
        starts=case.wanted.starts,
        ends=case.wanted.ends,
        organisation=case.account.organisation,
        person=case.account.person,
        people=case.people,
        purpose=wish.purpose,
        series=series,
        booked_by=by,
        booked_at=case.now,
        changed_at=case.now,
        **({"state": first_state(resource, case.account, by)} | facts),
    )
    if booking.state == Booking.State.PENDING and booking.answer_by is None:
        booking.answer_by = expires(resource, case.wanted, case.now)
    booking.save()
    take_slots(booking)
    return booking


def first_state(resource: Resource, account: Account, by: "User") -> str:
    """Confirmed at once, unless somebody of the department has to agree and did not book it for
    others.
    """
    if resource.needs_approval and not runs_for_others(by, account.person, account.organisation):
        return Booking.State.PENDING
    return Booking.State.CONFIRMED


def expires(resource: Resource, wanted: Range, now: datetime) -> datetime:
    """When a request nobody answers gives its slots back: before it would begin."""
    return min(now + timedelta(hours=resource.approval_hours), max(wanted.starts, now))


def held_range(resource: Resource, booked: Range) -> Range:
    """The stretch a booking keeps from others: with the time before and after it."""
    return booked.wider(resource.before, resource.after)


def free_unit(
    resource: Resource,
    booked: Range,
    *,
    wanted: Unit | None = None,
    except_booking: Booking | None = None,
) -> Unit:
    """A unit without a slot in the range: the wanted one, else the one that leaves fewest holes.

    Raises `BookingRefused` with the code "taken".
    """
    held = held_range(resource, booked)
    units = resource.units.filter(is_active=True)
    if wanted is not None:
        units = units.filter(pk=wanted.pk)
    slots = BookingSlot.objects.filter(unit__resource=resource)
    if except_booking is not None:
        slots = slots.exclude(booking=except_booking)
    at = steps(held)
    beside = {at[0] - (at[1] - at[0]) if len(at) > 1 else at[0], rounded_up(held.ends)}
    busy = slots.filter(at__gte=at[0], at__lte=at[-1]).values("unit")
    free = list(units.exclude(pk__in=busy))
    if not free:
        raise BookingRefused(
            _("Somebody else has this place at that time.")
            if wanted is not None
            else _("Everything is taken at that time."),
            code="taken",
            field="starts",
        )
    neighbours = set(slots.filter(at__in=beside).values_list("unit", flat=True))
    # A unit that is taken just before or after keeps the others whole for longer bookings.
    return min(free, key=lambda unit: (unit.pk not in neighbours, unit.order, unit.label))


def take_slots(booking: Booking) -> None:
    """Write the slot rows, in time order. Raises IntegrityError when one is taken."""
    held = held_range(booking.resource, Range(booking.starts, booking.ends))
    BookingSlot.objects.bulk_create(
        [BookingSlot(booking=booking, unit_id=booking.unit_id, at=at) for at in steps(held)]
    )


def free_slots(booking: Booking, since: datetime | None = None) -> None:
    """Give the slots back; only those from a moment on when one is named."""
    slots = booking.slots.all()
    if since is not None:
        slots = slots.filter(at__gte=since)
    slots.delete()


def new_code() -> str:
    """A code that no booking has."""
    while True:
        code = codes.drawn(CODE_LENGTH)
        if not Booking.objects.filter(code=code).exists():
            return code


def just_taken(error: IntegrityError) -> BookingRefused:
    """The refusal for a slot row that is there already; raises any other error again."""
    if "bookingslot" not in str(error) and "slot_held_once" not in str(error):
        raise error
    return BookingRefused(
        _("Somebody else has just taken this place."), code="taken", field="starts"
    )


def what(booking: Booking) -> dict[str, str]:
    """The facts of a booking for the audit log."""
    return {
        "unit": str(booking.unit),
        "starts": booking.starts.isoformat(),
        "ends": booking.ends.isoformat(),
        "state": booking.state,
    }


def accept_rules(space_ids: Iterable[int], person: "User", now: datetime) -> None:
    """This person has read the rules in force of these spaces and agrees to them."""
    for space_id in sorted(space_ids):
        rules = rules_in_force(space_id, now)
        if rules is not None:
            RulesAcceptance.objects.get_or_create(
                rules=rules, person=person, defaults={"accepted_at": now}
            )


def rules_to_accept(space_id: int, person: Any, now: datetime) -> HouseRules | None:
    """The rules in force that this person has still to agree to."""
    rules = rules_in_force(space_id, now)
    if rules and RulesAcceptance.objects.filter(rules=rules, person=person).exists():
        return None
    return rules
