"""What other pages show of spaces: the way in on the home page, closures in the calendar."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import Site

from portal.core.extension_points import CalendarDate, Door
from portal.core.page_cache.parts import kept_part
from startups.coworking.models import Closure, SpacePage
from startups.coworking.presenting import today_in


def doors(request: HttpRequest, language: str) -> Sequence[Door]:
    """The door to the space that takes bookings; with several of them, to their index."""
    site = Site.find_for_request(request)
    key = ("door to spaces", site.pk if site else None, language)
    return kept_part(key, lambda: _doors(request, language))


def _doors(request: HttpRequest, language: str) -> Sequence[Door]:
    pages = list(SpacePage.objects.shown().filter(locale__language_code=language))
    pages = [page for page in pages if page.space.is_open]
    if not pages:
        return []
    today = today_in([page.space for page in pages])
    free = sum(today[page.space_id] for page in pages)
    fact = ngettext("%(n)s desk still free today", "%(n)s desks still free today", free)
    leads = pages[0] if len(pages) == 1 else pages[0].get_parent()
    return [
        Door(
            title=_("Book a place"),
            fact=fact % {"n": free} if free else _("All desks are taken today; look at tomorrow"),
            url=leads.get_url(request) or "",
            icon="armchair",
        )
    ]


def closures(
    request: HttpRequest, language: str, begin: datetime, end: datetime
) -> Sequence[CalendarDate]:
    """Closures of whole spaces that have a page; those of one resource stand on its own page."""
    pages = {
        page.space_id: page
        for page in SpacePage.objects.shown().filter(locale__language_code=language)
    }
    found = Closure.objects.filter(
        space__in=pages, resource=None, lifted_at=None, starts__lt=end, ends__gt=begin
    )
    return [
        CalendarDate(
            title=pages[one.space_id].title,
            kind=pgettext("calendar", "Closed"),
            starts=one.starts,
            ends=one.ends,
            url=pages[one.space_id].get_url(request) or "",
            detail=one.shown_reason,
        )
        for one in found.order_by("starts", "pk")
    ]
