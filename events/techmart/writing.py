"""Beginning records of the market and keeping their drafts. Nothing here reaches the public."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, transaction

from events.techmart.models import (
    Demand,
    DemandStanding,
    Expert,
    ExpertStanding,
    MarketRecord,
    Offer,
    OfferStanding,
    Standing,
    Supplier,
    SupplierStanding,
)
from events.techmart.permissions import may_start, may_write
from portal.accounts.models import Organisation
from portal.core import auditing, clock
from portal.core.models.counters import Counter
from portal.core.text import slugify
from portal.pages import owned_records

if TYPE_CHECKING:
    from portal.accounts.models import User

R = TypeVar("R", bound=MarketRecord)

CODES = {Offer: "TN-CN", Demand: "TN-NC", Expert: "TN-CG", Supplier: "TN-CU"}
"""What the codes of each kind of record begin with."""
STANDINGS: dict[type[MarketRecord], Any] = {
    Offer: OfferStanding,
    Demand: DemandStanding,
    Expert: ExpertStanding,
    Supplier: SupplierStanding,
}


def start(
    record: R,
    organisation: Organisation | None,
    by: "User",
    *,
    on_behalf: bool = False,
    **facts: Any,
) -> R:
    """Store a new record with its standing and its first draft, in the organisation's name.

    `record` is not saved yet; `facts` are further columns of its standing. Without an organisation
    (an expert's own record) and where an officer enters it `on_behalf` of its owner the caller has
    asked its own permission.
    Raises Refused when `by` is no member of the organisation.
    """
    if organisation is not None and not on_behalf:
        may_start(by, organisation).require()
    with transaction.atomic():
        record.clean_words()
        record.live = False
        record.save()
        found_standing(record, organisation, by, **facts)
        record.save_revision(user=by)
        auditing.record("techmart.started", record, user=by)
    return record


def start_supplier(organisation: Organisation, by: "User") -> Supplier:
    """Begin the organisation's page with what is known of it; one that stands is returned."""
    may_start(by, organisation).require()
    page = Supplier(
        name=organisation.name,
        name_en=organisation.name_en,
        unit=organisation.unit,
        address=organisation.address,
        website=organisation.website,
        phone=organisation.phone,
        email=organisation.email,
    )
    try:
        with transaction.atomic():
            return start(page, organisation, by)
    except IntegrityError:
        # A colleague began it at the same moment, or it stood already.
        return Supplier.objects.get(standing__organisation=organisation)


def start_expert(by: "User") -> Expert:
    """Begin a person's own record; one that stands is returned."""
    record = Expert(full_name=by.full_name or by.email, email=by.email)
    try:
        with transaction.atomic():
            return start(record, None, by, person=by)
    except IntegrityError:
        return Expert.objects.get(standing__person=by)


def found_standing(
    record: MarketRecord, organisation: Organisation | None, by: "User | None", **facts: Any
) -> Standing:
    """Give a stored record its code and address. Runs inside the caller's transaction."""
    model = STANDINGS[type(record)]
    standing: Standing = model._base_manager.create(
        record=record,
        organisation=organisation,
        code=next_code(type(record)),
        slug=free_slug(record),
        started_by=by,
        **facts,
    )
    return standing


def next_code(model: type[MarketRecord]) -> str:
    """ "TN-CN-2026-0001": without gaps, even when a transaction fails."""
    prefix = f"{CODES[model]}-{clock.today().year}"
    return f"{prefix}-{Counter.draw(prefix):04d}"


def free_slug(record: MarketRecord) -> str:
    """The name as a part of an address, with a number behind it where another has it."""
    others = STANDINGS[type(record)]._base_manager.exclude(record=record.pk)
    wanted = slugify(str(record))[:120] or record._meta.model_name or "record"
    taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def save_draft(draft: MarketRecord, version: int, by: "User") -> None:
    """Keep `draft` as the newest revision. Raises Refused: see `owned_records.save_draft`."""
    owned_records.save_draft(draft, version, by, may_write)
