"""New offers and demands as Atom: all of them, or what the address narrows a list to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.techmart.models import Demand, Offer
from events.techmart.presenting import facets as narrowing
from events.techmart.presenting.catalogue import FACETS
from events.techmart.presenting.facets import Facet
from events.techmart.presenting.finding import held, read
from events.techmart.presenting.lists import DEMAND_FACETS
from events.techmart.presenting.sharing import shortened
from portal.core import clock
from portal.core.feeds import Entry, Feed, atom
from portal.core.languages import in_reader_language
from portal.search.synonyms import holding

if TYPE_CHECKING:
    from events.techmart.models import MarketPage

ENTRIES = 30


def offers_feed(request: HttpRequest, page: "MarketPage") -> HttpResponse:
    words = read(request.GET.get("q", ""))
    found = held(words)
    wanted = Q(pk__in=[]) if found.nearest else found.wanted
    public = Offer.objects.public().filter(wanted)
    return _feed(request, page, "offers", FACETS, public, words.text, _("Technologies on offer"))


def demands_feed(request: HttpRequest, page: "MarketPage") -> HttpResponse:
    words = read(request.GET.get("q", ""))
    wanted = holding(words.terms, "folded_text") if words.terms else Q()
    public = Demand.objects.public().filter(wanted)
    return _feed(request, page, "demands", DEMAND_FACETS, public, words.text, _("What is wanted"))


def _feed(
    request: HttpRequest,
    page: "MarketPage",
    route: str,
    facets: Sequence[Facet],
    public: Any,
    typed: str,
    title: str,
) -> HttpResponse:
    asked = narrowing.asked_of(facets, request.GET)
    fit = narrowing.fitting(facets, public, asked).select_related("standing__organisation")
    records = fit.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:ENTRIES]
    base = page.full_url or ""
    pairs = [("q", typed)] if typed else []
    pairs += narrowing.pairs_of(asked)
    entries = [_entry(one, page, base) for one in records]
    changed = [entry.updated for entry in entries]
    feed = Feed(
        address=narrowing.address(feed_address(page, route, base), pairs),
        about=narrowing.address(page.list_address(route, base), pairs),
        title=f"{title}: {typed}" if typed else title,
        language=page.locale.language_code,
        updated=max(changed, default=page.last_published_at or clock.now()),
        entries=entries,
    )
    return atom(request, feed)


def feed_address(page: "MarketPage", route: str, base: str) -> str:
    """Where the feed of a list stands below this page's address, `base`."""
    return f"{base}{page.reverse_subpage(f'{route}_feed')}"


def _entry(record: Any, page: "MarketPage", base: str) -> Entry:
    route = record._meta.model_name
    summary = (
        in_reader_language(record.summary, record.summary_en)
        if route == "offer"
        else in_reader_language(record.problem, record.problem_en)
    )
    standing = record.standing
    # Whoever hides behind a record is not named here either.
    named = standing.organisation if not standing.anonymous else None
    since = record.first_published_at or standing.started_at
    return Entry(
        url=page.address_of(route, standing.slug, base),
        title=in_reader_language(record.title, record.title_en),
        published=since,
        updated=record.last_published_at or since,
        summary=shortened(summary, 300),
        author=named.name if named else "",
    )
