"""Review, submit, receipt, withdraw."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.entries import snapshots
from competitions.entries.forms import CommitmentsForm, WithdrawForm
from competitions.entries.models import Entry
from competitions.entries.permissions import may_submit_entry, may_withdraw
from competitions.entries.showing import shown_snapshot
from competitions.entries.submitting import Lacking, submit, unsent_changes
from competitions.entries.submitting import withdraw as withdraw_entry
from competitions.entries.views.frame import crumbs, file_addresses, frame_of, team_entry
from portal.core.keeping import kept_post, login_required_keeping
from portal.core.verdicts import Refused


@login_required_keeping
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Exactly what judges will see, what is missing, the commitments, and the button."""
    entry = team_entry(request, key)
    return _review_page(request, entry, CommitmentsForm(kept_post(request)))


def _review_page(
    request: HttpRequest, entry: Entry, form: CommitmentsForm, refused: Refused | None = None
) -> HttpResponse:
    frame = frame_of(request, entry, "review")
    file_url, page_url = file_addresses(entry)
    newest = entry.submissions.first()
    context = {
        "frame": frame,
        "entry": entry,
        "form": form,
        "refused": refused,
        "newest": newest,
        "unsent": newest is None or unsent_changes(entry, newest),
        "missing": [_with_address(entry, item) for item in frame.missing],
        "dossier": shown_snapshot(
            snapshots.build(entry), entry, file_url=file_url, page_url=page_url
        ),
        "may_submit": may_submit_entry(request.user, entry, frame.intake),
        "crumbs": crumbs(entry, (_("Review and submit"), "")),
    }
    status = 200 if refused is None and not form.errors else 422
    return render(request, "entries/review.html", context, status=status)


def _with_address(entry: Entry, item: Lacking) -> dict[str, Any]:
    """A missing thing with a link to the very field."""
    if item.section is None:
        url = reverse(f"entries:{item.place}", args=[entry.key])
    else:
        page = reverse("entries:section", args=[entry.key, item.section.pk])
        url = f"{page}#question-{item.question_id}"
    return {"sentence": item.sentence, "url": url}


def _back_to_review(request: HttpRequest, key: UUID) -> str:
    return reverse("entries:review", args=[key])


@login_required_keeping(back_to=_back_to_review)
def submit_entry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in; a refusal says why and leaves everything as it was."""
    entry = team_entry(request, key)
    if request.method != "POST":
        return redirect("entries:review", entry.key)
    form = CommitmentsForm(request.POST)
    if not form.is_valid():
        return _review_page(request, entry, form)
    try:
        submit(entry, request.user, form.agreed())
    except Refused as refused:
        if refused.code == "already_submitted":
            messages.info(request, str(refused))
            return redirect("entries:receipt", entry.key)
        return _review_page(request, team_entry(request, key), form, refused)
    return redirect("entries:receipt", entry.key)


@login_required_keeping
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt of the newest submission, or of the one whose number is asked for; printable."""
    entry = team_entry(request, key)
    submissions = list(entry.submissions.select_related("submitted_by"))
    wanted = request.GET.get("number", "")
    chosen = [one for one in submissions if str(one.number) == wanted] or submissions[:1]
    if not chosen:
        raise Http404("nothing was submitted")
    context = {
        "entry": entry,
        "submission": chosen[0],
        "submissions": submissions,
        "newest": chosen[0] == submissions[0],
        "open": frame_of(request, entry, "receipt").open,
        "crumbs": crumbs(entry, (_("Receipt"), "")),
    }
    return render(request, "entries/receipt.html", context)


@login_required_keeping
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once, name what will be lost, then withdraw."""
    entry = team_entry(request, key)
    verdict = may_withdraw(request.user, entry)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("entries:entry", entry.key)
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = WithdrawForm(posted)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_entry(entry, request.user, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The entry was withdrawn."))
            return redirect("entries:entry", entry.key)
    context = {
        "entry": entry,
        "form": form,
        "crumbs": crumbs(entry, (_("Withdraw the entry"), "")),
    }
    return render(request, "entries/withdraw.html", context)
