"""The numbers of the market: on the screen, on one sheet of paper, and as an Excel file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.techmart.desk.frame import desk_context, for_readers
from events.techmart.numbers.book import workbook
from events.techmart.numbers.counting import quarter_of
from events.techmart.numbers.report import quarters, report_of
from events.techmart.numbers.sheet import sheet
from portal.core import auditing, clock
from portal.core.periods import Period, asked_period
from portal.core.spreadsheets import answer
from portal.pages.models import SiteSettings


def _asked(request: HttpRequest) -> Period:
    today = clock.today()
    return asked_period(request.GET, today, usual=quarter_of(today))


@for_readers
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """A quarter unless the address names other days."""
    period = _asked(request)
    context = desk_context(
        request,
        "numbers",
        period=period,
        report=report_of(period),
        quarters=[
            {"title": name, "url": one.query, "current": one == period}
            for name, one in quarters(clock.today())
        ],
    )
    return render(request, "techmart/desk/numbers.html", context)


@for_readers
@require_safe
def excel(request: HttpRequest) -> HttpResponse:
    """The same numbers to calculate with; who took them stands in the audit log."""
    period = _asked(request)
    if period.trouble:
        return _back(request)
    content = workbook(report_of(period))
    _log(request, period, "excel")
    return answer(content, _file_name(period))


@for_readers
@require_safe
def one_page(request: HttpRequest) -> HttpResponse:
    """The same numbers on one page of A4, as a PDF that the browser shows."""
    period = _asked(request)
    if period.trouble:
        return _back(request)
    site = SiteSettings.for_request(request)
    response = HttpResponse(sheet(report_of(period), site.name), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(period)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    _log(request, period, "pdf")
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """To the screen, which says what is wrong with the days."""
    return redirect(f"{reverse('techmart_desk:numbers')}?{request.GET.urlencode()}")


def _file_name(period: Period) -> str:
    return f"{_('market')}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"


def _log(request: HttpRequest, period: Period, kind: str) -> None:
    reader: Any = request.user
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    site = SiteSettings.for_request(request)
    auditing.record("techmart.numbers_exported", site, user=reader, file=kind, **days)
