"""The front of the market: search first, then ways in, what is new and what is wanted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.techmart.models import Demand, Expert, Offer, Supplier
from events.techmart.presenting import facets as narrowing
from events.techmart.presenting.catalogue import (
    CROP,
    FACETS,
    KIND,
    NEWEST,
    SECTOR,
    asking,
    drawn,
    ordered_by,
    rows_of,
    unfiltered_counts,
)
from events.techmart.presenting.rows import demand_row

if TYPE_CHECKING:
    from events.techmart.models import MarketPage

NEW_OFFERS, NEW_DEMANDS, MOST_WAYS = 6, 5, 12


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the catalogue, with how much is there."""

    label: str
    foreign: bool
    count: int
    url: str


def front_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """Everything the front shows."""
    base = page.get_url(request) or ""
    counts = unfiltered_counts()
    offers_url = page.list_address("offers", base)
    ways = {
        choice.name: [
            Way(
                option.label,
                option.foreign,
                option.count,
                narrowing.address(offers_url, [(choice.name, option.value)]),
            )
            for option in sorted(choice.options, key=lambda one: -one.count)[:MOST_WAYS]
        ]
        for choice in narrowing.choices(FACETS, counts, {})
        if choice.name in (KIND, CROP, SECTOR)
    }
    newest = drawn(list(ordered_by(Offer.objects.public(), NEWEST)[:NEW_OFFERS]))
    demands = Demand.objects.public().drawn().order_by("-first_published_at", "-pk")
    totals = {
        "offers": narrowing.total_of(counts),
        "demands": Demand.objects.public().count(),
        "experts": Expert.objects.public().count(),
        "suppliers": Supplier.objects.public().count(),
    }
    names = {
        "offers": _("Technologies"),
        "demands": _("Demands"),
        "experts": _("Experts"),
        "suppliers": _("Suppliers"),
    }
    return {
        **asking(page, base),
        "rows": rows_of(newest, page, base),
        "demand_rows": [
            demand_row(one, page.address_of("demand", one.standing.slug, base))
            for one in demands[:NEW_DEMANDS]
        ],
        "by_kind": ways.get(KIND, []),
        "by_sector": ways.get(SECTOR, []),
        "by_crop": ways.get(CROP, []),
        "lists": [(names[name], totals[name], page.list_address(name, base)) for name in names],
        "results_url": f"{base}{page.reverse_subpage('results')}",
        "offers_url": offers_url,
        "demands_url": page.list_address("demands", base),
        "market_url": base,
    }
