"""Screening: an officer says whether a dossier meets the conditions; the team reads why."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.entries import telling
from competitions.entries.models import Entry, ScreeningDecision
from competitions.entries.permissions import may_decide, may_screen_again
from portal.core import auditing, clock
from portal.core.states import move
from portal.core.text import clean_text
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

Outcome = ScreeningDecision.Outcome


def mark_eligible(entry: Entry, by: "User") -> ScreeningDecision:
    """The newest submission meets the conditions. Raises Refused."""
    may_decide(by, entry).require()
    with transaction.atomic():
        decision = _decide(entry, by, Outcome.ELIGIBLE, "")
        move(entry, Entry.State.ELIGIBLE, reason="", asked_for="", asked_until=None)
        auditing.record("entries.eligible", entry, user=by, submission=decision.submission.number)
        telling.tell_decided(entry, decision)
    return decision


def mark_ineligible(entry: Entry, by: "User", reason: str) -> ScreeningDecision:
    """The dossier does not meet the conditions; the team reads `reason`. Raises Refused."""
    may_decide(by, entry).require()
    said = _said(reason, "reason", _("Say why: the team reads it."))
    with transaction.atomic():
        decision = _decide(entry, by, Outcome.INELIGIBLE, said)
        move(entry, Entry.State.INELIGIBLE, reason=said, asked_for="", asked_until=None)
        auditing.record("entries.ineligible", entry, user=by, reason=said)
        telling.tell_decided(entry, decision)
    return decision


def ask_to_complete(entry: Entry, by: "User", what: str, until: datetime) -> ScreeningDecision:
    """Ask the team to complete `what` by `until`, a deadline of its own; asking again moves it.

    The earlier submission stays valid. Raises Refused, also for a moment in the past.
    """
    may_decide(by, entry).require()
    said = _said(what, "what", _("Say what is missing: the team reads it."))
    if until <= clock.now():
        raise Refused(_("Choose a moment in the future."), field="until")
    with transaction.atomic():
        decision = _decide(entry, by, Outcome.ASKED, said, until)
        move(entry, Entry.State.ASKED, reason="", asked_for=said, asked_until=until)
        auditing.record("entries.asked", entry, user=by, what=said, until=until.isoformat())
        telling.tell_asked(entry, decision)
    return decision


def screen_again(entry: Entry, by: "User", reason: str) -> ScreeningDecision:
    """Take a decision back. Raises Refused."""
    may_screen_again(by, entry).require()
    said = _said(reason, "reason", _("Say why: the team reads it."))
    with transaction.atomic():
        decision = _decide(entry, by, Outcome.REOPENED, said)
        move(entry, Entry.State.SUBMITTED, reason="", asked_for="", asked_until=None)
        auditing.record("entries.screened_again", entry, user=by, reason=said)
        telling.tell_decided(entry, decision)
    return decision


def _said(text: str, field: str, sentence: str) -> str:
    said = clean_text(text).strip()
    if not said:
        raise Refused(sentence, field=field, code="no_reason")
    return said


def _decide(
    entry: Entry, by: "User", outcome: str, reason: str, until: datetime | None = None
) -> ScreeningDecision:
    submission = entry.submissions.first()
    if submission is None:
        raise Refused(_("A draft cannot be screened."), code="draft")
    return ScreeningDecision.objects.create(
        entry=entry,
        submission=submission,
        outcome=outcome,
        reason=reason,
        until=until,
        decided_by=by,
        decided_at=clock.now(),
    )
