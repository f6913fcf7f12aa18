"""The public form below a record: "Báo thông tin sai", and its receipt."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.techmart import reporting
from events.techmart.models import MarketPage, MarketRecord, ProblemReport
from events.techmart.models.pages import RECORDS
from events.techmart.models.trust import about, kind_of
from events.techmart.presenting.trust import SECTIONS, problem_address
from events.techmart.trust_forms import ProblemForm
from portal.core.languages import Said, said
from portal.core.verdicts import Refused

_KINDS = {section: kind for kind, section in SECTIONS.items()}


def problem_page(request: HttpRequest, page: MarketPage, section: str, slug: str) -> HttpResponse:
    """Ask what is wrong, and keep it. No account is needed."""
    record = _public(section, slug)
    form = ProblemForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _within_limit(request, form):
            try:
                made = _reported(request, record, form)
            except Refused as refused:
                form.add_error(refused.field, str(refused))
            else:
                address = problem_address(page, record, page.get_url(request) or "")
                return redirect(f"{address}{made.key}/")
        status = 422
    response = _drawn(request, page, "techmart/problem.html", record, {"form": form})
    response.status_code = status
    return response


def received_page(
    request: HttpRequest, page: MarketPage, section: str, slug: str, key: UUID
) -> HttpResponse:
    """The receipt stays readable when the record is no longer public."""
    model = _model(section)
    record = get_object_or_404(model._base_manager.select_related("standing"), standing__slug=slug)
    report = get_object_or_404(ProblemReport, key=key, **about(record))
    shown = model.objects.public().filter(pk=record.pk).exists()
    response = _drawn(
        request, page, "techmart/problem_received.html", record, {"report": report, "shown": shown}
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _model(section: str) -> Any:
    if section not in _KINDS:
        raise Http404("no such list")
    return RECORDS[_KINDS[section]]


def _public(section: str, slug: str) -> MarketRecord:
    records = _model(section).objects.public().select_related("standing")
    found: MarketRecord = get_object_or_404(records, standing__slug=slug)
    return found


def _reported(request: HttpRequest, record: MarketRecord, form: ProblemForm) -> ProblemReport:
    facts = form.cleaned_data
    by: Any = request.user if request.user.is_authenticated else None
    return reporting.report(record, facts["kind"], facts["text"], email=facts["email"], by=by)


def _within_limit(request: HttpRequest, form: ProblemForm) -> bool:
    if ratelimit.consume(request, action="techmart_report"):
        return True
    form.add_error(
        None,
        _("Many messages came from your network within an hour. Please send this one later."),
    )
    return False


def _drawn(
    request: HttpRequest,
    page: MarketPage,
    template: str,
    record: MarketRecord,
    further: dict[str, Any],
) -> HttpResponse:
    base = page.get_url(request) or ""
    own = f"{base}{page.reverse_subpage(kind_of(record), args=[record.standing.slug])}"
    context = {
        "record": record,
        "record_name": _name(record),
        "record_url": own,
        "crumbs": [
            {"title": page.title, "url": base},
            {"title": _name(record).text, "url": own},
            {"title": _("Report wrong information"), "url": ""},
        ],
        **further,
    }
    response: HttpResponse = page.render(request, template=template, context_overrides=context)
    return response


def _name(record: MarketRecord) -> Said:
    """In the reader's language where it is said."""
    name = str(record)
    return said(name, name if kind_of(record) == "expert" else _english(record))


def _english(record: MarketRecord) -> str:
    return str(getattr(record, "title_en", "") or getattr(record, "name_en", ""))
