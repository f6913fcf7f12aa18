"""The officer's list of dossiers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from competitions.entries.admin import filters
from competitions.entries.models import Entry
from competitions.entries.permissions import may_list_dossiers
from competitions.entries.queries import dossiers
from competitions.entries.screening import mark_eligible
from portal.accounts.roles import is_officer
from portal.core.text import key_from
from portal.core.verdicts import Refused

PAGE_SIZE = 50
STATUS = {
    Entry.State.SUBMITTED: "dossier-state--waiting",
    Entry.State.ASKED: "dossier-state--asked",
    Entry.State.ELIGIBLE: "dossier-state--eligible",
    Entry.State.INELIGIBLE: "dossier-state--ineligible",
    Entry.State.WITHDRAWN: "",
}


def readers_only(request: HttpRequest) -> None:
    """To people who may not read dossiers, these pages do not exist. Raises Http404."""
    if not may_list_dossiers(request.user):
        raise Http404("no such page")


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """Wagtail's breadcrumbs; the last one is this page."""
    path = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("entries_admin:list"), _("Dossiers")),
        *further,
    ]
    return [{"url": url, "label": label} for url, label in path]


def dossier_list(request: HttpRequest) -> HttpResponse:
    """Filters in the address, counts per state, fifty rows a page."""
    readers_only(request)
    wanted = filters.chosen(request.GET)
    unconfirmed = Count("members", filter=Q(members__consent__isnull=True))
    rows = (
        filters.found(wanted)
        .select_related("competition", "track", "organisation", "captain")
        .annotate(unconfirmed=unconfirmed)
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filters": wanted,
        "counts": filters.counts(wanted),
        "sorts": [(name, label) for name, (label, _order) in filters.SORTS.items()],
        "page_obj": page,
        "rows": [(entry, STATUS.get(Entry.State(entry.state), "")) for entry in page],
        "officer": is_officer(request.user),
        "header_title": _("Dossiers"),
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": crumbs(),
    }
    return render(request, "entries/admin/list.html", context)


@require_POST
def mark_several(request: HttpRequest) -> HttpResponse:
    """Mark the ticked dossiers eligible; those that cannot be are named with the reason."""
    readers_only(request)
    sent = [key_from(pk) for pk in request.POST.getlist("entry")]
    wanted = [pk for pk in sent if pk is not None]
    done, refusals = 0, []
    officer: Any = request.user
    chosen = dossiers().filter(pk__in=wanted[:PAGE_SIZE])
    for entry in chosen.select_related("track", "captain", "competition"):
        try:
            mark_eligible(entry, officer)
            done += 1
        except Refused as refused:
            refusals.append(f"{entry.code}: {refused}")
    _report(request, done, refusals)
    return redirect(f"{reverse('entries_admin:list')}?{request.GET.urlencode()}")


def _report(request: HttpRequest, done: int, refusals: list[Any]) -> None:
    if done:
        sentence = ngettext(
            "%(count)s dossier was marked eligible.",
            "%(count)s dossiers were marked eligible.",
            done,
        )
        messages.success(request, sentence % {"count": done})
    elif not refusals:
        messages.info(request, _("Tick the dossiers first."))
    for refusal in refusals:
        messages.error(request, refusal)
