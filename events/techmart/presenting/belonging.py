"""Whose a record is, as far as anybody may know, and which records belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest

from events.techmart.models import MarketPage, Offer, Supplier
from events.techmart.presenting import amounts, rows
from events.techmart.presenting.related import Related
from events.techmart.presenting.sharing import own_words
from portal.core.languages import Said, said

NOBODY = Said("", False)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose it is. Nothing but `is_named` is told of an owner who is not named."""

    is_named: bool
    name: Said = NOBODY
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A related record in a list, with the reason why it stands there."""

    title: Said
    url: str
    reason: str
    facts: Sequence[str]
    foreign: bool = False
    """`reason` is the owner's own Vietnamese before an English reader."""


def is_named(record: Any) -> bool:
    """May anybody learn whose it is? Experts and suppliers are whom they show."""
    return not getattr(record.standing, "anonymous", False)


def owner_of(record: Any, page: MarketPage | None, request: HttpRequest) -> Owner:
    """The owner with their page in the market, where they have one; one query."""
    organisation = record.standing.organisation
    if not is_named(record) or organisation is None:
        return Owner(is_named=is_named(record))
    shown = Supplier.objects.public().filter(standing__organisation=organisation)
    supplier = shown.select_related("standing").first()
    if supplier is None or page is None:
        return Owner(True, said(organisation.name, organisation.name_en))
    url = page.address_of("supplier", supplier.standing.slug, page.get_url(request) or "")
    return Owner(True, own_words(supplier, "name"), url)


def pictures_of(offer: Offer) -> list[Any]:
    """Its pictures; of an unnamed owner only those that came in through the form.

    There a file is named after the offer's code and keeps nothing but pixels. What an officer
    picks in the back office keeps its name, and what the camera wrote into it.
    """
    pictures = list(offer.pictures.all())
    if is_named(offer):
        return pictures
    prefix = f"{offer.standing.code.lower()}-"
    return [one for one in pictures if PurePath(one.image.file.name).name.startswith(prefix)]


def linked(page: MarketPage | None, base: str, found: Sequence[Related], route: str) -> list[Link]:
    """Related records with their addresses; none where the market has no page yet."""
    if page is None:
        return []
    return [
        Link(
            title=own_words(one.record, "title"),
            url=page.address_of(route, one.record.standing.slug, base),
            reason=one.reason,
            facts=row_facts(one.record),
        )
        for one in found
    ]


def row_facts(record: Any) -> list[str]:
    """Two or three words about an offer or a demand in a short list."""
    if isinstance(record, Offer):
        facts = [amounts.readiness(record), rows.price(record)]
    else:
        facts = [record.unit.full_name if record.unit and is_named(record) else ""]
        facts.append(amounts.budget(record))
    return [fact for fact in facts if fact]
