"""Records that an officer enters for those who do not write themselves: by phone, at a fair."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.techmart.agreeing import agreed_on_paper
from events.techmart.models import Demand, Expert, ExpertStanding, MarketRecord, Offer, Term
from events.techmart.writing import start
from portal.accounts.models import Organisation, User
from portal.core import auditing, clock
from portal.core.text import clean_line
from portal.core.verdicts import YES, Refused, Verdict, no

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def may_enter(user: "User | AnonymousUser", model: type[MarketRecord]) -> Verdict:
    """Enter a record on behalf of its owner?"""
    if user.is_active and user.has_perm(f"techmart.add_{model._meta.model_name}"):
        return YES
    return no(_("Only officers of the market enter records for others."), code="not_officer")


def enter_offer(
    organisation: Organisation, title: str, kind: Term | None, by: User, *, declared: bool
) -> Offer:
    """Begin an offer for an organisation, whose owners find it in their workspace.

    `declared`: they have declared on paper or by phone that they may offer it. Raises Refused.
    """
    known = _known(organisation)
    record = Offer(title=clean_line(title), kind=kind, origin=organisation.country, **known)
    return _enter(record, organisation, by, declared=declared)


def enter_demand(organisation: Organisation, title: str, by: User, *, declared: bool) -> Demand:
    """Begin a demand for an organisation. Raises Refused."""
    record = Demand(title=clean_line(title), **_known(organisation))
    return _enter(record, organisation, by, declared=declared)


def enter_expert(
    full_name: str, person: User | None, agreed: Collection[str], by: User, *, declared: bool
) -> Expert:
    """Begin an expert's record; `agreed` names the consents they have signed on paper.

    Raises Refused: not permitted, the person has a record ("exists"), or a consent without being
    listed ("not_listed").
    """
    may_enter(by, Expert).require()
    if person and ExpertStanding.objects.filter(person=person).exists():
        raise Refused(_("This person has a record already."), code="exists", field="email")
    if agreed and "listed" not in agreed:
        raise Refused(
            _("Without the consent to be listed nothing of them is shown."),
            code="not_listed",
            field="agreed",
        )
    with transaction.atomic():
        record = _enter(Expert(full_name=clean_line(full_name)), None, by, declared=declared)
        if person is not None:
            ExpertStanding.objects.filter(pk=record.standing.pk).update(person=person)
            record.standing.person = person
        if agreed:
            agreed_on_paper(record, agreed, by)
    return record


def _known(organisation: Organisation) -> dict[str, Any]:
    return {
        "unit": organisation.unit,
        "contact_phone": organisation.phone,
        "contact_email": organisation.email,
    }


def _enter(record: Any, organisation: Organisation | None, by: User, *, declared: bool) -> Any:
    may_enter(by, type(record)).require()
    facts = {"declared_at": clock.now(), "declared_by": by} if declared else {}
    with transaction.atomic():
        begun = start(record, organisation, by, on_behalf=True, **facts)
        auditing.record("techmart.entered", begun, user=by, declared=declared)
    return begun
