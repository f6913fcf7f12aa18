"""The ledger in words: for the screen, for one sheet of paper, and for Excel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from events.techmart.models import Term, Verification
from events.techmart.numbers.counting import (
    Ledger,
    Signed,
    Stock,
    before,
    ledger,
    quarter_before,
    quarter_of,
    stock,
    year_before,
)
from portal.core.periods import Period
from portal.core.spreadsheets import safe
from portal.core.text import format_money

QUARTERS = 5
"""Quarters that one tap shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the period, of the one before and of a year before, as text."""

    label: str
    now: str
    before: str
    year_before: str
    raw: tuple[int | float | None, int | float | None, int | float | None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a screen of numbers shows."""

    now: Ledger
    previous: Ledger
    last_year: Ledger
    stock: Sequence[Stock]

    @property
    def period(self) -> Period:
        return self.now.period

    @property
    def lines(self) -> list[Line]:
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        for label, name in _counted():
            yield _line(label, [getattr(one, name) for one in self._three], _count)
        for label, name in (
            (_("Days until passed on (median)"), "days_to_pass_on"),
            (_("Days until the owner answered (median)"), "days_to_answer"),
        ):
            yield _line(label, [getattr(one, name) for one in self._three], _days)
        for label, name in ((_("Memoranda"), "memoranda"), (_("Contracts"), "contracts")):
            signed: list[Signed] = [getattr(one, name) for one in self._three]
            yield _line(label, [one.count for one in signed], _count)
            of_these = _("of these not yet approved")
            yield _line(
                f"{label}, {of_these}", [one.count - one.approved for one in signed], _count
            )
        contracts = [one.contracts for one in self._three]
        yield _line(_("Value of contracts, where known"), [one.value for one in contracts], _money)

    @property
    def _three(self) -> tuple[Ledger, Ledger, Ledger]:
        return self.now, self.previous, self.last_year

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The numbers that stand above all others."""
        return [
            {"label": _("Requests"), "value": self.now.asked},
            {"label": _("Accepted by owners"), "value": self.now.accepted},
            {"label": _("Memoranda"), "value": self.now.memoranda.count},
            {"label": _("Contracts"), "value": self.now.contracts.count},
            {"label": _("Came to nothing"), "value": self.now.declined + self.now.failed},
        ]

    @property
    def reasons(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Why owners declined and why connections came to nothing, as bars."""
        named = (
            (_("Why owners declined"), self.now.declines),
            (_("Why connections came to nothing"), self.now.failures),
            (_("Where outcomes came from"), self.now.channels),
        )
        return [(title, _bars(rows)) for title, rows in named if rows]

    @property
    def stocks(self) -> list[tuple[str, Stock, list[tuple[str, int]]]]:
        """(kind of record, its numbers, how many of each level)."""
        return [
            (
                str(one.model._meta.verbose_name_plural).capitalize(),
                one,
                [(str(Verification(level).label), one.levels[level]) for level in one.levels],
            )
            for one in self.stock
        ]


def _counted() -> tuple[tuple[str, str], ...]:
    return (
        (_("Needs received"), "needs"),
        (_("of these answered or made a demand"), "needs_answered"),
        (_("Requests"), "asked"),
        (_("Passed on to owners"), "passed_on"),
        (_("Accepted by owners"), "accepted"),
        (_("Declined by owners"), "declined"),
        (_("Came to nothing after contact"), "failed"),
        (_("Done"), "done"),
    )


def _line(label: str, three: Sequence[Any], said: Any) -> Line:
    now, previous, last_year = three
    raw = (now, previous, last_year)
    return Line(label, said(now), said(previous), said(last_year), raw)


def _count(value: int) -> str:
    return str(value)


def _days(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",").removesuffix(",0")


def _money(value: int) -> str:
    return format_money(value)


def _bars(rows: Sequence[tuple[Term, int]]) -> list[dict[str, Any]]:
    most = max(count for _term, count in rows)
    return [
        {"label": term.local_label, "value": count, "share": 100 * count // most}
        for term, count in rows
    ]


def report_of(period: Period) -> Report:
    """Count a period, the one before and the same a year before, and what stands now."""
    return Report(ledger(period), ledger(before(period)), ledger(year_before(period)), stock())


def quarters(today: date) -> list[tuple[str, Period]]:
    """The running quarter and those before it, with their names."""
    found = [quarter_of(today)]
    while len(found) < QUARTERS:
        found.append(quarter_before(found[-1]))
    return [(quarter_name(one), one) for one in found]


def quarter_name(period: Period) -> str:
    """ "Quý IV/2026"."""
    number = ("I", "II", "III", "IV")[(period.first.month - 1) // 3]
    return _("Quarter %(number)s/%(year)s") % {"number": number, "year": period.first.year}


def workbook(report: Report) -> bytes:
    """Three sheets: the ledger, the reasons, what stands in the market."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = _("Ledger")
    heads = [
        _("What is counted"),
        *(f"{one.period.first:%d/%m/%Y}–{one.period.last:%d/%m/%Y}" for one in report._three),
    ]
    _fill(first, heads, [[line.label, *line.raw] for line in report.lines])
    reasons = [
        [title, row["label"], row["value"]] for title, rows in report.reasons for row in rows
    ]
    _fill(
        book.create_sheet(_("Reasons")), [_("What is counted"), _("Reason"), _("Number")], reasons
    )
    now = book.create_sheet(_("In the market now"))
    levels = [str(label) for label in Verification.labels]
    heads = [
        *(_("Kind"), _("Public"), _("Not public yet"), _("Not confirmed again")),
        *(_("Hidden until confirmed"), _("Closed"), *levels),
    ]
    _fill(
        now,
        heads,
        [
            [
                *(name, one.shown, one.waiting, one.unconfirmed, one.hidden, one.closed),
                *(count for _label, count in held),
            ]
            for name, one, held in report.stocks
        ],
    )
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    for place in range(len(heads)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = 44 if place == 0 else 24
    sheet.freeze_panes = "B2"
