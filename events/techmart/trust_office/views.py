"""The officers' screens: they show and call verbs, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.techmart import confirming, reporting, verifying
from events.techmart.models import (
    Freshness,
    MarketRecord,
    ProblemReport,
    Standing,
    VerificationStep,
)
from events.techmart.models.trust import ABOUT, about, kind_of
from events.techmart.permissions import may_answer_reports, may_see_trust, may_verify
from events.techmart.presenting.trust import ladder_of
from events.techmart.trust_forms import DecideForm, LevelForm
from events.techmart.trust_telling import verification_address
from portal.core import auditing, clock
from portal.core.serving import private_file_response
from portal.core.verdicts import Refused

PAGE_SIZE = 50
ALL = "all"
RELATED = ("offer", "demand", "expert", "supplier")


# Verification ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of the history, its changed facts in words."""

    step: VerificationStep
    changed: str


@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Where a record stands on the ladder, its history, and the form that moves it."""
    _readers_only(request)
    record = _record(kind, pk)
    steps = list(VerificationStep.objects.filter(**about(record)).select_related("by", "file"))
    form = LevelForm(
        request.POST or None,
        request.FILES or None,
        initial={"level": record.standing.verification, "seen": steps[0].pk if steps else 0},
    )
    by: Any = request.user
    verdict = may_verify(by, record)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _verified(record, by, form):
            messages.success(request, _("The level of “%(name)s” is set.") % {"name": record})
            return redirect(verification_address(record))
        status = 422
    context = {
        "record": record,
        "ladder": ladder_of(record.standing),
        "steps": [StepRow(one, _facts(record, one.changed)) for one in steps],
        "form": form,
        "may_verify": verdict,
        "edit_url": _edit(record),
        **_frame(_("Verification"), (_edit(record), str(record))),
    }
    return render(request, "techmart/trust/office/ladder.html", context, status=status)


def _verified(record: MarketRecord, by: Any, form: LevelForm) -> bool:
    facts = form.cleaned_data
    try:
        verifying.verify(
            record,
            by,
            facts["level"],
            evidence=facts["evidence"],
            institution=facts["institution"],
            on_day=facts["on_day"],
            upload=facts["paper"],
            seen=facts["seen"],
        )
    except Refused as refused:
        of_file = refused.field is None and refused.code in _OF_FILES
        form.add_error("paper" if of_file else refused.field, str(refused))
        return False
    return True


_OF_FILES = frozenset(
    {"empty", "too_large", "wrong_type", "damaged", "encrypted"}
    | {"too_many_pages", "image_too_large"}
)


def _facts(record: MarketRecord, names: list[str]) -> str:
    return ", ".join(verifying.fact_label(record, name) for name in names)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper of a step, for officers and directors only."""
    _readers_only(request)
    step = get_object_or_404(VerificationStep.objects.select_related("file"), pk=pk)
    if step.file is None:
        raise Http404("no paper")
    return private_file_response(step.file)


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """Records whose main facts were changed after the check, the oldest change first."""
    _readers_only(request)
    found = [
        model._base_manager.filter(live=True, standing__facts_changed_at__isnull=False)
        for model in ABOUT.values()
    ]
    context = {
        "page_obj": _page(request, found, "facts_changed_at"),
        "when_label": _("Changed on"),
        "caption": _("Changed after the check"),
        "nothing": _("Everything that was checked still says the same."),
        **_frame(_("Changed after the check")),
    }
    return render(request, "techmart/trust/office/list.html", context)


# Freshness ------------------------------------------------------------------------------------


@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """What its owners have not confirmed: soon due, unconfirmed, hidden."""
    _readers_only(request)
    now = clock.now()
    wanted = request.GET.get("state", "")
    if wanted not in confirming.FRESHNESS_LABELS:
        wanted = Freshness.UNCONFIRMED.value
    counted = confirming.count_out_of_date(now)
    context = {
        "tabs": [
            (name, label, counted[name]) for name, label in confirming.FRESHNESS_LABELS.items()
        ],
        "wanted": wanted,
        "page_obj": _page(request, confirming.out_of_date(wanted, now), "last_confirmed_at"),
        "when_label": _("Last confirmed"),
        "caption": _("Freshness"),
        "nothing": _("Nothing here."),
        "with_owner": True,
        **_frame(_("Freshness")),
    }
    return render(request, "techmart/trust/office/list.html", context)


