"""The page of one demand: what somebody wants solved, and which offers may answer it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.techmart.models import Demand, MarketPage
from events.techmart.presenting import amounts, related
from events.techmart.presenting.belonging import Owner, is_named, linked, owner_of
from events.techmart.presenting.sharing import (
    Fact,
    in_vietnamese,
    market_in_reader_language,
    of_terms,
    own_words,
    partly_vietnamese,
    parts,
    place,
    public_record,
    record_frame,
    told,
)
from portal.core.languages import said
from portal.core.templatetags.portal import day

TEXTS: Sequence[tuple[str, str | Promise]] = (
    ("problem", gettext_lazy("The problem to solve")),
    ("current_way", gettext_lazy("How it is done now")),
    ("must_have", gettext_lazy("What a solution must do")),
    ("nice_to_have", gettext_lazy("What would be welcome")),
    ("tried", gettext_lazy("What has been tried")),
)


def demand_context(request: HttpRequest, page: MarketPage, slug: str) -> dict[str, Any]:
    """Raises Http404 where no such demand is public."""
    return demand_shown(request, page, public_record("demand", slug))


def demand_shown(request: HttpRequest, page: MarketPage | None, demand: Demand) -> dict[str, Any]:
    """One demand for its template, live or as a draft."""
    title = own_words(demand, "title")
    # A demand has no summary of its own in Vietnamese; the English one stands above the problem.
    summary = demand.summary_en if own_words(demand, "problem").foreign else ""
    written = parts(demand, TEXTS)
    facts = facts_of(demand)
    framed = record_frame(
        request,
        page,
        "demand",
        demand,
        title=title,
        description=summary or own_words(demand, "problem").text,
        share_title=_("Share this demand"),
    )
    owner = owner_of(demand, page, request)
    texts = [title, *(part.text for part in written.values())]
    texts += [said(str(fact.value), "") for fact in facts if fact.foreign]
    return {
        **framed,
        "demand": demand,
        "summary": summary,
        "parts": list(written.values()),
        "facts": facts,
        "owner": owner,
        "offers": linked(page, framed["market_url"], related.offers_for(demand), "offer"),
        "partly_vietnamese": partly_vietnamese(texts),
        "told_of_record": [_told(request, demand, framed, owner)],
    }


def preview(request: HttpRequest, draft: Demand) -> HttpResponse:
    """A draft as the public page will look, marked as not public."""
    context = demand_shown(request, market_in_reader_language(), draft)
    return render(
        request, "techmart/demand.html", {**context, "is_draft": True, "told_of_record": []}
    )


def facts_of(demand: Demand) -> list[Fact]:
    """What decides whether an offer can answer it."""
    facts = [*in_vietnamese(_("Scale"), demand.scale)]
    facts += in_vietnamese(_("Raw material or product"), demand.material)
    facts += of_terms(_("For"), [*demand.crops.all(), *demand.sectors.all()])
    facts += of_terms(_("Fields of science and technology"), demand.fields.all())
    facts += of_terms(_("Wanted cooperation"), demand.cooperation.all())
    if budget := amounts.budget(demand):
        facts.append(Fact(_("Budget"), budget))
    if demand.needed_by:
        facts.append(Fact(_("Needed by"), day(demand.needed_by)))
    if words := amounts.TRL_WORDS.get(demand.min_trl or 0):
        level = _("TRL %(level)s: %(words)s") % {"level": demand.min_trl, "words": words}
        facts.append(Fact(_("At least as ready as"), level))
    if is_named(demand) and demand.unit:
        facts += in_vietnamese(_("Commune or ward"), demand.unit.full_name)
    if not demand.foreign_welcome:
        facts.append(Fact(_("Origin of the technology"), _("Vietnamese technology only")))
    return facts


def _told(
    request: HttpRequest, demand: Demand, framed: dict[str, Any], owner: Owner
) -> dict[str, Any]:
    """The demand as schema.org's Demand; whoever is not named is not told."""
    address = framed["canonical_url"]
    return told(
        _type="Demand",
        _id=f"{address}#demand",
        identifier=demand.standing.code,
        url=address,
        name=own_words(demand, "title").text,
        description=framed["meta_description"],
        availabilityEnds=demand.needed_by.isoformat() if demand.needed_by else "",
        areaServed=place(demand.unit) if owner.is_named else {},
    )
