"""The totals that everybody may read: approved outcomes only, and no cell that tells of one deal.

A number below `LEAST` may point at a company. It is kept back, and with it the total, which would
give it away. Nothing is a number that may be told: nought points at
nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear

from events.techmart.models import Outcome

LEAST = 5
YEARS = 6
"""The newest years that are listed; older ones stand in the total only."""


@dataclass(frozen=True, slots=True)
class Told:
    """A column of numbers as it may be read; None where a number is kept back."""

    cells: Sequence[int | None]
    total: int | None


def told(counts: Sequence[int]) -> Told:
    """What of these numbers, and of their sum, may be read.

    Kept back are numbers from 1 to LEAST - 1, and with any of them the sum: whoever knows this rule
    could otherwise work out of the sum and the other numbers what is kept back.
    """
    cells = [None if 0 < count < LEAST else count for count in counts]
    return Told(cells, None if None in cells else sum(counts))


@dataclass(frozen=True, slots=True)
class Row:
    """A year, or all years together."""

    year: int | None
    memoranda: int | None
    contracts: int | None


@dataclass(frozen=True, slots=True)
class PublicTotals:
    """Approved outcomes by the year in which they were signed, the newest first."""

    rows: Sequence[Row]
    whole: Row
    value: int | None
    """Đồng of contracts whose sides let it be counted; None for fewer than LEAST of them."""

    @property
    def is_empty(self) -> bool:
        return not self.rows


def totals() -> PublicTotals:
    """Two queries."""
    approved = Outcome.objects.approved()
    counted = (
        approved.annotate(year=ExtractYear("signed_on"))
        .order_by()
        .values("year")
        .annotate(
            memoranda=Count("pk", filter=Q(kind=Outcome.Kind.MEMORANDUM)),
            contracts=Count("pk", filter=Q(kind=Outcome.Kind.CONTRACT)),
        )
    )
    years = sorted(counted, key=lambda row: -row["year"])
    # What is older stands together: a cell of its own in the sum, never a difference to find.
    listed, older = years[:YEARS], years[YEARS:]
    columns = {}
    for name in ("memoranda", "contracts"):
        cells = [row[name] for row in listed]
        if older:
            cells.append(sum(row[name] for row in older))
        columns[name] = told(cells)
    values = approved.filter(value_public=True, value__isnull=False).aggregate(
        found=Count("pk"), worth=Sum("value")
    )
    rows = [
        Row(row["year"], columns["memoranda"].cells[place], columns["contracts"].cells[place])
        for place, row in enumerate(listed)
    ]
    if older:
        rows.append(Row(None, columns["memoranda"].cells[-1], columns["contracts"].cells[-1]))
    return PublicTotals(
        rows,
        Row(None, columns["memoranda"].total, columns["contracts"].total),
        values["worth"] if values["found"] >= LEAST else None,
    )
