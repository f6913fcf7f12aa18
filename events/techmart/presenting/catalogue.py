"""The catalogue of offers: searched, narrowed, sorted, a page at a time. All in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from events.techmart.models import Offer, TermList, Verification
from events.techmart.models.offers import OfferReference
from events.techmart.models.shared import unconfirmed_before
from events.techmart.presenting import facets as narrowing
from events.techmart.presenting.facets import Asked, Facet
from events.techmart.presenting.finding import Asked as Words
from events.techmart.presenting.finding import Held, closeness, held, read
from events.techmart.presenting.rows import OfferRow, offer_row
from portal.core.page_cache.parts import kept_part
from portal.search.finding import read_query
from portal.search.spelling import did_you_mean

if TYPE_CHECKING:
    from events.techmart.models import MarketPage

OFFERS_PER_PAGE = 12
MOST_COMPARED = 4
KIND, FIELD, SECTOR, CROP = "loai", "linh-vuc", "nganh", "san-pham"
SORT, COMPARED = "sap-xep", "o"
RELEVANCE, NEWEST, READY, PAYBACK = "phu-hop", "moi-nhat", "san-sang", "hoan-von"
SORTS: dict[str, str | Promise] = {
    RELEVANCE: _("Best match"),
    NEWEST: _("Newest first"),
    READY: _("Most ready first"),
    PAYBACK: _("Pays back soonest"),
}
MILLION = 1_000_000
PRICES: dict[str, str | Promise] = {
    "duoi-50": _("Under 50 million VND"),
    "50-200": _("50 to 200 million VND"),
    "200-1000": _("200 million to 1 billion VND"),
    "tren-1000": _("From 1 billion VND"),
    "thoa-thuan": _("By agreement"),
}
FRESH: dict[str, str | Promise] = {
    "con-moi": _("Confirmed recently"),
    "chua-xac-nhan": _("Not confirmed again"),
}


def price_band() -> Case:
    """By where the price begins."""
    return Case(
        When(price_min__isnull=True, then=Value("thoa-thuan")),
        When(price_min__lt=50 * MILLION, then=Value("duoi-50")),
        When(price_min__lt=200 * MILLION, then=Value("50-200")),
        When(price_min__lt=1000 * MILLION, then=Value("200-1000")),
        default=Value("tren-1000"),
        output_field=CharField(),
    )


def freshness() -> Case:
    fresh = When(standing__last_confirmed_at__gte=unconfirmed_before(), then=Value("con-moi"))
    return Case(fresh, default=Value("chua-xac-nhan"), output_field=CharField())


NAMED = Q(standing__anonymous=False)
"""Whoever hides behind a record must not be found by where they are."""
FACETS: Sequence[Facet] = (
    Facet(KIND, _("Kind"), "kind", list=TermList.OFFER_KIND),
    Facet(CROP, _("Crop, animal, product"), "crops", list=TermList.CROP),
    Facet(FIELD, _("Field of science"), "fields", list=TermList.FIELD, levels=True),
    Facet(SECTOR, _("Sector of use"), "sectors", list=TermList.SECTOR),
    Facet("giai-doan", _("Stage"), "stage", list=TermList.STAGE),
    Facet("gia", _("Price"), "", values=PRICES, told=price_band),
    Facet("hinh-thuc", _("Form of transfer"), "transfer_forms", list=TermList.TRANSFER_FORM),
    Facet("dia-ban", _("Commune or ward"), "unit_id", is_unit=True, besides=NAMED),
    Facet("trl", _("Readiness (TRL)"), "trl", values={str(n): f"TRL {n}" for n in range(1, 10)}),
    Facet("so-huu", _("Intellectual property"), "ip_status", list=TermList.IP_STATUS),
    Facet(
        "xac-minh",
        _("Verification"),
        "standing__verification",
        values={str(value): label for value, label in Verification.choices},
    ),
    Facet("xac-nhan", _("Freshness"), "", values=FRESH, told=freshness),
)
PARAMETERS = (*(facet.name for facet in FACETS), SORT, COMPARED)


class Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, records: Any, length: int, per_page: int) -> None:
        super().__init__(records, per_page)
        self._length = length

    @property
    def count(self) -> int:
        return self._length


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What was asked for, and what of it is shown."""

    words: Words
    asked: Asked
    sort: str
    total: int
    choices: Sequence[narrowing.Choice]
    page: "Page[Any]"
    offers: Sequence[Offer]
    nearest: bool

    def pairs(self, *, sorted_so: bool = True) -> list[tuple[str, str]]:
        """The one order in which parameters stand in an address."""
        pairs = [("q", self.words.text)] if self.words.text else []
        pairs += narrowing.pairs_of(self.asked)
        if sorted_so and self.sort != self.usual_sort:
            pairs.append((SORT, self.sort))
        return pairs

    @property
    def feed_pairs(self) -> list[tuple[str, str]]:
        """What narrows the feed; it is always sorted by time."""
        return self.pairs(sorted_so=False)

    @property
    def usual_sort(self) -> str:
        return RELEVANCE if self.words.terms else NEWEST


def browse(parameters: Any) -> Catalogue:
    """Read the parameters of an address; at most eight queries, however many offers there are."""
    words = read(parameters.get("q", ""))
    asked = narrowing.asked_of(FACETS, parameters)
    usual = RELEVANCE if words.terms else NEWEST
    sort = parameters.get(SORT, "")
    if sort not in SORTS or (sort == RELEVANCE and not words.terms):
        sort = usual
    found = held(words)
    public = Offer.objects.public().filter(found.wanted)
    if words.text or asked:
        counts = narrowing.counted(FACETS, public, asked)
    else:
        counts = unfiltered_counts()
    total = narrowing.total_of(counts)
    fit = narrowing.fitting(FACETS, public, asked)
    ordered: Any = _by_relevance(fit, words, found) if sort == RELEVANCE else ordered_by(fit, sort)
    length = total if isinstance(ordered, QuerySet) else len(ordered)
    page = Counted(ordered, length, OFFERS_PER_PAGE).get_page(parameters.get("page"))
    return Catalogue(
        words=words,
        asked=asked,
        sort=sort,
        total=length,
        choices=narrowing.choices(FACETS, counts, asked),
        page=page,
        offers=drawn(list(page.object_list)),
        nearest=found.nearest and bool(length),
    )


def unfiltered_counts() -> narrowing.Counted:
    """The counts over all offers, kept until something public changes."""
    return kept_part(
        ("techmart-facets",), lambda: narrowing.counted(FACETS, Offer.objects.public(), {})
    )


def _stale() -> Case:
    fresh = When(standing__last_confirmed_at__gte=unconfirmed_before(), then=Value(0))
    return Case(fresh, default=Value(1), output_field=IntegerField())


def ordered_by(offers: QuerySet[Offer], sort: str) -> QuerySet[Any]:
    """Keys in the order of a list; what its owner no longer confirms stands below."""
    by: dict[str, tuple[Any, ...]] = {
        NEWEST: (F("first_published_at").desc(nulls_last=True),),
        READY: (
            F("stage__order").desc(nulls_last=True),
            F("trl").desc(nulls_last=True),
            F("transferred_count").desc(nulls_last=True),
        ),
        PAYBACK: (F("payback_months").asc(nulls_last=True),),
    }
    return (
        offers.annotate(stale=_stale())
        .order_by("stale", *by[sort], "-pk")
        .values_list("pk", flat=True)
    )


