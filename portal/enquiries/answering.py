"""Answering, closing and taking up again."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core import auditing, clock, noticing
from portal.core.states import move
from portal.core.text import clean_text
from portal.core.verdicts import Refused
from portal.enquiries.models import Enquiry
from portal.enquiries.permissions import may_answer

_STATES = Enquiry.State


@transaction.atomic
def answer(enquiry: Enquiry, by: User, text: str) -> Enquiry:
    """Mail the answer and keep it. An answer is given once. Raises Refused."""
    may_answer(by).require()
    said = clean_text(text).strip()
    if not said:
        raise Refused(_("Write the answer."), code="no_answer", field="answer")
    move(enquiry, _STATES.ANSWERED, answer=said, handled_by=by, handled_at=clock.now())
    auditing.record("enquiries.answered", enquiry, user=by)
    with translation.override(enquiry.language):
        noticing.mail_to(
            enquiry.email,
            "enquiry_answered",
            subject=_("Answer to your message %(code)s") % {"code": enquiry.code},
            body="\n\n".join(
                [said, _("You had asked: “%(subject)s”") % {"subject": enquiry.subject}]
            ),
            language=enquiry.language,
        )
    return enquiry


@transaction.atomic
def close(enquiry: Enquiry, by: User, reason: str) -> Enquiry:
    """Close without an answer (advertising, sent twice, answered by phone). Raises Refused."""
    may_answer(by).require()
    said = clean_text(reason).strip()
    if not said:
        raise Refused(_("Say why it gets no answer."), code="no_reason", field="reason")
    move(enquiry, _STATES.CLOSED, closed_because=said, handled_by=by, handled_at=clock.now())
    auditing.record("enquiries.closed", enquiry, user=by, reason=said)
    return enquiry


@transaction.atomic
def take_up_again(enquiry: Enquiry, by: User) -> Enquiry:
    """Undo a closing. Raises Refused."""
    may_answer(by).require()
    move(enquiry, _STATES.WAITING, closed_because="", handled_by=None, handled_at=None)
    auditing.record("enquiries.taken_up", enquiry, user=by)
    return enquiry
