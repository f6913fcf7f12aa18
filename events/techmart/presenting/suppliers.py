"""The page of one supplier: what it is, its papers, and everything it offers under its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.techmart.models import Demand, MarketPage, Offer, Supplier, SupplierCertificate
from events.techmart.presenting import amounts
from events.techmart.presenting.belonging import Link, row_facts
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
    shortened,
    told,
)
from portal.accounts.countries import CHOICES
from portal.core import clock
from portal.core.extension_points import Award, providers
from portal.core.pictures import LOGO_RENDITION

OFFERS_SHOWN = 50
DEMANDS_SHOWN = 20
TEXTS: Sequence[tuple[str, str | Promise]] = (
    ("about", gettext_lazy("About the organisation")),
    ("products", gettext_lazy("Products and services")),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate as it stands on paper. One that has ended is told to have ended."""

    kind: str
    number: str
    issuer: str
    issued_on: date | None
    valid_until: date | None
    has_ended: bool


def supplier_context(request: HttpRequest, page: MarketPage, slug: str) -> dict[str, Any]:
    """Raises Http404 where no such supplier is public."""
    return supplier_shown(request, page, public_record("supplier", slug))


def supplier_shown(
    request: HttpRequest, page: MarketPage | None, supplier: Supplier
) -> dict[str, Any]:
    """One supplier for the template, live or as a draft."""
    name = own_words(supplier, "name")
    organisation = supplier.standing.organisation
    written = parts(supplier, TEXTS)
    prefetch_renditions([supplier.logo] if supplier.logo else [], [LOGO_RENDITION])
    framed = record_frame(
        request,
        page,
        "supplier",
        supplier,
        title=name,
        description=own_words(supplier, "about").text,
        share_title=_("Share this supplier's page"),
    )
    offers, more = offers_of(supplier, page, framed["market_url"])
    awards = awards_of(supplier)
    facts = facts_of(supplier)
    address = own_words(supplier, "address")
    return {
        **framed,
        "supplier": supplier,
        "is_verified": bool(organisation.verified_at),
        "parts": list(written.values()),
        "facts": facts,
        "address": address,
        "papers": [_paper(one) for one in supplier.certificates.all()],
        "awards": awards,
        "offers": offers,
        "more_offers": more,
        "demands": demands_of(supplier, page, framed["market_url"]),
        "logo_rendition": LOGO_RENDITION,
        "partly_vietnamese": partly_vietnamese(
            [name, address, *(part.text for part in written.values())]
        ),
        "told_of_record": [_told(request, supplier, framed["canonical_url"], awards)],
    }


def preview(request: HttpRequest, draft: Supplier) -> HttpResponse:
    """A draft as the public page will look, marked as not public."""
    context = supplier_shown(request, market_in_reader_language(), draft)
    return render(
        request, "techmart/supplier.html", {**context, "is_draft": True, "told_of_record": []}
    )


def facts_of(supplier: Supplier) -> list[Fact]:
    organisation = supplier.standing.organisation
    facts = [Fact(_("Kind of organisation"), organisation.get_kind_display())]
    facts += of_terms(_("Fields of science and technology"), supplier.fields.all())
    if organisation.country != "VN":
        country = dict(CHOICES).get(organisation.country, organisation.country)
        facts.append(Fact(_("Country"), country))
    if supplier.founded_year:
        facts.append(Fact(_("Founded in"), str(supplier.founded_year)))
    facts += in_vietnamese(_("Size"), supplier.size)
    if supplier.unit:
        facts += in_vietnamese(_("Commune or ward"), supplier.unit.full_name)
    if supplier.website:
        facts.append(Fact(_("Website"), supplier.website, url=supplier.website))
    return facts


def named(supplier: Supplier) -> Q:
    """Records of the same organisation that may be known to be its own.

    An offer without a named owner is not among them: not in the list, not in a number.
    """
    return Q(standing__organisation=supplier.standing.organisation_id, standing__anonymous=False)


def offers_of(supplier: Supplier, page: MarketPage | None, base: str) -> tuple[list[Link], str]:
    """Its public offers under its name, and how many more there are."""
    if page is None:
        return [], ""
    found = list(
        Offer.objects.public()
        .drawn()
        .filter(named(supplier))
        .order_by("-last_published_at", "-pk")[: OFFERS_SHOWN + 1]
    )
    rows = [_offer_link(offer, page, base) for offer in found[:OFFERS_SHOWN]]
    if len(found) <= OFFERS_SHOWN:
        return rows, ""
    count = Offer.objects.public().filter(named(supplier)).count() - OFFERS_SHOWN
    more = ngettext("and %(count)s more offer", "and %(count)s more offers", count)
    return rows, more % {"count": count}


def _offer_link(offer: Offer, page: MarketPage, base: str) -> Link:
    summary, time = own_words(offer, "summary"), amounts.payback(offer)
    facts = [offer.kind.local_label] if offer.kind else []
    facts += row_facts(offer)
    if time:
        facts.append(_("Earned back: %(time)s") % {"time": time})
    return Link(
        title=own_words(offer, "title"),
        url=page.address_of("offer", offer.standing.slug, base),
        reason=shortened(summary.text, 200),
        facts=facts,
        foreign=summary.foreign,
    )


def demands_of(supplier: Supplier, page: MarketPage | None, base: str) -> list[Link]:
    """What it looks for itself, under its name."""
    if page is None:
        return []
    found = Demand.objects.public().drawn().filter(named(supplier)).order_by("-pk")
    return [
        Link(
            title=own_words(demand, "title"),
            url=page.address_of("demand", demand.standing.slug, base),
            reason="",
            facts=row_facts(demand),
        )
        for demand in found[:DEMANDS_SHOWN]
    ]


def awards_of(supplier: Supplier) -> list[Award]:
    """What other parts of the portal know that the organisation has won, the newest first."""
    key = supplier.standing.organisation_id
    if key is None:
        return []
    found = [one for give in providers("portal_awards") for one in give([key]).get(key, ())]
    return sorted(found, key=lambda award: award.day, reverse=True)


def _paper(certificate: SupplierCertificate) -> Paper:
    ends = certificate.valid_until
    return Paper(
        kind=certificate.kind.local_label if certificate.kind else "",
        number=certificate.number,
        issuer=certificate.issuer,
        issued_on=certificate.issued_on,
        valid_until=ends,
        has_ended=ends is not None and ends < clock.today(),
    )


def _told(
    request: HttpRequest, supplier: Supplier, address: str, awards: Sequence[Award]
) -> dict[str, Any]:
    """The supplier as schema.org's Organization."""
    phone: Any = supplier.public_phone
    located = place(supplier.unit)
    if street := own_words(supplier, "address").text:
        located = {"@type": "PostalAddress", "addressCountry": "VN", **located}
        located["streetAddress"] = street
    return told(
        _type="Organization",
        _id=f"{address}#organization",
        name=supplier.name,
        alternateName=supplier.name_en,
        url=supplier.website or address,
        description=shortened(own_words(supplier, "about").text, 300),
        foundingDate=str(supplier.founded_year or ""),
        address=located,
        telephone=phone.as_international if phone else "",
        email=supplier.public_email,
        award=[f"{award.title} ({award.detail})" for award in awards],
        logo=request.build_absolute_uri(supplier.logo.get_rendition(LOGO_RENDITION).url)
        if supplier.logo
        else "",
    )
