"""Registering, waiting, taking an offered seat, giving it back. One verb for every way in."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from events.programme.models import (
    Registration,
    SignUp,
    SignUpAnswer,
    SignUpInvitation,
    SignUpQuestion,
)
from events.programme.permissions import may_approve_registrations, may_run_event_desk
from events.programme.registration import letters, seats
from events.programme.registration.admitting import require_open_doors
from portal.accounts.models import Organisation
from portal.accounts.permissions import active_role
from portal.core import auditing, clock, codes, consenting
from portal.core.models import ConsentRecord
from portal.core.states import StaleState, move
from portal.core.text import clean_line, clean_text
from portal.core.verdicts import Refused
from portal.questions.answering import ParsedAnswer

if TYPE_CHECKING:
    from portal.accounts.models import User

States = Registration.State
PURPOSE, SUPPORT = "event_registration", "event_support"
CODE_LENGTH = 8
PROOF_DIGITS, PROOF_HOURS, PROOF_TRIES = 6, 2, 5


@dataclass(frozen=True, slots=True)
class Guest:
    """Who wants to come."""

    name: str
    email: str
    phone: str = ""
    support: str = ""
    support_agreed: bool = False
    """May the organisers read it? Without that it is not taken."""
    answers: Mapping[int, ParsedAnswer] = field(default_factory=dict)
    """By question."""


# Coming in ------------------------------------------------------------------------------------


def register(sign_up: SignUp, guest: Guest, *, person: "User") -> Registration:
    """Register somebody signed in, whose address is known to be theirs.

    Raises `Refused`: "called_off", "not_yet", "closed", "invited_only", "twice", "full".
    """
    if guest.email.casefold() != person.email.casefold():
        raise Refused(_("Register with the address of your account."), field="email")
    with transaction.atomic():
        _require_open(sign_up, guest.email)
        made = _new(sign_up, guest, person=person)
        _settle(made, by=person)
    return made


def register_several(
    sign_up: SignUp, guests: Sequence[Guest], *, by: "User", organisation: Organisation
) -> list[Registration]:
    """Register people of an organisation, all or none; everybody gets a ticket of their own.

    Raises `Refused`, besides the reasons of `register`: "not_member", "too_many".
    """
    if active_role(by, organisation) is None:
        raise Refused(_("You are not a member of this organisation."), code="not_member")
    if len(guests) > sign_up.most_people:
        raise Refused(
            _("At most %(most)s people come with one registration.")
            % {"most": sign_up.most_people},
            code="too_many",
            field="people",
        )
    with transaction.atomic():
        made = []
        for guest in guests:
            _require_open(sign_up, guest.email)
            own = guest.email.casefold() == by.email.casefold()
            one = _new(
                sign_up,
                guest,
                person=by if own else None,
                organisation=organisation,
                registered_by=by,
            )
            _settle(one, by=by)
            made.append(one)
    return made


def ask(sign_up: SignUp, guest: Guest) -> Registration:
    """Keep what a guest without an account filled in, and mail the code that proves the address.

    It holds no seat yet. Raises `Refused`: "called_off", "not_yet", "closed", "invited_only".
    """
    with transaction.atomic():
        _require_open(sign_up, guest.email)
        digits = "".join(secrets.choice("0123456789") for _digit in range(PROOF_DIGITS))
        made = _new(sign_up, guest, proof_until=clock.now() + timedelta(hours=PROOF_HOURS))
        made.proof = _sealed(made, digits)
        made.save(update_fields=["proof"])
        letters.prove(made, digits)
    return made


def prove(registration: Registration, digits: str) -> Registration:
    """The guest has read the mail: now the seat is taken, or the place in line.

    Who is registered already is led to what they have. Raises `Refused`: "wrong_code", "expired",
    and the reasons of `register`.
    """
    return settle(_try_code(registration, digits))


def settle(registration: Registration) -> Registration:
    """Give a guest whose address is proven the seat, or the place in line; see `prove`."""
    with transaction.atomic():
        _require_open(registration.sign_up, registration.email)
        there = Registration.objects.live().filter(
            sign_up=registration.sign_up_id, email=registration.email
        )
        if (already := there.first()) is not None:
            return already
        _settle(registration, by=None)
    return registration


def _sealed(registration: Registration, digits: str) -> str:
    """Six digits tried at most five times need no slow hash, and a rush cannot afford one."""
    told = f"{registration.key}:{digits}"
    return salted_hmac("events.programme.proof", told, algorithm="sha256").hexdigest()


def _try_code(registration: Registration, digits: str) -> Registration:
    """Count the try, then compare; a try counts whatever follows."""
    now = clock.now()
    with transaction.atomic():
        left = Registration.objects.filter(
            pk=registration.pk,
            state=States.UNPROVEN,
            proof_until__gt=now,
            proof_tries__lt=PROOF_TRIES,
        )
        if not left.update(proof_tries=F("proof_tries") + 1):
            raise Refused(_("This code is not valid any more. Register once more."), code="expired")
    found = Registration.objects.drawn().get(pk=registration.pk)
    if not constant_time_compare(_sealed(found, clean_line(digits).replace(" ", "")), found.proof):
        raise Refused(_("This is not the code that was mailed."), code="wrong_code", field="code")
    return found


def walk_in(sign_up: SignUp, guest: Guest, *, by: "User") -> Registration:
    """Somebody stands at the door: registered and admitted at once, if a seat is left.

    Raises `Refused`: "called_off", "too_early", "full", "twice", and for people who do not run the
    desk.
    """
    may_run_event_desk(by).require()
    now = clock.now()
    require_open_doors(sign_up.event, now)
    with transaction.atomic():
        if not seats.take(sign_up.pk):
            raise Refused(_("All seats are taken."), code="full")
        made = _new(sign_up, guest, walk_in=True, registered_by=by)
        _keep(made, States.CONFIRMED, attended_at=now, admitted_by=by)
        auditing.record("programme.walked_in", made, user=by)
    return made


def _require_open(sign_up: SignUp, email: str) -> None:
    now, event = clock.now(), sign_up.event
    if event.is_called_off:
        raise Refused(_("This event does not take place."), code="called_off")
    if sign_up.opens_at and now < sign_up.opens_at:
        raise Refused(_("Registration has not opened yet."), code="not_yet")
    if now >= sign_up.closes:
        raise Refused(_("Registration is closed."), code="closed")
    if sign_up.invitation_only and not is_invited(sign_up, email):
        raise Refused(
            _("Only people with an invitation can register. Use the address it was sent to."),
            code="invited_only",
            field="email",
        )


def is_invited(sign_up: SignUp, email: str) -> bool:
    return SignUpInvitation.objects.filter(sign_up=sign_up, email=email.lower()).exists()


def _new(sign_up: SignUp, guest: Guest, **facts: Any) -> Registration:
    """A registration without a seat, with its answers and consents."""
    email = guest.email.lower()
    support = clean_text(guest.support).strip() if sign_up.asks_support else ""
    if support and not guest.support_agreed:
        raise Refused(
            _("Tick the box, or leave the support needed empty."),
            code="no_consent",
            field="support_consent",
        )
    made = Registration.objects.create(
        sign_up=sign_up,
        state=States.UNPROVEN,
        code=_unused_code(),
        name=clean_line(guest.name),
        email=email,
        phone=guest.phone,
        language=translation.get_language() or "vi",
        support=support,
        **facts,
    )
    person = facts.get("person")
    about = f"registration:{made.key}"
    if not made.walk_in:
        consenting.give(
            PURPOSE,
            user=person,
            name=made.name,
            email=email,
            about=about,
        )
    if support:
        made.support_consent = consenting.give(
            SUPPORT,
            user=person,
            name=made.name,
            email=email,
            about=about,
            channel=ConsentRecord.Channel.SPOKEN if made.walk_in else ConsentRecord.Channel.WEB,
        )
        made.save(update_fields=["support_consent"])
    write_answers(made, guest.answers)
    return made


def write_answers(registration: Registration, answers: Mapping[int, ParsedAnswer]) -> None:
    """Keep answers by question; those of other events' questions are not kept."""
    asked = SignUpQuestion.objects.filter(sign_up=registration.sign_up_id, pk__in=answers)
    for question in asked:
        given = answers[question.pk]
        SignUpAnswer.objects.update_or_create(
            registration=registration,
            question=question,
            defaults={
                "text": given.text,
                "number": given.number,
                "day": given.day,
                "picks": given.picks,
                "updated_at": clock.now(),
            },
        )


