"""Open data of the market: what its public pages say, and nothing that they do not.

Of an owner who is not named the answers leave out everything that would tell who it is: the
organisation, the commune, the address at another exchange and the pictures. Contacts, phone
numbers and photos are read on the pages only, where each stands under its own consent.
"""

from datetime import date, datetime, time
from typing import Annotated, Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from ninja.pagination import paginate

from events.techmart.models import (
    Demand,
    Expert,
    MarketPage,
    Offer,
    PriceKind,
    Supplier,
    Verification,
)
from portal.core.api import ErrorOut, absolute
from portal.core.api_tables import TABLE, Keyset
from portal.search.finding import read_query
from portal.search.synonyms import holding

router = Router(tags=["technology market"])

SLUG = r"^[-a-z0-9_]{0,140}$"
EARLIEST, LATEST = date(1970, 1, 1), date(9000, 1, 1)
Word = Annotated[str, Query("", pattern=SLUG, description="A slug, as in the answers.")]


# Schemas -----------------------------------------------------------------------------------


class WordOut(Schema):
    """A word of a vocabulary; `slug` is stable and is what filters take."""

    slug: str
    label: str
    label_en: str


class OwnerOut(Schema):
    """An organisation that shows itself as the owner."""

    name: str
    name_en: str


class RecordOut(Schema):
    """What every record of the market says."""

    code: str = Field(alias="standing.code")
    page: str
    published_at: datetime | None = Field(alias="last_published_at")
    confirmed_at: datetime | None = Field(alias="standing.last_confirmed_at")
    verification: Verification = Field(alias="standing.verification")
    verified_at: datetime | None = Field(alias="standing.verified_at")
    commune: str

    @staticmethod
    def resolve_page(record: Any, context: Any) -> str:
        page, base = _market(context["request"])
        route = type(record)._meta.model_name or ""
        return absolute(page.address_of(route, record.standing.slug, base)) if page else ""

    @staticmethod
    def resolve_commune(record: Any) -> str:
        return record.unit.full_name if record.unit and _is_named(record) else ""


class OwnedOut(RecordOut):
    """A record that an organisation stands behind, named or not."""

    owner: OwnerOut | None = Field(description="Null where the owner is not named.")
    source: str = Field(description="The exchange it came from; empty for our own.")
    canonical_url: str

    @staticmethod
    def resolve_owner(record: Any) -> Any:
        return record.standing.organisation if _is_named(record) else None

    @staticmethod
    def resolve_source(record: Any) -> str:
        return record.standing.source if _is_named(record) else ""

    @staticmethod
    def resolve_canonical_url(record: Any) -> str:
        return record.standing.canonical_url if _is_named(record) else ""


class OfferOut(OwnedOut):
    """A technology, process, machine, program, variety, service or research result."""

    title: str
    title_en: str
    kind: WordOut | None
    problem: str
    summary: str
    summary_en: str
    advantages: str
    fields: list[WordOut]
    sectors: list[WordOut]
    crops: list[WordOut]
    stage: WordOut | None
    trl: int | None
    ip_status: WordOut | None
    transfer_forms: list[WordOut]
    price_kind: PriceKind
    price_min: int | None
    price_max: int | None
    price_unit: str
    price_with_vat: bool
    economy_unit: str
    investment: int | None
    payback_months: int | None
    transferred_count: int | None

    @staticmethod
    def resolve_fields(record: Any) -> list[Any]:
        return list(record.fields.all())

    @staticmethod
    def resolve_sectors(record: Any) -> list[Any]:
        return list(record.sectors.all())

    @staticmethod
    def resolve_crops(record: Any) -> list[Any]:
        return list(record.crops.all())

    @staticmethod
    def resolve_transfer_forms(record: Any) -> list[Any]:
        return list(record.transfer_forms.all())


class FigureOut(Schema):
    """One line of the technical data."""

    name: str
    name_en: str
    value: str
    unit: str


class OfferDetailOut(OfferOut):
    """With the texts of its page."""

    problem_en: str
    advantages_en: str
    description: str
    description_en: str
    requirements: str
    requirements_en: str
    environment: str
    environment_en: str
    support: str
    support_en: str
    economy: str
    economy_en: str
    yearly_cost_before: int | None
    yearly_cost_after: int | None
    yearly_gain: int | None
    specs: list[FigureOut]

    @staticmethod
    def resolve_specs(record: Any) -> list[Any]:
        return list(record.specs.all())


