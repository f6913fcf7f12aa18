"""What the clock causes in registration. Safe to run every minute, and twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from events.programme.models import Registration
from events.programme.registration import letters, registering
from portal.core.extension_points import DueWork

DAY_BEFORE = timedelta(hours=24)
AT_ONCE = 200
"""Reminders of one run; the next minute sends the next ones."""


def run(now: datetime) -> Sequence[DueWork]:
    return [
        DueWork("programme: seats passed on", registering.lapse_offers(now)),
        DueWork("programme: waiting lists closed", registering.close_lines(now)),
        DueWork("programme: reminders", remind(now)),
        DueWork("programme: unconfirmed addresses forgotten", registering.forget_unproven(now)),
        DueWork("programme: support forgotten", registering.forget_support(now)),
    ]


def remind(now: datetime) -> int:
    """Remind who comes tomorrow, once; who registered within the last day knows."""
    coming = Registration.objects.drawn().filter(
        state=Registration.State.CONFIRMED,
        reminded_at__isnull=True,
        walk_in=False,
        sign_up__event__starts__gt=now,
        sign_up__event__starts__lte=now + DAY_BEFORE,
        sign_up__event__called_off_because="",
    )
    done = 0
    for registration in coming.order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            mine = Registration.objects.filter(pk=registration.pk, reminded_at__isnull=True)
            if mine.update(reminded_at=now) and registration.asked_at < now - timedelta(hours=6):
                letters.reminder(registration)
                done += 1
    return done
