"""The public page of what came of the market."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.techmart.numbers.publishing import LEAST, totals
from events.techmart.presenting.catalogue import crumbs

if TYPE_CHECKING:
    from events.techmart.models import MarketPage


def results_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """Totals for the template, and the way back."""
    base = page.get_url(request) or ""
    here = page.reverse_subpage("results")
    return {
        "totals": totals(),
        "least": LEAST,
        "market_url": base,
        "canonical_url": f"{page.full_url or ''}{here}",
        "crumbs": crumbs(request, page, _("What came of the market"), f"{base}{here}"),
    }
