"""One dossier for officers and directors: as judges read it, with contacts, history, decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.entries import screening
from competitions.entries.admin.listing import STATUS, crumbs
from competitions.entries.forms import AskForm, ReasonForm
from competitions.entries.models import Entry, EntryFile, Submission
from competitions.entries.permissions import (
    may_decide,
    may_read_dossier,
    may_read_file,
    may_screen,
    may_screen_again,
)
from competitions.entries.showing import dossier
from portal.core import auditing
from portal.core.models import PageImage
from portal.core.serving import page_image_response, private_file_response
from portal.core.verdicts import Refused, Verdict

State = Entry.State


@dataclass(frozen=True, slots=True)
class Act:
    """One decision an officer can take: when, with which form, by which verb."""

    may: Callable[[Any, Entry], Verdict]
    form: type[forms.Form]
    do: Callable[[Entry, Any, Any], Any]


ACTS = {
    "eligible": Act(
        may_decide,
        forms.Form,
        lambda entry, by, form: screening.mark_eligible(entry, by),
    ),
    "ask": Act(
        may_decide,
        AskForm,
        lambda entry, by, form: screening.ask_to_complete(
            entry, by, form.cleaned_data["what"], form.until()
        ),
    ),
    "ineligible": Act(
        may_decide,
        ReasonForm,
        lambda entry, by, form: screening.mark_ineligible(entry, by, form.cleaned_data["reason"]),
    ),
    "again": Act(
        may_screen_again,
        ReasonForm,
        lambda entry, by, form: screening.screen_again(entry, by, form.cleaned_data["reason"]),
    ),
}


def readable(request: HttpRequest, pk: int) -> Entry:
    """The entry, for those who may read dossiers. Raises Http404 for all others."""
    entry = (
        Entry.objects.filter(pk=pk)
        .select_related("competition", "track", "form", "organisation", "captain")
        .first()
    )
    if entry is None or not may_read_dossier(request.user, entry):
        raise Http404("no such dossier")
    return entry


def dossier_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest submission, or the one whose number the address names."""
    return _page(request, readable(request, pk), {})


def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision. A refusal is shown beside the form that was sent."""
    entry = readable(request, pk)
    name = request.POST.get("act", "")
    if request.method != "POST" or name not in ACTS:
        return redirect("entries_admin:entry", pk)
    verdict = may_screen(request.user, entry)
    if not verdict:
        return _page(request, entry, {}, refused=str(verdict.reason), status=403)
    form = ACTS[name].form(request.POST, prefix=name)
    if form.is_valid():
        try:
            ACTS[name].do(entry, request.user, form)
        except Refused as refused:
            field = "until_day" if refused.field == "until" else refused.field
            form.add_error(field if field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The decision was recorded and the team was told."))
            return redirect("entries_admin:entry", pk)
    return _page(request, readable(request, pk), {name: form}, status=422)


def _page(
    request: HttpRequest,
    entry: Entry,
    sent: dict[str, forms.Form],
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    submissions = list(entry.submissions.select_related("submitted_by"))
    wanted = request.GET.get("number", "")
    shown = next((one for one in submissions if str(one.number) == wanted), submissions[0])
    shown.entry = entry
    context = {
        "entry": entry,
        "status": STATUS.get(State(entry.state), ""),
        "shown": shown,
        "newest": shown == submissions[0],
        "submissions": submissions,
        "dossier": _dossier(entry, shown),
        "members": entry.members.select_related("unit", "user"),
        "decisions": entry.screening_decisions.select_related("decided_by", "submission"),
        "history": auditing.history(entry).select_related("user")[:100],
        "refused": refused,
        **_decisions(request.user, entry, sent),
        "header_title": f"{entry.code} {entry.title}",
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": crumbs(("", f"{entry.code} {entry.title}")),
    }
    return render(request, "entries/admin/dossier.html", context, status=status)


def _decisions(user: Any, entry: Entry, sent: dict[str, forms.Form]) -> dict[str, Any]:
    """The forms of what this person may decide now, with what was sent; or why there are none."""
    decide, again = may_decide(user, entry), may_screen_again(user, entry)
    verdicts: dict[Any, Verdict] = {may_decide: decide, may_screen_again: again}
    offered = {
        name: sent.get(name) or act.form(prefix=name)
        for name, act in ACTS.items()
        if verdicts[act.may] or name in sent
    }
    why_not = "" if offered else (again if again.code == "too_late" else decide).reason
    return {"forms": offered, "why_not": why_not}


def _dossier(entry: Entry, submission: Submission) -> Any:
    def file_url(file_id: int) -> str:
        return reverse("entries_admin:file", args=[entry.pk, file_id])

    def page_url(file_id: int, number: int) -> str:
        return reverse("entries_admin:page", args=[entry.pk, file_id, number])

    return dossier(submission, file_url=file_url, page_url=page_url)


def _readable_file(request: HttpRequest, pk: int, file_id: int) -> EntryFile:
    record = get_object_or_404(
        EntryFile.objects.select_related("entry", "file"),
        entry=readable(request, pk),
        file=file_id,
    )
    if not may_read_file(request.user, record):
        raise Http404("no such file")
    return record


def open_file(request: HttpRequest, pk: int, file_id: int) -> FileResponse:
    """A file that was handed in."""
    record = _readable_file(request, pk, file_id)
    return private_file_response(record.file, download="download" in request.GET)


def open_page(request: HttpRequest, pk: int, file_id: int, number: int) -> FileResponse:
    """One page picture of it."""
    record = _readable_file(request, pk, file_id)
    return page_image_response(get_object_or_404(PageImage, file=record.file, number=number))