class DemandOut(OwnedOut):
    """A technology that somebody looks for."""

    title: str
    title_en: str
    problem: str
    problem_en: str
    must_have: str
    nice_to_have: str
    current_way: str
    tried: str
    scale: str
    fields: list[WordOut]
    sectors: list[WordOut]
    crops: list[WordOut]
    cooperation: list[WordOut]
    min_trl: int | None
    needed_by: date | None
    budget_min: int | None
    budget_max: int | None
    foreign_welcome: bool

    @staticmethod
    def resolve_fields(record: Any) -> list[Any]:
        return list(record.fields.all())

    @staticmethod
    def resolve_sectors(record: Any) -> list[Any]:
        return list(record.sectors.all())

    @staticmethod
    def resolve_crops(record: Any) -> list[Any]:
        return list(record.crops.all())

    @staticmethod
    def resolve_cooperation(record: Any) -> list[Any]:
        return list(record.cooperation.all())

    @staticmethod
    def resolve_budget_min(record: Any) -> int | None:
        return record.budget_min if record.budget_shown else None

    @staticmethod
    def resolve_budget_max(record: Any) -> int | None:
        return record.budget_max if record.budget_shown else None


class ExpertOut(RecordOut):
    """An expert who has agreed to be listed."""

    name: str = Field(alias="full_name")
    rank: WordOut | None
    degree: WordOut | None
    position: str
    position_en: str
    workplace: str
    workplace_en: str
    fields: list[WordOut]
    crops: list[WordOut]
    roles: list[WordOut]
    languages: list[WordOut]
    advises_on: str
    advises_on_en: str
    orcid: str
    in_person: bool
    online: bool
    free_of_charge: bool

    @staticmethod
    def resolve_fields(record: Any) -> list[Any]:
        return list(record.fields.all())

    @staticmethod
    def resolve_crops(record: Any) -> list[Any]:
        return list(record.crops.all())

    @staticmethod
    def resolve_roles(record: Any) -> list[Any]:
        return list(record.roles.all())

    @staticmethod
    def resolve_languages(record: Any) -> list[Any]:
        return list(record.languages.all())

    @staticmethod
    def resolve_free_of_charge(record: Any) -> bool:
        return bool(record.fee == "free")


class SupplierOut(RecordOut):
    """An organisation with a page in the market."""

    name: str
    name_en: str
    about: str
    about_en: str
    products: str
    products_en: str
    fields: list[WordOut]
    founded_year: int | None
    website: str
    offers: int = Field(description="Public offers under its name; unnamed ones do not count.")

    @staticmethod
    def resolve_fields(record: Any) -> list[Any]:
        return list(record.fields.all())


# Addresses ---------------------------------------------------------------------------------


@router.get(
    "/offers",
    response=list[OfferOut],
    openapi_extra=dict(TABLE),
    summary="Offers, the newest first",
)
@paginate(Keyset, columns=OfferOut)
def offers(
    request: HttpRequest,
    q: Annotated[str, Query("", max_length=200)],
    kind: Word,
    field: Word,
    sector: Word,
    crop: Word,
    trl_min: Annotated[int, Query(None, ge=1, le=9)],
    published_since: Annotated[date, Query(None)],
) -> QuerySet[Offer]:
    """Every word of `q` has to stand in the offer, accents apart, or a synonym of it."""
    found = _narrowed(_public(request, Offer), q, published_since)
    found = _with(found, kind__slug=kind, fields__slug=field, sectors__slug=sector)
    found = _with(found, crops__slug=crop, trl__gte=trl_min)
    return found.select_related(
        "kind", "stage", "ip_status", "unit", "standing__organisation"
    ).prefetch_related("fields", "sectors", "crops", "transfer_forms")


@router.get(
    "/offers/{code}",
    response={200: OfferDetailOut, 404: ErrorOut},
    summary="One offer",
)
def offer(request: HttpRequest, code: Annotated[str, Path(max_length=20)]) -> Offer:
    return get_object_or_404(_public(request, Offer), standing__code=code)


