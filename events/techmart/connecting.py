"""The way of a connection request: asked, received, passed on, answered, followed to its end.

Each function is one transaction. Moves stand in `ConnectionRequest.MOVES`; of two officers who
move one request at the same moment one wins and the other is refused.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from events.techmart import connection_letters as letters
from events.techmart.connection_permissions import (
    has_owner,
    is_of_owner,
    may_answer,
    may_run_desk,
)
from events.techmart.models import (
    ConnectionEvent,
    ConnectionRequest,
    Demand,
    Expert,
    Offer,
    Term,
    TermList,
)
from portal.accounts import roles
from portal.accounts.models import Organisation
from portal.accounts.permissions import active_role
from portal.core import auditing, clock, consenting, working_days
from portal.core.models import Counter
from portal.core.states import move
from portal.core.text import clean_line, clean_text
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

PURPOSE = "market_connection"
States = ConnectionRequest.State
Kinds = ConnectionEvent.Kind
THINGS: Mapping[str, Any] = {"offer": Offer, "demand": Demand, "expert": Expert}
WORKING_DAYS: Mapping[str, int] = {
    States.NEW: 2,
    States.RECEIVED: 2,
    States.PASSED_ON: 5,
    States.ACCEPTED: 5,
    States.IN_CONTACT: 10,
    States.NEGOTIATING: 20,
    States.MEMORANDUM: 40,
    States.CONTRACT: 60,
}
"""Until the step that follows each state is due."""
FURTHEST = timedelta(days=366)


@transaction.atomic
def ask(
    record: Any, organisation: Organisation, by: "User", facts: Mapping[str, str], *, agreed: bool
) -> ConnectionRequest:
    """Ask to be put in touch about a public record, in the name of one's own organisation.

    `facts` holds cooperation, unclear and about_asker. Raises Refused: not_member, own_record,
    no_consent, empty, too_many (a day), open_already.
    """
    if not active_role(by, organisation):
        raise Refused(_("Ask in the name of an organisation of your own."), code="not_member")
    if record.standing.organisation_id == organisation.pk or is_of_owner(by, record):
        raise Refused(_("This is your own."), code="own_record")
    if not agreed:
        raise Refused(_("Tick the box if you agree."), code="no_consent", field="consent")
    said = {name: clean_text(facts.get(name, "")).strip() for name in _QUESTIONS}
    for name in ("cooperation", "about_asker"):
        if not said[name]:
            raise Refused(_("Write a few words."), code="empty", field=name)
    # The row of the organisation is the queue for its requests of the day.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_too_many(organisation)
    year = clock.today().year
    code = f"TN-KN-{year}-{Counter.draw(f'TN-KN-{year}'):04d}"
    consent = consenting.give(PURPOSE, user=by, about=f"connection:{code}")
    try:
        with transaction.atomic():
            request = ConnectionRequest.objects.create(
                code=code,
                asker=by,
                organisation=organisation,
                consent=consent,
                asked_at=clock.now(),
                due_on=due_after(States.NEW),
                **{_field(record): record},
                **said,
            )
    except IntegrityError as error:
        raise Refused(
            _("Your organisation has already asked about this; that request is still open."),
            code="open_already",
        ) from error
    _log(request, Kinds.ASKED, by, to_state=States.NEW)
    auditing.record("techmart.connection_asked", request, user=by)
    letters.asked(request)
    return request


_QUESTIONS = ("cooperation", "unclear", "about_asker")


def _field(record: Any) -> str:
    return next(name for name, model in THINGS.items() if isinstance(record, model))


def _refuse_too_many(organisation: Organisation) -> None:
    since = clock.now() - timedelta(days=1)
    asked = ConnectionRequest.objects.filter(organisation=organisation, asked_at__gt=since).count()
    if asked >= settings.TECHMART_REQUESTS_PER_DAY:
        raise Refused(
            _("Your organisation has asked %(count)s times within a day. Go on tomorrow.")
            % {"count": asked},
            code="too_many",
        )


def due_after(state: str) -> date | None:
    """When the step after `state` is due, counted from today."""
    days = WORKING_DAYS.get(state)
    return working_days.after(clock.today(), days) if days else None


@transaction.atomic
def receive(request: ConnectionRequest, by: "User") -> None:
    """Take a new request into one's hand. Raises Refused."""
    may_run_desk(by).require()
    _move(request, States.RECEIVED, by, officer=by, received_at=clock.now())
    letters.tell_asker(request)


def suggested_words(request: ConnectionRequest) -> str:
    """What an officer starts from when passing on: the questions, without who asks."""
    return "\n\n".join(part for part in (request.cooperation, request.unclear) if part)


@transaction.atomic
def pass_on(request: ConnectionRequest, by: "User", *, words: str, presented_as: str) -> None:
    """Carry the request to the owner in words that an officer has read. Raises Refused."""
    may_run_desk(by).require()
    said, shown = clean_text(words).strip(), clean_line(presented_as)
    if not said:
        raise Refused(_("Write what the owner reads."), code="empty", field="words")
    if not shown:
        raise Refused(_("Say who asks without naming them."), code="empty", field="presented_as")
    _refuse_names(request, said, "words")
    _refuse_names(request, shown, "presented_as")
    _move(
        request,
        States.PASSED_ON,
        by,
        relayed_text=said,
        presented_as=shown,
        passed_on_at=clock.now(),
    )
    letters.tell_owner(request)
    letters.tell_asker(request)


