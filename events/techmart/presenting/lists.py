"""The lists of demands, experts and suppliers: searched, narrowed, a page at a time."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.techmart.models import Demand, Expert, Offer, Supplier, TermList
from events.techmart.presenting import catalogue
from events.techmart.presenting import facets as narrowing
from events.techmart.presenting.catalogue import CROP, FIELD, NAMED, SECTOR, Counted, asking, crumbs
from events.techmart.presenting.facets import Facet
from events.techmart.presenting.finding import read
from events.techmart.presenting.rows import demand_row, expert_row, supplier_row
from portal.accounts.models import Organisation
from portal.search.synonyms import holding

if TYPE_CHECKING:
    from events.techmart.models import MarketPage

PER_PAGE = 20
_FIELD = Facet(FIELD, gettext_lazy("Field of science"), "fields", list=TermList.FIELD, levels=True)
_CROP = Facet(CROP, gettext_lazy("Crop, animal, product"), "crops", list=TermList.CROP)
_UNIT = Facet("dia-ban", gettext_lazy("Commune or ward"), "unit_id", is_unit=True)
DEMAND_FACETS: Sequence[Facet] = (
    _FIELD,
    Facet(SECTOR, gettext_lazy("Sector of use"), "sectors", list=TermList.SECTOR),
    _CROP,
    Facet("dia-ban", gettext_lazy("Commune or ward"), "unit_id", is_unit=True, besides=NAMED),
)
EXPERT_FACETS: Sequence[Facet] = (
    _FIELD,
    _CROP,
    Facet("vai-tro", gettext_lazy("Role"), "roles", list=TermList.EXPERT_ROLE),
    Facet("ngon-ngu", gettext_lazy("Language"), "languages", list=TermList.LANGUAGE),
    _UNIT,
)
SUPPLIER_FACETS: Sequence[Facet] = (
    Facet(
        "loai-to-chuc",
        gettext_lazy("Kind of organisation"),
        "standing__organisation__kind",
        values={str(value): label for value, label in Organisation.Kind.choices},
    ),
    _FIELD,
    Facet(
        "chung-nhan",
        gettext_lazy("Certificate"),
        "certificates__kind",
        list=TermList.CERTIFICATE,
    ),
    _UNIT,
)
READ = tuple(
    dict.fromkeys(
        [
            *catalogue.PARAMETERS,
            *(f.name for f in (*DEMAND_FACETS, *EXPERT_FACETS, *SUPPLIER_FACETS)),
        ]
    )
)
"""Every key of the query that the market reads, besides "q"."""


def demands_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """What is wanted, the newest first."""
    return _context(
        request,
        page,
        "demands",
        _("What is wanted"),
        DEMAND_FACETS,
        Demand.objects.public(),
        ("-first_published_at", "-pk"),
        lambda some, base: [
            demand_row(one, page.address_of("demand", one.standing.slug, base)) for one in some
        ],
    )


def experts_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """Who advises, by given name."""
    return _context(
        request,
        page,
        "experts",
        _("Experts"),
        EXPERT_FACETS,
        Expert.objects.public(),
        ("sort_key", "pk"),
        lambda some, base: [
            expert_row(one, page.address_of("expert", one.standing.slug, base)) for one in some
        ],
    )


def suppliers_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """Who supplies, by name."""

    def rows(some: Sequence[Supplier], base: str) -> list[Any]:
        offers = offers_named([one.standing.organisation_id for one in some])
        return [
            supplier_row(
                one,
                page.address_of("supplier", one.standing.slug, base),
                offers=offers.get(one.standing.organisation_id, 0),
            )
            for one in some
        ]

    return _context(
        request,
        page,
        "suppliers",
        _("Suppliers"),
        SUPPLIER_FACETS,
        Supplier.objects.public(),
        ("sort_key", "pk"),
        rows,
    )


def offers_named(organisations: Sequence[int]) -> dict[int, int]:
    """How many public offers name each of these organisations."""
    if not organisations:
        return {}
    offers = Offer.objects.public().filter(NAMED, standing__organisation__in=organisations)
    counts = offers.order_by().values("standing__organisation").annotate(found=Count("pk"))
    return dict(counts.values_list("standing__organisation", "found"))


def _context(
    request: HttpRequest,
    page: "MarketPage",
    route: str,
    title: str,
    facets: Sequence[Facet],
    public: QuerySet[Any],
    order: Sequence[str],
    rows: Callable[[Sequence[Any], str], list[Any]],
) -> dict[str, Any]:
    words = read(request.GET.get("q", ""))
    asked = narrowing.asked_of(facets, request.GET)
    wanted = holding(words.terms, "folded_text") if words.terms else Q()
    if words.text and not words.terms:
        wanted = Q(pk__in=[])
    public = public.filter(wanted)
    counts = narrowing.counted(facets, public, asked)
    total = narrowing.total_of(counts)
    fit = narrowing.fitting(facets, public, asked).order_by(*order).drawn()  # type: ignore[attr-defined]
    shown = Counted(fit, total, PER_PAGE).get_page(request.GET.get("page"))
    base = page.get_url(request) or ""
    url = page.list_address(route, base)
    choices = narrowing.choices(facets, counts, asked)
    others = [("q", words.text)] if words.text else []
    pairs = [*others, *narrowing.pairs_of(asked)]
    canonical = narrowing.address(page.list_address(route, page.full_url or ""), pairs)
    if shown.number > 1:
        canonical += f"{'&' if pairs else '?'}page={shown.number}"
    return {
        **asking(page, base),
        "words": words,
        "asked": asked,
        "choices": choices,
        "chips": narrowing.chips(choices, asked, url, others),
        "rows": rows(list(shown.object_list), base),
        "shown": shown,
        "total": total,
        "list_title": title,
        "list_url": url,
        "feed_url": narrowing.address(f"{base}{page.reverse_subpage('demands_feed')}", pairs)
        if route == "demands"
        else "",
        "market_url": base,
        "canonical_url": canonical,
        "crumbs": crumbs(request, page, title, url),
    }
