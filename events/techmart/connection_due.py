"""What the clock causes at the desk: reminders of next steps, and one digest a morning."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from events.techmart import connecting
from events.techmart import connection_letters as letters
from events.techmart.models import ConnectionRequest, Need
from portal.core.extension_points import DueWork
from portal.core.models import Counter

MORNING = time(7, 30)
_DIGEST = "market-desk-digest"


def run(now: datetime) -> Sequence[DueWork]:
    return [
        DueWork("market: reminders of next steps", remind(now)),
        DueWork("market: digest to the desk", digest(now)),
    ]


def remind(now: datetime) -> int:
    """Each due day is told once, on its morning, to whoever has to take the step."""
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return 0
    waiting = (
        ConnectionRequest.objects.open()
        .drawn()
        .filter(passed_on_at__isnull=False, due_on__lte=local.date())
        .filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=F("due_on")))
    )
    told = 0
    for request in waiting:
        with transaction.atomic():
            first = (
                ConnectionRequest.objects.filter(pk=request.pk, due_on=request.due_on)
                .filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=F("due_on")))
                .update(reminded_on=request.due_on)
            )
            if first:
                connecting.remind(request, None)
                told += 1
    return told


def digest(now: datetime) -> int:
    """How much is overdue, once a day to the officers; nothing when nothing is."""
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return 0
    today = local.date()
    requests = ConnectionRequest.objects.open().filter(due_on__lt=today).count()
    needs = Need.objects.open().filter(due_on__lt=today).count()
    if not requests + needs:
        return 0
    with transaction.atomic():
        Counter.objects.get_or_create(name=_DIGEST)
        # The day itself is the mark: of two runs at once one writes it.
        days = Counter.objects.filter(name=_DIGEST, value__lt=today.toordinal())
        if not days.update(value=today.toordinal()):
            return 0
        letters.digest(today, requests, needs)
    return 1