def _unused_code() -> str:
    while True:
        code = codes.drawn(CODE_LENGTH)
        if not Registration.objects.filter(code=code).exists():
            return code


def _settle(registration: Registration, *, by: "User | None") -> None:
    """Give the seat, the place in line, or the place on the officers' list; tell by mail."""
    sign_up = registration.sign_up
    state = States.PENDING if sign_up.needs_approval else seats.take_or_wait(sign_up)
    if not state:
        raise Refused(_("All seats are taken."), code="full")
    _keep(registration, state, proof="", proof_until=None)
    auditing.record("programme.registered", registration, user=by, state=state)
    letters.registered(registration)


def _keep(registration: Registration, state: str, **facts: Any) -> None:
    """Move into a live state; the database holds that nobody is registered twice."""
    if state == States.WAITING:
        facts["queued_at"] = clock.now()
    try:
        with transaction.atomic():
            move(registration, state, changed_at=clock.now(), **facts)
    except IntegrityError as error:
        raise Refused(
            _("%(email)s is registered for this event already.") % {"email": registration.email},
            code="twice",
            field="email",
        ) from error


# Approving ------------------------------------------------------------------------------------


def approve(registration: Registration, *, by: "User") -> Registration:
    """Give a seat, or a place in line where none is left. Raises `Refused`, `StaleState`."""
    may_approve_registrations(by).require()
    with transaction.atomic():
        state = seats.take_or_wait(registration.sign_up)
        if not state:
            raise Refused(_("All seats are taken."), code="full")
        _keep(registration, state)
        auditing.record("programme.approved", registration, user=by, state=state)
        letters.registered(registration)
    return registration


