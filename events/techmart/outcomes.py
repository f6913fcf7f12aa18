"""Recording memoranda and contracts: approved by a second person, corrected with history."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.techmart.connection_permissions import may_approve_outcome, may_run_desk
from events.techmart.models import (
    ConnectionEvent,
    ConnectionRequest,
    Outcome,
    OutcomeCorrection,
)
from portal.core import auditing, clock
from portal.core.models import Counter, PrivateFile
from portal.core.receiving import receive_file
from portal.core.text import clean_line
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

FIELDS = (
    *("kind", "number", "signed_on", "giver", "giver_organisation", "receiver"),
    *("receiver_organisation", "subject", "form", "value", "value_public", "channel", "offer"),
)
"""What is typed, and what a correction may change."""


@transaction.atomic
def record(
    facts: Mapping[str, Any],
    by: "User",
    *,
    request: ConnectionRequest | None = None,
    evidence: Any = None,
) -> Outcome:
    """Write down what was signed, from a request or by itself. Raises Refused.

    It does not move the request: an officer does that with `connecting.go_on`.
    """
    may_run_desk(by).require()
    if request is not None and not request.contacts_open:
        raise Refused(_("The owner has not accepted this request."), code="not_accepted")
    year = clock.today().year
    outcome = Outcome(
        code="?", recorded_by=by, changed_by=by, recorded_at=clock.now(), request=request, **facts
    )
    _check(outcome)
    if evidence is not None:
        outcome.evidence = _received(evidence, by)
    outcome.code = f"TN-KQ-{year}-{Counter.draw(f'TN-KQ-{year}'):04d}"
    outcome.save()
    auditing.record("techmart.outcome_recorded", outcome, user=by)
    if request is not None:
        ConnectionEvent.objects.create(
            request=request,
            kind=ConnectionEvent.Kind.OUTCOME,
            by=by,
            at=clock.now(),
            note=outcome.code,
        )
    return outcome


@transaction.atomic
def correct(
    outcome: Outcome,
    facts: Mapping[str, Any],
    by: "User",
    *,
    reason: str,
    version: int,
    evidence: Any = None,
) -> None:
    """Change what is written, keeping what stood there; an approval has to be given again.

    Raises Refused: annulled, no_reason, nothing_new, conflict.
    """
    may_run_desk(by).require()
    said = clean_line(reason)[:300]
    if not said:
        raise Refused(_("Say why it is corrected."), code="no_reason", field="reason")
    stored = Outcome.objects.select_for_update().get(pk=outcome.pk)
    _refuse_annulled(stored)
    if stored.version != version:
        raise Refused(
            _("Somebody has changed this in the meantime. Reload the page and look again."),
            code="conflict",
        )
    before = {name: _plain(getattr(stored, name)) for name in FIELDS}
    for name in FIELDS:
        if name in facts:
            setattr(stored, name, facts[name])
    _check(stored)
    after = {name: _plain(getattr(stored, name)) for name in FIELDS}
    changed = {
        name: {"before": before[name], "after": after[name]}
        for name in FIELDS
        if before[name] != after[name]
    }
    if evidence is not None:
        stored.evidence = _received(evidence, by)
        changed["evidence"] = {"before": bool(outcome.evidence_id), "after": True}
    if not changed:
        raise Refused(_("Nothing was changed."), code="nothing_new")
    stored.version += 1
    stored.changed_by = by
    stored.approved_by, stored.approved_at = None, None
    stored.save()
    OutcomeCorrection.objects.create(
        outcome=stored, by=by, at=clock.now(), reason=said, before=changed
    )
    auditing.record("techmart.outcome_corrected", stored, user=by, reason=said)
    outcome.refresh_from_db()


@transaction.atomic
def approve(outcome: Outcome, by: "User", version: int) -> None:
    """Let it count in public totals, as it stands in this version. Raises Refused."""
    may_approve_outcome(by, outcome).require()
    _refuse_annulled(outcome)
    changed = Outcome.objects.filter(
        pk=outcome.pk, version=version, approved_at__isnull=True, annulled_at__isnull=True
    ).update(approved_at=clock.now(), approved_by=by)
    if not changed:
        raise Refused(
            _("Somebody has changed this in the meantime. Reload the page and look again."),
            code="conflict",
        )
    outcome.refresh_from_db()
    auditing.record("techmart.outcome_approved", outcome, user=by, version=version)


@transaction.atomic
def annul(outcome: Outcome, by: "User", reason: str) -> None:
    """It was written by mistake or does not hold any more: it stays and counts nowhere."""
    may_run_desk(by).require()
    said = clean_line(reason)[:300]
    if not said:
        raise Refused(_("Say why it is annulled."), code="no_reason", field="reason")
    changed = Outcome.objects.filter(pk=outcome.pk, annulled_at__isnull=True).update(
        annulled_at=clock.now(), annulled_by=by, annulled_because=said
    )
    if not changed:
        _refuse_annulled(Outcome.objects.get(pk=outcome.pk))
    outcome.refresh_from_db()
    auditing.record("techmart.outcome_annulled", outcome, user=by, reason=said)


def _refuse_annulled(outcome: Outcome) -> None:
    if outcome.annulled_at is not None:
        raise Refused(_("This was annulled."), code="annulled")


def _check(outcome: Outcome) -> None:
    """Everything the columns and constraints ask, as refusals at their fields."""
    if outcome.signed_on and outcome.signed_on > clock.today():
        raise Refused(_("The day of signing lies ahead."), code="bad_day", field="signed_on")
    if outcome.value_public and outcome.value is None:
        raise Refused(_("There is no value to count."), code="no_value", field="value")
    try:
        outcome.clean_fields(exclude=["code"])
    except ValidationError as error:
        field, texts = next(iter(error.message_dict.items()))
        raise Refused(texts[0], code="invalid", field=field) from error


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value


def _received(upload: Any, by: "User") -> PrivateFile:
    try:
        return receive_file(upload, by=by)
    except Refused as refused:
        raise Refused(refused.reason, code=refused.code, field="evidence") from refused
