"""From what was typed to a typed answer and back, for every kind of question.

Whatever the input, `parse` answers with a `ParsedAnswer` or a ValidationError whose sentence is
for the reader; nothing else is raised.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.forms import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.core.text import clean_line, clean_text, parse_money, word_count
from portal.questions.models import AbstractAnswer, AbstractQuestion

MAX_ANSWER_CHARS = 200_000
MAX_LINE_CHARS = 500
MAX_DECIMALS = 4
"""As many as AbstractAnswer.number keeps."""
MAX_DIGITS = 15
"""SQLite keeps a decimal as a float: more digits would come back changed."""
FIRST_YEAR, LAST_YEAR = 1900, 2200

Kind = AbstractQuestion.Kind
TEXT_KINDS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """One answer in the columns of `AbstractAnswer`; its question's kind says which counts."""

    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    picks: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.text and self.number is None and self.day is None and not self.picks


EMPTY = ParsedAnswer()


def parse(question: AbstractQuestion, raw: Sequence[str]) -> ParsedAnswer:
    """Read what was typed or chosen as an answer to `question`.

    `raw` holds what the input sent: one string, or the chosen values. An empty answer is always
    fine here: what is required is asked only at submit (`missing`). Raises ValidationError.
    """
    values = [_encodable(value) for value in raw]
    if sum(len(value) for value in values) > MAX_ANSWER_CHARS:
        raise ValidationError(
            _("This answer is too long: at most %(limit)s characters are kept.")
            % {"limit": f"{MAX_ANSWER_CHARS:,}".replace(",", "." if _vietnamese() else ",")},
            code="too_long",
        )
    if question.kind == Kind.SEVERAL_OF:
        return _several(question, values)
    if question.kind == Kind.FILE:
        return EMPTY
    if question.kind == Kind.LONG_TEXT:
        return ParsedAnswer(text=clean_text(values[0]).strip()) if values else EMPTY
    line = clean_line(values[0]) if values else ""
    if not line:
        return EMPTY
    if len(line) > MAX_LINE_CHARS:
        raise ValidationError(
            _("This is too long for one line: at most %(limit)s characters.")
            % {"limit": MAX_LINE_CHARS},
            code="too_long",
        )
    return _parse_line(question, line)


def _parse_line(question: AbstractQuestion, line: str) -> ParsedAnswer:
    match question.kind:
        case Kind.ONE_OF:
            return ParsedAnswer(text=_offered(question, [line])[0])
        case Kind.NUMBER:
            return ParsedAnswer(number=parse_number(line))
        case Kind.MONEY:
            return ParsedAnswer(number=parse_amount(line))
        case Kind.DATE:
            return ParsedAnswer(day=parse_day(line))
        case Kind.LINK:
            return ParsedAnswer(text=_link(line, ("https", "http")))
        case Kind.VIDEO:
            return ParsedAnswer(text=_video(line))
        case _:
            return ParsedAnswer(text=line)


def raw_of(question: AbstractQuestion, answer: AbstractAnswer | ParsedAnswer | None) -> list[str]:
    """What the input shows for a stored answer; `parse` reads it back to the same answer."""
    if answer is None:
        return []
    match question.kind:
        case Kind.NUMBER | Kind.MONEY:
            return [] if answer.number is None else [number_text(answer.number)]
        case Kind.DATE:
            return [] if answer.day is None else [f"{answer.day:%d/%m}/{answer.day.year:04}"]
        case Kind.SEVERAL_OF:
            return list(answer.picks)
        case _:
            return [answer.text] if answer.text else []


def missing(
    question: AbstractQuestion,
    answer: AbstractAnswer | ParsedAnswer | None,
    file_count: int = 0,
) -> str:
    """What still stands against submitting this answer, as a sentence; "" when nothing does."""
    if question.kind == Kind.FILE:
        return _missing_files(question, file_count)
    if not raw_of(question, answer):
        return (
            _("“%(question)s” has not been answered yet.") % {"question": question.local_label}
            if question.required
            else ""
        )
    return over_word_limit(question, answer)


def over_word_limit(
    question: AbstractQuestion, answer: AbstractAnswer | ParsedAnswer | None
) -> str:
    """The sentence that says how far a text is over its word limit; "" when it is not."""
    if answer is None or not question.word_limit or question.kind not in TEXT_KINDS:
        return ""
    count = word_count(answer.text)
    if count <= question.word_limit:
        return ""
    return ngettext(
        "“%(question)s” has %(count)s words; at most %(limit)s word is allowed.",
        "“%(question)s” has %(count)s words; at most %(limit)s words are allowed.",
        question.word_limit,
    ) % {"question": question.local_label, "count": count, "limit": question.word_limit}


def _missing_files(question: AbstractQuestion, file_count: int) -> str:
    if not file_count:
        return (
            _("“%(question)s” still needs a file.") % {"question": question.local_label}
            if question.required
            else ""
        )
    if file_count > question.max_files:
        return ngettext(
            "“%(question)s” takes at most %(limit)s file.",
            "“%(question)s” takes at most %(limit)s files.",
            question.max_files,
        ) % {"question": question.local_label, "limit": question.max_files}
    return ""


def _vietnamese() -> bool:
    return not (get_language() or "vi").startswith("en")


def _encodable(value: str) -> str:
    """Without lone surrogates, which no database takes."""
    return str(value).encode("utf-8", "ignore").decode("utf-8")


