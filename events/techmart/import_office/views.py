"""Sending a workbook, watching it being checked, reading the report, importing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.techmart.import_office.forms import ImportForm, SendForm
from events.techmart.importing import running, templates
from events.techmart.importing.columns import COLUMNS
from events.techmart.models import ImportRun
from portal.core import spreadsheets
from portal.core.verdicts import Refused

PAGE_SIZE = 20
LOOK_AGAIN = 3
"""Seconds after which the page of a running import asks anew."""
SHOWN = 200
"""Findings on the page; the workbook of the report holds all that were kept."""


@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Send a workbook; below it every import that was tried."""
    _officers_only(request)
    posted = request.method == "POST"
    form = SendForm(request.POST, request.FILES) if posted else SendForm()
    if posted and form.is_valid() and (sent := _sent(request, form)):
        return redirect("techmart_import:run", sent.key)
    listed = Paginator(ImportRun.objects.select_related("started_by"), PAGE_SIZE)
    context = {
        "form": form,
        "page_obj": listed.get_page(request.GET.get("page")),
        "templates": [(kind, ImportRun.Kind(kind).label) for kind in COLUMNS],
        **_frame(_("Import from Excel")),
    }
    return render(request, "techmart/imports/runs.html", context, status=422 if posted else 200)


def _sent(request: HttpRequest, form: SendForm) -> ImportRun | None:
    facts = form.cleaned_data
    try:
        return running.send(
            facts["workbook"],
            facts["pictures"],
            facts["kind"],
            facts["source"],
            request.user,  # type: ignore[arg-type]
            publish=facts["publish"],
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return None


@require_safe
def run(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where an import stands: how far it is, what was found, the button that imports it."""
    _officers_only(request)
    return _page(request, _of(key))


def _page(
    request: HttpRequest, found: ImportRun, form: ImportForm | None = None, status: int = 200
) -> HttpResponse:
    waits = found.state == ImportRun.State.CHECKED and not found.faulty
    context = {
        "run": found,
        "progress": running.progress(found),
        "findings": found.report[:SHOWN],
        "more": max(0, len(found.report) - SHOWN),
        "form": (form or ImportForm(publish=found.publish)) if waits else None,
        **_frame(found.name, (reverse("techmart_import:runs"), _("Import from Excel"))),
    }
    response = render(request, "techmart/imports/run.html", context, status=status)
    if found.is_running:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_POST
def carry_out(request: HttpRequest, key: UUID) -> HttpResponse:
    """Import what was checked."""
    _officers_only(request)
    found = _of(key)
    form = ImportForm(request.POST, publish=found.publish)
    form.is_valid()
    try:
        running.carry_out(
            found,
            request.user,  # type: ignore[arg-type]
            no_state_secret=bool(form.cleaned_data.get("no_state_secret")),
        )
    except Refused as refused:
        if refused.field in form.fields:
            form.add_error(refused.field, str(refused))
            return _page(request, found, form, 422)
        messages.error(request, str(refused))
    return redirect("techmart_import:run", found.key)


@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """The findings as a workbook."""
    _officers_only(request)
    return spreadsheets.answer(templates.report(_of(key)), _("import-report"))


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty workbook of a kind."""
    _officers_only(request)
    if kind not in COLUMNS:
        raise Http404("no such kind of workbook")
    return spreadsheets.answer(templates.template(kind), f"mau-{kind}")


def _of(key: UUID) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("started_by"), key=key)


def _officers_only(request: HttpRequest) -> None:
    # Asked before anything is looked up, so the answer tells nobody what exists.
    if not running.may_import(request.user):
        raise PermissionDenied


def _frame(title: str, *way: tuple[str, str]) -> dict[str, Any]:
    steps = [(reverse("wagtailadmin_home"), _("Home")), *way, ("", title)]
    return {
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }
