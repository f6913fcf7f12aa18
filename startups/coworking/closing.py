"""Announcing and lifting closures, with notice to everybody who had booked."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core import auditing, clock
from portal.core.states import move
from portal.core.text import clean_line
from portal.core.verdicts import Refused
from startups.coworking import telling
from startups.coworking.booking import free_slots
from startups.coworking.changing import end
from startups.coworking.locking import lock, once_more_after_deadlock
from startups.coworking.models import Booking, Closure, Resource, Space
from startups.coworking.permissions import may_run_space
from startups.coworking.queueing import close_offer
from startups.coworking.slots import GRID, rounded_down, rounded_up

if TYPE_CHECKING:
    from portal.accounts.models import User

LONGEST = timedelta(days=1)
"""No booking is longer than the day on which the space is open."""


def concerned(
    space: Space, resource: Resource | None, starts: datetime, ends: datetime
) -> list[Booking]:
    """Bookings that a closure would end, or cut short where people are here already.

    Shown before it is announced.
    """
    meeting = Booking.objects.filter(
        resource__space=space,
        state__in=Booking.HOLDING,
        starts__lt=ends,
        ends__gt=starts,
    )
    if resource is not None:
        meeting = meeting.filter(resource=resource)
    related = meeting.select_related("resource__space", "unit", "person", "organisation")
    return list(related.order_by("starts", "pk"))


@once_more_after_deadlock
def announce(
    space: Space,
    *,
    starts: datetime,
    ends: datetime,
    reason: str,
    by: "User",
    reason_en: str = "",
    resource: Resource | None = None,
) -> Closure:
    """Close a space or one resource; who had booked is told and asked to choose another time.

    All resources are locked, so nobody books into the closure meanwhile. Raises `Refused` for a
    time that is over or empty, and without a reason.
    """
    may_run_space(by).require()
    now = clock.now()
    said = clean_line(reason)[:200]
    if not said:
        raise Refused(_("Say why it is closed."), code="no_reason", field="reason")
    if ends <= starts:
        raise Refused(_("The end must be after the beginning."), code="order", field="ends")
    if ends <= now:
        raise Refused(_("This time has passed."), code="past", field="ends")
    with transaction.atomic():
        keys = [resource.pk] if resource else list(space.resources.values_list("pk", flat=True))
        lock(None, None, keys)
        closure = Closure.objects.create(
            space=space,
            resource=resource,
            starts=starts,
            ends=ends,
            reason=said,
            reason_en=clean_line(reason_en)[:200],
            announced_by=by,
            announced_at=now,
        )
        for booking in concerned(space, resource, max(starts, now), ends):
            if booking.state == Booking.State.CHECKED_IN:
                _cut_short(booking, closure, now)
            else:
                end(booking, Booking.State.CANCELLED, now, reason=said, decided_by=by)
                close_offer(booking)
            auditing.record("coworking.closed_out", booking, user=by, reason=said)
            telling.closed(booking, closure)
        auditing.record("coworking.closed", space, user=by, reason=said)
        return closure


def _cut_short(booking: Booking, closure: Closure, now: datetime) -> None:
    """Who is here stays until the closure begins, else goes now. Hold the locks."""
    shortest = booking.starts + GRID
    until = min(booking.ends, max(rounded_down(closure.starts), rounded_up(now), shortest))
    facts: dict[str, Any] = {
        "reason": closure.reason,
        "decided_by": closure.announced_by,
        "changed_at": now,
    }
    facts |= {"ends": until, "sequence": booking.sequence + 1}
    if closure.starts <= now:
        move(booking, Booking.State.COMPLETED, left_at=now, **facts)
    else:
        for name, value in facts.items():
            setattr(booking, name, value)
        booking.save(update_fields=list(facts))
    free_slots(booking, since=until + booking.resource.after)


def hit_by(closure: Closure) -> list[Booking]:
    """Whose bookings a closure ended or cut short, as they stand now, the next one first."""
    ended = Q(state=Booking.State.CANCELLED, changed_at=closure.announced_at)
    cut = Q(
        state__in=[Booking.State.CHECKED_IN, Booking.State.COMPLETED],
        booked_at__lt=closure.announced_at,
        starts__lt=closure.announced_at,
        ends__gt=closure.announced_at - LONGEST,
    )
    found = Booking.objects.filter(
        ended | cut,
        resource__space=closure.space_id,
        decided_by=closure.announced_by_id,
        reason=closure.reason,
    )
    if closure.resource_id is not None:
        found = found.filter(resource=closure.resource_id)
    related = found.select_related("resource__space", "unit__resource", "person", "organisation")
    return list(related.order_by("starts", "pk"))


def lift(closure: Closure, *, by: "User") -> None:
    """The place can be used after all. Bookings that were ended stay so."""
    may_run_space(by).require()
    with transaction.atomic():
        lifted = Closure.objects.filter(pk=closure.pk, lifted_at__isnull=True)
        if not lifted.update(lifted_at=clock.now()):
            raise Refused(_("This closure was lifted already."), code="lifted")
        auditing.record("coworking.lifted", closure.space, user=by, reason=closure.reason)
