"""Memoranda and contracts at the desk."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.techmart import outcomes as verbs
from events.techmart.connection_forms import CloseForm, CorrectForm, OutcomeForm, first_words
from events.techmart.connection_permissions import may_approve_outcome
from events.techmart.desk.frame import (
    act,
    act_of_readers,
    desk_context,
    for_officers,
    for_readers,
    refuse,
    said_or_refused,
)
from events.techmart.models import ConnectionRequest, Outcome
from portal.core.keeping import kept_post, saved
from portal.core.serving import private_file_response
from portal.core.text import format_money, key_from
from portal.core.verdicts import Refused

PAGE = 25


def _of(key: uuid.UUID) -> Outcome:
    related = Outcome.objects.select_related(
        "form", "channel", "request", "recorded_by", "changed_by", "approved_by", "annulled_by"
    )
    return get_object_or_404(related, key=key)


@for_readers
@require_safe
def outcome_list(request: HttpRequest) -> HttpResponse:
    rows = Outcome.objects.select_related("channel", "request")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "techmart/desk/outcomes.html",
        desk_context(request, "outcomes", page_obj=page),
    )


def _asked(request: HttpRequest) -> ConnectionRequest | None:
    """The request it comes of, where the address names one (?request=CODE)."""
    code = request.GET.get("request", "")
    if not code or not code.isprintable():
        return None
    return ConnectionRequest.objects.drawn().filter(code=code[:20]).first()


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    came_of = _asked(request)
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = OutcomeForm(
        typed,
        request.FILES if request.method == "POST" else None,
        initial=first_words(came_of) if came_of else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.record(
                form.facts(),
                request.user,  # type: ignore[arg-type]
                request=came_of,
                evidence=form.cleaned_data["evidence"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            saved(request, _("Recorded: %(code)s.") % {"code": made.code}, "outcome-new")
            return redirect("techmart_desk:outcome", made.key)
    context = desk_context(request, "outcomes", form=form, came_of=came_of, keep="outcome-new")
    context["crumbs"].append({"title": _("Record an outcome"), "url": ""})
    status = 422 if request.method == "POST" else 200
    return render(request, "techmart/desk/outcome_form.html", context, status=status)


@for_readers
@require_safe
def outcome(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, _of(key))


def _page(
    request: HttpRequest, found: Outcome, annulling: Any = None, status: int = 200
) -> HttpResponse:
    context = desk_context(
        request,
        "outcomes",
        outcome=found,
        corrections=[
            (one, [(str(_label(name)), change) for name, change in one.before.items()])
            for one in found.corrections.select_related("by")
        ],
        may_approve=may_approve_outcome(request.user, found),
        annulling=annulling or CloseForm(prefix="annul"),
    )
    context["crumbs"].append({"title": found.code, "url": ""})
    return render(request, "techmart/desk/outcome.html", context, status=status)


def _label(name: str) -> Any:
    return Outcome._meta.get_field(name).verbose_name  # type: ignore[union-attr]


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    initial = {
        name: getattr(found, name)
        for name in (*verbs.FIELDS, "version")
        if name in CorrectForm.base_fields
    }
    if found.value is not None:
        initial["value"] = format_money(found.value)
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = CorrectForm(typed, request.FILES if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.correct(
                found,
                form.facts(),
                request.user,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                evidence=form.cleaned_data["evidence"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            saved(request, _("Corrected; it has to be approved again."), f"outcome-{found.pk}")
            return redirect("techmart_desk:outcome", found.key)
    context = desk_context(
        request, "outcomes", form=form, outcome=found, keep=f"outcome-{found.pk}"
    )
    context["crumbs"].append({"title": found.code, "url": ""})
    status = 422 if request.method == "POST" else 200
    return render(request, "techmart/desk/outcome_form.html", context, status=status)


@act_of_readers
def approve(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    version = key_from(request.POST.get("version", "")) or 0
    said_or_refused(
        request,
        lambda: verbs.approve(found, request.user, min(version, 2**31 - 1)),  # type: ignore[arg-type]
        _("Approved: it counts in public totals."),
    )
    return redirect("techmart_desk:outcome", found.key)


@act
def annul(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _of(key)
    form = CloseForm(request.POST, prefix="annul")
    if form.is_valid():
        try:
            verbs.annul(found, request.user, form.cleaned_data["reason"])  # type: ignore[arg-type]
        except Refused as refused:
            refuse(form, refused)
        else:
            saved(request, _("Annulled; it stays here and counts nowhere."), f"annul-{found.pk}")
            return redirect("techmart_desk:outcome", found.key)
    return _page(request, found, form, 422)


@for_readers
@require_safe
def evidence(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    found = _of(key)
    if found.evidence is None:
        raise Http404("no evidence")
    return private_file_response(found.evidence)
