"""The numbers of a space in a period: on the screen, on paper and as an Excel file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.core import auditing, clock
from portal.core.periods import asked_period
from portal.core.spreadsheets import answer
from startups.coworking.desk.report import report_of
from startups.coworking.desk.views.frame import desk_context, for_readers, space_of
from startups.coworking.desk.workbook import workbook


@for_readers
def numbers(request: HttpRequest, space: str) -> HttpResponse:
    found = space_of(space)
    period = asked_period(request.GET, clock.today())
    context = desk_context(
        request, found, "numbers", period=period, report=report_of(found, period)
    )
    return render(request, "coworking/desk/numbers.html", context)


@for_readers
def excel(request: HttpRequest, space: str) -> HttpResponse:
    """The same numbers to calculate with; who took them stands in the audit log."""
    found = space_of(space)
    period = asked_period(request.GET, clock.today())
    if period.trouble:  # the screen says it
        page = reverse("coworking_desk:numbers", args=[found.slug])
        return redirect(f"{page}?{request.GET.urlencode()}")
    content = workbook(report_of(found, period))
    reader: Any = request.user
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    auditing.record("coworking.numbers_exported", found, user=reader, **days)
    return answer(content, f"{found.slug}-{period.first:%Y%m%d}-{period.last:%Y%m%d}")
