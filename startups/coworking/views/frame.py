"""What the pages about bookings share: finding one, the way back, the page of its space."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from startups.coworking.models import Booking, Space, SpacePage
from startups.coworking.permissions import is_theirs, may_change_booking, may_read_booking


def readable(request: HttpRequest, key: UUID) -> Booking:
    """A booking for its people, and for those who run or read the space. Else it is not there."""
    found = _booking(key)
    if found is None or not may_read_booking(request.user, found):
        raise Http404("no such booking")
    return found


def theirs(request: HttpRequest, key: UUID) -> Booking:
    """A booking of this person or of one of their organisations."""
    found = _booking(key)
    if found is None or not is_theirs(request.user, found):
        raise Http404("no such booking")
    return found


def changeable(request: HttpRequest, key: UUID) -> Booking:
    """The same, and for the front desk: somebody calls and cannot come, or comes later."""
    found = _booking(key)
    if found is None or not may_change_booking(request.user, found):
        raise Http404("no such booking")
    return found


def _booking(key: UUID) -> Booking | None:
    related = Booking.objects.select_related(
        "resource__space", "unit__resource", "organisation", "person", "booked_by", "series"
    )
    return related.filter(key=key).first()


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """Việc của tôi › Lượt đặt chỗ của tôi › …"""
    path = [
        (_("My work"), reverse("workspace:home")),
        (_("My bookings"), reverse("coworking:list")),
        *further,
    ]
    return [{"title": title, "url": url} for title, url in path]


def space_address(space: Space) -> str:
    """The public page of a space in the reader's language; empty when there is none."""
    pages = SpacePage.objects.live().public().filter(space=space)
    page: Any = pages.filter(locale__language_code=get_language() or "vi").first()
    return (page.get_url() or "") if page else ""
