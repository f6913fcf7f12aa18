"""A person's own bookings: the list."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.keeping import login_required_keeping
from startups.coworking.forms import organisations_of
from startups.coworking.listing import bookings_of, coming, past, rows_of, waiting_of
from startups.coworking.models import SpacePage
from startups.coworking.views.frame import crumbs

PER_PAGE = 20
COMING, PAST, WAITING = "coming", "past", "waiting"


@login_required_keeping
def booking_list(request: HttpRequest) -> HttpResponse:
    """What comes, what was, and where I wait; the filter stands in the address."""
    user: Any = request.user
    now = clock.now()
    organisations = list(organisations_of(user))
    chosen = _chosen(request, organisations)
    mine = bookings_of(user, chosen)
    waiting = waiting_of(user)
    view = request.GET.get("view", COMING)
    listed = past(mine, now) if view == PAST else coming(mine, now)
    page = Paginator(waiting if view == WAITING else listed, PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "view": view if view in {PAST, WAITING} else COMING,
        "tabs": _tabs(view, chosen, coming(mine, now).count(), waiting.count()),
        "page_obj": page,
        "rows": page.object_list if view == WAITING else rows_of(page.object_list, now),
        "organisations": organisations,
        "chosen": chosen,
        "month": clock.today(),
        "spaces_url": _spaces_url(),
        "crumbs": [*crumbs()[:1], {"title": _("My bookings"), "url": ""}],
    }
    return render(request, "coworking/list.html", context)


def _chosen(request: HttpRequest, organisations: list[Organisation]) -> Organisation | None:
    asked = request.GET.get("organisation", "")
    return next((one for one in organisations if str(one.pk) == asked), None)


def _tabs(view: str, chosen: Organisation | None, count: int, waiting: int) -> list[dict[str, Any]]:
    titles = (
        (COMING, _("Coming"), count),
        (PAST, _("Past"), None),
        (WAITING, _("I wait"), waiting),
    )
    more = {"organisation": chosen.pk} if chosen else {}
    return [
        {
            "title": title,
            "url": f"{reverse('coworking:list')}?{urlencode({'view': name, **more})}",
            "current": name == view or (name == COMING and view not in {PAST, WAITING}),
            "count": number,
        }
        for name, title, number in titles
    ]


def _spaces_url() -> str:
    """Where to book: the only space, else their index."""
    pages = SpacePage.objects.shown().filter(locale__language_code=get_language() or "vi")
    found = list(pages[:2])
    if not found:
        return ""
    page = found[0] if len(found) == 1 else found[0].get_parent()
    return page.get_url() or ""
