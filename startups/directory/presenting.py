"""What the templates of the public list and of one profile are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import frame
from portal.core.extension_points import Award
from portal.core.languages import Said, said
from portal.core.pictures import LOGO_RENDITION
from portal.news.sharing import links as share_links
from startups.directory.browsing import AWARDED, RECOGNISED, awards_of, browse
from startups.directory.models import (
    DirectoryPage,
    Product,
    Recognition,
    StartupProfile,
    TeamMember,
)
from startups.directory.models.pages import STARTUPS_PER_PAGE

TEXTS = ("description", "problem", "solution", "results")


@dataclass(frozen=True, slots=True)
class Row:
    """One startup in the list."""

    profile: StartupProfile
    url: str
    name: Said
    tagline: Said
    recognised: bool
    awarded: bool


def own_words(record: Any, field: str) -> Said:
    """A text of a record in the reader's language."""
    return said(getattr(record, field), getattr(record, f"{field}_en"))


def list_context(request: HttpRequest, page: DirectoryPage) -> dict[str, Any]:
    """The list, narrowed by what stands in the address."""
    browsing = browse(request.GET)
    shown = Paginator(browsing.found, STARTUPS_PER_PAGE).get_page(request.GET.get("page"))
    answers = {one.pk: one.of for one in shown}
    profiles = {one.pk: one for one in StartupProfile.objects.shown().filter(pk__in=answers)}
    base = page.get_url(request) or ""
    return {
        "browsing": browsing,
        "startups": shown,
        "rows": [
            Row(
                profile=profiles[pk],
                url=page.address_of(profiles[pk].standing.slug, base),
                name=own_words(profiles[pk], "name"),
                tagline=own_words(profiles[pk], "tagline"),
                recognised=bool(of[RECOGNISED]),
                awarded=bool(of[AWARDED]),
            )
            for pk, of in answers.items()
            if pk in profiles
        ],
        "logo_rendition": LOGO_RENDITION,
        "list_url": base,
        "canonical_url": browsing.address(page.full_url or "", shown.number),
    }


def profile_context(
    request: HttpRequest, page: DirectoryPage | None, profile: StartupProfile
) -> dict[str, Any]:
    """One profile for its template, live or as a draft; `page` frames it where there is one."""
    standing = profile.standing
    awards = awards_of([standing.organisation_id]).get(standing.organisation_id, [])
    recognitions = list(
        Recognition.objects.in_force().filter(profile=profile.pk).select_related("kind")
    )
    base = (page.get_url(request) or "") if page else ""
    products, team = list(profile.products.all()), list(profile.team.all())
    name = own_words(profile, "name")
    address = page.address_of(standing.slug, page.full_url or "") if page else ""
    here = {"title": name.text, "url": page.address_of(standing.slug, base) if page else ""}
    return {
        "profile": profile,
        "name": name,
        "tagline": own_words(profile, "tagline"),
        "texts": {field: own_words(profile, field) for field in TEXTS},
        "products": [_product(one) for one in products],
        "team": [(one.full_name, own_words(one, "role")) for one in team],
        "needs": list(profile.needs.all()),
        "awards": awards,
        "recognitions": recognitions,
        "partly_vietnamese": _partly_vietnamese(profile, products, team),
        "logo_rendition": LOGO_RENDITION,
        "list_url": base,
        "list_title": page.title if page else _("Startup directory"),
        "canonical_url": address,
        "share_links": share_links(address, name.text),
        "meta_description": own_words(profile, "tagline").text,
        "crumbs": [*(frame.breadcrumbs(page, request) if page else []), here],
        "told_of_record": [_told(request, profile, address, awards)],
    }


def preview(request: HttpRequest, draft: StartupProfile) -> HttpResponse:
    """A draft as the public page will look, marked as not public."""
    page = DirectoryPage.public_in(get_language() or "vi")
    context = {**profile_context(request, page, draft), "is_draft": True, "told_of_record": []}
    return render(request, "directory/profile.html", context)


def _product(product: Product) -> dict[str, Any]:
    return {
        "name": own_words(product, "name"),
        "summary": own_words(product, "summary"),
        "link": product.link,
    }


def _partly_vietnamese(
    profile: StartupProfile, products: Iterable[Product], team: Iterable[TeamMember]
) -> bool:
    """Will an English reader meet a text that nobody has put into English?"""
    texts = [own_words(profile, field) for field in ("tagline", *TEXTS)]
    for product in products:
        texts += [own_words(product, "name"), own_words(product, "summary")]
    texts += [own_words(member, "role") for member in team]
    return any(text.foreign for text in texts)


def _told(
    request: HttpRequest, profile: StartupProfile, address: str, awards: Sequence[Award]
) -> dict[str, Any]:
    """The startup as schema.org's Organization; what is not known or not public is not told."""
    told: dict[str, Any] = {
        "@type": "Organization",
        "@id": f"{address}#organization",
        "name": profile.name,
        "alternateName": profile.name_en,
        "url": profile.website or address,
        "slogan": own_words(profile, "tagline").text,
        "description": own_words(profile, "description").text,
        "foundingDate": str(profile.founded_year or ""),
        "email": profile.public_email,
        "telephone": profile.public_phone.as_international if profile.public_phone else "",
        "award": [f"{award.title} ({award.detail})" for award in awards],
    }
    if profile.unit:
        told["address"] = {
            "@type": "PostalAddress",
            "addressLocality": profile.unit.full_name,
            "addressCountry": "VN",
        }
    if profile.logo:
        rendition = profile.logo.get_rendition(LOGO_RENDITION)
        told["logo"] = request.build_absolute_uri(rendition.url)
    return {name: value for name, value in told.items() if value}
