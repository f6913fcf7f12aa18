"""A reader reports that a public record is wrong; officers decide and answer."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from events.techmart import trust_telling
from events.techmart.models import MarketRecord, ProblemReport
from events.techmart.models.trust import about
from events.techmart.permissions import may_answer_reports
from portal.core import auditing, clock, consenting
from portal.core.models import Counter
from portal.core.states import move
from portal.core.text import clean_text
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

PURPOSE = "enquiry_data"
"""The consent to keep an address for the answer: the one of questions to the department."""
PREFIX = "BS"
_STATES = ProblemReport.State


@transaction.atomic
def report(
    record: MarketRecord, kind: str, text: str, *, email: str = "", by: "User | None" = None
) -> ProblemReport:
    """Keep what a reader says of a public record, and tell the officers.

    Raises Refused: not public any more ("not_public"), nothing said ("no_text").
    """
    said = clean_text(text).strip()
    if not said:
        raise Refused(_("Say what is wrong."), code="no_text", field="text")
    if not type(record).objects.public().filter(pk=record.pk).exists():
        raise Refused(_("This is no longer shown."), code="not_public")
    year = clock.today().year
    code = f"{PREFIX}{year}-{Counter.draw(f'techmart-problem-{year}'):04d}"
    consent = (
        consenting.give(PURPOSE, name=email, email=email, about=f"problem:{code}")
        if email
        else None
    )
    made = ProblemReport.objects.create(
        **about(record),
        code=code,
        kind=ProblemReport.Kind(kind),
        text=said,
        email=email,
        consent=consent,
        user=by,
        language=translation.get_language() or "vi",
        sent_at=clock.now(),
    )
    auditing.record("techmart.reported", made, user=by, record=record.standing.code)
    trust_telling.reported(made)
    return made


def deal_with(report: ProblemReport, by: "User", answer: str) -> None:
    """The reader was right, and something was done about it. Raises Refused."""
    _decide(report, by, answer, _STATES.DEALT, "techmart.report_dealt")


def call_unfounded(report: ProblemReport, by: "User", answer: str) -> None:
    """There was nothing wrong. Raises Refused."""
    _decide(report, by, answer, _STATES.UNFOUNDED, "techmart.report_unfounded")


@transaction.atomic
def take_up_again(report: ProblemReport, by: "User") -> None:
    """Look once more at what was decided; the answer stays in the audit log. Raises Refused."""
    may_answer_reports(by).require()
    move(report, _STATES.NEW, answer="", handled_by=None, handled_at=None)
    auditing.record("techmart.report_taken_up", report, user=by)


@transaction.atomic
def _decide(report: ProblemReport, by: "User", answer: str, state: str, action: str) -> None:
    may_answer_reports(by).require()
    said = clean_text(answer).strip()
    if not said:
        raise Refused(_("Write what was found or done."), code="no_answer", field="answer")
    move(report, state, answer=said, handled_by=by, handled_at=clock.now())
    auditing.record(action, report, user=by, reason=said)
    trust_telling.report_answered(report)
