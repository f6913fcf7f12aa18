"""The page of one expert. What has no consent of its own is not even read into the page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.techmart.models import Expert, MarketPage
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
from portal.core.languages import Said, said

PHOTO_RENDITION = "fill-240x240|format-webp"
TEXTS: Sequence[tuple[str, str | Promise]] = (
    ("advises_on", gettext_lazy("Gives advice on")),
    ("about", gettext_lazy("About the expert")),
    ("transferred", gettext_lazy("Successful transfers")),
    ("publications", gettext_lazy("Publications and patents")),
)


def expert_context(request: HttpRequest, page: MarketPage, slug: str) -> dict[str, Any]:
    """Raises Http404 where no such expert is public."""
    return expert_shown(request, page, public_record("expert", slug))


def expert_shown(request: HttpRequest, page: MarketPage | None, expert: Expert) -> dict[str, Any]:
    """One expert for the template, live or as a draft."""
    standing = expert.standing
    position, workplace = own_words(expert, "position"), own_words(expert, "workplace")
    written = parts(expert, TEXTS)
    photo = expert.photo if standing.photo_agreed else None
    prefetch_renditions([photo] if photo else [], [PHOTO_RENDITION])
    # A name is a name in every language.
    title = Said(expert.titled_name, False)
    framed = record_frame(
        request,
        page,
        "expert",
        expert,
        title=title,
        description=own_words(expert, "advises_on").text,
        share_title=_("Share this expert's page"),
    )
    facts = facts_of(expert)
    texts = [position, workplace, *(part.text for part in written.values())]
    texts += [said(str(fact.value), "") for fact in facts if fact.foreign]
    return {
        **framed,
        "expert": expert,
        "position": position,
        "workplace": workplace,
        "photo": photo,
        "photo_rendition": PHOTO_RENDITION,
        "phone": expert.phone if standing.phone_agreed else "",
        "email": expert.email if standing.email_agreed else "",
        "parts": list(written.values()),
        "facts": facts,
        "partly_vietnamese": partly_vietnamese(texts),
        "told_of_record": [_told(request, expert, framed["canonical_url"], photo)],
    }


def preview(request: HttpRequest, draft: Expert) -> HttpResponse:
    """A draft as the public page will look, marked as not public."""
    context = expert_shown(request, market_in_reader_language(), draft)
    return render(
        request, "techmart/expert.html", {**context, "is_draft": True, "told_of_record": []}
    )


def facts_of(expert: Expert) -> list[Fact]:
    ways = [
        label
        for label, offered in ((_("in person"), expert.in_person), (_("online"), expert.online))
        if offered
    ]
    facts = of_terms(_("Fields of science and technology"), expert.fields.all())
    facts += of_terms(_("Crops, animals, products"), expert.crops.all())
    facts += of_terms(_("Roles"), expert.roles.all())
    facts += of_terms(_("Languages"), expert.languages.all())
    if ways:
        facts.append(Fact(_("Ways of giving advice"), ", ".join(ways)))
    facts.append(Fact(_("Fee"), expert.get_fee_display()))
    facts += in_vietnamese(_("Key words"), expert.keywords)
    if expert.unit:
        facts += in_vietnamese(_("Commune or ward"), expert.unit.full_name)
    if expert.orcid:
        facts.append(Fact("ORCID", expert.orcid, url=f"https://orcid.org/{expert.orcid}"))
    return facts


def _told(request: HttpRequest, expert: Expert, address: str, photo: Any) -> dict[str, Any]:
    """The expert as schema.org's Person, with what they agreed to and nothing else."""
    standing = expert.standing
    workplace = own_words(expert, "workplace").text
    return told(
        _type="Person",
        _id=f"{address}#person",
        name=expert.full_name,
        honorificPrefix=expert.titled_name.removesuffix(expert.full_name).strip(),
        url=address,
        jobTitle=own_words(expert, "position").text,
        worksFor=told(_type="Organization", name=workplace) if workplace else {},
        knowsAbout=[term.local_label for term in [*expert.fields.all(), *expert.crops.all()]],
        knowsLanguage=[term.local_label for term in expert.languages.all()],
        sameAs=f"https://orcid.org/{expert.orcid}" if expert.orcid else "",
        workLocation=told(_type="Place", address=place(expert.unit)) if expert.unit else {},
        telephone=expert.phone.as_international if expert.phone and standing.phone_agreed else "",
        email=expert.email if standing.email_agreed else "",
        image=request.build_absolute_uri(photo.get_rendition(PHOTO_RENDITION).url) if photo else "",
    )
