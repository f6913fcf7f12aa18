"""Moving, shortening, lengthening and cancelling a booking."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core import auditing, clock
from portal.core.states import move
from portal.core.text import clean_line
from portal.core.verdicts import YES, Verdict, no
from startups.coworking import telling
from startups.coworking.booking import (
    Wish,
    case_of,
    expires,
    free_slots,
    free_unit,
    just_taken,
    lock_and_refresh,
    take_slots,
    what,
)
from startups.coworking.locking import once_more_after_deadlock
from startups.coworking.models import Booking, Unit
from startups.coworking.permissions import may_change_booking, runs_for_others
from startups.coworking.queueing import close_offer, offer_freed
from startups.coworking.quotas import Account
from startups.coworking.rules import BookingRefused, hours_and_minutes, require
from startups.coworking.slots import Range

if TYPE_CHECKING:
    from portal.accounts.models import User

CHANGEABLE = (Booking.State.PENDING, Booking.State.CONFIRMED)


def may_still_change(booking: Booking, now: datetime, *, at_desk: bool = False) -> Verdict:
    """Is it early enough, and does it still stand?"""
    if booking.state not in CHANGEABLE:
        return no(_("This booking can no longer be changed."), code="not_standing")
    if at_desk:
        return YES
    minutes = booking.resource.space.cancel_minutes
    if now > booking.starts - timedelta(minutes=minutes):
        if not minutes:
            return no(_("It has begun; the front desk can still help."), code="too_late")
        return no(
            _("Changes are possible until %(length)s before; call the front desk.")
            % {"length": hours_and_minutes(minutes)},
            code="too_late",
        )
    return YES


@once_more_after_deadlock
def change(booking: Booking, wish: Wish, *, by: "User") -> Booking:
    """Give a booking other hours, another unit or resource, or more people.

    The place it has is kept until the new one is sure. What needs approval and does not only
    become less, in time or people, waits for it again. Raises `Refused` as `booking.book` does.
    """
    may_change_booking(by, booking).require()
    at_desk = runs_for_others(by, booking.person, booking.organisation)
    now = clock.now()
    account = Account(booking.organisation, booking.person)
    try:
        with transaction.atomic():
            resources = lock_and_refresh(booking, wish.resource.pk)
            may_still_change(booking, now, at_desk=at_desk).require()
            left, before = booking.resource, Range(booking.starts, booking.ends)
            fresh = replace(wish, resource=resources[wish.resource.pk])
            case = case_of(fresh, account, now, existing=booking, at_desk=at_desk)
            require(case)
            _move_to(booking, fresh, now, by)
            auditing.record("coworking.changed", booking, user=by, what=what(booking))
            offer_freed(left, before, now)
            telling.changed(booking, by=by)
            return booking
    except IntegrityError as error:
        raise just_taken(error) from error


def _move_to(mine: Booking, wish: Wish, now: datetime, by: "User") -> None:
    no_more = (
        wish.resource.pk == mine.resource_id
        and Range(mine.starts, mine.ends).holds(wish.wanted)
        and wish.people <= mine.people
        and clean_line(wish.purpose)[:200] == mine.purpose
    )
    unit = _kept_or_free_unit(mine, wish)
    free_slots(mine)
    for_others = runs_for_others(by, mine.person, mine.organisation)
    asks_again = wish.resource.needs_approval and not no_more and not for_others
    until = expires(wish.resource, wish.wanted, now)
    if mine.state == Booking.State.CONFIRMED and asks_again:
        move(mine, Booking.State.PENDING, answer_by=until)
    elif mine.state == Booking.State.PENDING:
        # The time goes on, or who changes a request again and again keeps its place for good.
        mine.answer_by = min(mine.answer_by or until, until)
    mine.resource, mine.unit = wish.resource, unit
    mine.starts, mine.ends = wish.starts, wish.ends
    mine.people, mine.purpose = wish.people, wish.purpose
    mine.sequence += 1
    mine.changed_at = now
    mine.save(
        update_fields=[
            *("resource", "unit", "starts", "ends", "people", "purpose", "sequence"),
            *("answer_by", "changed_at"),
        ]
    )
    take_slots(mine)


def _kept_or_free_unit(mine: Booking, wish: Wish) -> Unit:
    """Who only changes the hours keeps the unit where it is free."""
    if wish.unit is None and wish.resource.pk == mine.resource_id:
        try:
            return free_unit(wish.resource, wish.wanted, wanted=mine.unit, except_booking=mine)
        except BookingRefused:
            pass
    return free_unit(wish.resource, wish.wanted, wanted=wish.unit, except_booking=mine)


@once_more_after_deadlock
def cancel(booking: Booking, *, by: "User", reason: str = "", tells: bool = True) -> None:
    """Give a place back: a request, a booking or an offer. The waiting list is served at once.

    Who cancels many at once tells of all of them together (`tells`). Raises
    `Refused` when it is too late or no longer stands.
    """
    may_change_booking(by, booking).require()
    at_desk = runs_for_others(by, booking.person, booking.organisation)
    now = clock.now()
    with transaction.atomic():
        lock_and_refresh(booking)
        if booking.state != Booking.State.OFFERED:
            may_still_change(booking, now, at_desk=at_desk).require()
        end(booking, Booking.State.CANCELLED, now, reason=reason)
        close_offer(booking)
        auditing.record("coworking.cancelled", booking, user=by, reason=reason)
        offer_freed(booking.resource, Range(booking.starts, booking.ends), now)
        if tells:
            telling.cancelled(booking, by=by)


def end(booking: Booking, to: str, now: datetime, **changes: Any) -> None:
    """Move a booking to a state that holds nothing and give its slots back. Hold the locks."""
    move(booking, to, sequence=booking.sequence + 1, changed_at=now, **changes)
    free_slots(booking)
