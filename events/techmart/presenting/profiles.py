"""One offer on one page of A4 with a QR, to print and hand over."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.techmart.models import MarketPage, Offer
from events.techmart.presenting import amounts
from events.techmart.presenting.belonging import owner_of, pictures_of
from events.techmart.presenting.offers import TEXTS, at_a_glance, price_of
from events.techmart.presenting.sharing import own_words, public_record, shortened
from events.techmart.presenting.trust import confirmed_of, ladder_of
from portal.core import printing
from portal.core.file_content import clean_image
from portal.core.templatetags.portal import day, money
from portal.pages.models import SiteSettings

TEMPLATE = Path(__file__).with_name("profile.typ")
STEPS: Sequence[tuple[float, int]] = (
    (11, 1500),
    (10.5, 1200),
    (10, 900),
    (9.5, 700),
    (9, 500),
    (8.5, 350),
    (8, 220),
)
"""Sizes of type with how long each text may be there: the first with which all fits is taken."""
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_FACT = 160, 400, 140
PRINTED = ("problem", "advantages", "requirements", "description", "support")
PICTURE = "fill-640x360|format-jpeg"


def profile_pdf(request: HttpRequest, page: MarketPage, slug: str) -> HttpResponse:
    """The page as a PDF that browsers show. Raises Http404 where no such offer is public.

    Setting it takes a tenth of a second, once: the page cache and `printing` keep it.
    """
    offer = public_record("offer", slug)
    response = HttpResponse(made(request, page, offer), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{offer.standing.code.lower()}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    # The page of the offer is what search engines list.
    response["X-Robots-Tag"] = "noindex"
    return response


def made(request: HttpRequest, page: MarketPage, offer: Offer) -> bytes:
    """The bytes of the document."""
    address = page.address_of("offer", offer.standing.slug, page.full_url or "")
    files = {"qr.svg": _qr(address)}
    picture = _picture(offer)
    if picture:
        files["picture.jpg"] = picture[0]
    alt = picture[1] if picture else ""
    data = data_of(request, page, offer, address, alt if picture else None)
    return printing.pdf(TEMPLATE, data, files)


def data_of(
    request: HttpRequest, page: MarketPage, offer: Offer, address: str, picture_alt: str | None
) -> dict[str, Any]:
    """All words of the document, each bounded in length."""
    owner = owner_of(offer, page, request)
    ladder, confirmed = ladder_of(offer.standing), confirmed_of(offer.standing)
    title, summary = own_words(offer, "title").text, own_words(offer, "summary").text
    facts = [
        (str(fact.name), shortened(str(fact.value), LONGEST_FACT)) for fact in at_a_glance(offer)
    ]
    unnamed = _("The organisation is not named; the department holds the contact.")
    return {
        "title": shortened(title, LONGEST_TITLE),
        "language": (get_language() or "vi")[:2],
        "portal": settings.name if (settings := SiteSettings.kept_for(request)) else "",
        "code": offer.standing.code,
        "facts": facts,
        "owner": {
            "label": _("Who offers it"),
            "name": shortened(owner.name.text, LONGEST_FACT) if owner.is_named else unnamed,
        },
        "trust": [line for line in (ladder.text, ladder.note, confirmed.text) if line],
        "economy": _economy(offer),
        "picture": None
        if picture_alt is None
        else {"file": "picture.jpg", "alt": picture_alt or title},
        "steps": [
            {
                "size": size,
                "title": shortened(title, LONGEST_TITLE),
                "summary": shortened(summary, min(longest, LONGEST_SUMMARY)),
                "parts": _parts(offer, longest),
            }
            for size, longest in STEPS
        ],
        "disclaimer": _(
            "The information comes from whoever offers or needs it. The portal brings both sides "
            "together; it is no party to any contract, takes no fee and is not liable for what "
            "they agree on."
        ),
        "more": _("All details and the way to ask:"),
        "address": address,
        "made": _("Price: %(price)s. As it stood on %(day)s.")
        % {
            "price": shortened(price_of(offer), LONGEST_FACT),
            "day": day(offer.last_published_at),
        },
        "qr": _("QR code with the address of this offer"),
    }


def _parts(offer: Offer, longest: int) -> list[dict[str, str]]:
    headings = dict(TEXTS)
    found = []
    for field in PRINTED:
        # What decides gets the room; what it takes may be read on the page.
        room = longest if field in ("problem", "advantages") else longest * 2 // 3
        if text := own_words(offer, field).text:
            found.append({"title": str(headings[field]), "text": shortened(text, room)})
    return found


def _economy(offer: Offer) -> dict[str, Any] | None:
    told = amounts.economy(offer)
    if told is None:
        return None
    unit = shortened(told.counted_for.text, 60)
    return {
        "title": _("What it costs and brings in"),
        "head": [
            _("Reckoned for: %(unit)s") % {"unit": unit} if unit else "",
            _("The old way"),
            _("With this technology"),
        ],
        "rows": [
            [
                line.name,
                "–" if line.before is None else money(line.before),
                "–" if line.after is None else money(line.after),
            ]
            for line in told.lines
        ],
        "foot": [
            *(
                [(_("Saved and earned in a year"), money(told.benefit))]
                if told.benefit is not None
                else []
            ),
            (_("Investment earned back"), told.payback),
        ],
        "note": _("Reckoned from the owner's amounts, without interest, tax and wear."),
    }


def _qr(address: str) -> bytes:
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", border=0, scale=4)
    return written.getvalue()


def _picture(offer: Offer) -> tuple[bytes, str] | None:
    """The first picture with nothing in it but what it shows; none where its file is lost."""
    first = next(iter(pictures_of(offer)), None)
    if first is None:
        return None
    try:
        with first.image.get_rendition(PICTURE).file.open("rb") as file:
            return clean_image(file.read(), "jpg", max_pixels=2_000_000).content, first.alt
    except OSError:
        return None
