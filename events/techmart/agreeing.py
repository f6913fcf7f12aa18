"""What an expert agrees to show, each by itself, with its proof; withdrawing holds at once.

Law 91/2025/QH15: a consent names what it is for and which text was read; none is ticked before.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.techmart.going_public import thing
from events.techmart.models import Expert, ExpertStanding
from portal.core import auditing, clock, consenting
from portal.core.models import ConsentRecord, ConsentText
from portal.core.verdicts import YES, Refused, Verdict, no
from portal.pages.owned_records import locked
from portal.search.keeping_true import index_after_commit

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Consent:
    """One thing an expert may agree to, the text for it, and the consent that stands."""

    name: str
    text: ConsentText
    agreed: bool
    record: ConsentRecord | None


def purpose_of(name: str) -> str:
    """Under which purpose the text of a consent stands: "techmart-expert-phone"."""
    return f"techmart-expert-{name}"


def about(expert: Expert) -> str:
    return f"techmart.expert:{expert.pk}"


def consents_of(expert: Expert) -> list[Consent]:
    """Each consent that may be given, in two queries."""
    standing = expert.standing
    given: dict[str, ConsentRecord] = {}
    kept = ConsentRecord.objects.filter(about=about(expert), withdrawn_at__isnull=True)
    for record in kept.select_related("text").order_by("given_at"):
        given[record.text.purpose] = record
    texts = _texts()
    return [
        Consent(name, texts[name], getattr(standing, f"{name}_agreed"), given.get(purpose_of(name)))
        for name in ExpertStanding.CONSENTS
    ]


def may_agree(user: "User", expert: Expert) -> Verdict:
    """Only the person themself agrees, and takes it back."""
    if user.is_active and expert.standing.person_id == user.pk:
        return YES
    return no(_("Only the expert agrees to what is shown of them."), code="not_the_expert")


def agree(expert: Expert, wanted: Collection[str], by: "User") -> None:
    """Let exactly these consents stand from now on; others are withdrawn.

    Raises Refused: not the expert, or a field without being listed ("not_listed").
    """
    with transaction.atomic():
        stored = locked(expert)
        may_agree(by, stored).require()
        names = [name for name in ExpertStanding.CONSENTS if name in wanted]
        if names and "listed" not in names:
            raise Refused(
                _("Agree to be listed first: without it nothing of you is shown."),
                code="not_listed",
                field="listed",
            )
        for name in ExpertStanding.CONSENTS:
            if name in names:
                consenting.give(purpose_of(name), user=by, about=about(stored))
            else:
                _withdraw(stored, name, by)
        _write(stored, names, by)


def agreed_on_paper(expert: Expert, names: Collection[str], by: "User") -> None:
    """Keep what an expert agreed to outside the portal, as the officer `by` witnesses it.

    Runs inside the caller's transaction, after the caller asked its permission.
    """
    person = expert.standing.person
    for name in names:
        consenting.give(
            purpose_of(name),
            user=person,
            name=expert.full_name,
            about=about(expert),
            channel=ConsentRecord.Channel.PAPER,
        )
    _write(expert, names, by)


def _withdraw(expert: Expert, name: str, by: "User") -> None:
    kept = ConsentRecord.objects.filter(
        about=about(expert), text__purpose=purpose_of(name), withdrawn_at__isnull=True
    )
    for record in kept:
        if consenting.may_withdraw(by, record):
            consenting.withdraw(record, by=by)
        else:  # given on paper before the account was there: the same person takes it back
            record.user = by
            record.save(update_fields=["user"])
            consenting.withdraw(record, by=by)


def _write(expert: Expert, names: Collection[str], by: "User") -> None:
    facts = {f"{name}_agreed": name in names for name in ExpertStanding.CONSENTS}
    ExpertStanding.objects.filter(pk=expert.standing.pk).update(**facts)
    auditing.record("techmart.agreed", expert, user=by, to=sorted(names))
    index_after_commit([thing(expert)])


def _texts() -> dict[str, ConsentText]:
    """The text in force for each consent, in one query."""
    purposes = {purpose_of(name): name for name in ExpertStanding.CONSENTS}
    found: dict[str, ConsentText] = {}
    in_force = ConsentText.objects.filter(purpose__in=purposes, valid_from__lte=clock.now())
    for text in in_force.order_by("version"):
        found[purposes[text.purpose]] = text
    return found