# Choices ------------------------------------------------------------------------------------


def _several(question: AbstractQuestion, values: list[str]) -> ParsedAnswer:
    """The chosen values once each, in the order in which they are offered."""
    typed = [clean_line(value) for value in values]
    chosen = set(_offered(question, [value for value in typed if value]))
    return ParsedAnswer(picks=[value for value, _label in question.choices() if value in chosen])


def _offered(question: AbstractQuestion, values: list[str]) -> list[str]:
    offered = {value for value, _label in question.choices()}
    if not offered.issuperset(values):
        raise ValidationError(
            _("Please choose from what is offered; this choice is not among it."),
            code="not_offered",
        )
    return values


# Numbers and money --------------------------------------------------------------------------

_PLAIN = re.compile(r"^(\d+)(?:[.,](\d+))?$", re.ASCII)
_GROUPED = {
    mark: re.compile(
        rf"^\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+(?:{re.escape(point)}\d+)?$", re.ASCII
    )
    for mark, point in ((".", ","), (",", "."), (" ", ","))
}


def parse_number(line: str) -> Decimal:
    """A number with a comma or a point before the decimals.

    "1.234,5" and "1,234.5" are one thousand and more. Where one mark could mean both, the reader's
    language decides: "1.200" is 1200 in Vietnamese and 1.2 in English. Raises ValidationError.
    """
    sign, digits = (-1, line[1:].strip()) if line[:1] in {"-", "−"} else (1, line)
    plain = _without_groups(digits)
    found = _PLAIN.match(plain)
    if not found:
        raise ValidationError(
            _("Enter a number, such as %(example)s.")
            % {"example": "12,5" if _vietnamese() else "12.5"},
            code="not_a_number",
        )
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > MAX_DECIMALS:
        raise ValidationError(
            _("Enter at most %(count)s decimals.") % {"count": MAX_DECIMALS}, code="decimals"
        )
    whole = found[1].lstrip("0") or "0"
    if len(whole) + len(fraction) > MAX_DIGITS:
        raise ValidationError(_("This number is too large."), code="too_large")
    number = Decimal(f"{whole}.{fraction}" if fraction else whole)
    return -number if sign < 0 and number else number


def _without_groups(digits: str) -> str:
    """Take the marks between thousands away, where they are that."""
    own, other = (".", ",") if _vietnamese() else (",", ".")
    if _GROUPED[own].match(digits) or _GROUPED[" "].match(digits):
        return digits.replace(own, "").replace(" ", "")
    several = digits.count(other) > 1 or own in digits
    if _GROUPED[other].match(digits) and several:
        return digits.replace(other, "")
    return digits


def number_text(number: Decimal) -> str:
    """12,5 (in English 12.5): no groups, no trailing zeros."""
    plain = format(number, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",") if _vietnamese() else plain


_POINT_BEFORE_UNIT = re.compile(r"^(\d+)\.(\d{1,2})(?=\s*[^\W\d])", re.ASCII)


def parse_amount(line: str) -> Decimal:
    """Whole đồng; "1.5 tỷ" and an English reader's "1,200,000" are understood as well.

    Raises ValidationError.
    """
    text = _POINT_BEFORE_UNIT.sub(r"\1,\2", line)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text, re.ASCII) and (
        not _vietnamese() or text.count(",") > 1
    ):
        text = text.replace(",", "")
    try:
        return Decimal(parse_money(text))
    except ValueError as error:
        raise ValidationError(
            _("Enter an amount in whole đồng, such as 1.200.000 or 1,2 tỷ."), code="not_an_amount"
        ) from error


# Days ---------------------------------------------------------------------------------------

_DAY_FIRST = re.compile(r"^(\d{1,2})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?(\d{4})$", re.ASCII)
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)


def parse_day(line: str) -> date:
    """A day typed as dd/mm/yyyy, also with points or dashes, or as 2026-11-23.

    Raises ValidationError; a day that the calendar does not have is named as such.
    """
    if found := _DAY_FIRST.match(line):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.match(line):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValidationError(
            _("Enter a date as dd/mm/yyyy, such as 23/11/2026."), code="not_a_date"
        )
    try:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise ValidationError(
        _("There is no such day: %(day)s. Enter a date as dd/mm/yyyy.") % {"day": line},
        code="no_such_day",
    )


# Links --------------------------------------------------------------------------------------

_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)


def _link(line: str, schemes: tuple[str, ...]) -> str:
    """A web address; "congty.vn/demo" gets its https://. Anything else is refused."""
    address = line if _SCHEME.match(line) and "://" in line else f"https://{line}"
    if _SCHEME.match(line) and "://" not in line and not re.match(r"^[\w.\-]+:\d+(/|$)", line):
        address = line  # javascript:, mailto:, data: are refused below, not repaired
    try:
        URLValidator(schemes=list(schemes))(address)
        if urlsplit(address).username is not None:
            raise ValidationError("")
    except (ValidationError, ValueError) as error:
        raise ValidationError(
            _("Enter a web address that begins with https://."), code="not_a_link"
        ) from error
    return address


def _video(line: str) -> str:
    """The address of a video on any service, always over https."""
    address = _link(line, ("https", "http"))
    return re.sub(r"^http://", "https://", address, flags=re.IGNORECASE)
