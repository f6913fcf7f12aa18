"""Reading a workbook without trusting it, one row after the other.

An .xlsx is a ZIP of XML. What could hurt is refused before anything is parsed: macros, archives
that unpack to far more than they hold, document types and entities, other programs' objects. A
formula is no value: each one is named and the workbook is not imported.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from events.techmart.importing.columns import Column
from portal.core.text import clean_line, fold
from portal.core.verdicts import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 150 * 1024 * 1024
MAX_PARTS = 400
MAX_RATIO = 200
"""How many times larger a part may become: text of a real sheet packs 10 to 60 times smaller."""
MAX_ROWS = 5_000
MAX_COLUMNS = 80
MAX_CELL = 10_000
HEADING_ROWS = 10
_BLOCK = 1 << 16
_EMPTY_ROWS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was typed: number in the sheet, cells by column, formulas by column."""

    number: int
    cells: Mapping[str, Any]
    formulas: Sequence[str]


def refuse_dangerous(file: IO[bytes]) -> None:
    """Raise Refused unless this is a plain .xlsx: too_large, wrong_type, encrypted, macros, bomb,
    entities, damaged."""
    file.seek(0, 2)
    if file.tell() > MAX_BYTES:
        raise Refused(
            _("The workbook is larger than %(limit)s MB. Split it.")
            % {"limit": MAX_BYTES // 1_048_576},
            code="too_large",
            field="workbook",
        )
    file.seek(0)
    if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _no(
            "encrypted",
            _("This is an old .xls file or it is locked with a password. Save it as .xlsx."),
        )
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_parts(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise _no("damaged", _("This is no Excel workbook (.xlsx), or it is damaged.")) from error
    finally:
        file.seek(0)


def _refuse_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise _no("wrong_type", _("This is no Excel workbook (.xlsx)."))
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise _no("macros", _("The workbook holds macros. Save it as .xlsx without macros."))
    if any("embeddings/" in name or "activex/" in name for name in names):
        raise _no("embedded", _("The workbook holds objects of other programs. Take them out."))
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > 1_048_576 and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or swollen:
        raise _no("bomb", _("The workbook unpacks to far more than it should. It is not opened."))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _refuse_entities(archive, part)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document types, in no encoding but UTF-8, and no macros declared by their type."""
    behind = b""
    with archive.open(part) as content:
        first = True
        while block := content.read(_BLOCK):
            if first and (block[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in block[:64]):
                raise _no("entities", _("The workbook is written in a way Excel does not write."))
            first = False
            seen = behind + block
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise _no("entities", _("The workbook is written in a way Excel does not write."))
            if b"macroEnabled" in seen:
                raise _no(
                    "macros", _("The workbook holds macros. Save it as .xlsx without macros.")
                )
            behind = seen[-16:]


def _no(code: str, text: str) -> Refused:
    return Refused(text, code=code, field="workbook")


def rows_of(file: IO[bytes], columns: Sequence[Column]) -> Iterator[Row]:
    """The filled rows below the headings, in their order; one at a time, nothing is kept.

    Raises Refused: damaged, no_headings, missing_columns, repeated_columns, too_many_rows.
    """
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises nearly anything on what it cannot read
        raise _no("damaged", _("This is no Excel workbook (.xlsx), or it is damaged.")) from error
    try:
        sheet, heading_row, places = _headings(book, columns)
        yield from _filled(sheet, heading_row, places)
    finally:
        book.close()


def _headings(book: Any, columns: Sequence[Column]) -> tuple[Any, int, dict[int, str]]:
    known = {fold(one.heading): one.key for one in columns} | {one.key: one.key for one in columns}
    for sheet in book.worksheets:
        if not hasattr(sheet, "reset_dimensions"):
            continue
        sheet.reset_dimensions()  # what a file says of its own size is not trusted
        for number, cells in _cells(sheet, 1, HEADING_ROWS):
            found = [
                (place, known[key])
                for place, cell in enumerate(cells)
                if (key := fold(clean_line(str(cell.value or "")).rstrip(" *"))) in known
            ]
            if len(found) > 1:
                return sheet, number, _checked(found, columns)
    raise _no(
        "no_headings",
        _("No sheet has the headings of the template. Download it and copy your rows into it."),
    )


def _checked(found: Sequence[tuple[int, str]], columns: Sequence[Column]) -> dict[int, str]:
    keys = [key for _place, key in found]
    lacking = [one.heading for one in columns if one.required and one.key not in keys]
    if lacking:
        raise _no(
            "missing_columns",
            _("The sheet lacks the columns: %(columns)s.") % {"columns": ", ".join(lacking)},
        )
    twice = [one.heading for one in columns if keys.count(one.key) > 1]
    if twice:
        raise _no(
            "repeated_columns",
            _("These columns stand twice in the sheet: %(columns)s.")
            % {"columns": ", ".join(twice)},
        )
    return dict(found)


def _cells(sheet: Any, first: int, last: int | None = None) -> Iterator[tuple[int, Any]]:
    rows = sheet.iter_rows(min_row=first, max_row=last, max_col=MAX_COLUMNS)
    try:
        yield from enumerate(rows, start=first)
    except Refused:
        raise
    except Exception as error:
        raise _no("damaged", _("This is no Excel workbook (.xlsx), or it is damaged.")) from error


def _filled(sheet: Any, heading_row: int, places: Mapping[int, str]) -> Iterator[Row]:
    read = empty = 0
    for number, cells in _cells(sheet, heading_row + 1):
        values: dict[str, Any] = {}
        formulas = []
        for place, key in places.items():
            cell = cells[place] if place < len(cells) else None
            if cell is None or cell.value is None or cell.value == "":
                continue
            if cell.data_type == "f":
                formulas.append(key)
            values[key] = cell.value
        if not values:
            empty += 1
            if empty > _EMPTY_ROWS:
                return
            continue
        empty = 0
        read += 1
        if read > MAX_ROWS:
            raise _no(
                "too_many_rows",
                _("The sheet has more than %(limit)s rows. Split it.") % {"limit": MAX_ROWS},
            )
        yield Row(number, values, formulas)


def letter_of(index: int) -> str:
    """A column's letter in the sheet, from 0."""
    return get_column_letter(index + 1)
