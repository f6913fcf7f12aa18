"""Setting up an event and changing it: calendars that hold it learn of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from events.programme.models import Event, Session
from events.programme.permissions import may_set_up_events
from events.programme.registration import letters
from portal.core import auditing, clock

if TYPE_CHECKING:
    from portal.accounts.models import User


def keep(event: Event, by: "User") -> list[str]:
    """Write the event as it was filled in; answer which facts of calendars changed.

    A change of these facts raises `sequence`: a calendar that holds the event moves it, or strikes
    it out when it was called off, and everybody registered hears of it. The agenda moves along with
    the beginning. Raises `Refused` for
    people who may not.
    """
    may_set_up_events(by).require()
    with transaction.atomic():
        before = Event.objects.select_for_update().filter(pk=event.pk).first() if event.pk else None
        event.save()
        if before is None:
            return []
        changed = [
            name for name in Event.CALENDAR_FACTS if getattr(before, name) != getattr(event, name)
        ]
        if event.starts != before.starts:
            moved = event.starts - before.starts
            event.sessions.update(starts=F("starts") + moved, ends=F("ends") + moved)
        if changed:
            event.sequence, event.changed_at = before.sequence + 1, clock.now()
            event.save(update_fields=["sequence", "changed_at"])
            now_off = event.is_called_off
            if now_off != before.is_called_off:
                action = "programme.called_off" if now_off else "programme.held_after_all"
                reason = event.called_off_because or before.called_off_because
                auditing.record(action, event, user=by, reason=reason)
            letters.event_changed(event)
        return changed


def lines_outside(event_id: int, starts: datetime, ends: datetime) -> list[Session]:
    """Lines of the agenda that would not lie within these times, once they moved along."""
    moved = starts - Event.objects.values_list("starts", flat=True).get(pk=event_id)
    outside = Q(starts__lt=starts - moved) | Q(ends__gt=ends - moved)
    return list(Session.objects.filter(outside, event=event_id)[:3])
