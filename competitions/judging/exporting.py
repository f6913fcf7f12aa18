"""A round's scores as an Excel file: the ranking, and every mark of every sheet.

Whatever people typed is written as text and never as a formula.
"""

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from competitions.calls.models import RoundTrack
from competitions.judging.queries import total_of
from competitions.judging.standings import Standing, Standings, standings

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def scores(round_track: RoundTrack) -> bytes:
    """Two sheets: entries with each judge's total, and entries × judges × criteria."""
    table = standings(round_track)
    book = Workbook()
    ranking = book.worksheets[0]
    ranking.title = _("Ranking")
    _write_ranking(ranking, table)
    _write_marks(book.create_sheet(_("Marks")), table)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_ranking(sheet: Worksheet, table: Standings) -> None:
    judges = [str(judge.user) for judge in table.judges]
    head = [
        pgettext("ranking", "Place"),
        _("Code"),
        _("Title"),
        *judges,
        _("Mean"),
        _("Sheets"),
        _("Remark"),
    ]
    _row(sheet, [*head, _("Outcome"), _("Prize")])
    for line in table.lines:
        _row(
            sheet,
            [
                line.ranked.rank,
                line.entry.code,
                line.entry.title,
                *[cell.total for cell in line.cells],
                line.mean,
                line.ranked.counted,
                remark(line),
                line.place.get_state_display(),
                line.place.prize.title if line.place.prize else "",
            ],
        )
    _finish(sheet, {3: 50})


def _write_marks(sheet: Worksheet, table: Standings) -> None:
    criteria = [str(criterion.title) for criterion in table.criteria]
    head = [_("Code"), _("Title"), _("Judge"), _("State"), *criteria, _("Total")]
    _row(sheet, [*head, _("Comment to the team"), _("Last saved")])
    for card in table.cards:
        marks = table.marks.get(card.pk, {})
        saved = card.saved_at
        _row(
            sheet,
            [
                card.entry.code,
                card.entry.title,
                str(card.judge.user),
                card.get_state_display(),
                *[marks.get(criterion.pk) for criterion in table.criteria],
                total_of(list(table.criteria), marks),
                card.comment,
                f"{timezone.localtime(saved):%d/%m/%Y %H:%M}" if saved else "",
            ],
        )
    _finish(sheet, {2: 50, len(head) + 1: 60})


def remark(line: Standing) -> str:
    """In words: what is tied, what is missing, what does not pass."""
    ranked = line.ranked
    if not ranked.complete:
        return _("%(counted)s of %(needed)s sheets") % {
            "counted": ranked.counted,
            "needed": ranked.needed,
        }
    words = []
    if ranked.tied:
        words.append(_("tied"))
    if ranked.below_minimum:
        words.append(_("below the minimum"))
    if ranked.zero_criterion:
        words.append(_("a criterion at zero"))
    return ", ".join(words)


def _row(sheet: Worksheet, values: list[Any]) -> None:
    sheet.append([None] * len(values))
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row=sheet._current_row, column=column)
        if isinstance(value, str):
            _write_text(cell, value)
        else:
            cell.value = value


def _write_text(cell: Cell, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        # Stays text when somebody edits the cell in Excel.
        cell.quotePrefix = True


def _finish(sheet: Worksheet, wide: dict[int, int]) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide.get(column, 16)
    sheet.freeze_panes = "A2"
