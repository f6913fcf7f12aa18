"""The ticket: a QR code that opens the desk's page of it, as a drawing, an image and a PDF."""

import io
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.programme.models import Registration
from portal.core import printing
from portal.core.templatetags.portal import moments

TEMPLATE = Path(__file__).with_name("ticket.typ")


def scanned_address(registration: Registration) -> str:
    """What a phone at the door opens. Only people of the desk see anything there."""
    return settings.SITE_URL + reverse("event_desk:ticket", args=[registration.code])


def drawing(registration: Registration) -> str:
    """As inline SVG."""
    code = segno.make(scanned_address(registration), error="m", micro=False)
    svg = code.svg_inline(scale=4, border=2, dark="#10231f", light="#ffffff", omitsize=True)
    return mark_safe(svg)  # made of numbers only


def image(registration: Registration) -> bytes:
    """As PNG, to keep on a phone."""
    written = io.BytesIO()
    code = segno.make(scanned_address(registration), error="m", micro=False)
    code.save(written, kind="png", scale=10, border=4, dark="#10231f", light="#ffffff")
    return written.getvalue()


def pdf(registration: Registration, portal: str) -> bytes:
    """One page of A5; `portal` is the name on top."""
    event = registration.event
    data = {
        "language": get_language() or "vi",
        "portal": portal,
        "kind": str(event.get_kind_display()),
        "title": event.shown_title,
        "when": moments(event.starts, event.ends),
        "where": event.place,
        "name": registration.name,
        "organisation": str(registration.organisation or ""),
        "code": registration.code,
        "labels": {
            "ticket": _("Ticket"),
            "name": _("Full name"),
            "when": _("When"),
            "where": _("Where"),
            "code": _("Code"),
            "show": _("Show this code at the door, on paper or on a phone."),
        },
    }
    return printing.pdf(TEMPLATE, data, {"code.svg": code_svg(scanned_address(registration))})


def code_svg(address: str) -> bytes:
    """The QR code of an address as a file of its own, for documents."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", border=0, scale=4)
    return written.getvalue()
