"""Bookings from an Excel file: reading it with care, trying it out, booking row by row.

Nothing is booked but through `booking.book`, as by the front desk for somebody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.accounts.models import Membership, Organisation, User
from portal.core.text import clean_line, fold
from portal.core.verdicts import Refused
from startups.coworking.addresses import sensible
from startups.coworking.booking import Wish, book
from startups.coworking.hours import at, until
from startups.coworking.models import Booking, Resource, Space, Unit
from startups.coworking.telling import when

if TYPE_CHECKING:
    from django.core.files import File

MOST_ROWS = 200
MOST_BYTES = 1_000_000
MOST_UNPACKED = 20_000_000
MOST_PARTS = 200
_SALT = "coworking.import"
_KEPT_SECONDS = 2 * 60 * 60


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file as text, checked for nothing yet."""

    number: int
    email: str
    organisation: str
    place: str
    day: str
    starts: str
    ends: str
    people: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row, or would become of it."""

    row: Row
    booking: Booking | None = None
    problem: str = ""

    @property
    def when(self) -> str:
        return when(self.booking) if self.booking else f"{self.row.day} {self.row.starts}"


def columns() -> list[tuple[str, str]]:
    """Headings of the file with an example; in this order, whatever the headings say."""
    return [
        (_("Email of the person"), "ten@congty.vn"),
        (_("Organisation (tax code or name; empty for their only one)"), ""),
        (_("Place"), ""),
        (_("Day"), "25/12/2026"),
        (_("From"), "08:00"),
        (_("Until what time"), "11:30"),
        (_("People who come"), "1"),
        (_("Purpose (optional)"), ""),
    ]


def template(space: Space) -> bytes:
    """An empty file with the headings, and a second sheet with the places as they are called."""
    written = Workbook()
    sheet = written.worksheets[0]
    sheet.title = _("Bookings")
    sheet.append([title for title, _example in columns()])
    names = [str(one) for one in Resource.objects.filter(space=space, is_active=True)]
    example = [value for _title, value in columns()]
    example[2] = names[0] if names else ""
    sheet.append(example)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = 22
    places = written.create_sheet(_("Places"))
    for name in names:
        places.append([name])
    places.column_dimensions["A"].width = 40
    file = BytesIO()
    written.save(file)
    return file.getvalue()


# Reading ----------------------------------------------------------------------------------------


def read(file: "File[bytes]") -> list[Row]:
    """The rows of the first sheet. Raises `Refused` for what is no such file or too big."""
    if (file.size or 0) > MOST_BYTES:
        raise Refused(_("The file is larger than 1 MB."), code="too_big", field="file")
    _require_harmless(file)
    try:
        sheet = load_workbook(file, read_only=True, data_only=False).worksheets[0]
        lines = list(sheet.iter_rows(min_row=2, max_row=MOST_ROWS + 2, max_col=8, values_only=True))
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise _unreadable() from error
    rows = [_row(number, line) for number, line in enumerate(lines, start=2) if any(line)]
    if not rows:
        raise Refused(_("The file has no row below its headings."), code="empty", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("At most %(n)s rows at once. Split the file.") % {"n": MOST_ROWS},
            code="too_many",
            field="file",
        )
    return rows


def _require_harmless(file: IO[bytes]) -> None:
    """Before any parser: how much it unpacks to, and no document type that could expand."""
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise Refused(_("The file unpacks to too much."), code="too_big", field="file")
            for part in parts:
                with packed.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(2048).upper():
                        raise _unreadable()
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise _unreadable() from error
    file.seek(0)


def _unreadable() -> Refused:
    return Refused(
        _("This is no Excel file that can be read. Start from the empty file on this page."),
        code="unreadable",
        field="file",
    )


def _row(number: int, line: Sequence[Any]) -> Row:
    values = [*line, *[None] * 8][:8]
    return Row(number, *(_text(value) for value in values))


def _text(value: Any) -> str:
    """A cell as somebody would type it."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%d/%m/%Y}" if value.time() == time.min else f"{value:%H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case float() if value == int(value):
            return str(int(value))
        case _:
            return clean_line(str(value))[:250]


# Trying and doing -------------------------------------------------------------------------------


def rehearse(space: Space, rows: Sequence[Row], *, by: User) -> list[Outcome]:
    """What would become of each row, those before it done. Everything is rolled back."""
    with transaction.atomic():
        outcomes = list(_outcomes(space, rows, by))
        transaction.set_rollback(True)
    return outcomes


