"""What every Excel file of the portal minds: text stays text, whatever people typed."""

import re
from typing import Any

from django.http import HttpResponse
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHARACTERS = 32_000
"""Excel takes 32,767 characters in a cell."""
_FORMULA = re.compile(r"^[=+\-@\t\r]")


def safe(cell: Any) -> Any:
    """Text that no spreadsheet takes for a formula, without characters that Excel refuses."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:MOST_CHARACTERS]
    return f"'{text}" if _FORMULA.match(text) else text


def answer(content: bytes, name: str) -> HttpResponse:
    """A workbook to save under a name; nobody on the way keeps it."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
