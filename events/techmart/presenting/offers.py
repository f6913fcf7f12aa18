"""The page of one offer: the problem and what gets better first, then what it takes and costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.techmart.models import MarketPage, Offer
from events.techmart.models.kinds import Answer, details_of
from events.techmart.presenting import amounts, related, rows
from events.techmart.presenting.belonging import (
    Owner,
    is_named,
    linked,
    owner_of,
    pictures_of,
)
from events.techmart.presenting.sharing import (
    Fact,
    in_vietnamese,
    market_in_reader_language,
    of_terms,
    own_words,
    partly_vietnamese,
    parts,
    place,
    prefetch_renditions,
    public_record,
    record_frame,
    told,
)
from portal.accounts.countries import CHOICES
from portal.core.languages import Said, said
from portal.core.pictures import PLAIN_RENDITION, specs
from portal.core.templatetags.portal import day, decimal_comma

TEXTS: Sequence[tuple[str, str | Promise]] = (
    ("problem", gettext_lazy("The problem it solves")),
    ("advantages", gettext_lazy("What gets better")),
    ("description", gettext_lazy("How it works")),
    ("requirements", gettext_lazy("What it needs")),
    ("environment", gettext_lazy("Effect on the environment")),
    ("economy", gettext_lazy("Economic effect")),
    ("support", gettext_lazy("Warranty and support")),
    ("trl_evidence", gettext_lazy("What shows this readiness")),
)
REVEALING = frozenset(
    (
        *("maker", "model", "task", "host", "principal", "registration", "archive_number"),
        *("recognition", "accreditation"),
    )
)
"""Details that lead to the owner by name or in a public register."""
COUNTRIES: Mapping[str, str | Promise] = dict(CHOICES)


@dataclass(frozen=True, slots=True)
class Use:
    """A place where it is in use; `who` only where they have agreed to be named."""

    who: str
    where: str
    year: int | None
    outcome: Said


@dataclass(frozen=True, slots=True)
class Spec:
    name: Said
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Right:
    """A title of intellectual property, as on its paper."""

    kind: str
    application: str
    grant: str
    granted_on: date | None
    country: str | Promise


def offer_context(request: HttpRequest, page: MarketPage, slug: str) -> dict[str, Any]:
    """Raises Http404 where no such offer is public."""
    return offer_shown(request, page, public_record("offer", slug))


def offer_shown(request: HttpRequest, page: MarketPage | None, offer: Offer) -> dict[str, Any]:
    """One offer for its template, live or as a draft."""
    title, summary = own_words(offer, "title"), own_words(offer, "summary")
    written = parts(offer, TEXTS)
    pictures = pictures_of(offer)
    prefetch_renditions(
        [one.image for one in pictures], [*specs("lead", "gallery"), PLAIN_RENDITION]
    )
    uses = [_use(one) for one in offer.references.all()]
    details, specs_shown = details_for(offer), [_spec(one) for one in offer.specs.all()]
    economy = amounts.economy(offer)
    owner, rights = owner_of(offer, page, request), rights_of(offer)
    framed = record_frame(
        request,
        page,
        "offer",
        offer,
        title=title,
        description=summary.text,
        share_title=_("Share this offer"),
    )
    base = framed["market_url"]
    texts = [title, summary, *(part.text for part in written.values())]
    texts += [use.outcome for use in uses] + [spec.name for spec in specs_shown]
    texts += [said(fact.value, "") for fact in details if fact.foreign]
    return {
        **framed,
        "offer": offer,
        "summary": summary,
        "parts": written,
        "lead_picture": pictures[0] if pictures else None,
        "more_pictures": pictures[1:],
        "at_a_glance": at_a_glance(offer),
        "readiness": amounts.readiness(offer),
        "trl_words": amounts.TRL_WORDS.get(offer.trl or 0, ""),
        "economy": economy,
        "uses": [use for use in uses if use.who],
        "unnamed_uses": unnamed([use for use in uses if not use.who]),
        "specs": specs_shown,
        "capacity": capacity(offer),
        "details": details,
        "rights": rights,
        "rights_veiled": bool(rights) and not owner.is_named,
        "price": price_of(offer),
        "transfer": transfer_facts(offer),
        "owner": owner,
        "video": offer.video if owner.is_named else "",
        "source": source_of(offer) if owner.is_named else None,
        "similar": linked(page, base, related.similar_offers(offer), "offer"),
        "wanted": linked(page, base, related.demands_for(offer), "demand"),
        "profile_url": _profile_url(page, base, offer),
        "partly_vietnamese": partly_vietnamese(texts),
        "told_of_record": [_told(request, offer, framed["canonical_url"], owner, pictures)],
        "share_picture": pictures[0].image if pictures else None,
    }


def preview(request: HttpRequest, draft: Offer) -> HttpResponse:
    """A draft as the public page will look, marked as not public."""
    context = offer_shown(request, market_in_reader_language(), draft)
    return render(
        request, "techmart/offer.html", {**context, "is_draft": True, "told_of_record": []}
    )


def at_a_glance(offer: Offer) -> list[Fact]:
    """What decides, in one list: how ready, how much, how long, how, whose right, where."""
    facts = [Fact(_("How ready"), amounts.readiness(offer)), Fact(_("Price"), price_of(offer))]
    if payback := amounts.payback(offer):
        facts.append(Fact(_("Earned back after"), payback))
    facts += of_terms(_("How it is handed over"), offer.transfer_forms.all())
    facts += of_terms(_("Intellectual property"), [offer.ip_status])
    facts += of_terms(_("For"), [*offer.crops.all(), *offer.sectors.all()])
    if is_named(offer) and offer.unit:
        facts += in_vietnamese(_("Commune or ward"), offer.unit.full_name)
    return facts


def price_of(offer: Offer) -> str:
    """The price with what it includes."""
    told_price = rows.price(offer)
    if offer.price_with_vat and offer.price_min is not None:
        return _("%(price)s, VAT included") % {"price": told_price}
    return told_price


def capacity(offer: Offer) -> str:
    if offer.capacity is None:
        return ""
    return f"{decimal_comma(offer.capacity)} {offer.capacity_unit}".strip()


def details_for(offer: Offer) -> list[Fact]:
    """Answers to what its kind asks; of an unnamed owner none that lead to them."""
    facts: list[Fact] = []
    for detail in details_of(offer.shape):
        value = str(offer.details.get(detail.key) or "").strip()
        if not value or (detail.key in REVEALING and not is_named(offer)):
            continue
        if detail.answer is Answer.DAY:
            value = _as_day(value)
        facts += in_vietnamese(detail.label, value)
    return facts


def _as_day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def rights_of(offer: Offer) -> list[Right]:
    """Titles as on paper. With their numbers anybody could look up an owner who is not named."""
    named = is_named(offer)
    return [
        Right(
            kind=right.kind.local_label if right.kind else "",
            application=right.application_number if named else "",
            grant=right.grant_number if named else "",
            granted_on=right.granted_on if named else None,
            country=COUNTRIES.get(right.country, right.country),
        )
        for right in offer.ip_rights.select_related("kind")
    ]


def transfer_facts(offer: Offer) -> list[Fact]:
    """How it changes hands, in the words of the law."""
    return [
        *of_terms(_("Objects of transfer"), offer.transfer_objects.all()),
        *of_terms(_("Forms of transfer"), offer.transfer_forms.all()),
        *of_terms(_("Scope of transferred rights"), offer.transfer_rights.all()),
        *of_terms(_("Methods of transfer"), offer.transfer_methods.all()),
        *of_terms(_("Ways of payment"), offer.payments.all()),
        *of_terms(_("Ground of the right to transfer"), [offer.ownership]),
        *of_terms(_("Legal class of technology"), [offer.legal_class]),
        *of_terms(_("Fields of science and technology"), offer.fields.all()),
        Fact(_("Country of origin"), COUNTRIES.get(offer.origin, offer.origin)),
    ]


def unnamed(uses: Sequence[Use]) -> list[str]:
    """Places whose users have not agreed to be named: where, and how many."""
    counted: dict[str, int] = {}
    for use in uses:
        counted[use.where] = counted.get(use.where, 0) + 1
    told_uses = []
    for where, count in counted.items():
        if where:
            words = ngettext("%(count)s place in %(where)s", "%(count)s places in %(where)s", count)
        else:
            words = ngettext("%(count)s more place", "%(count)s more places", count)
        told_uses.append(words % {"count": count, "where": where})
    return told_uses


def source_of(offer: Offer) -> dict[str, str] | None:
    """Where an offer was listed first, so that nobody takes it for another one."""
    standing = offer.standing
    if not standing.canonical_url:
        return None
    return {"name": standing.source or standing.canonical_url, "url": standing.canonical_url}


def _use(reference: Any) -> Use:
    return Use(
        who=reference.user_name if reference.may_be_named else "",
        where=reference.unit.full_name if reference.unit else "",
        year=reference.year,
        outcome=own_words(reference, "outcome"),
    )


def _spec(spec: Any) -> Spec:
    return Spec(own_words(spec, "name"), spec.value, spec.unit)


def _profile_url(page: MarketPage | None, base: str, offer: Offer) -> str:
    if page is None:
        return ""
    return f"{base}{page.reverse_subpage('offer_profile', args=[offer.standing.slug])}"


def _told(
    request: HttpRequest, offer: Offer, address: str, owner: Owner, pictures: Sequence[Any]
) -> dict[str, Any]:
    """The offer as schema.org's Offer of a Product or a Service; never of an unnamed seller.

    No availability and no price that nobody named: this is an enquiry, not a shop.
    """
    is_service = offer.shape in {"service", "software"}
    images = [
        request.build_absolute_uri(one.image.get_rendition(PLAIN_RENDITION).url)
        for one in pictures[:3]
    ]
    item = told(
        _type="Service" if is_service else "Product",
        _id=f"{address}#item",
        name=own_words(offer, "title").text,
        description=own_words(offer, "summary").text,
        category=offer.kind.local_label if offer.kind else "",
        image=images,
    )
    return told(
        _type="Offer",
        _id=f"{address}#offer",
        identifier=offer.standing.code,
        url=address,
        name=own_words(offer, "title").text,
        itemOffered=item,
        priceSpecification=_told_price(offer),
        areaServed=place(offer.unit) if owner.is_named else {},
        offeredBy=told(
            _type="Organization",
            name=owner.name.text,
            url=request.build_absolute_uri(owner.url) if owner.url else "",
        )
        if owner.name
        else {},
    )


def _told_price(offer: Offer) -> dict[str, Any]:
    if offer.price_min is None:
        return {}
    return told(
        _type="PriceSpecification",
        priceCurrency="VND",
        price=offer.price_min if offer.price_min == offer.price_max else "",
        minPrice=offer.price_min,
        maxPrice=offer.price_max,
        valueAddedTaxIncluded=offer.price_with_vat,
    )