def carry_out(space: Space, rows: Sequence[Row], *, by: User) -> list[Outcome]:
    """Book row by row; one that is refused stops no other."""
    return list(_outcomes(space, rows, by))


def _outcomes(space: Space, rows: Sequence[Row], by: User) -> Iterator[Outcome]:
    places = _places(space)
    for row in rows:
        try:
            person, organisation = _whose(row)
            wish = _wish(row, places)
            _require_new(wish, person)
            made = book(wish, person=person, organisation=organisation, by=by)
        except Refused as refused:
            yield Outcome(row, problem=str(refused))
        else:
            yield Outcome(row, booking=made)


def _places(space: Space) -> dict[str, tuple[Resource, Unit | None]]:
    """Kinds of places and single ones, by what people call them."""
    found: dict[str, tuple[Resource, Unit | None]] = {}
    units = Unit.objects.filter(resource__space=space, is_active=True, resource__is_active=True)
    for unit in units.select_related("resource__space"):
        found[fold(str(unit))] = (unit.resource, unit)
    for resource in Resource.objects.filter(space=space, is_active=True).select_related("space"):
        for name in (resource.name, resource.name_en, resource.slug):
            if name:
                found[fold(name)] = (resource, None)
    return found


def _whose(row: Row) -> tuple[User, Organisation | None]:
    person = User.objects.filter(email__iexact=row.email, is_active=True).first()
    if not row.email or person is None:
        raise Refused(_("Nobody has an account with this email."), code="nobody")
    theirs = Membership.objects.filter(user=person, state=Membership.State.ACTIVE)
    organisations = [one.organisation for one in theirs.select_related("organisation")]
    if row.organisation:
        said = fold(row.organisation)
        fitting = [
            one for one in organisations if said in (fold(one.name), fold(one.tax_code or ""))
        ]
        if len(fitting) != 1:
            raise Refused(_("The person does not belong to this organisation."), code="whose")
        return person, fitting[0]
    if len(organisations) > 1:
        raise Refused(_("The person has several organisations: say for which."), code="which")
    return person, organisations[0] if organisations else None


def _wish(row: Row, places: dict[str, tuple[Resource, Unit | None]]) -> Wish:
    if fold(row.place) not in places:
        raise Refused(_("No place of this space is called so."), code="place")
    resource, unit = places[fold(row.place)]
    day = _parsed(row.day, "%d/%m/%Y", "%Y-%m-%d").date()
    starts, ends = (_parsed(text, "%H:%M", "%H:%M:%S").time() for text in (row.starts, row.ends))
    if not sensible(day):
        raise Refused(_("This day cannot be booked."), code="day")
    people = row.people or "1"
    if not (people.isascii() and people.isdecimal() and len(people) < 5):
        raise Refused(_("The number of people is no number."), code="people")
    wish = Wish(resource, at(day, starts), until(day, ends), unit=unit, people=int(people))
    return replace(wish, purpose=row.purpose[:200])


def _parsed(text: str, *shapes: str) -> datetime:
    for shape in shapes:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007  (a day or a time alone)
        except ValueError:
            continue
    raise Refused(
        _("“%(text)s” is no day or time. Write 25/12/2026 and 08:00.") % {"text": text},
        code="moment",
    )


def _require_new(wish: Wish, person: User) -> None:
    """The same file sent twice books once."""
    same = Booking.objects.filter(
        person=person,
        resource=wish.resource,
        starts=wish.starts,
        ends=wish.ends,
        state__in=Booking.HOLDING,
    )
    if wish.unit is not None:
        same = same.filter(unit=wish.unit)
    if same.exists():
        raise Refused(_("The person has exactly this booking already."), code="there_already")


# Between the two steps --------------------------------------------------------------------------


def sealed(rows: Sequence[Row]) -> str:
    """The rows for the page that asks; nobody can change them on the way back."""
    return signing.dumps([asdict(row) for row in rows], salt=_SALT, compress=True)


def unsealed(text: str) -> list[Row]:
    """Raises `Refused` when they are not ours or were shown too long ago."""
    try:
        rows = signing.loads(text, salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature as error:
        raise Refused(
            _("The page was open for too long. Choose the file again."),
            code="stale",
            field="file",
        ) from error
    return [Row(**row) for row in rows]
