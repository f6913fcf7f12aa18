"""What the workspace shows of records: where each stands and what would help it next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from events.techmart.fullness import Fullness, fullness_of
from events.techmart.models import (
    Demand,
    DemandStanding,
    Expert,
    ExpertStanding,
    Freshness,
    MarketPage,
    MarketRecord,
    Offer,
    OfferStanding,
    Supplier,
    SupplierStanding,
)
from events.techmart.permissions import may_decide, may_send, may_take_back, may_write
from events.techmart.reviewing import missing
from events.techmart.telling import content_types
from portal.accounts.models import Membership, Organisation, User
from portal.pages.owned_records import (
    Where,
    draft_of,
    returned_with,
    where,
    where_between,
)

SHOWN = 20


@dataclass(frozen=True, slots=True)
class KindWords:
    """What the workspace says of one kind of record."""

    kind: str
    title: str | Promise
    fits: str | Promise
    begin: str | Promise
    icon: str


KINDS = (
    KindWords(
        "offer",
        _("Offers"),
        _(
            "You have a technology, a machine, software, a variety, a service or a research "
            "result that others can buy, rent or take over. They pay you."
        ),
        _("Offer a technology"),
        "lightbulb",
    ),
    KindWords(
        "demand",
        _("Demands"),
        _("You have a problem and look for whoever can solve it. You pay, or look for partners."),
        _("Name a demand"),
        "flag",
    ),
    KindWords(
        "supplier",
        _("Supplier's page"),
        _(
            "The page of your organisation with everything it offers. One for each organisation; "
            "worth having as soon as you offer something."
        ),
        _("Begin the page"),
        "store",
    ),
    KindWords(
        "expert",
        _("Expert record"),
        _(
            "You yourself give advice, as a person. Nothing of you is shown before you agree to "
            "it, and each contact only with a consent of its own."
        ),
        _("Begin my record"),
        "graduation-cap",
    ),
)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record in the list of what is mine."""

    record: MarketRecord
    kind: str
    name: str
    url: str
    where: Where
    fullness: Fullness
    closed: bool
    unconfirmed: bool
    advice: str | Promise


@dataclass(frozen=True, slots=True)
class Mine:
    """The records of one kind that are mine."""

    words: KindWords
    page: Page
    rows: Sequence[RecordRow]


def organisations_of(user: User) -> list[Organisation]:
    """Those in whose name this person writes."""
    return list(
        Organisation.objects.filter(
            memberships__user=user, memberships__state=Membership.State.ACTIVE
        ).order_by("folded_name")
    )


def counted_for(organisation_ids: Sequence[int]) -> Counter[int]:
    """How many records each organisation has, in three queries."""
    found: Counter[int] = Counter()
    for standings in (OfferStanding, DemandStanding, SupplierStanding):
        theirs = standings._base_manager.filter(organisation__in=organisation_ids)
        found.update(theirs.values_list("organisation", flat=True))
    return found


def mine(user: User, organisations: Sequence[Organisation], only: str, number: Any) -> list[Mine]:
    """Every kind of record, the newest first; a further page only of the kind `only`."""
    found = []
    reviews = _Reviews()
    for words in KINDS:
        if only and words.kind != only:
            continue
        model: Any = {"offer": Offer, "demand": Demand, "expert": Expert, "supplier": Supplier}[
            words.kind
        ]
        of_person = model._meta.get_field("standing").related_model is ExpertStanding
        theirs = (
            Q(standing__person=user) if of_person else Q(standing__organisation__in=organisations)
        )
        records = (
            model._base_manager.filter(theirs)
            .select_related("standing__organisation", "latest_revision")
            .order_by("-standing__started_at", "-pk")
        )
        page = Paginator(records, SHOWN).get_page(number if only else 1)
        found.append((words, page))
        reviews.ask_for(model, page.object_list)
    states = reviews.read()
    return [
        Mine(words, page, [_row(record, words.kind, states) for record in page])
        for words, page in found
    ]


class _Reviews:
    """The running reviews of many records of several kinds, in one query."""

    def __init__(self) -> None:
        self.kinds = {model: kind for kind, model in content_types().items()}
        self.wanted = Q(pk__in=[])

    def ask_for(self, model: Any, records: Iterable[MarketRecord]) -> None:
        keys = [str(record.pk) for record in records]
        self.wanted |= Q(base_content_type=self.kinds[model], object_id__in=keys)

    def read(self) -> dict[tuple[Any, int], WorkflowState]:
        models = {kind: model for model, kind in self.kinds.items()}
        running = WorkflowState.objects.filter(
            self.wanted,
            status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
        )
        return {(models[one.base_content_type_id], int(one.object_id)): one for one in running}


def _row(record: MarketRecord, kind: str, states: Any) -> RecordRow:
    standing = record.standing
    stands = where_between(record, states.get((type(record), record.pk)))
    full = fullness_of(record)
    unconfirmed = record.live and standing.freshness() != Freshness.CONFIRMED
    return RecordRow(
        record=record,
        kind=kind,
        name=record.latest_revision.object_str if record.latest_revision else str(record),
        url=reverse("techmart:record", args=[kind, record.pk]),
        where=stands,
        fullness=full,
        closed=standing.closed_at is not None,
        unconfirmed=unconfirmed,
        advice=_advice(stands, full, closed=standing.closed_at is not None),
    )


def _advice(stands: Where, full: Fullness, *, closed: bool) -> str | Promise:
    """The one thing to do next."""
    if closed:
        return ""
    if stands is Where.IN_REVIEW:
        return _("An officer reads it; you are told what follows.")
    if stands is Where.RETURNED:
        return _("Read what the officer asks for, change it and send it again.")
    if stands is Where.CHANGED:
        return _("Send the changes for review.")
    return full.next[0].advice if full.next else ""


def record_context(user: User, record: MarketRecord) -> dict[str, Any]:
    """One record: where it stands, what an officer said, what can be done."""
    draft = draft_of(record)
    lacking = missing(draft)
    standing = record.standing
    return {
        "record": record,
        "standing": standing,
        "kind": record._meta.model_name,
        "words": next(one for one in KINDS if one.kind == record._meta.model_name),
        "name": str(draft),
        "draft": draft,
        "where": where(record),
        "returned_with": returned_with(record),
        "missing": lacking,
        "fullness": fullness_of(record),
        "may_write": may_write(user, record),
        "may_send": may_send(user, record),
        "may_take_back": may_take_back(user, record),
        "may_decide": may_decide(user, record),
        "can_be_anonymous": hasattr(standing, "anonymous"),
        "freshness": standing.freshness() if record.live else None,
        "public_url": public_address(record),
    }


def public_address(record: MarketRecord) -> str:
    """Where everybody reads it; empty while nobody may, or where no market page stands."""
    if not type(record).objects.public().filter(pk=record.pk).exists():
        return ""
    page = MarketPage.public_in(get_language() or "vi")
    if page is None:
        return ""
    return page.address_of(record._meta.model_name or "", record.standing.slug, page.url or "")
