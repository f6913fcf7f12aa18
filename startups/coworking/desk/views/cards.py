"""Cards with a QR for every unit, to print and stand on the desks."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from startups.coworking.desk.views.frame import desk_context, for_readers, space_of
from startups.coworking.models import Unit


@dataclass(frozen=True, slots=True)
class Card:
    unit: Unit
    address: str
    picture: SafeString


def address_of(unit: Unit) -> str:
    """What the QR says: the absolute address at which one checks in at this unit."""
    return f"{settings.SITE_URL}{reverse('coworking:desk_code', args=[unit.desk_code])}"


def qr(address: str) -> SafeString:
    """The QR as SVG, dark on light whatever the look of the page: cameras expect it so."""
    drawn = segno.make(address, error="m", micro=False)
    # segno writes nothing but numbers and the attributes named here.
    return mark_safe(
        drawn.svg_inline(
            omitsize=True, border=2, dark="#000", light="#fff", svgclass="desk-qr", lineclass=None
        )
    )


@for_readers
def cards(request: HttpRequest, space: str) -> HttpResponse:
    found = space_of(space)
    units = (
        Unit.objects.filter(resource__space=found, is_active=True, resource__is_active=True)
        .select_related("resource")
        .order_by("resource__order", "resource__name", "order", "label")
    )
    printed = [Card(unit, address_of(unit), qr(address_of(unit))) for unit in units]
    return render(
        request,
        "coworking/desk/cards.html",
        desk_context(request, found, "cards", cards=printed),
    )
