"""Needs told in three fields and wishes to be called: received, taken, answered, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from events.techmart import connection_letters as letters
from events.techmart.connection_permissions import may_enter_needs, may_run_desk
from events.techmart.models import (
    ConnectionRequest,
    Demand,
    DemandStanding,
    Expert,
    Need,
    NeedSuggestion,
    Offer,
)
from events.techmart.writing import start
from portal.accounts.models import Organisation
from portal.core import auditing, clock, consenting, working_days
from portal.core.models import ConsentRecord, Counter
from portal.core.states import move
from portal.core.text import clean_line, clean_text
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

PURPOSE = "market_need"
States = Need.State
WORKING_DAYS = {Need.Kind.NEED: 2, Need.Kind.CALLBACK: 1}
"""Until somebody has called or answered."""
_CONSENT_CHANNELS = {Need.Channel.WEB: ConsentRecord.Channel.WEB}


@transaction.atomic
def receive(
    kind: str,
    facts: Mapping[str, Any],
    *,
    channel: str = Need.Channel.WEB,
    by: "User | None" = None,
) -> Need:
    """Keep what somebody needs, with their consent, and tell the officers.

    `facts` holds problem, unit, phone, name, hours and offer, as far as they are known. Through
    any channel but the web `by` is the person of the office who noted it, and who heard the
    consent spoken. Raises Refused.
    """
    if channel != Need.Channel.WEB or by is not None:
        may_enter_needs(by).require()
        if channel == Need.Channel.WEB:
            raise Refused(_("Choose how it came."), code="no_channel", field="channel")
    problem = clean_text(facts.get("problem") or "").strip()
    if kind == Need.Kind.NEED and not problem:
        raise Refused(_("Describe the problem."), code="empty", field="problem")
    year = clock.today().year
    code = f"TN-YC-{year}-{Counter.draw(f'TN-YC-{year}'):04d}"
    name = clean_line(facts.get("name") or "")
    consent = consenting.give(
        PURPOSE,
        name=name or str(facts["phone"]),
        about=f"need:{code}",
        channel=_CONSENT_CHANNELS.get(Need.Channel(channel), ConsentRecord.Channel.SPOKEN),
    )
    need = Need.objects.create(
        code=code,
        kind=kind,
        channel=channel,
        language=translation.get_language() or "vi",
        problem=problem,
        name=name,
        phone=facts["phone"],
        unit=facts.get("unit"),
        hours=facts.get("hours") or Need.Hours.ANY,
        offer=facts.get("offer"),
        consent=consent,
        entered_by=by,
        received_at=clock.now(),
        due_on=working_days.after(clock.today(), WORKING_DAYS[Need.Kind(kind)]),
    )
    auditing.record("techmart.need_received", need, user=by)
    letters.need_came(need)
    return need


@transaction.atomic
def take(need: Need, by: "User") -> None:
    """Take it into one's hand. Raises Refused."""
    may_run_desk(by).require()
    _move(need, States.IN_HAND, by, closed_because="")


@transaction.atomic
def suggest(need: Need, by: "User", record: Offer | Expert, note: str = "") -> NeedSuggestion:
    """Note that a source or an expert was named to whoever has the need. Raises Refused."""
    may_run_desk(by).require()
    if need.state == States.CLOSED:
        raise Refused(_("This need is closed. Take it up again first."), code="closed")
    named = {"offer" if isinstance(record, Offer) else "expert": record}
    try:
        with transaction.atomic():
            suggestion = NeedSuggestion.objects.create(
                need=need,
                note=clean_line(note)[:300],
                suggested_by=by,
                suggested_at=clock.now(),
                **named,
            )
    except IntegrityError as error:
        raise Refused(
            _("This was already suggested."), code="suggested_already", field="record"
        ) from error
    if need.is_open:
        _move(need, States.ANSWERED, by)
    auditing.record("techmart.need_answered", need, user=by, suggested=str(record))
    return suggestion


@transaction.atomic
def become_demand(
    need: Need, by: "User", title: str, organisation: Organisation | None = None
) -> Demand:
    """Begin a demand from a need: a draft of the organisation, or of the office.

    Whoever needs it stays unnamed until an officer says otherwise. Raises Refused.
    """
    may_run_desk(by).require()
    named = clean_line(title)[:200]
    if not named:
        raise Refused(_("Name the demand."), code="empty", field="title")
    if not need.problem:
        raise Refused(_("Nobody has said what the problem is. Call first."), code="no_problem")
    demand = start(
        Demand(
            title=named,
            problem=need.problem,
            unit=need.unit,
            contact_name=need.name or str(need.phone),
            contact_phone=need.phone,
        ),
        None,
        by,
        anonymous=True,
    )
    if organisation is not None:
        DemandStanding.objects.filter(record=demand).update(organisation=organisation)
        demand.standing.organisation = organisation
    _move(need, States.DEMAND, by, demand=demand)
    auditing.record("techmart.need_became_demand", need, user=by, demand=demand.standing.code)
    return demand


@transaction.atomic
def close(need: Need, by: "User", reason: str) -> None:
    """Close it with a reason. Raises Refused."""
    may_run_desk(by).require()
    said = clean_line(reason)[:500]
    if not said:
        raise Refused(_("Say why it is closed."), code="no_reason", field="reason")
    _move(need, States.CLOSED, by, closed_because=said)


def _move(need: Need, to: str, by: "User", **changes: Any) -> None:
    officer = need.officer or by
    if to == States.IN_HAND:
        officer = by
    move(need, to, officer=officer, handled_at=clock.now(), **changes)
    auditing.record("techmart.need_moved", need, user=by, to_state=str(to))


@dataclass(frozen=True, slots=True)
class ServiceLog:
    """What the connection point has done in a period."""

    needs: int
    sources: int
    experts: int
    requests: int
    passed_on: int
    accepted: int


def service_log(first: date, last: date) -> ServiceLog:
    """Needs received, sources offered, experts introduced; both days included."""
    stretch = (_midnight(first), _midnight(last + timedelta(days=1)) - timedelta(microseconds=1))
    suggested = NeedSuggestion.objects.filter(suggested_at__range=stretch)
    requests = ConnectionRequest.objects
    return ServiceLog(
        needs=Need.objects.filter(received_at__range=stretch).count(),
        sources=suggested.filter(offer__isnull=False).count(),
        experts=suggested.filter(expert__isnull=False).count()
        + requests.filter(expert__isnull=False, passed_on_at__range=stretch).count(),
        requests=requests.filter(asked_at__range=stretch).count(),
        passed_on=requests.filter(passed_on_at__range=stretch).count(),
        accepted=requests.filter(opened_at__range=stretch).count(),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
