"""The numbers in words: for the screen, for one sheet of paper (sheet.py), and for Excel (book.py).

What is shown is the same everywhere, since all three draw the tables that are made here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from events.techmart.models import ConnectionRequest, Term, Verification
from events.techmart.numbers.counting import (
    Ledger,
    Signed,
    Spread,
    Stock,
    Waiting,
    before,
    ledger,
    quarter_before,
    quarter_of,
    spreads,
    stock,
    waiting,
    year_before,
)
from portal.core.periods import Period
from portal.core.templatetags.portal import day
from portal.core.text import format_money
from portal.search.counting import Asked, most_asked

QUARTERS = 5
"""Quarters that one tap shows."""
LISTED = 8
"""Fields, crops, communes and searches that are listed; Excel holds all of them."""

Value = int | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its numbers, as people read them and as Excel calculates with them."""

    label: str
    cells: Sequence[str]
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under one title; `heads` name the first column and each column of numbers."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    note: str = ""

    @property
    def columns(self) -> Sequence[str]:
        """The heads of the numbers."""
        return self.heads[1:]

    def cut(self, most: int = LISTED) -> "Table":
        """With so many rows, and a last one that adds up the others."""
        if len(self.rows) <= most + 1:
            return self
        rest = self.rows[most:]
        sums = [sum(row.values[place] or 0 for row in rest) for place in range(len(self.columns))]
        others = _row(_("%(count)s others") % {"count": len(rest)}, sums)
        return Table(self.key, self.title, self.heads, [*self.rows[:most], others], self.note)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the numbers of a period say."""

    now: Ledger
    previous: Ledger
    last_year: Ledger
    stock: Sequence[Stock]
    waiting: Waiting
    spreads: Sequence[Spread]
    in_vain: Sequence[Asked]
    """What people looked for on the portal in the period and did not find, the most asked first."""

    @property
    def period(self) -> Period:
        return self.now.period

    @property
    def _three(self) -> tuple[Ledger, Ledger, Ledger]:
        return self.now, self.previous, self.last_year

    @property
    def periods(self) -> Sequence[tuple[str, str]]:
        """(name, days) of the three periods that stand side by side."""
        names = (_("This period"), _("The one before"), _("A year before"))
        return [
            (name, f"{day(one.period.first)} – {day(one.period.last)}")
            for name, one in zip(names, self._three, strict=True)
        ]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The numbers that stand above all others."""
        contracts = self.now.contracts
        return [
            {"label": _("Requests"), "value": self.now.asked},
            {"label": _("Accepted by owners"), "value": self.now.accepted},
            {"label": _("Memoranda"), "value": _both(self.now.memoranda)},
            {"label": _("Contracts"), "value": _both(contracts)},
            {
                "label": _("Declined, or came to nothing later"),
                "value": self.now.declined + self.now.failed,
            },
        ]

    @property
    def ledger(self) -> Table:
        return Table(
            "ledger",
            _("The ledger"),
            [_("What is counted"), *(name for name, _days in self.periods)],
            list(self._lines()),
            _(
                "A request counts when it was asked, each further step when it was taken, an "
                "outcome on the day on which it was signed. Annulled outcomes count nowhere."
            ),
        )

    def _lines(self) -> Iterator[Row]:
        for label, name in _counted():
            yield _row(label, [getattr(one, name) for one in self._three])
        for label, name in (
            (_("Days until passed on (median)"), "days_to_pass_on"),
            (_("Days until the owner answered (median)"), "days_to_answer"),
        ):
            days = [getattr(one, name) for one in self._three]
            yield Row(label, [_days_said(value) for value in days], days)
        for kind, label, name in (
            ("memoranda", _("Memoranda, approved"), "approved"),
            ("memoranda", _("Memoranda, not yet approved"), "open"),
            ("contracts", _("Contracts, approved"), "approved"),
            ("contracts", _("Contracts, not yet approved"), "open"),
            ("contracts", _("Contracts that name no value"), "unvalued"),
        ):
            yield _row(label, [getattr(getattr(one, kind), name) for one in self._three])
        for label, name in (
            (_("Value of approved contracts"), "value"),
            (_("of this, to be told in public totals"), "value_public"),
            (_("Value of contracts not yet approved"), "value_open"),
        ):
            amounts = [getattr(one.contracts, name) for one in self._three]
            yield Row(label, [format_money(amount) for amount in amounts], amounts)

    @property
    def reasons(self) -> list[Table]:
        """Why owners declined, why connections came to nothing, where outcomes came from."""
        found = (
            self._by_word("declines", _("Why owners declined")),
            self._by_word("failures", _("Why connections came to nothing")),
            self._by_word("channels", _("Where outcomes came from")),
        )
        return [table for table in found if table.rows]

    def _by_word(self, name: str, title: str) -> Table:
        """The words of three periods, in the order of this one."""
        counts: dict[Term, list[int]] = {}
        for place, one in enumerate(self._three):
            for term, count in getattr(one, name):
                counts.setdefault(term, [0, 0, 0])[place] = count
        heads = [_("Reason") if name != "channels" else _("Channel")]
        return Table(
            name,
            title,
            [*heads, *(period for period, _days in self.periods)],
            [_row(term.local_label, numbers) for term, numbers in counts.items()],
        )

    @property
    def at_the_desk(self) -> Table:
        """What waits and goes on now, whatever the period."""
        states = dict(ConnectionRequest.State.choices)
        return Table(
            "desk",
            _("At the desk now"),
            [_("Requests and needs"), _("Number")],
            [
                *(
                    _row(_("Requests: %(state)s") % {"state": str(states[state]).lower()}, [count])
                    for state, count in self.waiting.states.items()
                ),
                _row(_("Requests whose next step is overdue"), [self.waiting.late]),
                _row(_("Needs to answer"), [self.waiting.needs]),
                _row(_("Needs whose answer is overdue"), [self.waiting.needs_late]),
            ],
        )

    @property
    def in_the_market(self) -> Table:
        return Table(
            "stock",
            _("In the market now"),
            [
                *(_("Kind"), _("Public"), _("Drafts"), _("In review"), _("Not confirmed again")),
                *(_("Hidden until confirmed"), _("Closed")),
            ],
            [
                _row(
                    _kind_name(one),
                    [
                        *(one.shown, one.drafts, one.in_review),
                        *(one.unconfirmed, one.hidden, one.closed),
                    ],
                )
                for one in self.stock
            ],
            _("Not confirmed again is part of public."),
        )

    @property
    def levels(self) -> Table:
        return Table(
            "levels",
            _("Public records by level of verification"),
            [_("Kind"), *(str(label) for label in Verification.labels)],
            [_row(_kind_name(one), list(one.levels.values())) for one in self.stock],
        )

    @property
    def spread(self) -> list[Table]:
        """Public offers and demands by field, crop and commune; a record counts at each word."""
        titles = {
            "fields": (_("Public records by field"), _("Field of technology")),
            "crops": (_("Public records by crop or animal"), _("Crop or animal")),
            "unit": (_("Public records by commune"), _("Commune or ward")),
        }
        return [
            Table(
                one.name,
                titles[one.name][0],
                [titles[one.name][1], _("Offers"), _("Demands")],
                [
                    _row(getattr(word, "local_label", "") or str(word), [offers, demands])
                    for word, offers, demands in one.rows
                ],
            )
            for one in self.spreads
            if one.rows
        ]

    @property
    def looked_for(self) -> Table:
        return Table(
            "in_vain",
            _("Looked for on the portal and not found"),
            [_("Search"), _("Times")],
            [_row(one.shown, [one.times]) for one in self.in_vain],
        )

    @property
    def tables(self) -> list[Table]:
        """All of them, in the order in which they are read."""
        found = [self.ledger, *self.reasons, self.at_the_desk, self.in_the_market, self.levels]
        return [*found, *self.spread, self.looked_for]


def _kind_name(one: Stock) -> str:
    return str(one.model._meta.verbose_name_plural).capitalize()


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


def _row(label: str, counts: Sequence[int | float]) -> Row:
    return Row(label, [str(count) for count in counts], counts)


def _both(signed: Signed) -> int:
    return signed.approved + signed.open


def _days_said(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",").removesuffix(",0")


def report_of(period: Period) -> Report:
    """Count a period, the one before and the same a year before, and what stands now."""
    return Report(
        ledger(period),
        ledger(before(period)),
        ledger(year_before(period)),
        stock(),
        waiting(),
        spreads(),
        most_asked(period.first, period.last, in_vain=True),
    )


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
