"""Setting up how people register for an event."""

from typing import TYPE_CHECKING

from django.db import transaction

from events.programme.models import SignUp
from events.programme.permissions import may_set_up_events
from events.programme.registration import registering
from portal.core import auditing, clock

if TYPE_CHECKING:
    from portal.accounts.models import User

FIELDS = (
    *("opens_at", "closes_at", "waiting_list", "needs_approval", "invitation_only"),
    *("most_people", "asks_support", "online_link"),
)
"""What is written as it was filled in; seats only by `change_capacity`, `taken` never."""


def keep(sign_up: SignUp, by: "User") -> SignUp:
    """Write it as it was filled in; added seats are offered to those in line.

    Raises `Refused` for people who may not, and where fewer seats were filled in than are taken.
    """
    may_set_up_events(by).require()
    with transaction.atomic():
        if sign_up.pk is None:
            sign_up.taken = 0
            sign_up.save()
        else:
            registering.change_capacity(sign_up, sign_up.capacity, now=clock.now())
            sign_up.save(update_fields=FIELDS)
        auditing.record("programme.sign_up_set", sign_up, user=by, seats=sign_up.capacity)
    return sign_up
