"""The workbook to fill in, and the report as a workbook. Both are made from the columns."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from events.techmart.importing.columns import COLUMNS, Column
from events.techmart.models import ImportRun, Term
from portal.core.models import AdministrativeUnit
from portal.core.spreadsheets import safe


def template(kind: str) -> bytes:
    """Three sheets: rows to fill in, how each column is filled in, the words that are known."""
    columns = COLUMNS[kind]
    book = Workbook()
    rows = book.worksheets[0]
    rows.title = "Dữ liệu"
    _line(rows, [f"{one.heading} *" if one.required else one.heading for one in columns])
    rows.freeze_panes = "A2"
    _table(
        book.create_sheet("Cách điền"),
        ["Cột", "Cách điền", "Bắt buộc"],
        ([one.heading, one.help, _need(one)] for one in columns),
        (34, 80, 22),
    )
    named = {one.words: one.heading for one in columns if one.words}
    words = Term.objects.filter(list__in=named, offered=True).order_by("list", "order")
    communes = AdministrativeUnit.objects.in_force().communes()
    _table(
        book.create_sheet("Danh mục"),
        ["Cột", "Từ dùng được"],
        [
            *([named[term.list], term.label] for term in words),
            *(["Xã, phường", unit.full_name] for unit in communes),
        ],
        (34, 60),
    )
    return _written(book)


def report(run: ImportRun) -> bytes:
    """Each fault and each note of a run, as a sheet to mend the workbook by."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Report")
    _table(
        sheet,
        [_("Row"), _("Column"), _("Kind"), _("What is wrong and how to mend it")],
        (
            [
                one["row"] or "",
                one["column"],
                _("Fault") if one["is_fault"] else _("Note"),
                one["text"],
            ]
            for one in run.report
        ),
        (8, 34, 12, 90),
    )
    return _written(book)


def _need(column: Column) -> str:
    if column.required:
        return "Bắt buộc"
    return "Bắt buộc khi công khai" if column.needed_live else ""


def _table(
    sheet: Worksheet, head: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]
) -> None:
    _line(sheet, head)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"


def _line(sheet: Worksheet, head: Sequence[str]) -> None:
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(cell.column)].width = 24


def _written(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
