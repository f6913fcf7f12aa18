"""What people are told about their registrations, in their own language, after commit."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from events.programme import calendars
from events.programme.models import Event, Registration
from portal.core import icalendars, noticing
from portal.core.extension_points import NoticeKind
from portal.core.noticing import Enclosure
from portal.core.templatetags.portal import moments, weekday_moment

if TYPE_CHECKING:
    from portal.accounts.models import User

States = Registration.State
PROOF = "event-proof"
REGISTERED = "event-registered"
OFFERED = "event-offered"
ANSWERED = "event-answered"
CHANGED = "event-changed"
REMINDER = "event-reminder"
INVITED = "event-invited"
CERTIFIED = "event-certified"
KINDS = (
    NoticeKind(PROOF, gettext_lazy("Codes that confirm an address"), always_mailed=True),
    NoticeKind(REGISTERED, gettext_lazy("My registrations for events"), always_mailed=True),
    NoticeKind(OFFERED, gettext_lazy("A seat has become free for me"), always_mailed=True),
    NoticeKind(ANSWERED, gettext_lazy("Answers to my registrations"), always_mailed=True),
    NoticeKind(
        CHANGED, gettext_lazy("Changes of events that I registered for"), always_mailed=True
    ),
    NoticeKind(REMINDER, gettext_lazy("The day before an event")),
    NoticeKind(CERTIFIED, gettext_lazy("My certificates of attendance"), always_mailed=True),
    NoticeKind(INVITED, gettext_lazy("Invitations to events"), always_mailed=True),
)


def address(registration: Registration) -> str:
    """The page of a registration: whoever holds it may change or cancel."""
    return reverse("registrations:one", args=[registration.key])


def enclosure(registration: Registration, *, comes: bool = True) -> Enclosure:
    """The event for the calendar: entered, moved, or struck out."""
    event = registration.event
    link = registration.sign_up.online_link
    lines = [_("Code: %(code)s") % {"code": registration.code}]
    if link and registration.state == States.CONFIRMED:
        lines.append(_("Online: %(link)s") % {"link": link})
    entry = calendars.event_of(
        event,
        title=event.shown_title,
        about="\n".join(lines),
        url=settings.SITE_URL + address(registration),
    )
    struck = not comes or event.is_called_off
    if struck:
        entry["STATUS"], entry["TRANSP"] = "CANCELLED", "TRANSPARENT"
    method = "CANCEL" if struck else "PUBLISH"
    told = icalendars.written([entry], part="Events", method=method)
    return Enclosure(
        name=f"{registration.code}.ics",
        content=told.to_ical().decode(),
        content_type=f"text/calendar; method={method}",
    )


def _facts(registration: Registration) -> dict[str, str]:
    event = registration.event
    return {
        "name": registration.name,
        "event": event.shown_title,
        "when": moments(event.starts, event.ends),
        "where": event.place,
        "code": registration.code,
        "reason": registration.reason,
    }


def _tell(
    registration: Registration,
    kind: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    *,
    action: Callable[[], str] | None = None,
    enclosed: Callable[[], Enclosure] | None = None,
    **more: str,
) -> None:
    """By notice and mail to who has an account, by mail to everybody else."""
    label = action or (lambda: _("My registration"))
    if registration.person is not None:
        noticing.tell(
            [registration.person],
            kind,
            subject=lambda _user: subject() % (_facts(registration) | more),
            body=lambda _user: body() % (_facts(registration) | more),
            url=lambda _user: address(registration),
            action_label=lambda _user: label(),
            enclosed=(lambda _user: enclosed()) if enclosed else None,
        )
        return
    with translation.override(registration.language):
        facts = _facts(registration) | more
        noticing.mail_to(
            registration.email,
            kind,
            subject=subject() % facts,
            body=body() % facts,
            url=address(registration),
            action_label=label(),
            language=registration.language,
            enclosed=enclosed() if enclosed else None,
        )


def prove(registration: Registration, digits: str) -> None:
    _tell(
        registration,
        PROOF,
        lambda: _("%(digits)s: your code for %(event)s"),
        lambda: _(
            "Enter the code %(digits)s to confirm your registration for %(event)s. It is valid for"
            " two hours. If you did not register, do nothing."
        ),
        action=lambda: _("Enter the code"),
        digits=digits,
    )


def registered(registration: Registration) -> None:
    """How it stands now: registered, waiting for approval, or on the waiting list."""
    if registration.state == States.CONFIRMED:
        _tell(
            registration,
            REGISTERED,
            lambda: _("Registered: %(event)s"),
            lambda: _(
                "%(name)s is registered for %(event)s.\n\n%(when)s\n%(where)s\n\nCode at the door:"
                " %(code)s. The ticket with its QR code is on the page of the registration, where"
                " it can also be changed or cancelled."
            ),
            enclosed=lambda: enclosure(registration),
        )
    elif registration.state == States.PENDING:
        _tell(
            registration,
            REGISTERED,
            lambda: _("Received: %(event)s"),
            lambda: _(
                "The department has the registration of %(name)s for %(event)s, %(when)s. You get"
                " an answer by mail."
            ),
        )
    else:
        _tell(
            registration,
            REGISTERED,
            lambda: _("On the waiting list: %(event)s"),
            lambda: _(
                "All seats of %(event)s, %(when)s, are taken. %(name)s is on the waiting list; as"
                " soon as a seat becomes free it is kept for whoever waits longest."
            ),
        )


def offered(registration: Registration) -> None:
    _tell(
        registration,
        OFFERED,
        lambda: _("A seat is free for you: %(event)s"),
        lambda: _(
            "A seat of %(event)s, %(when)s, is kept for %(name)s until {until}. Take it or give it"
            " to the next on the page of the registration."
        ).replace("{until}", weekday_moment(registration.answer_by).replace("%", "%%")),
        action=lambda: _("Take the seat"),
    )


def lapsed(registration: Registration) -> None:
    _tell(
        registration,
        ANSWERED,
        lambda: _("The seat has gone on: %(event)s"),
        lambda: _(
            "Nobody took the seat that was kept for %(name)s, so it went to the next. Register once"
            " more to be on the waiting list again."
        ),
    )


def declined(registration: Registration) -> None:
    _tell(
        registration,
        ANSWERED,
        lambda: _("Declined: %(event)s"),
        lambda: _(
            "The registration of %(name)s for %(event)s, %(when)s, was declined:\n\n%(reason)s"
        ),
    )


def cancelled(registration: Registration, *, by: "User | None") -> None:
    _tell(
        registration,
        ANSWERED,
        lambda: _("Cancelled: %(event)s"),
        lambda: _("The registration of %(name)s for %(event)s, %(when)s, is cancelled. %(reason)s"),
        enclosed=lambda: enclosure(registration, comes=False),
    )


def event_changed(event: Event) -> None:
    """Everybody who comes, waits or was asked hears what changed, with the new entry.

    By a task: there may be thousands, and nobody should wait for them.
    """
    if Registration.objects.live().filter(sign_up__event=event).exists():
        transaction.on_commit(partial(tell_of_change.enqueue, event.pk))


@task()
def tell_of_change(event_id: int) -> None:
    """Tell each by itself, as the event stands now."""
    live = Registration.objects.live().drawn().filter(sign_up__event=event_id)
    for registration in live.order_by("pk").iterator(chunk_size=200):
        with transaction.atomic():
            _tell_of_change(registration)


def _tell_of_change(registration: Registration) -> None:
    event = registration.event

    def subject() -> str:
        if event.is_called_off:
            return _("Does not take place: %(event)s")
        return _("Changed: %(event)s")

    def body() -> str:
        if event.is_called_off:
            reason = event.shown_reason.replace("%", "%%")
            said = _("%(event)s, %(when)s, does not take place. {reason}")
            return said.replace("{reason}", reason)
        return _("%(event)s takes place as follows now:\n\n%(when)s\n%(where)s")

    _tell(registration, CHANGED, subject, body, enclosed=lambda: enclosure(registration))


def reminder(registration: Registration) -> None:
    link = registration.sign_up.online_link
    _tell(
        registration,
        REMINDER,
        lambda: _("Tomorrow: %(event)s"),
        lambda: (
            _(
                "%(event)s\n\n%(when)s\n%(where)s\n\nCode at the door: %(code)s. If you cannot"
                " come, cancel on the page of the registration: somebody else gets the seat."
            )
            + (("\n\n" + link.replace("%", "%%")) if link else "")
        ),
    )


def invited(email: str, event: Event, url: str) -> None:
    facts = {
        "event": event.shown_title,
        "when": moments(event.starts, event.ends),
        "where": event.place,
    }
    noticing.mail_to(
        email,
        INVITED,
        subject=_("Invitation: %(event)s") % facts,
        body=_(
            "You are invited to %(event)s.\n\n%(when)s\n%(where)s\n\nRegister with this address."
        )
        % facts,
        url=url,
        action_label=_("Register"),
    )


def certified(registration: Registration, number: str) -> None:
    _tell(
        registration,
        CERTIFIED,
        lambda: _("Certificate of attendance: %(event)s"),
        lambda: _(
            "The certificate %(number)s for %(name)s is on the page of the registration, as a PDF."
        ),
        action=lambda: _("See the certificate"),
        number=number,
    )


def certificate_revoked(registration: Registration, number: str, reason: str) -> None:
    _tell(
        registration,
        CERTIFIED,
        lambda: _("Certificate taken back: %(event)s"),
        lambda: _("The certificate %(number)s of %(name)s is not valid any more: %(why)s"),
        number=number,
        why=reason,
    )
