"""The numbers as an Excel file: one sheet for each group of tables, every row of them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from events.techmart.numbers.report import Report, Table
from portal.core.spreadsheets import safe

BOLD = Font(bold=True)


def workbook(report: Report) -> bytes:
    """Numbers stay numbers; what people typed is never read as a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    days = [f"{name} ({days})" for name, days in report.periods]
    for title, tables, heads in (
        (_("Ledger"), [report.ledger], days),
        (_("Reasons"), report.reasons, days),
        (_("At the desk now"), [report.at_the_desk], None),
        (_("In the market now"), [report.in_the_market, report.levels], None),
        (_("Fields, crops, communes"), report.spread, None),
        (_("Looked for and not found"), [report.looked_for], None),
    ):
        _fill(book.create_sheet(title), tables, heads)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, tables: Sequence[Table], heads: Sequence[str] | None) -> None:
    """One table below the other, each under its title, with a row between them."""
    for table in tables:
        if sheet.max_row > 1:
            sheet.append([])
        _append_bold(sheet, [table.title])
        _append_bold(sheet, [table.heads[0], *(heads or table.columns)])
        for row in table.rows:
            sheet.append([safe(row.label), *row.values])
    sheet.column_dimensions["A"].width = 48
    for place in range(2, 8):
        sheet.column_dimensions[get_column_letter(place)].width = 26


def _append_bold(sheet: Any, cells: Sequence[str]) -> None:
    sheet.append([safe(cell) for cell in cells])
    for cell in sheet[sheet.max_row]:
        cell.font = BOLD
