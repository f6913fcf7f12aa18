"""What the clock causes: drafts are reminded three days and one day before closing, once each."""

from datetime import datetime, timedelta

from django.db import transaction

from competitions.calls.models import RoundTrack
from competitions.entries.models import DeadlineReminder, Entry
from competitions.entries.telling import tell_deadline

DAYS_BEFORE = (3, 1)


def remind_drafts(now: datetime) -> int:
    """Tell the teams of drafts whose track closes soon; answer how many were told.

    Safe to run every minute and twice at once: the reminder's row is unique. A draft begun on the
    last day is not told about the third day before.
    """
    closing = RoundTrack.objects.filter(
        round__number=1,
        state=RoundTrack.State.RUNNING,
        closes_at__gt=now,
        closes_at__lte=now + timedelta(days=max(DAYS_BEFORE)),
    )
    return sum(_remind(intake, now) for intake in closing)


def _remind(intake: RoundTrack, now: datetime) -> int:
    if intake.closes_at is None:
        return 0
    closes = intake.closes_at
    days = min(d for d in DAYS_BEFORE if now >= intake.closes_at - timedelta(days=d))
    drafts = (
        Entry.objects.filter(
            track=intake.track_id,
            state=Entry.State.DRAFT,
            created_at__lte=intake.closes_at - timedelta(days=days),
        )
        .exclude(reminders__closes_at=intake.closes_at, reminders__days_before__lte=days)
        .select_related("captain", "track", "competition")
    )
    return sum(_remind_one(entry, intake, closes, days) for entry in drafts)


def _remind_one(entry: Entry, intake: RoundTrack, closes: datetime, days: int) -> bool:
    with transaction.atomic():
        _reminder, new = DeadlineReminder.objects.get_or_create(
            entry=entry, days_before=days, closes_at=closes
        )
        if new:
            tell_deadline(entry, intake)
    return new
