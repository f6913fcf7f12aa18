"""The waiting list: joining it, leaving it, and offers with a time limit.

An offer is a booking in the state "offered": it holds its slots like any other, so what is offered
cannot be taken by anybody else. It is made in the transaction that freed the place.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation
from portal.core import auditing, clock
from portal.core.states import move
from portal.core.verdicts import Refused
from startups.coworking import telling
from startups.coworking.booking import (
    Wish,
    accept_rules,
    case_of,
    expires,
    first_state,
    free_unit,
    hold,
    lock_and_refresh,
    lock_for,
    require_state,
    rules_to_accept,
)
from startups.coworking.locking import lock, lock_if_idle, once_more_after_deadlock
from startups.coworking.models import Booking, Resource, WaitingEntry
from startups.coworking.permissions import is_theirs, may_book_for, may_leave_waiting
from startups.coworking.quotas import Account
from startups.coworking.rules import BookingRefused, require
from startups.coworking.slots import Range

if TYPE_CHECKING:
    from portal.accounts.models import User

OFFER = timedelta(hours=12)
"""An offer stands this long, or until the start where that comes first (WCAG 2.2.1)."""

MOST_WAITING = 10
"""Places on lists that one account keeps: what is waited for may be offered all at once."""


@once_more_after_deadlock
def join(
    wish: Wish,
    *,
    person: "User",
    organisation: Organisation | None,
    accepts_rules: bool = False,
) -> WaitingEntry:
    """Wait for a resource at a time at which it is taken.

    Raises `Refused` when a rule forbids the booking anyway, when there is room ("free"), or when
    this person waits already ("waits") or the account in too many places ("waits_enough").
    """
    may_book_for(person, organisation).require()
    now = clock.now()
    account = Account(organisation, person)
    with transaction.atomic():
        resources = lock_for(account, [wish.resource.pk])
        resource = resources[wish.resource.pk]
        if accepts_rules:
            accept_rules([resource.space_id], person, now)
        require(case_of(wish, account, now))
        if _has_room(resource, wish.wanted):
            raise Refused(_("There is room at that time: book it."), code="free", field="starts")
        waits = WaitingEntry.objects.filter(account.whose, state=WaitingEntry.State.WAITING)
        same = waits.filter(resource=resource, person=person, starts=wish.starts, ends=wish.ends)
        if waits.count() >= MOST_WAITING and not same.exists():
            raise Refused(
                _("You wait for %(most)s places already. Leave one of the lists first.")
                % {"most": MOST_WAITING},
                code="waits_enough",
            )
        entry, new = WaitingEntry.objects.get_or_create(
            resource=resource,
            person=person,
            starts=wish.starts,
            ends=wish.ends,
            state=WaitingEntry.State.WAITING,
            defaults={
                "organisation": organisation,
                "people": wish.people,
                "purpose": wish.purpose,
                "joined_at": now,
            },
        )
        if not new:
            raise Refused(_("You wait for this already."), code="waits")
        auditing.record("coworking.waits", entry, user=person)
        return entry


def leave(entry: WaitingEntry, *, by: "User") -> None:
    """Stop waiting. Raises `StaleState` when it is over or an offer was made."""
    may_leave_waiting(by, entry).require()
    with transaction.atomic():
        move(entry, WaitingEntry.State.LEFT)
        auditing.record("coworking.left_waiting", entry, user=by)


@once_more_after_deadlock
def accept(booking: Booking, *, by: "User", accepts_rules: bool = False) -> Booking:
    """Take what was offered. Raises `Refused` when the offer is not theirs or is over, or when
    they have still to agree to the rules in force ("rules").
    """
    if not is_theirs(by, booking):
        raise Refused(_("This offer is for somebody else."), code="not_theirs")
    now = clock.now()
    with transaction.atomic():
        lock_and_refresh(booking)
        if booking.answer_by is not None and booking.answer_by <= now:
            raise Refused(_("This offer has expired."), code="expired")
        require_state(booking, Booking.State.OFFERED)
        if accepts_rules:
            accept_rules([booking.resource.space_id], by, now)
        elif rules_to_accept(booking.resource.space_id, by, now):
            raise Refused(_("Read the rules of the house and agree to them."), code="rules")
        account = Account(booking.organisation, booking.person)
        state = first_state(booking.resource, account, by)
        wanted = Range(booking.starts, booking.ends)
        until = expires(booking.resource, wanted, now) if state == Booking.State.PENDING else None
        move(booking, state, answer_by=until, sequence=booking.sequence + 1, changed_at=now)
        _close_waiting(booking, WaitingEntry.State.SERVED)
        auditing.record("coworking.offer_taken", booking, user=by)
        telling.booked([booking], by=by)
        return booking


def offer_freed(resource: Resource, freed: Range, now: datetime) -> list[Booking]:
    """Offer what became free to those who wait for it, the longest waiting first. Hold the locks.

    Whoever a rule refuses by now, the quota say, keeps waiting. So does whose account is just being
    booked for: their quota cannot be counted now, and `serve` comes back to them.
    """
    waiting = (
        WaitingEntry.objects.filter(
            resource=resource,
            state=WaitingEntry.State.WAITING,
            starts__gt=now,
            starts__lt=freed.ends + resource.after + resource.before,
            ends__gt=freed.starts - resource.after - resource.before,
        )
        .select_related("organisation", "person")
        .order_by("joined_at", "pk")
    )
    offers = []
    for entry in waiting:
        offer = _offer(resource, entry, now)
        if offer is not None:
            offers.append(offer)
    return offers


def _offer(resource: Resource, entry: WaitingEntry, now: datetime) -> Booking | None:
    if not may_book_for(entry.person, entry.organisation):
        return None  # they have left the organisation for which they wait
    if not lock_if_idle(entry.organisation_id, entry.person_id):
        return None
    wish = Wish(resource, entry.starts, entry.ends, people=entry.people, purpose=entry.purpose)
    account = Account(entry.organisation, entry.person)
    try:
        # A savepoint: a refused offer leaves what the caller did.
        with transaction.atomic():
            booking = hold(
                case_of(wish, account, now, accepts_rules=True),
                wish,
                by=entry.person,
                state=Booking.State.OFFERED,
                answer_by=min(now + OFFER, entry.starts),
            )
    except (BookingRefused, IntegrityError):
        return None
    move(entry, WaitingEntry.State.OFFERED, booking=booking)
    telling.offered(booking)
    return booking


def _close_waiting(booking: Booking, to: str) -> None:
    entry = WaitingEntry.objects.filter(booking=booking).first()
    if entry is not None and entry.state == WaitingEntry.State.OFFERED:
        move(entry, to)


def close_offer(booking: Booking) -> None:
    """The offer was not taken: its place on the list ends. Hold the locks."""
    _close_waiting(booking, WaitingEntry.State.LAPSED)


def _has_room(resource: Resource, wanted: Range) -> bool:
    try:
        free_unit(resource, wanted)
    except BookingRefused:
        return False
    return True


def serve(now: datetime) -> int:
    """Offer what is free by now to those who still wait: after a closure was lifted, a quota
    renewed or an account busy at the moment a place became free. Answer how many offers.
    """
    waiting = WaitingEntry.objects.filter(state=WaitingEntry.State.WAITING, starts__gt=now)
    stretches: dict[int, Range] = {}
    for resource_id, starts, ends in waiting.values_list("resource_id", "starts", "ends"):
        known = stretches.get(resource_id, Range(starts, ends))
        stretches[resource_id] = Range(min(known.starts, starts), max(known.ends, ends))
    return sum(
        _serve(resource_id, stretch, now) for resource_id, stretch in sorted(stretches.items())
    )


@once_more_after_deadlock
def _serve(resource_id: int, stretch: Range, now: datetime) -> int:
    with transaction.atomic():
        return len(offer_freed(lock(None, None, [resource_id])[resource_id], stretch, now))


def lapse(now: datetime) -> int:
    """Nobody waits for what has begun; answer how many places on lists ended."""
    return WaitingEntry.objects.filter(state=WaitingEntry.State.WAITING, starts__lte=now).update(
        state=WaitingEntry.State.LAPSED
    )
