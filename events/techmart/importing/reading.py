"""A row's cells as values of a record. Each fault is named with how to mend it."""

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import to_python
from phonenumbers import is_valid_number

from events.techmart.importing.albums import Album, plain
from events.techmart.importing.columns import COLUMNS, Cell, Column
from events.techmart.importing.workbooks import MAX_CELL, Row
from events.techmart.models import Term
from events.techmart.models.shared import WEB
from portal.accounts.models import Organisation
from portal.accounts.tax_codes import VIETNAM, compact
from portal.core.file_content import BadContent
from portal.core.models import AdministrativeUnit
from portal.core.text import clean_line, clean_text, fold, parse_money, slugify

MOST_PICTURES = 8
_SEPARATOR = re.compile(r"[;\n]")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_YES = {"co", "yes", "true", "1", "x"}
_NO = {"khong", "no", "false", "0"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row: a fault that stops the import, or a note."""

    row: int
    column: str
    code: str
    text: str
    is_fault: bool = True

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PictureWanted:
    name: str
    alt: str


@dataclass(slots=True)
class Read:
    """What a row says: values of the record, of its standing, pictures; and what is wrong."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    pictures: list[PictureWanted] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    digest: str = ""

    @property
    def is_sound(self) -> bool:
        return not any(one.is_fault for one in self.findings)


class _Bad(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code, self.text = code, text


class Reader:
    """Reads rows of one kind. Words, organisations and communes are looked up once."""

    def __init__(self, kind: str, album: Album, *, for_public: bool) -> None:
        self.columns = {one.key: one for one in COLUMNS[kind]}
        self._album, self._for_public, self._kind = album, for_public, kind
        self._words = {one.words: _words(one.words) for one in COLUMNS[kind] if one.words}
        self._owners = {
            code: key
            for key, country, code in Organisation.objects.exclude(tax_code="").values_list(
                "pk", "country", "tax_code"
            )
        }
        self._units = _units()
        self._seen: dict[str, int] = {}
        self._good_pictures: set[str] = set()

    def read(self, row: Row) -> Read:
        """Never raises: what cannot be read is named in `findings`."""
        read = Read(row.number)
        for key, column in self.columns.items():
            if key in row.formulas:
                self._name(read, column, "formula", _("Replace the formula by its value."))
                continue
            value = row.cells.get(key)
            if value is None or (isinstance(value, str) and not value.strip()):
                self._miss(read, column)
                continue
            self._take(read, column, value)
        self._take_together(read)
        self._take_pictures(read)
        self._take_key(read)
        read.digest = self._digest(row)
        return read

    def _name(self, read: Read, column: Column, code: str, text: str) -> None:
        read.findings.append(Finding(read.number, column.heading, code, text))

    def _miss(self, read: Read, column: Column) -> None:
        if column.required or (self._for_public and column.needed_live):
            text = _("Fill this in.") if column.required else _("A public record needs this.")
            self._name(read, column, "required", text)

    def _take(self, read: Read, column: Column, value: Any) -> None:
        try:
            if isinstance(value, str) and len(value) > MAX_CELL:
                raise _Bad("too_long", _("Shorten this."))
            taken = self._readers[column.cell](self, column, value)
        except _Bad as bad:
            self._name(read, column, bad.code, bad.text)
            return
        (read.beside if column.beside else read.values)[column.key] = taken

    # Cells ---------------------------------------------------------------------------------

    def _line(self, column: Column, value: Any) -> str:
        return self._short_enough(column, clean_line(_typed(value)))

    def _text(self, column: Column, value: Any) -> str:
        return self._short_enough(column, clean_text(_typed(value)).strip())

    def _short_enough(self, column: Column, text: str) -> str:
        if column.most and len(text) > column.most:
            raise _Bad(
                "too_long",
                _("%(found)s characters; at most %(most)s fit. Shorten it.")
                % {"found": len(text), "most": column.most},
            )
        return text

    def _money(self, column: Column, value: Any) -> int:
        try:
            if isinstance(value, (bool, datetime, date)):
                raise ValueError
            if isinstance(value, (int, float)):
                return parse_money(str(_whole(value)))
            return parse_money(value)
        except ValueError as error:
            raise _Bad(
                "not_money",
                _("“%(value)s” is no amount. Write it as 1.200.000, 30 triệu or 1,2 tỷ.")
                % {"value": _shown(value)},
            ) from error

    def _number(self, column: Column, value: Any) -> int:
        number = self._whole_number(value)
        if not 0 <= number <= 100_000:
            raise _Bad("out_of_range", _("Write a number from 0 to 100,000."))
        return number

    def _trl(self, column: Column, value: Any) -> int:
        typed = fold(value).removeprefix("trl").strip() if isinstance(value, str) else value
        try:
            number = self._whole_number(typed)
        except _Bad:
            number = 0
        if not 1 <= number <= 9:
            raise _Bad("not_trl", _("Write a whole number from 1 to 9."))
        return number

    def _whole_number(self, value: Any) -> int:
        try:
            if isinstance(value, str):
                if not (value.strip().isascii() and value.strip().isdecimal() and len(value) < 12):
                    raise ValueError
                return int(value)
            return _whole(value)
        except (ValueError, TypeError) as error:
            raise _Bad(
                "not_a_number",
                _("“%(value)s” is no whole number.") % {"value": _shown(value)},
            ) from error

    def _day(self, column: Column, value: Any) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = _DAY.match(clean_line(str(value)))
        try:
            if not found:
                raise ValueError
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError as error:
            raise _Bad(
                "not_a_day",
                _("“%(value)s” is no day. Write it as 31/12/2026.") % {"value": _shown(value)},
            ) from error

    def _yes(self, column: Column, value: Any) -> bool:
        said = fold(_typed(value))
        if said in _YES:
            return True
        if said in _NO:
            return False
        raise _Bad("not_yes_or_no", _("Write “Có” or “Không”."))

    def _word(self, column: Column, value: Any) -> Term:
        return self._known(column, clean_line(_typed(value)))

    def _several(self, column: Column, value: Any) -> list[Term]:
        typed = clean_text(_typed(value))
        pieces = [clean_line(piece) for piece in _SEPARATOR.split(typed)]
        found = [self._known(column, piece) for piece in pieces if piece]
        return list(dict.fromkeys(found))

    def _known(self, column: Column, typed: str) -> Term:
        words = self._words[column.words]
        found = words.get(fold(typed), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise _Bad(
                "ambiguous",
                _("“%(word)s” may be one of: %(words)s. Choose one.")
                % {"word": _shown(typed), "words": "; ".join(one.label for one in found)},
            )
        near = difflib.get_close_matches(fold(typed)[:160], list(words), 1, 0.6)
        if near:
            text = _("“%(word)s” is not in the list. Did you mean “%(near)s”?") % {
                "word": _shown(typed),
                "near": words[near[0]][0].label,
            }
        else:
            text = _("“%(word)s” is not in the list. Choose from the sheet of words.") % {
                "word": _shown(typed)
            }
        raise _Bad("unknown_word", text)

    def _unit(self, column: Column, value: Any) -> int:
        typed = clean_line(_typed(value))
        found = self._units.get(fold(typed), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise _Bad(
                "ambiguous",
                _(
                    "Several communes are called “%(name)s”. Write the full name with “Xã” or "
                    "“Phường”."
                )
                % {"name": _shown(typed)},
            )
        raise _Bad(
            "unknown_unit",
            _("“%(name)s” is no commune or ward of today. See the sheet of words.")
            % {"name": _shown(typed)},
        )

    def _phone(self, column: Column, value: Any) -> str:
        typed = _typed(value)
        # Excel drops the leading zero of a number.
        if isinstance(value, (int, float)) and len(typed) == 9:
            typed = f"0{typed}"
        number = to_python(clean_line(typed)[:40], region=VIETNAM)
        if number is None or not is_valid_number(number):
            raise _Bad(
                "not_a_phone", _("“%(value)s” is no phone number.") % {"value": _shown(value)}
            )
        return str(number.as_e164)

    def _email(self, column: Column, value: Any) -> str:
        typed = self._short_enough(column, clean_line(_typed(value)))
        try:
            validate_email(typed)
        except ValidationError as error:
            raise _Bad(
                "not_an_email", _("“%(value)s” is no email address.") % {"value": _shown(typed)}
            ) from error
        return typed

    def _web(self, column: Column, value: Any) -> str:
        typed = self._short_enough(column, clean_line(_typed(value)))
        try:
            WEB(typed)
        except ValidationError as error:
            raise _Bad(
                "not_an_address",
                _("“%(value)s” is no address. It begins with https://.") % {"value": _shown(typed)},
            ) from error
        return typed

    def _owner(self, column: Column, value: Any) -> int:
        typed = compact(VIETNAM, _typed(value))
        if isinstance(value, (int, float)) and len(typed) == 9:
            typed = f"0{typed}"  # Excel drops the leading zero of a number
        key = self._owners.get(typed)
        if key is None:
            raise _Bad(
                "unknown_owner",
                _(
                    "No organisation has the tax code “%(code)s”. Add it to the portal first, or "
                    "compare the number."
                )
                % {"code": _shown(typed)},
            )
        return key

    def _names(self, column: Column, value: Any) -> list[str]:
        pieces = [clean_line(piece) for piece in _SEPARATOR.split(clean_text(_typed(value)))]
        return [piece for piece in pieces if piece]

    _readers: Mapping[Cell, Callable[..., Any]] = {
        Cell.LINE: _line,
        Cell.KEY: _line,
        Cell.TEXT: _text,
        Cell.MONEY: _money,
        Cell.NUMBER: _number,
        Cell.TRL: _trl,
        Cell.DAY: _day,
        Cell.YES: _yes,
        Cell.WORD: _word,
        Cell.WORDS: _several,
        Cell.UNIT: _unit,
        Cell.PHONE: _phone,
        Cell.EMAIL: _email,
        Cell.WEB: _web,
        Cell.OWNER: _owner,
        Cell.PICTURES: _names,
        Cell.ALTS: _names,
    }

    # Cells that depend on one another ------------------------------------------------------

    def _take_together(self, read: Read) -> None:
        values = read.values
        if "price_min" in self.columns:
            low, high = values.pop("price_min", None), values.pop("price_max", None)
            if low is None and high is not None:
                low = high
            if low is not None and high is not None and high < low:
                self._name(
                    read,
                    self.columns["price_max"],
                    "out_of_order",
                    _("The upper price is below the lower one."),
                )
            kind = "negotiable" if low is None else "fixed" if high in (None, low) else "range"
            high = low if kind == "fixed" else high
            values |= {"price_kind": kind, "price_min": low, "price_max": high}
        low, high = values.get("budget_min"), values.get("budget_max")
        if low is not None and high is not None and high < low:
            self._name(
                read,
                self.columns["budget_max"],
                "out_of_order",
                _("The upper end of the budget is below the lower one."),
            )

    def _take_pictures(self, read: Read) -> None:
        names, alts = read.values.pop("pictures", []), read.values.pop("alts", [])
        if "pictures" not in self.columns or not (names or alts):
            return
        column = self.columns["pictures"]
        if len(names) > MOST_PICTURES:
            self._name(
                read,
                column,
                "too_many",
                _("At most %(count)s pictures fit.") % {"count": MOST_PICTURES},
            )
            return
        if len(names) != len(alts):
            self._name(
                read,
                self.columns["alts"],
                "no_alt",
                _(
                    "Say for each picture what it shows: %(pictures)s pictures, %(alts)s "
                    "descriptions."
                )
                % {"pictures": len(names), "alts": len(alts)},
            )
            return
        for name, alt in zip(names, alts, strict=True):
            if self._picture_is_good(read, column, name):
                read.pictures.append(PictureWanted(name, alt[:150]))

    def _picture_is_good(self, read: Read, column: Column, name: str) -> bool:
        if plain(name) in self._good_pictures:
            return True
        try:
            self._album.picture(name)
        except BadContent as bad:
            self._name(read, column, f"picture_{bad.code}", _picture_text(bad.code, name))
            return False
        self._good_pictures.add(plain(name))
        return True

    def _take_key(self, read: Read) -> None:
        column = self.columns["external_id"]
        key = read.beside.get("external_id", "")
        if not key and "title" in read.values:
            key = f"{slugify(read.values['title'])[:90]}~{read.beside.get('organisation', '')}"
        if not key:
            return
        read.beside["external_id"] = key
        first = self._seen.setdefault(key, read.number)
        if first != read.number:
            self._name(
                read,
                column,
                "repeated",
                _("Row %(row)s is the same record. Keep one of them.") % {"row": first},
            )

    def _digest(self, row: Row) -> str:
        """What the row says, however Excel keeps it: numbers as text, no spaces around."""
        said = {
            key: clean_text(_typed(row.cells[key])).strip()
            for key in sorted(self.columns)
            if key in row.cells
        }
        return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def _typed(value: Any) -> str:
    """A cell's value as it would be typed."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.year > 1 else str(value)
    return str(value)


def _whole(value: Any) -> int:
    """Raises ValueError unless it is a whole number."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError("not a number")
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 1e15):
        raise ValueError("not a whole number")
    return int(value)


def _shown(value: Any) -> str:
    text = clean_line(_typed(value))
    return f"{text[:60]}…" if len(text) > 60 else text


def _words(which: str) -> Mapping[str, Sequence[Term]]:
    """Words of a list by everything people call them; the label wins over another's synonym."""
    named: dict[str, list[Term]] = {}
    called: dict[str, list[Term]] = {}
    for term in Term.objects.of(which).filter(offered=True):
        for name in {fold(term.label), fold(term.label_en), term.slug} - {""}:
            named.setdefault(name, []).append(term)
        for name in {fold(one) for one in term.synonyms.split(",")} - {""}:
            called.setdefault(name, []).append(term)
    return called | named


def _units() -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = {}
    communes = AdministrativeUnit.objects.in_force().communes()
    for key, name, full_name in communes.values_list("pk", "name", "full_name"):
        for one in (name, full_name):
            found.setdefault(fold(one), set()).add(key)
    return found


def _picture_text(code: str, name: str) -> str:
    texts = {
        "lost": _("“%(name)s” is not in the ZIP file."),
        "twice": _("“%(name)s” stands twice in the ZIP file. Rename one of them."),
        "too_large": _("“%(name)s” is larger than 10 MB. Make it smaller."),
        "wrong_type": _("“%(name)s” is no JPEG, PNG or WebP picture."),
        "image_too_large": _("“%(name)s” has too many pixels. Make it smaller."),
    }
    return texts.get(code, _("“%(name)s” is damaged.")) % {"name": _shown(name)}