def _by_relevance(offers: QuerySet[Offer], words: Words, found: Held) -> Any:
    if found.scores is None:
        titled = (
            Case(When(pk__in=found.first, then=Value(0)), default=Value(1))
            if found.first
            else Value(1)
        )
        return (
            offers.annotate(stale=_stale(), titled=titled)
            .order_by("stale", "titled", F("first_published_at").desc(nulls_last=True), "-pk")
            .values_list("pk", flat=True)
        )
    scores = found.scores
    phrase = words.words

    def place(row: tuple[int, str, int]) -> tuple[float, int]:
        pk, text, stale = row
        fit = scores[pk] * (1 + closeness(phrase, text)) * (0.6 if stale else 1)
        return -fit, -pk

    rows = offers.annotate(stale=_stale()).values_list("pk", "folded_text", "stale")
    ordered = [(place(row), row[0]) for row in rows]
    ordered.sort()
    if found.nearest:
        from events.techmart.presenting.finding import NEAREST

        ordered = ordered[:NEAREST]
    return [pk for _place, pk in ordered]


def drawn(keys: Sequence[int]) -> list[Offer]:
    """These offers with what their rows say, in this order; one query."""
    uses = (
        OfferReference.objects.filter(offer=OuterRef("pk"))
        .order_by()
        .values("offer")
        .annotate(found=Count("pk"))
        .values("found")
    )
    found = (
        Offer.objects.public()
        .filter(pk__in=keys)
        .select_related("kind", "stage", "unit", "standing__organisation")
        .defer("description", "description_en", "details", "economy", "requirements")
        .annotate(uses=Coalesce(Subquery(uses), 0))
        .in_bulk()
        if keys
        else {}
    )
    return [found[key] for key in keys if key in found]


def rows_of(offers: Sequence[Offer], page: "MarketPage", base: str) -> list[OfferRow]:
    """The rows of offers that `drawn` read."""
    return [
        offer_row(
            one,
            page.address_of("offer", one.standing.slug, base),
            uses=one.uses,
        )
        for one in offers
    ]


def catalogue_context(request: HttpRequest, page: "MarketPage") -> dict[str, Any]:
    """The catalogue for its template."""
    found = browse(request.GET)
    base = page.get_url(request) or ""
    url = page.list_address("offers", base)
    pairs = found.pairs()
    others = [("q", found.words.text)] if found.words.text else []
    canonical = narrowing.address(page.list_address("offers", page.full_url or ""), pairs)
    if found.page.number > 1:
        canonical += f"{'&' if pairs else '?'}page={found.page.number}"
    meant = ""
    if found.words.text and (not found.total or found.nearest):
        meant = did_you_mean(read_query(found.words.text), get_language() or "vi")
        meant = "" if meant.casefold() == found.words.text.casefold() else meant
    sorts = [(value, label, value == found.sort) for value, label in SORTS.items()]
    return {
        **asking(page, base),
        "catalogue": found,
        "offers": found.page,
        "rows": rows_of(found.offers, page, base),
        "chips": narrowing.chips(found.choices, found.asked, url, others),
        "sorts": [one for one in sorts if one[0] != RELEVANCE or found.words.terms],
        "meant": meant,
        "meant_url": narrowing.address(url, [("q", meant)]),
        "words_only_url": narrowing.address(url, others),
        "list_url": url,
        "feed_url": narrowing.address(
            f"{base}{page.reverse_subpage('offers_feed')}", found.feed_pairs
        ),
        "save_url": f"{reverse('techmart:searches')}?{urlencode({'q': urlencode(pairs)})}"
        if pairs
        else "",
        "market_url": base,
        "compare_url": f"{base}{page.reverse_subpage('compare')}",
        "canonical_url": canonical,
        "crumbs": crumbs(request, page, gettext("Technologies"), url),
    }


def asking(page: "MarketPage", base: str) -> dict[str, str]:
    """Where somebody whom the lists do not help may turn to."""
    routes = (("need_url", "voice_need"), ("call_url", "call_back"))
    return {name: f"{base}{page.reverse_subpage(route)}" for name, route in routes}


def crumbs(request: HttpRequest, page: "MarketPage", title: str, url: str) -> list[Any]:
    from portal.core import frame

    return [*frame.breadcrumbs(page, request), {"title": title, "url": url}]
