"""The report of a period as an Excel file: numbers as numbers, text never as a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.core.spreadsheets import safe
from startups.coworking.counting import HOUR, Use
from startups.coworking.desk.report import Line, Report

WIDTHS = (34, 16, 16, 16, 16)


def workbook(report: Report) -> bytes:
    """Five sheets: overview, hours of the week, resources, organisations, refusals."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = _("Overview")
    _fill(first, [_("What is counted"), _("Number")], _overview(report))
    used = [_("Hours used"), _("Hours usable"), _("Occupancy")]
    _fill(book.create_sheet(_("Hours")), [_("Weekday"), _("Hour"), *used], _hours(report))
    counted = [_("Bookings"), _("People")]
    _fill(
        book.create_sheet(_("Places")),
        [_("Kind"), *counted, *used],
        [[*_counted(line), *_use(line.use)] for line in report.kinds],
    )
    _fill(
        book.create_sheet(_("Organisations")),
        [_("Kind"), *counted, _("Hours used")],
        [[*_counted(line), _use(line.use)[0]] for line in report.organisations],
    )
    _fill(
        book.create_sheet(_("Refused")),
        [_("Place"), _("Times without room")],
        [[str(one.resource), one.times] for one in report.shown.refusals],
    )
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _overview(report: Report) -> list[list[Any]]:
    shown = report.shown
    counted, whole, lead = shown.tally, shown.occupancy.whole, shown.lead
    used, usable, share = _use(whole)
    return [
        [_("Space"), report.space.shown_name],
        [_("from"), shown.first],
        [_("until"), shown.last],
        [_("Hours used"), used],
        [_("Hours usable"), usable],
        [_("Occupancy"), share],
        [_("Hours used outside of the opening hours"), _in_hours(shown.occupancy.outside)],
        [_("Bookings"), counted.whole.bookings],
        [_("People"), counted.whole.people],
        [_("Came without a booking"), counted.walk_ins],
        [_("Cancelled"), counted.cancelled],
        [_("Nobody came"), counted.no_shows],
        [_("Share of those booked beforehand"), _ratio(counted.no_shows, counted.expected)],
        [_("Lead time in hours: lower quartile"), _in_hours(lead.lower) if lead else None],
        [_("Lead time in hours: median"), _in_hours(lead.median) if lead else None],
        [_("Lead time in hours: upper quartile"), _in_hours(lead.upper) if lead else None],
        [_("Refused for lack of room"), shown.refused],
    ]


def _hours(report: Report) -> Iterable[list[Any]]:
    for column, day in enumerate(report.weekday_names):
        for row in report.hours:
            use = row.uses[column]
            if use is not None:
                yield [day, row.label, *_use(use)]


def _counted(line: Line) -> list[Any]:
    return [line.label, line.group.bookings, line.group.people]


def _use(use: Use) -> list[float | None]:
    return [_in_hours(use.used), _in_hours(use.usable), _ratio(use.used, use.usable)]


def _in_hours(length: Any) -> float:
    return round(length / HOUR, 2)


def _ratio(part: Any, whole: Any) -> float | None:
    return round(part / whole, 4) if whole else None


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet.append([safe(heading) for heading in headings])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe(value) for value in row])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, float) and headings[cell.column - 1] == _("Occupancy"):
                cell.number_format = "0 %"
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
