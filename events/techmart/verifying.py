"""The ladder of verification: who checked a record, how far, and whether it still says the same.

An officer sets the level with evidence; each step is a row that is never changed. When main facts
of a live record are others than those that were checked, the level stays, but page and officers
are told so until somebody has looked again (docs/decisions/013-changed-after-the-check.md).
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.signals import published

from events.techmart import trust_telling
from events.techmart.models import (
    Demand,
    Expert,
    MarketRecord,
    Offer,
    Standing,
    Supplier,
    Verification,
    VerificationStep,
)
from events.techmart.models.trust import about
from events.techmart.permissions import may_verify
from events.techmart.writing import STANDINGS
from portal.core import auditing, clock
from portal.core.receiving import receive_file
from portal.core.text import clean_line, clean_text
from portal.core.verdicts import Refused
from portal.pages.owned_records import locked

if TYPE_CHECKING:
    from portal.accounts.models import User

KEY_FACTS: dict[type[MarketRecord], tuple[str, ...]] = {
    Offer: (
        *("title", "kind", "stage", "trl", "ip_status", "capacity", "capacity_unit"),
        *("transferred_count", "specs", "ip_rights", "references"),
    ),
    Demand: ("title", "problem"),
    Expert: ("full_name", "rank", "degree", "workplace"),
    Supplier: ("name", "certificates"),
}
"""What an officer has compared. Other words may be polished without anybody checking again."""

_ROWS: dict[str, tuple[str, ...]] = {
    "specs": ("name", "value", "unit"),
    "ip_rights": ("kind_id", "application_number", "grant_number", "granted_on"),
    "references": ("user_name", "year"),
    "certificates": ("kind_id", "number", "issuer", "valid_until"),
}
_LABELS = {
    "specs": _("technical figures"),
    "ip_rights": _("intellectual property rights"),
    "references": _("places where it is in use"),
    "certificates": _("certificates"),
}


def connect() -> None:
    """Called when the app is ready."""
    for model in KEY_FACTS:
        published.connect(
            note_changed_facts,
            sender=model,
            dispatch_uid=f"techmart.note_changed_facts.{model.__name__}",
        )


def facts_of(record: MarketRecord) -> dict[str, Any]:
    """The main facts of the live record, as plain data that two versions are compared by."""
    live = type(record)._base_manager.get(pk=record.pk)
    facts: dict[str, Any] = {}
    for name in KEY_FACTS[type(record)]:
        if name in _ROWS:
            rows = getattr(live, name).order_by("sort_order", "pk").values_list(*_ROWS[name])
            facts[name] = [["" if cell is None else str(cell) for cell in row] for row in rows]
        else:
            field: Any = live._meta.get_field(name)
            value = getattr(live, field.attname)
            facts[name] = "" if value is None else str(value)
    return facts


def fact_label(record: MarketRecord, name: str) -> str:
    """A main fact in the reader's language."""
    if name in _LABELS:
        return str(_LABELS[name])
    field: Any = record._meta.get_field(name)
    return str(field.verbose_name)


def verify(
    record: MarketRecord,
    by: "User",
    level: str,
    *,
    evidence: str,
    on_day: date | None = None,
    institution: str = "",
    upload: UploadedFile | None = None,
    seen: int = 0,
) -> VerificationStep:
    """Raise, lower or renew the level of a public record.

    `seen` is the key of the newest step that the officer had before them (0: none). Raises
    Refused: not permitted, one's own organisation's ("own_record"), not public ("not_public"),
    nothing said ("no_evidence"), who vouches or when is missing ("no_institution", "no_day"), a
    day to come ("future_day"), nothing to lower ("nothing_new"), somebody was quicker ("stale"),
    or a file that is not accepted.
    """
    may_verify(by, record).require()
    level = Verification(level)
    said, vouches = clean_text(evidence).strip(), clean_line(institution)
    _require_words(level, said, vouches, on_day)
    file = receive_file(upload, by=by) if upload else None
    with transaction.atomic():
        stored = locked(record)
        standing: Standing = stored.standing
        if not stored.live:
            raise Refused(
                _("Only what is public is verified. Publish it first."), code="not_public"
            )
        newest = VerificationStep.objects.filter(**about(stored)).first()
        if (newest.pk if newest else 0) != seen:
            raise Refused(
                _("Somebody has just set the level. Look at the history and decide again."),
                code="stale",
            )
        if level == standing.verification == Verification.DECLARED:
            raise Refused(_("It stands at this level already."), code="nothing_new", field="level")
        lowered_to_nothing = level == Verification.DECLARED
        now = clock.now()
        step = VerificationStep.objects.create(
            **about(stored),
            level_before=standing.verification,
            level=level,
            evidence=said,
            on_day=on_day,
            institution=vouches,
            file=file,
            facts=facts_of(stored),
            by=by,
            at=now,
        )
        type(standing)._base_manager.filter(pk=standing.pk).update(
            verification=level,
            verified_at=None if lowered_to_nothing else now,
            verified_by=None if lowered_to_nothing else by,
            verified_on=None if lowered_to_nothing else on_day,
            vouched_by="" if lowered_to_nothing else vouches,
            facts_changed_at=None,
        )
        auditing.record(
            "techmart.verified",
            stored,
            user=by,
            before=step.level_before,
            level=str(level),
            evidence=said,
        )
        trust_telling.level_set(stored, step)
    return step


def _require_words(level: str, said: str, vouches: str, on_day: date | None) -> None:
    if not said:
        raise Refused(
            _("Say what you have seen, or why the level is lowered."),
            code="no_evidence",
            field="evidence",
        )
    if on_day is not None and on_day > clock.today():
        raise Refused(_("This day is still to come."), code="future_day", field="on_day")
    if level == Verification.DECLARED:
        return
    if not vouches:
        raise Refused(
            _("Name the institution that vouches."), code="no_institution", field="institution"
        )
    if on_day is None:
        raise Refused(_("Say on which day it was checked."), code="no_day", field="on_day")


def note_changed_facts(instance: MarketRecord, **_signal: Any) -> None:
    """A new version went live: do the main facts still stand as they were checked?"""
    standings = STANDINGS[type(instance)]._base_manager
    standing = standings.filter(record=instance.pk).first()
    if standing is None or standing.verification == Verification.DECLARED:
        return
    steps = VerificationStep.objects.filter(**about(instance))
    checked = steps.filter(kind=VerificationStep.Kind.CHECKED).first()
    if checked is None:
        return
    now_said = facts_of(instance)
    changed = sorted(name for name, was in checked.facts.items() if now_said.get(name) != was)
    newest = steps.first()
    known = newest.changed if newest else []
    if changed == known:
        return
    with transaction.atomic():
        VerificationStep.objects.create(
            **about(instance),
            kind=VerificationStep.Kind.CHANGED,
            level_before=standing.verification,
            level=standing.verification,
            facts=now_said,
            changed=changed,
        )
        standings.filter(pk=standing.pk).update(facts_changed_at=clock.now() if changed else None)
        auditing.record("techmart.facts_changed", instance, user=None, changed=changed)
        if changed:
            trust_telling.facts_changed(instance, changed)