@router.get(
    "/demands",
    response=list[DemandOut],
    openapi_extra=dict(TABLE),
    summary="Demands, the newest first",
)
@paginate(Keyset, columns=DemandOut)
def demands(
    request: HttpRequest,
    q: Annotated[str, Query("", max_length=200)],
    field: Word,
    sector: Word,
    crop: Word,
    published_since: Annotated[date, Query(None)],
) -> QuerySet[Demand]:
    found = _narrowed(_public(request, Demand), q, published_since)
    found = _with(found, fields__slug=field, sectors__slug=sector, crops__slug=crop)
    return found.select_related("unit", "standing__organisation").prefetch_related(
        "fields", "sectors", "crops", "cooperation"
    )


@router.get("/demands/{code}", response={200: DemandOut, 404: ErrorOut}, summary="One demand")
def demand(request: HttpRequest, code: Annotated[str, Path(max_length=20)]) -> Demand:
    return get_object_or_404(_public(request, Demand), standing__code=code)


@router.get(
    "/experts",
    response=list[ExpertOut],
    openapi_extra=dict(TABLE),
    summary="Experts who have agreed to be listed, the newest first",
)
@paginate(Keyset, columns=ExpertOut)
def experts(
    request: HttpRequest,
    q: Annotated[str, Query("", max_length=200)],
    field: Word,
    crop: Word,
    published_since: Annotated[date, Query(None)],
) -> QuerySet[Expert]:
    found = _narrowed(_public(request, Expert), q, published_since)
    found = _with(found, fields__slug=field, crops__slug=crop)
    return found.select_related("rank", "degree", "unit", "standing").prefetch_related(
        "fields", "crops", "roles", "languages"
    )


@router.get(
    "/suppliers",
    response=list[SupplierOut],
    openapi_extra=dict(TABLE),
    summary="Suppliers, the newest first",
)
@paginate(Keyset, columns=SupplierOut)
def suppliers(
    request: HttpRequest,
    q: Annotated[str, Query("", max_length=200)],
    field: Word,
    published_since: Annotated[date, Query(None)],
) -> QuerySet[Supplier]:
    found = _narrowed(_public(request, Supplier), q, published_since)
    found = _with(found, fields__slug=field)
    found = found.select_related("unit", "standing").prefetch_related("fields")
    return _with_numbers_of_offers(found)


# Reading -----------------------------------------------------------------------------------


def _is_named(record: Any) -> bool:
    return not getattr(record.standing, "anonymous", False)


def _market(request: HttpRequest) -> tuple[MarketPage | None, str]:
    """The Vietnamese market and its address, read once a request."""
    found: tuple[MarketPage | None, str] | None = getattr(request, "technology_market", None)
    if found is None:
        page = MarketPage.public_in("vi")
        found = (page, (page.get_url() or "") if page else "")
        request.technology_market = found  # type: ignore[attr-defined]
    return found


def _public(request: HttpRequest, model: Any) -> QuerySet[Any]:
    """What the public market shows: nothing where there is none."""
    public: QuerySet[Any] = model.objects.public()
    return public if _market(request)[0] else public.none()


def _narrowed(found: QuerySet[Any], q: str, since: date | None) -> QuerySet[Any]:
    query = read_query(q)
    if query.text and not query.words:
        return found.none()
    if since is not None:
        day = min(max(since, EARLIEST), LATEST)
        begins = timezone.make_aware(datetime.combine(day, time.min))
        found = found.filter(last_published_at__gte=begins)
    return found.filter(holding(query.terms, "folded_text"))


def _with(found: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
    """Only the filters that were asked for; a word stands once in a record, so no row doubles."""
    for name, value in wanted.items():
        if value not in ("", None):
            found = found.filter(**{name: value})
    return found


def _with_numbers_of_offers(found: QuerySet[Any]) -> QuerySet[Any]:
    """How many offers each shows under its own name, counted with the list."""
    own = Offer.objects.public().filter(
        standing__organisation=OuterRef("standing__organisation"), standing__anonymous=False
    )
    counted = own.order_by().values("standing__organisation").annotate(number=Count("pk"))
    return found.annotate(offers=Coalesce(Subquery(counted.values("number")), 0))
