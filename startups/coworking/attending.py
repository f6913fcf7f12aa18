"""On the day: checking in, leaving early, another seat, walk-ins, and bookings nobody came to."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation
from portal.core import auditing, clock
from portal.core.states import StaleState, move
from portal.core.text import clean_line
from portal.core.verdicts import Refused
from startups.coworking import telling
from startups.coworking.booking import (
    Wish,
    case_of,
    free_slots,
    free_unit,
    hold,
    just_taken,
    lock_and_refresh,
    lock_for,
    require_state,
    take_slots,
    what,
)
from startups.coworking.changing import end
from startups.coworking.locking import once_more_after_deadlock
from startups.coworking.models import Booking, Guest, Space, Strike, Unit
from startups.coworking.permissions import may_change_booking, may_run_space
from startups.coworking.queueing import offer_freed
from startups.coworking.quotas import Account
from startups.coworking.slots import Range, rounded_down, rounded_up

if TYPE_CHECKING:
    from portal.accounts.models import User

EARLY = timedelta(minutes=30)
"""So long before its start a booking can be checked in."""


@once_more_after_deadlock
def check_in(booking: Booking, *, by: "User") -> None:
    """They are here. By the front desk, or by themselves with the QR at the desk.

    Raises `Refused` when it is too early ("early"), over ("over"), or the booking does not stand.
    """
    may_change_booking(by, booking).require()
    now = clock.now()
    with transaction.atomic():
        lock_and_refresh(booking)
        if now < booking.starts - EARLY:
            raise Refused(
                _("You can check in from %(when)s.")
                % {"when": telling.weekday_moment(booking.starts - EARLY)},
                code="early",
            )
        if now >= booking.ends:
            raise Refused(_("The time of this booking is over."), code="over")
        move(booking, Booking.State.CHECKED_IN, checked_in_at=now, changed_at=now)
        auditing.record("coworking.checked_in", booking, user=by)


@once_more_after_deadlock
def undo_check_in(booking: Booking, *, by: "User") -> None:
    """It was somebody else."""
    may_run_space(by).require()
    with transaction.atomic():
        lock_and_refresh(booking)
        require_state(booking, Booking.State.CHECKED_IN)
        move(booking, Booking.State.CONFIRMED, checked_in_at=None, changed_at=clock.now())
        auditing.record("coworking.check_in_undone", booking, user=by)


@once_more_after_deadlock
def leave_early(booking: Booking, *, by: "User") -> None:
    """They go: what is left of the time is free again, from the next step of the grid."""
    may_change_booking(by, booking).require()
    now = clock.now()
    with transaction.atomic():
        lock_and_refresh(booking)
        if booking.state != Booking.State.CHECKED_IN:
            raise Refused(_("Only who has checked in can leave."), code="not_here")
        until = max(rounded_up(now), booking.starts + timedelta(minutes=15))
        freed = Range(min(until, booking.ends), booking.ends)
        move(
            booking,
            Booking.State.COMPLETED,
            left_at=now,
            ends=freed.starts,
            sequence=booking.sequence + 1,
            changed_at=now,
        )
        free_slots(booking, since=freed.starts + booking.resource.after)
        auditing.record("coworking.left", booking, user=by)
        if freed.starts < freed.ends:
            offer_freed(booking.resource, freed, now)


@once_more_after_deadlock
def seat_elsewhere(booking: Booking, unit: Unit, *, by: "User") -> None:
    """Give them another unit of the same resource, also after they checked in."""
    may_run_space(by).require()
    now = clock.now()
    try:
        with transaction.atomic():
            lock_and_refresh(booking)
            if unit.resource_id != booking.resource_id:
                raise Refused(
                    _("Choose a place of the same kind."), code="other_kind", field="unit"
                )
            if not booking.holds:
                raise Refused(_("This booking can no longer be changed."), code="not_standing")
            wanted = Range(booking.starts, booking.ends)
            free_unit(booking.resource, wanted, wanted=unit, except_booking=booking)
            free_slots(booking)
            booking.unit = unit
            booking.sequence += 1
            booking.changed_at = now
            booking.save(update_fields=["unit", "sequence", "changed_at"])
            take_slots(booking)
            auditing.record("coworking.seated", booking, user=by, what=what(booking))
            telling.changed(booking, by=by)
    except IntegrityError as error:
        raise just_taken(error) from error


@once_more_after_deadlock
def walk_in(
    wish: Wish, *, name: str, phone: str = "", organisation: Organisation | None = None, by: "User"
) -> Booking:
    """Somebody stands at the desk: they get a free place at once and are checked in.

    The time begins now, at the step of the grid that is running. Raises `Refused` without a name.
    """
    may_run_space(by).require()
    said = clean_line(name)[:150]
    if not said:
        raise Refused(_("Enter the visitor's name."), code="no_name", field="name")
    now = clock.now()
    begins = rounded_down(max(wish.starts, now))
    wish = Wish(wish.resource, begins, wish.ends, wish.unit, wish.people, wish.purpose)
    account = Account(organisation, None)
    try:
        with transaction.atomic():
            resources = lock_for(account, [wish.resource.pk])
            wish = Wish(
                resources[wish.resource.pk],
                *(wish.starts, wish.ends, wish.unit, wish.people, wish.purpose),
            )
            booking = hold(
                case_of(wish, account, now, at_desk=True),
                wish,
                by=by,
                state=Booking.State.CHECKED_IN,
                checked_in_at=now,
                visitor_name=said,
                visitor_phone=phone,
                walk_in=True,
            )
            auditing.record("coworking.walked_in", booking, user=by)
            return booking
    except IntegrityError as error:
        raise just_taken(error) from error


def release_no_shows(now: datetime) -> int:
    """Bookings that nobody checked in for give their places back; answer how many."""
    due = Booking.objects.filter(state=Booking.State.CONFIRMED, starts__lte=now).select_related(
        "resource__space", "organisation", "person", "unit"
    )
    released = 0
    for booking in due.order_by("starts", "pk"):
        if _nobody_came(booking, now):
            released += _release(booking, now)
    return released


def _nobody_came(booking: Booking, now: datetime) -> bool:
    """Counted from the last change, for those who booked or were seated after the start."""
    wait = timedelta(minutes=booking.resource.space.no_show_minutes)
    since = max(booking.starts, booking.changed_at)
    if since > now:  # the server's clock was set back
        since = booking.starts
    return booking.state == Booking.State.CONFIRMED and since + wait <= now


@once_more_after_deadlock
def _release(booking: Booking, now: datetime) -> bool:
    with transaction.atomic():
        lock_and_refresh(booking)
        if not _nobody_came(booking, now):
            return False  # checked in, moved or cancelled in the meantime
        end(booking, Booking.State.NO_SHOW, now)
        days = booking.resource.space.strike_days
        Strike.objects.create(booking=booking, expires_at=now + timedelta(days=days))
        auditing.record("coworking.no_show", booking, user=None)
        offer_freed(booking.resource, Range(max(booking.starts, now), booking.ends), now)
        telling.no_show(booking)
        return True


def pardon(strike: Strike, *, by: "User", reason: str) -> None:
    """This no-show counts no more. Raises `Refused` without a reason or when it was pardoned."""
    may_run_space(by).require()
    said = clean_line(reason)[:200]
    if not said:
        raise Refused(_("Say why."), code="no_reason", field="reason")
    with transaction.atomic():
        done = Strike.objects.filter(pk=strike.pk, pardoned_at__isnull=True).update(
            pardoned_at=clock.now(), pardoned_by=by, pardon_reason=said
        )
        if not done:
            raise StaleState(_("This no-show was pardoned already."), code="pardoned")
        auditing.record("coworking.pardoned", strike.booking, user=by, reason=said)


def complete(now: datetime) -> int:
    """Bookings that were checked in and are over; their slots lie in the past and stay."""
    over = Booking.objects.filter(state=Booking.State.CHECKED_IN, ends__lte=now)
    return over.update(state=Booking.State.COMPLETED, changed_at=now)


def forget_visitors(now: datetime) -> int:
    """Names and phones of visitors are kept as long as the space's privacy rules say."""
    forgotten = 0
    named = Booking.objects.exclude(visitor_name="", visitor_phone="").filter(ends__lt=now)
    for space_id, days in set(
        named.values_list("resource__space", "resource__space__visitor_days")
    ):
        old = named.filter(resource__space=space_id, ends__lt=now - timedelta(days=days))
        forgotten += old.update(visitor_name="", visitor_phone="", folded_visitor="")
    for space in Space.objects.all():
        since = now - timedelta(days=space.visitor_days)
        guests = Guest.objects.filter(booking__resource__space=space, booking__ends__lt=since)
        forgotten += guests.delete()[0]
    return forgotten
