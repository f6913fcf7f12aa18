"""Lists of administrative units as CSV: reading them, and what they would change."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from portal.core import auditing
from portal.core.models import AdministrativeUnit, UnitChange
from portal.core.text import clean_line

Level = AdministrativeUnit.Level
_NEEDED = ("code", "name", "full_name", "type")
_PARENT = ("parent_code", "province_code")
_DIGITS = {Level.PROVINCE: 2, Level.COMMUNE: 5}
_LONGEST = {"name": 120, "full_name": 160, "kind": 30}


class BadList(Exception):
    """The list cannot be used; the message is one sentence that says where and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of a list."""

    code: str
    name: str
    full_name: str
    kind: str
    parent_code: str


@dataclass(slots=True)
class Difference:
    """What a list would change among the units in force."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[AdministrativeUnit, Row]] = field(default_factory=list)
    gone: list[AdministrativeUnit] = field(default_factory=list)
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def read_list(content: bytes, level: str, *, parent: str = "") -> list[Row]:
    """The rows of a CSV in UTF-8, with or without a byte order mark. Raises BadList.

    Columns: code, name, full_name, type, and for communes province_code unless `parent` is given.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadList("The file is not UTF-8; save it as “CSV UTF-8”.") from error
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip().lower() for name in table.fieldnames or []]
        table.fieldnames = columns
        needed = _NEEDED if level == Level.PROVINCE or parent else (*_NEEDED, "province_code")
        _require_columns(columns, needed)
        rows = [_row(raw, table.line_num, level, parent) for raw in table]
    except csv.Error as error:
        raise BadList(f"Line {table.line_num} cannot be read as CSV ({error}).") from error
    _refuse_duplicates(rows)
    return rows


def _require_columns(columns: Sequence[str], needed: Sequence[str]) -> None:
    has_parent = any(name in columns for name in _PARENT)
    missing = [n for n in needed if n not in columns and not (n in _PARENT and has_parent)]
    if missing:
        raise BadList(
            f"Missing columns: {', '.join(missing)}. Found: {', '.join(columns) or 'none'}."
        )


def _row(raw: dict[str, str | None], line: int, level: str, parent: str) -> Row:
    def cell(name: str) -> str:
        return clean_line(raw.get(name) or "")

    row = Row(
        code=cell("code"),
        name=cell("name"),
        full_name=cell("full_name"),
        kind=cell("type"),
        parent_code=""
        if level == Level.PROVINCE
        else parent or cell("province_code") or cell("parent_code"),
    )
    digits = _DIGITS[Level(level)]
    if not (len(row.code) == digits and row.code.isascii() and row.code.isdigit()):
        raise BadList(
            f"Line {line}: “{row.code}” is no code of a {level}; it has {digits} digits "
            "(a spreadsheet may have dropped leading zeros)."
        )
    if level == Level.COMMUNE and not row.parent_code:
        raise BadList(f"Line {line}: province_code is empty.")
    for name, longest in _LONGEST.items():
        value = getattr(row, name)
        if not value or len(value) > longest:
            column = "type" if name == "kind" else name
            raise BadList(f"Line {line}: {column} is empty or longer than {longest} characters.")
    return row


def _refuse_duplicates(rows: Sequence[Row]) -> None:
    if not rows:
        raise BadList("The list holds no units.")
    seen: set[str] = set()
    twice: set[str] = set()
    for row in rows:
        (twice if row.code in seen else seen).add(row.code)
    if twice:
        raise BadList(f"These codes stand more than once: {', '.join(sorted(twice))}.")


def difference(rows: Sequence[Row], level: str, on: date) -> Difference:
    """Compare a list with the units in force on a day.

    A list of communes speaks only for the provinces it names. Raises BadList when one of these
    is not known, or when a later list was already loaded.
    """
    codes = {row.code for row in rows}
    later = AdministrativeUnit.objects.filter(level=level, code__in=codes, valid_from__gt=on)
    if first := later.order_by("valid_from").first():
        raise BadList(
            f"{first.code} {first.full_name} is already known from {first.valid_from:%d/%m/%Y}; "
            f"a list in force from {on:%d/%m/%Y} comes too late."
        )
    in_force = AdministrativeUnit.objects.in_force(on).filter(level=level).select_related("parent")
    if level == Level.COMMUNE:
        parents = {row.parent_code for row in rows}
        known = set(_provinces(parents, on))
        if unknown := sorted(parents - known):
            raise BadList(
                f"No province in force has the code {', '.join(unknown)}; import the provinces "
                "first (--level province)."
            )
        in_force = in_force.filter(parent__code__in=parents)
    there = {unit.code: unit for unit in in_force}
    found = Difference()
    for row in rows:
        unit = there.pop(row.code, None)
        if unit is None:
            found.new.append(row)
        elif _same(unit, row):
            found.same += 1
        else:
            found.changed.append((unit, row))
    found.gone = sorted(there.values(), key=lambda unit: unit.code)
    return found


def _provinces(codes: set[str], on: date) -> dict[str, AdministrativeUnit]:
    units = AdministrativeUnit.objects.in_force(on).provinces().filter(code__in=codes)
    return {unit.code: unit for unit in units}


def _same(unit: AdministrativeUnit, row: Row) -> bool:
    parent = unit.parent.code if unit.parent else ""
    return (unit.name, unit.full_name, unit.kind, parent) == (
        row.name,
        row.full_name,
        row.kind,
        row.parent_code,
    )


def apply(found: Difference, level: str, *, valid_from: date, legal_basis: str) -> None:
    """Write the difference, all or nothing, in force from `valid_from`.

    What is gone ends the day before. A unit that changed its name is closed and opened anew, with
    a UnitChange between the two; one that began on the same day is corrected in place. Raises
    BadList when a unit to be closed began later than the list.
    """
    last_day = valid_from - timedelta(days=1)
    with transaction.atomic():
        parents = {row.parent_code for row in found.new}
        parents |= {row.parent_code for _unit, row in found.changed}
        provinces = _provinces(parents - {""}, valid_from)
        for unit in found.gone:
            _close(unit, last_day)
        for row in found.new:
            _open(row, level, provinces, valid_from, legal_basis)
        for unit, row in found.changed:
            if unit.valid_from == valid_from:
                _correct(unit, row, provinces)
            else:
                _close(unit, last_day)
                successor = _open(row, level, provinces, valid_from, legal_basis)
                _succeed(unit, successor, valid_from, legal_basis)


def _close(unit: AdministrativeUnit, last_day: date) -> None:
    if unit.valid_from > last_day:
        raise BadList(
            f"{unit.code} {unit.full_name} is in force from {unit.valid_from:%d/%m/%Y}; the list "
            "must begin later to end it (--valid-from)."
        )
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to"])
    auditing.record("units.closed", unit, user=None, last_day=last_day.isoformat())


def _open(
    row: Row,
    level: str,
    provinces: dict[str, AdministrativeUnit],
    valid_from: date,
    legal_basis: str,
) -> AdministrativeUnit:
    unit = AdministrativeUnit.objects.create(
        level=level,
        parent=provinces.get(row.parent_code),
        code=row.code,
        kind=row.kind,
        name=row.name,
        full_name=row.full_name,
        valid_from=valid_from,
        legal_basis=legal_basis,
    )
    auditing.record("units.opened", unit, user=None, code=row.code)
    return unit


def _correct(unit: AdministrativeUnit, row: Row, provinces: dict[str, AdministrativeUnit]) -> None:
    unit.kind, unit.name, unit.full_name = row.kind, row.name, row.full_name
    unit.parent = provinces.get(row.parent_code)
    unit.save()
    auditing.record("units.corrected", unit, user=None, code=row.code)


def _succeed(old: AdministrativeUnit, new: AdministrativeUnit, day: date, legal_basis: str) -> None:
    UnitChange.objects.create(old=old, new=new, changed_on=day, legal_basis=legal_basis)
    # What still stands under a renamed province stands under its new name.
    old.children.filter(valid_to__isnull=True).update(parent=new)
