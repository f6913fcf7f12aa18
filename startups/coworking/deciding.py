"""Answering requests: approve, decline with a reason, propose another time; they expire alone."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import auditing, clock
from portal.core.states import move
from portal.core.text import clean_text
from portal.core.verdicts import Refused
from startups.coworking import telling
from startups.coworking.booking import lock_and_refresh, require_state, stale
from startups.coworking.changing import end
from startups.coworking.locking import once_more_after_deadlock
from startups.coworking.models import Booking
from startups.coworking.permissions import may_decide, may_run_space
from startups.coworking.queueing import close_offer, offer_freed
from startups.coworking.slots import Range

if TYPE_CHECKING:
    from portal.accounts.models import User


@once_more_after_deadlock
def approve(booking: Booking, *, by: "User", seen: int | None = None) -> None:
    """Confirm a request. Raises `Refused` when it was answered, has expired or was changed.

    They agree to what they saw and to nothing else: the booking at the sequence `seen`, which is
    that of `booking` unless told otherwise.
    """
    may_decide(by, booking).require()
    seen, now = booking.sequence if seen is None else seen, clock.now()
    with transaction.atomic():
        lock_and_refresh(booking)
        require_state(booking, Booking.State.PENDING)
        if booking.sequence != seen:
            raise stale()
        move(
            booking,
            Booking.State.CONFIRMED,
            decided_by=by,
            answer_by=None,
            sequence=booking.sequence + 1,
            changed_at=now,
        )
        auditing.record("coworking.approved", booking, user=by)
        telling.approved(booking)


@once_more_after_deadlock
def decline(booking: Booking, *, by: "User", reason: str, instead: Range | None = None) -> None:
    """Say no with a reason, perhaps proposing other hours; the place is free again.

    Raises `Refused` without a reason, or when it was answered or has expired.
    """
    may_run_space(by).require()
    said = clean_text(reason).strip()
    if not said:
        raise Refused(
            _("Say why, so that they can choose better."), code="no_reason", field="reason"
        )
    now = clock.now()
    with transaction.atomic():
        lock_and_refresh(booking)
        end(booking, Booking.State.DECLINED, now, decided_by=by, reason=said)
        auditing.record("coworking.declined", booking, user=by, reason=said)
        offer_freed(booking.resource, Range(booking.starts, booking.ends), now)
        telling.declined(booking, instead)


def expire(now: datetime) -> int:
    """Requests and offers whose time is over give their places back; answer how many."""
    waiting = Booking.objects.filter(
        state__in=[Booking.State.PENDING, Booking.State.OFFERED], answer_by__lte=now
    ).select_related("resource", "organisation", "person")
    return sum(_expire(booking, now) for booking in waiting.order_by("answer_by", "pk"))


@once_more_after_deadlock
def _expire(booking: Booking, now: datetime) -> bool:
    with transaction.atomic():
        lock_and_refresh(booking)
        waits = booking.state in (Booking.State.PENDING, Booking.State.OFFERED)
        if not waits or booking.answer_by is None or booking.answer_by > now:
            return False  # answered or changed in the meantime
        end(booking, Booking.State.EXPIRED, now)
        close_offer(booking)
        auditing.record("coworking.expired", booking, user=None)
        offer_freed(booking.resource, Range(booking.starts, booking.ends), now)
        telling.expired(booking)
        return True
