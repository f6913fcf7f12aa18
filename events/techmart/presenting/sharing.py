"""What the pages of one record have in common: frame, trust, texts in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from events.techmart.models import MarketPage
from events.techmart.models.pages import DEMANDS, EXPERTS, OFFERS, RECORDS, SUPPLIERS
from events.techmart.presenting.trust import confirmed_of, ladder_of, problem_address
from portal.core import frame
from portal.core.languages import Said, said
from portal.news.sharing import links as share_links

LISTS: Mapping[str, str] = {
    "offer": OFFERS,
    "demand": DEMANDS,
    "expert": EXPERTS,
    "supplier": SUPPLIERS,
}
"""The route of the list in which each kind of record stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record in its owner's words, with its heading."""

    id: str
    title: str | Promise
    text: Said


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts; `foreign` where an English reader meets Vietnamese."""

    name: str | Promise
    value: Any
    foreign: bool = False
    url: str = ""


def own_words(record: Any, field: str) -> Said:
    """A text of a record in the reader's language; one that has no English is Vietnamese."""
    return said(getattr(record, field), getattr(record, f"{field}_en", ""))


def parts(record: Any, wanted: Iterable[tuple[str, str | Promise]]) -> dict[str, Part]:
    """Those of the wanted texts that somebody wrote, by field."""
    found = {}
    for field, title in wanted:
        if text := own_words(record, field):
            found[field] = Part(field.replace("_", "-"), title, text)
    return found


def in_vietnamese(name: str | Promise, value: str) -> list[Fact]:
    """A fact whose words have no English version; none where there is nothing to tell."""
    return [Fact(name, value, foreign=said(value, "").foreign)] if value else []


def of_terms(name: str | Promise, terms: Iterable[Any]) -> list[Fact]:
    """The words of one list in one line."""
    labels = [term.local_label for term in terms if term]
    return [Fact(name, ", ".join(labels))] if labels else []


def public_record(route: str, slug: str) -> Any:
    """The public record at an address. Raises Http404 for everything else."""
    record = RECORDS[route].objects.public().drawn().filter(standing__slug=slug).first()
    if record is None:
        raise Http404("No such record is public.")
    return record


def gone_context(request: HttpRequest, page: MarketPage, route: str, slug: str) -> dict[str, Any]:
    """What is said where a record was public once; nothing where nobody may know of it.

    `closed` says that its owner has withdrawn it for good: such an answer is 410, and search
    engines forget the address. One that only waits for being confirmed may come back. Of experts
    nothing is said: whoever takes back the consent was never here. Its name is not repeated.
    """
    if route == "expert":
        return {}
    known = RECORDS[route].objects.filter(live=True, standing__slug=slug).select_related("standing")
    record = known.first()
    if record is None:
        return {}
    base = page.get_url(request) or ""
    list_route = LISTS[route]
    return {
        "closed": record.standing.closed_at is not None,
        "route": route,
        "list_url": page.list_address(list_route, base),
        "canonical_url": "",
        "crumbs": [
            *frame.breadcrumbs(page, request),
            {"title": list_title(list_route), "url": page.list_address(list_route, base)},
        ],
    }


def list_title(route: str) -> str:
    """What the list of a kind of record is called above a record."""
    return {
        OFFERS: _("Technology on offer"),
        DEMANDS: _("Technology wanted"),
        EXPERTS: _("Experts"),
        SUPPLIERS: _("Suppliers"),
    }[route]


def record_frame(
    request: HttpRequest,
    page: MarketPage | None,
    route: str,
    record: Any,
    *,
    title: Said,
    description: str,
    share_title: str | Promise,
) -> dict[str, Any]:
    """What stands around every record: the way to it, its addresses, who vouches for it.

    `page` is the market it is shown in; a draft may be looked at before there is one.
    """
    base, full = (page.get_url(request) or "", page.full_url or "") if page else ("", "")
    slug = record.standing.slug
    address = page.address_of(route, slug, full) if page else ""
    list_url = page.list_address(LISTS[route], base) if page else ""
    kind_of_list = list_title(LISTS[route])
    crumbs = [
        *(frame.breadcrumbs(page, request) if page else []),
        {"title": kind_of_list, "url": list_url},
        {"title": title.text, "url": page.address_of(route, slug, base) if page else ""},
    ]
    return {
        "record": record,
        "standing": record.standing,
        "title": title,
        "ladder": ladder_of(record.standing),
        "confirmed": confirmed_of(record.standing),
        "problem_url": problem_address(page, record, base) if page else "",
        "route": route,
        "list_url": list_url,
        "list_title": kind_of_list,
        "canonical_url": address,
        "share_links": share_links(address, title.text),
        "share_title": share_title,
        "meta_description": shortened(description, 160),
        "crumbs": crumbs,
        "market_url": base,
    }


def market_in_reader_language() -> MarketPage | None:
    """The market around a draft that is looked at from the back office."""
    return MarketPage.public_in((get_language() or "vi")[:2])


def partly_vietnamese(texts: Iterable[Said]) -> bool:
    """Will an English reader meet a text that nobody has put into English?"""
    return any(text.foreign for text in texts)


def shortened(text: str, length: int) -> str:
    """The beginning of a text in one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1].rpartition(" ")[0] or line[: length - 1]
    return f"{cut.rstrip(' ,.;:')}…"


def told(**facts: Any) -> dict[str, Any]:
    """A thing of schema.org; what is not known or not public is not told. `_type` is its type."""
    named = {("@" + name[1:] if name.startswith("_") else name): v for name, v in facts.items()}
    return {name: value for name, value in named.items() if value not in ("", None, [], {})}


def place(unit: Any) -> dict[str, Any]:
    """A commune as schema.org's PostalAddress."""
    if unit is None:
        return {}
    return told(_type="PostalAddress", addressLocality=unit.full_name, addressCountry="VN")


def prefetch_renditions(images: Sequence[Any], specs: Sequence[str]) -> None:
    """Read the renditions of several images in one query."""
    if not images:
        return
    model = get_image_model()
    wanted = model.get_rendition_model().objects.filter(filter_spec__in=specs)
    prefetch_related_objects(
        list(images), Prefetch("renditions", queryset=wanted, to_attr="prefetched_renditions")
    )