def _page(request: HttpRequest, found: Sequence[QuerySet[Any]], at: str) -> Any:
    """One page of several kinds of record together, the oldest first: six queries at most."""
    moment = f"standing__{at}"
    keys = [
        records.order_by().annotate(of_kind=Value(kind)).values_list("of_kind", "pk", moment)
        for kind, records in zip(ABOUT, found, strict=True)
    ]
    together = keys[0].union(*keys[1:], all=True).order_by(moment, "of_kind", "pk")
    page = Paginator(together, PAGE_SIZE).get_page(request.GET.get("page"))
    wanted = [(kind, pk) for kind, pk, _at in page.object_list]
    records = {
        (kind, record.pk): record
        for kind, model in ABOUT.items()
        if (of_kind := [pk for which, pk in wanted if which == kind])
        for record in model._base_manager.filter(pk__in=of_kind).select_related(
            "standing__organisation"
        )
    }
    shown: Any = page
    shown.object_list = [
        _line(record, getattr(record.standing, at))
        for key in wanted
        if (record := records.get(key)) is not None
    ]
    return shown


def _line(record: MarketRecord, at: Any) -> dict[str, Any]:
    standing: Standing = record.standing
    return {
        "record": record,
        "kind": record._meta.verbose_name,
        "code": standing.code,
        "owner": standing.organisation or "",
        "at": at,
        "asked_at": standing.asked_to_confirm_at,
        "url": verification_address(record),
    }


# Reports --------------------------------------------------------------------------------------


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """What readers report: new ones, the oldest first; or what was decided."""
    _readers_only(request)
    states = ProblemReport.State
    counted = dict(ProblemReport.objects.order_by().values_list("state").annotate(Count("pk")))
    wanted = request.GET.get("state", states.NEW)
    found = ProblemReport.objects.select_related(*RELATED, "handled_by")
    if wanted == states.NEW:
        found = found.waiting().select_related(*RELATED, "handled_by")
    elif wanted in states.values:
        found = found.filter(state=wanted)
    tabs = [(state.value, state.label, counted.get(state, 0)) for state in states]
    context = {
        "tabs": [*tabs, (ALL, _("All"), sum(counted.values()))],
        "wanted": wanted,
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        **_frame(_("Reports of readers")),
    }
    return render(request, "techmart/trust/office/problems.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: read, decided, taken up again."""
    _readers_only(request)
    related = [f"{name}__standing" for name in RELATED]
    found = get_object_or_404(
        ProblemReport.objects.select_related(*related, "handled_by", "user"), pk=pk
    )
    form = DecideForm(request.POST if request.POST.get("act") in {"dealt", "unfounded"} else None)
    status = 200
    if request.method == "POST":
        if _decided(request, found, form):
            return redirect("techmart_trust:problems")
        status = 422
    context = {
        "report": found,
        "form": form,
        "may_answer": may_answer_reports(request.user),
        "record_url": _edit(found.record),
        "ladder_url": verification_address(found.record),
        "history": auditing.history(found).select_related("user")[:50],
        **_frame(found.code, (reverse("techmart_trust:problems"), _("Reports of readers"))),
    }
    return render(request, "techmart/trust/office/problem.html", context, status=status)


def _decided(request: HttpRequest, found: ProblemReport, form: DecideForm) -> bool:
    by: Any = request.user
    act = request.POST.get("act")
    if form.is_bound and not form.is_valid():
        return False
    try:
        if act == "dealt":
            reporting.deal_with(found, by, form.cleaned_data["answer"])
        elif act == "unfounded":
            reporting.call_unfounded(found, by, form.cleaned_data["answer"])
        elif act == "take_up":
            reporting.take_up_again(found, by)
        else:
            return False
    except Refused as refused:
        if form.is_bound:
            form.add_error(refused.field, str(refused))
        else:
            messages.error(request, str(refused))
        return False
    messages.success(request, f"{found.code}: {found.get_state_display()}")
    return True


def _record(kind: str, pk: int) -> MarketRecord:
    if kind not in ABOUT:
        raise Http404("no such kind")
    records = ABOUT[kind]._base_manager.select_related("standing__organisation")
    found: MarketRecord = get_object_or_404(records, pk=pk)
    return found


def _edit(record: MarketRecord) -> str:
    return reverse(f"wagtailsnippets_techmart_{kind_of(record)}:edit", args=[record.pk])


def _frame(title: str, *way: tuple[str, str]) -> dict[str, Any]:
    steps = [(reverse("wagtailadmin_home"), _("Home")), *way, ("", title)]
    return {
        "header_title": title,
        "header_icon": "check",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }


def _readers_only(request: HttpRequest) -> None:
    if not may_see_trust(request.user):
        raise PermissionDenied
