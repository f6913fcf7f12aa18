"""One screen for everything that waits: tabs, search, filters."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.techmart.desk.frame import TABS, desk_context, for_readers, overdue
from events.techmart.models import ConnectionRequest, Need
from events.techmart.presenting.connections import chip
from portal.core import clock
from portal.core.text import clean_line, fold

PAGE = 25
THINGS = ("offer", "demand", "expert")


@for_readers
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("tab", "new")
    tab = tab if tab in TABS else "new"
    query = clean_line(request.GET.get("q", ""))[:100]
    mine = request.GET.get("mine") == "1"
    thing = request.GET.get("thing", "")
    thing = thing if thing in THINGS else ""
    requests, needs = _requests(tab, query, thing), _needs(tab, query)
    if mine:
        requests = requests.filter(officer=request.user)
        needs = needs.filter(officer=request.user)
    page = Paginator(needs if tab == "needs" else requests, PAGE).get_page(request.GET.get("page"))
    context = desk_context(
        request,
        tab,
        tab=tab,
        query=query,
        mine=mine,
        thing=thing,
        page_obj=page,
        rows=[] if tab == "needs" else [(one, chip(one)) for one in page],
        needs=list(page) if tab == "needs" else _late_needs(tab, needs),
        things=[("offer", _("Offers")), ("demand", _("Demands")), ("expert", _("Experts"))],
    )
    return render(request, "techmart/desk/home.html", context)


def _requests(tab: str, query: str, thing: str) -> Any:
    rows = ConnectionRequest.objects.drawn()
    if tab != "needs":
        rows = rows.filter(overdue() if tab == "overdue" else TABS[tab])
    if thing:
        rows = rows.filter(**{f"{thing}__isnull": False})
    if query:
        folded = fold(query)
        rows = rows.filter(
            Q(code__icontains=query)
            | Q(organisation__folded_name__contains=folded)
            | Q(asker__folded_name__contains=folded)
            | Q(offer__folded_text__contains=folded)
            | Q(demand__folded_text__contains=folded)
            | Q(expert__folded_text__contains=folded)
        )
    return rows.order_by("-ended_at" if tab == "closed" else "due_on", "pk")


def _needs(tab: str, query: str) -> Any:
    rows = Need.objects.drawn()
    rows = rows.open() if tab in {"needs", "overdue"} and not query else rows
    if query:
        rows = rows.filter(
            Q(code__icontains=query)
            | Q(problem__icontains=query)
            | Q(name__icontains=query)
            | Q(phone__contains=_number(query))
        )
    return rows.order_by("due_on", "pk")


def _number(query: str) -> str:
    """The digits of a phone number as it is stored (+84…); what no number is finds nothing."""
    digits = "".join(sign for sign in query if sign.isascii() and sign.isdigit()).lstrip("0")
    return digits if len(digits) > 3 else "no number"


def _late_needs(tab: str, needs: Any) -> list[Need]:
    if tab != "overdue":
        return []
    return list(needs.filter(state__in=Need.OPEN, due_on__lt=clock.today())[:PAGE])