def _refuse_names(request: ConnectionRequest, words: str, field: str) -> None:
    """An officer must not name the asker by mistake."""
    lowered = words.lower()
    person, organisation = request.asker, request.organisation
    told = [
        *(organisation.name, organisation.name_en, organisation.tax_code, person.full_name),
        *(person.email, organisation.email, organisation.website),
    ]
    if any(one and str(one).lower() in lowered for one in told) or any(
        phone and _digits(phone)[-9:] in _digits(words)
        for phone in (person.phone, organisation.phone)
    ):
        raise Refused(
            _("This names the asking side or tells their contacts. Take it out."),
            code="names_asker",
            field=field,
        )


def _digits(text: Any) -> str:
    return "".join(sign for sign in str(text) if sign.isascii() and sign.isdigit())


@transaction.atomic
def accept(request: ConnectionRequest, by: "User", note: str = "") -> None:
    """The owner agrees: from now on each side knows the other. Raises Refused.

    Where the owner has no account an officer notes the yes, and `note` says how it was given.
    """
    may_answer(by, request).require()
    said = _noted(request, note)
    moment = clock.now()
    _move(request, States.ACCEPTED, by, said, opened_at=moment, answered_at=moment, answered_by=by)
    letters.tell_asker(request)
    letters.tell_office(request, by)


@transaction.atomic
def decline(request: ConnectionRequest, by: "User", reason: Term | None, note: str = "") -> None:
    """The owner says no, with a reason; who asked stays hidden. Raises Refused."""
    may_answer(by, request).require()
    _require_word(reason, TermList.DECLINE_REASON)
    said = _noted(request, note)
    moment = clock.now()
    _move(
        request,
        States.DECLINED,
        by,
        said,
        decline_reason=reason,
        end_note=said,
        answered_at=moment,
        answered_by=by,
        ended_at=moment,
    )
    letters.tell_asker(request)
    letters.tell_office(request, by)


def _noted(request: ConnectionRequest, note: str) -> str:
    said = clean_line(note)[:500]
    if not said and not has_owner(request):
        raise Refused(_("Note how the owner answered."), code="no_note", field="note")
    return said


def _require_word(reason: Term | None, which: str) -> None:
    if reason is None or reason.list != which:
        raise Refused(_("Choose a reason."), code="no_reason", field="reason")


@transaction.atomic
def go_on(request: ConnectionRequest, by: "User", to: str) -> None:
    """Move an accepted request to its next state, up to done. Raises Refused."""
    may_run_desk(by).require()
    if to not in FOLLOWING:
        raise Refused(_("This is not a step of a connection."), code="illegal_move")
    _move(request, to, by, ended_at=clock.now() if to == States.DONE else None)
    letters.tell_asker(request)
    letters.tell_owner(request)


FOLLOWING = frozenset(
    {States.IN_CONTACT, States.NEGOTIATING, States.MEMORANDUM, States.CONTRACT, States.DONE}
)


@transaction.atomic
def fail(request: ConnectionRequest, by: "User", reason: Term | None, note: str = "") -> None:
    """End what came to nothing, with a reason. Raises Refused."""
    may_run_desk(by).require()
    _require_word(reason, TermList.FAILURE_REASON)
    said = clean_line(note)[:500]
    _move(
        request,
        States.FAILED,
        by,
        said,
        failure_reason=reason,
        end_note=said,
        ended_at=clock.now(),
    )
    letters.tell_asker(request)
    if request.passed_on_at:
        letters.tell_owner(request)


@transaction.atomic
def assign(request: ConnectionRequest, by: "User", officer: "User") -> None:
    """Give a request to another officer. Raises Refused."""
    may_run_desk(by).require()
    if not officer.is_active or not roles.is_officer(officer):
        raise Refused(_("Choose an officer."), code="not_officer", field="officer")
    if not request.is_open:
        raise Refused(_("This request has ended."), code="ended")
    ConnectionRequest.objects.filter(pk=request.pk).update(officer=officer)
    request.officer = officer
    _log(request, Kinds.ASSIGNED, by, note=str(officer))
    auditing.record("techmart.connection_assigned", request, user=by, officer=officer.pk)
    letters.tell_office(request, by)


@transaction.atomic
def plan(request: ConnectionRequest, by: "User", step: str, due_on: date) -> None:
    """Say what comes next and until when; both sides are reminded by the clock."""
    may_run_desk(by).require()
    said = clean_line(step)[:200]
    if not said:
        raise Refused(_("Say what comes next."), code="empty", field="step")
    if not clock.today() <= due_on <= clock.today() + FURTHEST:
        raise Refused(_("Choose a day within a year from now."), code="bad_day", field="due_on")
    if not request.is_open:
        raise Refused(_("This request has ended."), code="ended")
    ConnectionRequest.objects.filter(pk=request.pk).update(next_step=said, due_on=due_on)
    request.next_step, request.due_on = said, due_on
    _log(request, Kinds.PLANNED, by, note=said)


@transaction.atomic
def remind(request: ConnectionRequest, by: "User | None") -> None:
    """Remind whoever has to take the next step. Raises Refused. The clock is nobody."""
    if by is not None:
        may_run_desk(by).require()
    if not request.is_open or request.passed_on_at is None:
        raise Refused(_("Nobody outside the office has to do anything now."), code="not_waiting")
    letters.reminder(request)
    _log(request, Kinds.REMINDED, by)


def _move(request: ConnectionRequest, to: str, by: "User", note: str = "", **changes: Any) -> None:
    came_from = request.state
    move(request, to, due_on=due_after(to), next_step="", reminded_on=None, **changes)
    _log(request, Kinds.MOVED, by, from_state=came_from, to_state=to, note=note)
    auditing.record(
        "techmart.connection_moved", request, user=by, from_state=str(came_from), to_state=str(to)
    )


def _log(request: ConnectionRequest, kind: str, by: "User | None", **facts: Any) -> ConnectionEvent:
    return ConnectionEvent.objects.create(
        request=request, kind=kind, by=by, at=clock.now(), **facts
    )
