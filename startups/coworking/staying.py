"""Staying longer: who is here already and wants the hour after their own."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core import auditing, clock
from portal.core.verdicts import YES, Refused, Verdict, no
from startups.coworking import telling
from startups.coworking.availability import free_between
from startups.coworking.booking import (
    Wish,
    case_of,
    free_slots,
    free_unit,
    held_range,
    just_taken,
    lock_and_refresh,
    take_slots,
    what,
)
from startups.coworking.hours import day_of
from startups.coworking.locking import once_more_after_deadlock
from startups.coworking.models import Booking
from startups.coworking.permissions import may_change_booking, runs_for_others
from startups.coworking.quotas import Account
from startups.coworking.rules import require
from startups.coworking.slots import GRID, Range, steps

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST = 8
"""Ends that are offered; who stays longer than that asks again."""


def may_stay(user: "User", booking: Booking) -> Verdict:
    """Is it somebody who is here, in a place that needs nobody's leave to be kept longer?"""
    verdict = may_change_booking(user, booking)
    if not verdict:
        return verdict
    if booking.state != Booking.State.CHECKED_IN:
        return no(_("Only who has checked in can stay longer."), code="not_here")
    for_others = runs_for_others(user, booking.person, booking.organisation)
    if booking.resource.needs_approval and not for_others:
        return no(_("Ask the front desk whether you can stay longer here."), code="needs_approval")
    return YES


def ends_to_stay(booking: Booking, *, at_desk: bool = False) -> list[datetime]:
    """Until when the same place can be kept, the nearest first; none when others come next."""
    resource, day = booking.resource, day_of(booking.starts)
    free = free_between(resource.space, [resource], day, day)
    mine = steps(held_range(resource, Range(booking.starts, booking.ends)))
    others = free.taken.get(booking.unit_id, frozenset()) - set(mine)
    step = GRID if at_desk else timedelta(minutes=resource.slot_minutes)
    longest = booking.starts + timedelta(minutes=resource.max_minutes)
    found: list[datetime] = []
    until = booking.ends + step
    while len(found) < MOST and until <= longest:
        longer = Range(booking.starts, until)
        if not others.isdisjoint(steps(held_range(resource, longer))):
            break
        if not free.is_open(resource, day, longer):
            break
        found.append(until)
        until += step
    return found


@once_more_after_deadlock
def stay(booking: Booking, until: datetime, *, by: "User") -> None:
    """Keep the place until a later end, for who is here.

    Raises `Refused` when they are not, or as `booking.book`: the rules are those of the whole.
    """
    at_desk = runs_for_others(by, booking.person, booking.organisation)
    now = clock.now()
    account = Account(booking.organisation, booking.person)
    try:
        with transaction.atomic():
            resources = lock_and_refresh(booking)
            may_stay(by, booking).require()
            if until <= booking.ends:
                raise Refused(
                    _("The new end must be after the present one."), code="order", field="until"
                )
            wish = Wish(
                resources[booking.resource_id],
                *(booking.starts, until, booking.unit, booking.people, booking.purpose),
            )
            require(case_of(wish, account, now, existing=booking, at_desk=at_desk))
            free_unit(wish.resource, wish.wanted, wanted=booking.unit, except_booking=booking)
            free_slots(booking)
            booking.ends = until
            booking.sequence += 1
            booking.changed_at = now
            booking.save(update_fields=["ends", "sequence", "changed_at"])
            take_slots(booking)
            auditing.record("coworking.stayed", booking, user=by, what=what(booking))
            telling.changed(booking, by=by)
    except IntegrityError as error:
        raise just_taken(error) from error
