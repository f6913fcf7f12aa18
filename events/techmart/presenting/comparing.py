"""Up to four offers side by side: the same question in each line, so that answers can be met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.techmart.models import Offer
from events.techmart.presenting.catalogue import COMPARED, MOST_COMPARED, crumbs, drawn, rows_of
from events.techmart.presenting.rows import OfferRow, own_words, short_money
from portal.core.languages import Said

if TYPE_CHECKING:
    from events.techmart.models import MarketPage


@dataclass(frozen=True, slots=True)
class Line:
    """One question with the answer of each offer; all of them empty is no line."""

    name: str
    answers: Sequence[Said]


def comparison_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """What `?o=slug&o=slug` names, in that order; unknown and hidden ones are left out."""
    slugs = [slug for slug in dict.fromkeys(request.GET.getlist(COMPARED)[:50]) if "\0" not in slug]
    found = dict(
        Offer.objects.public().filter(standing__slug__in=slugs).values_list("standing__slug", "pk")
    )
    keys = [found[slug] for slug in slugs if slug in found]
    base = page.get_url(request) or ""
    offers = drawn(keys[:MOST_COMPARED])
    rows = rows_of(offers, page, base)
    url = page.list_address("offers", base)
    here = f"{base}{page.reverse_subpage('compare')}"
    return {
        "compared": [(row, _without(rows, row, here)) for row in rows],
        "lines": _lines(offers, rows),
        "left_out": max(0, len(keys) - MOST_COMPARED),
        "list_url": url,
        "crumbs": [
            *crumbs(request, page, _("Technologies"), url),
            {"title": _("Compare"), "url": here},
        ],
    }


def _without(rows: Sequence[OfferRow], row: OfferRow, here: str) -> str:
    rest = "&".join(f"{COMPARED}={one.slug}" for one in rows if one.pk != row.pk)
    return f"{here}?{rest}" if rest else here


def _lines(offers: Sequence[Offer], rows: Sequence[OfferRow]) -> list[Line]:
    pairs = list(zip(offers, rows, strict=True))

    def money(name: str) -> Callable[[Offer, OfferRow], Said]:
        def told(offer: Offer, _row: OfferRow) -> Said:
            amount = getattr(offer, name)
            return _plain("" if amount is None else short_money(amount))

        return told

    def words(name: str) -> Callable[[Offer, OfferRow], Said]:
        return lambda offer, _row: own_words(offer, name)

    questions: list[tuple[str, Callable[[Offer, OfferRow], Said]]] = [
        (_("Kind"), lambda offer, row: _plain(row.kind)),
        (_("The problem it solves"), words("problem")),
        (_("Better than what there is"), words("advantages")),
        (_("How ready"), lambda offer, row: _plain(row.readiness)),
        (_("Readiness (TRL)"), lambda offer, row: _plain(f"{offer.trl}/9" if offer.trl else "")),
        (_("Price"), lambda offer, row: _plain(row.price)),
        (_("Investment"), money("investment")),
        (_("Yearly cost the old way"), money("yearly_cost_before")),
        (_("Yearly cost with it"), money("yearly_cost_after")),
        (_("Yearly income on top"), money("yearly_gain")),
        (_("Reckoned for"), lambda offer, row: _plain(offer.economy_unit)),
        (_("Payback"), lambda offer, row: _plain(row.payback)),
        (_("What it needs"), words("requirements")),
        (_("Commune or ward"), lambda offer, row: _plain(row.place)),
        (
            _("Supplier"),
            lambda offer, row: _plain(row.supplier or (_("Not named") if row.anonymous else "")),
        ),
        (_("Verification"), lambda offer, row: _plain(row.trust.label)),
    ]
    lines = [Line(name, [told(*pair) for pair in pairs]) for name, told in questions]
    return [line for line in lines if any(line.answers)]


def _plain(text: str) -> Said:
    return Said(text, False)
