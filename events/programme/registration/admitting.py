"""At the door: one admission for each ticket, whoever scans it, and however often."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from events.programme.models import Event, Registration
from events.programme.permissions import may_run_event_desk
from portal.core import auditing, clock
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

States = Registration.State
EARLY = timedelta(hours=12)
"""Doors do not open before."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What a scan came to: admitted now, or here already since `attended_at`."""

    registration: Registration
    first: bool


def require_open_doors(event: Event, now: datetime) -> None:
    """Raise `Refused` ("called_off", "too_early") while nobody can be let in."""
    if event.is_called_off:
        raise Refused(_("This event does not take place."), code="called_off")
    if now < event.starts - EARLY:
        raise Refused(_("The doors are not open yet."), code="too_early")


def admit(registration: Registration, *, by: "User") -> Admission:
    """Let somebody in. The second scan of a ticket, even at the same moment, admits nobody.

    Raises `Refused`: "no_seat" for who is not registered, "too_early", "called_off".
    """
    may_run_event_desk(by).require()
    now = clock.now()
    require_open_doors(registration.event, now)
    with transaction.atomic():
        found = Registration.objects.filter(pk=registration.pk, state=States.CONFIRMED)
        first = bool(found.filter(attended_at__isnull=True).update(attended_at=now, admitted_by=by))
        if not first and not found.exists():
            raise Refused(
                _("%(name)s has no seat: %(state)s.")
                % {"name": registration.name, "state": registration.get_state_display()},
                code="no_seat",
            )
        if first:
            auditing.record("programme.admitted", registration, user=by)
    registration.refresh_from_db(fields=["state", "attended_at", "admitted_by"])
    return Admission(registration, first)


def take_back(registration: Registration, *, by: "User") -> None:
    """The wrong person was ticked. Raises `Refused`."""
    may_run_event_desk(by).require()
    with transaction.atomic():
        here = Registration.objects.filter(pk=registration.pk, attended_at__isnull=False)
        if not here.update(attended_at=None, admitted_by=None):
            raise Refused(_("Nobody was admitted with this ticket."), code="not_here")
        auditing.record("programme.admission_undone", registration, user=by)
    registration.refresh_from_db(fields=["attended_at", "admitted_by"])