def decline(registration: Registration, *, by: "User", reason: str) -> Registration:
    """Say no, with a reason that is mailed. Raises `Refused`, `StaleState`."""
    may_approve_registrations(by).require()
    said = clean_line(reason)
    if not said:
        raise Refused(_("Say why."), code="no_reason", field="reason")
    with transaction.atomic():
        move(registration, States.DECLINED, reason=said[:300], changed_at=clock.now())
        auditing.record("programme.declined", registration, user=by, reason=said)
        letters.declined(registration)
    return registration


# Going out ------------------------------------------------------------------------------------


def cancel(
    registration: Registration, *, by: "User | None" = None, reason: str = ""
) -> Registration:
    """Give the seat back, or leave the line. Whoever holds the link may; so may the desk.

    The seat goes to the first in line in the same transaction. Raises `Refused` ("began",
    "attended"), `StaleState`.
    """
    now = clock.now()
    with transaction.atomic():
        sign_up = seats.lock(registration.sign_up_id)
        registration.refresh_from_db()
        if registration.attended_at:
            raise Refused(_("You have been here already."), code="attended")
        if now >= sign_up.event.starts and by is None:
            raise Refused(_("The event has begun."), code="began")
        _leave(registration, States.CANCELLED, sign_up, now, reason=clean_line(reason)[:300])
        auditing.record("programme.cancelled", registration, user=by, reason=reason)
        letters.cancelled(registration, by=by)
    return registration


def _leave(
    registration: Registration, state: str, sign_up: SignUp, now: datetime, **facts: Any
) -> None:
    """Out of a live state; a seat that was held is passed on. Hold the lock."""
    held = registration.holds
    move(
        registration,
        state,
        answer_by=None,
        sequence=registration.sequence + 1,
        changed_at=now,
        **facts,
    )
    if held and (next_one := seats.pass_on(sign_up, now)) is not None:
        letters.offered(next_one)


def accept(registration: Registration, *, by: "User | None" = None) -> Registration:
    """Take the seat that was offered. Raises `Refused` ("expired"), `StaleState`."""
    with transaction.atomic():
        seats.lock(registration.sign_up_id)
        registration.refresh_from_db()
        if registration.answer_by is not None and registration.answer_by <= clock.now():
            raise Refused(_("The seat was kept until then; it has gone on."), code="expired")
        move(registration, States.CONFIRMED, answer_by=None, changed_at=clock.now())
        auditing.record("programme.seat_taken", registration, user=by)
        letters.registered(registration)
    return registration


# The clock ------------------------------------------------------------------------------------


def lapse_offers(now: datetime) -> int:
    """Pass on seats that nobody took in time. Answers how many."""
    done = 0
    overdue = Registration.objects.filter(state=States.OFFERED, answer_by__lte=now)
    for found in overdue.order_by("answer_by", "pk"):
        with transaction.atomic():
            sign_up = seats.lock(found.sign_up_id)
            found.refresh_from_db()
            if found.state != States.OFFERED or (found.answer_by or now) > now:
                continue  # taken, or given back, a moment ago
            _leave(found, States.LAPSED, sign_up, now)
            auditing.record("programme.offer_lapsed", found, user=None)
            letters.lapsed(found)
            done += 1
    return done


def close_lines(now: datetime) -> int:
    """Who still waits when the event begins waits no more. Answers how many."""
    begun = Registration.objects.filter(
        state__in=[States.WAITING, States.PENDING], sign_up__event__starts__lte=now
    )
    done = 0
    for found in begun.order_by("pk"):
        with suppress(StaleState):  # approved or cancelled a moment ago
            move(found, States.LAPSED, changed_at=now)
            done += 1
    return done


def change_capacity(sign_up: SignUp, capacity: int, *, now: datetime) -> list[Registration]:
    """Another number of seats; new ones are offered to those in line. Hold a transaction.

    Raises `Refused` when more are taken already.
    """
    held = seats.lock(sign_up.pk)
    if capacity < held.taken:
        raise Refused(
            _("%(taken)s seats are taken already.") % {"taken": held.taken},
            code="fewer_than_taken",
            field="capacity",
        )
    SignUp.objects.filter(pk=sign_up.pk).update(capacity=capacity)
    held.capacity = capacity
    offered = seats.fill(held, now)
    for one in offered:
        letters.offered(one)
    return offered


def forget_unproven(now: datetime) -> int:
    """Delete what guests filled in and never confirmed. Answers how many."""
    old = Registration.objects.filter(state=States.UNPROVEN, proof_until__lte=now)
    return old.delete()[1].get("programme.Registration", 0)


def forget_support(now: datetime) -> int:
    """Empty what support people needed, 30 days after the event. Answers how many."""
    over = Registration.objects.filter(sign_up__event__ends__lte=now - timedelta(days=30))
    return over.exclude(support="").update(support="")
