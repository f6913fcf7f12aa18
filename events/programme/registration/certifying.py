"""Certificates of attendance: only for those who came, numbered without gaps, revocable."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from events.programme.models import Certificate, Registration, SignUp
from events.programme.models.registrations import RegistrationQuerySet
from events.programme.permissions import may_issue_certificates
from events.programme.registration import letters, seats
from portal.core import auditing, clock, codes
from portal.core.models import Counter
from portal.core.text import clean_line
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

LETTERS = 6


def to_certify(sign_up: SignUp) -> RegistrationQuerySet:
    """Who came and has no certificate."""
    came = Registration.objects.filter(sign_up=sign_up, attended_at__isnull=False)
    return came.filter(certificate__isnull=True)


def issue(sign_up: SignUp, *, by: "User") -> list[Certificate]:
    """A certificate for everybody who came and has none, in the order of names.

    Raises `Refused`: "too_early" before the end, "called_off", "nobody".
    """
    may_issue_certificates(by).require()
    now, event = clock.now(), sign_up.event
    if event.is_called_off:
        raise Refused(_("This event does not take place."), code="called_off")
    if now < event.ends:
        raise Refused(_("Certificates are issued when the event is over."), code="too_early")
    with transaction.atomic():
        seats.lock(sign_up.pk)  # two officers press at once: everybody gets one
        people = list(to_certify(sign_up).drawn().order_by("name", "pk"))
        if not people:
            raise Refused(_("Everybody who came has a certificate."), code="nobody")
        made = [_certificate(person, by) for person in people]
        auditing.record("programme.certified", sign_up, user=by, count=len(made))
    return made


def _certificate(registration: Registration, by: "User") -> Certificate:
    event, year = registration.event, clock.today().year
    made = Certificate.objects.create(
        number=f"CN-{year}-{Counter.draw(f'event-certificate-{year}'):04d}",
        check_letters=codes.drawn(LETTERS),
        registration=registration,
        name=registration.name,
        title=event.title,
        title_en=event.title_en,
        starts=event.starts,
        ends=event.ends,
        place=event.place,
        issued_by=by,
    )
    letters.certified(registration, made.number)
    return made


def revoke(certificate: Certificate, *, by: "User", reason: str) -> None:
    """Take it back: the page that checks it says so, with the reason. Raises `Refused`."""
    may_issue_certificates(by).require()
    said = clean_line(reason)[:300]
    if not said:
        raise Refused(_("Say why."), code="no_reason", field="reason")
    with transaction.atomic():
        valid = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True)
        if not valid.update(revoked_at=clock.now(), revoked_by=by, reason=said):
            raise Refused(_("It was taken back before."), code="revoked")
        auditing.record("programme.certificate_revoked", certificate, user=by, reason=said)
        letters.certificate_revoked(certificate.registration, certificate.number, said)
    certificate.refresh_from_db()


def find(code: str) -> Certificate | None:
    """The certificate with exactly this number and these letters; else None."""
    typed = clean_line(code).upper().replace(" ", "")[:40]
    number, _dash, check_letters = typed.rpartition("-")
    return Certificate.objects.filter(number=number, check_letters=check_letters).first()
