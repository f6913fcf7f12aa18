"""Receiving a question or a request for information."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.roles import FRONT_DESK, OFFICERS
from portal.core import auditing, clock, consenting, noticing
from portal.core.models import Counter
from portal.core.templatetags.portal import day
from portal.enquiries.models import Enquiry

PURPOSE = "enquiry_data"
"""The consent to keep name and address for the answer."""
PREFIXES = {Enquiry.Kind.QUESTION: "CH", Enquiry.Kind.INFORMATION: "TT"}
WORKING_DAYS = {Enquiry.Kind.QUESTION: 5, Enquiry.Kind.INFORMATION: 10}
"""Until the answer is due. Public holidays are not counted out yet."""


def working_days_after(start: date, days: int) -> date:
    """The day `days` Mondays to Fridays after `start`."""
    found = start
    while days > 0:
        found += timedelta(days=1)
        days -= found.weekday() < 5
    return found


@transaction.atomic
def ask(kind: str, facts: Mapping[str, Any], by: User | None) -> Enquiry:
    """Keep what was asked, give it a code and a due date, and tell both sides.

    `facts` holds full_name, email, subject, text and, for a request, phone, address and way.
    """
    kind = Enquiry.Kind(kind)
    now = clock.now()
    number = Counter.draw(f"enquiry-{kind}-{clock.today().year}")
    code = f"{PREFIXES[kind]}{clock.today().year}-{number:04d}"
    consent = consenting.give(
        PURPOSE, name=facts["full_name"], email=facts["email"], about=f"enquiry:{code}"
    )
    enquiry = Enquiry.objects.create(
        code=code,
        kind=kind,
        language=translation.get_language() or "vi",
        user=by,
        consent=consent,
        sent_at=now,
        due_on=working_days_after(clock.today(), WORKING_DAYS[kind]),
        **facts,
    )
    auditing.record("enquiries.received", enquiry, user=by)
    _send_receipt(enquiry)
    _tell_the_department(enquiry)
    return enquiry


def _send_receipt(enquiry: Enquiry) -> None:
    with translation.override(enquiry.language):
        noticing.mail_to(
            enquiry.email,
            "enquiry_receipt",
            subject=_("We received your message %(code)s") % {"code": enquiry.code},
            body=_("“%(subject)s”: you get an answer by %(day)s at the latest.")
            % {"subject": enquiry.subject, "day": day(enquiry.due_on)},
            language=enquiry.language,
        )


def _tell_the_department(enquiry: Enquiry) -> None:
    people = User.objects.filter(is_active=True, groups__name__in=[OFFICERS, FRONT_DESK]).distinct()
    noticing.tell(
        people,
        "enquiry_received",
        subject=lambda reader: f"{enquiry.get_kind_display()} {enquiry.code}: {enquiry.subject}",
        body=lambda reader: (
            _("From %(name)s, answer due %(day)s.")
            % {"name": enquiry.full_name, "day": day(enquiry.due_on)}
        ),
        url=reverse("enquiries_admin:enquiry", args=[enquiry.pk]),
        action_label=lambda reader: _("Read and answer"),
    )
