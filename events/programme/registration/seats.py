"""Who gets a seat. Nothing else writes `SignUp.taken` or gives a place in the line.

A seat is taken by one conditional UPDATE (never more than there are). Whoever finds none locks the
event, tries once more and joins the line while holding the lock; whoever gives a seat back locks
the event first and passes it to the first in line. So nobody waits while a seat is free: with
somebody in line the event is full, and a newcomer cannot overtake. `CheckConstraint
sign_up_never_oversold` is the last line.
"""

from datetime import datetime, timedelta

from django.db.models import F

from events.programme.models import Registration, SignUp
from portal.core.states import move

States = Registration.State
OFFER = timedelta(hours=24)
"""An offered seat is kept so long, and never less than 12 hours where the beginning allows."""


def take(sign_up_id: int) -> bool:
    """Take a seat if there is one."""
    there = SignUp.objects.filter(pk=sign_up_id, taken__lt=F("capacity"))
    return bool(there.update(taken=F("taken") + 1))


def lock(sign_up_id: int) -> SignUp:
    """The registration of an event as it stands now, held until the transaction ends."""
    return (
        SignUp.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event")
        .get(pk=sign_up_id)
    )


def take_or_wait(sign_up: SignUp) -> str:
    """The state that somebody new gets: registered, in line, or "" where nobody waits."""
    if take(sign_up.pk):
        return States.CONFIRMED
    # Full, unless one is being given back just now: look again with the event held.
    lock(sign_up.pk)
    if take(sign_up.pk):
        return States.CONFIRMED
    return States.WAITING if sign_up.waiting_list else ""


def pass_on(sign_up: SignUp, now: datetime) -> Registration | None:
    """A seat was given back: keep it for the first in line, else it is free. Hold the lock.

    Once the event has begun a seat is nobody's but whoever's at the door.
    """
    if now < sign_up.event.starts and not sign_up.event.is_called_off:
        first = Registration.objects.in_line().filter(sign_up=sign_up).first()
        if first is not None:
            move(first, States.OFFERED, answer_by=min(now + OFFER, sign_up.event.starts))
            return first
    SignUp.objects.filter(pk=sign_up.pk).update(taken=F("taken") - 1)
    return None


def fill(sign_up: SignUp, now: datetime) -> list[Registration]:
    """Offer seats that were added to those in line, in their order. Hold the lock."""
    offered = []
    for first in Registration.objects.in_line().filter(sign_up=sign_up):
        if now >= sign_up.event.starts or not take(sign_up.pk):
            break
        move(first, States.OFFERED, answer_by=min(now + OFFER, sign_up.event.starts))
        offered.append(first)
    return offered
