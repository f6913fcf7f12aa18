"""Ranking entries by the mean of their judges' totals. Pure and exact: fractions, no floats.

The raw mean decides. Ties stay ties and share the best place: 1, 2, 2, 4. An entry without enough
sheets has no place and no zero: it is listed as incomplete.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", int, str)
"""What stands for an entry: its row's id, or its code in a sealed file."""


@dataclass(frozen=True, slots=True)
class JudgeTotal:
    """One judge's sheet for one entry: the weighted total and the criteria marked 0."""

    judge_id: int | str
    total: Fraction
    zeros: frozenset[int | str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Key]):
    """An entry's place. `rank` and `mean` are None while sheets are missing."""

    entry_id: Key
    mean: Fraction | None
    rank: int | None
    tied: bool
    counted: int
    needed: int
    below_minimum: bool
    zero_criterion: bool

    @property
    def complete(self) -> bool:
        return self.rank is not None

    @property
    def passes(self) -> bool:
        """Complete, at least the minimum, and no criterion at zero where the rules say so."""
        return self.complete and not self.below_minimum and not self.zero_criterion


def sheet_total(marks: Mapping[Any, Decimal], weights: Mapping[Any, Decimal]) -> Fraction:
    """Σ mark × weight over the criteria. Raises KeyError when a mark is missing."""
    return sum(
        (Fraction(marks[criterion]) * Fraction(weight) for criterion, weight in weights.items()),
        Fraction(0),
    )


def judge_total(
    judge_id: int | str, marks: Mapping[Any, Decimal], weights: Mapping[Any, Decimal]
) -> JudgeTotal:
    """One complete sheet as ranking counts it. Raises KeyError when a mark is missing."""
    zeros = frozenset(criterion for criterion in weights if marks[criterion] == 0)
    return JudgeTotal(judge_id, sheet_total(marks, weights), zeros)


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def rank(
    rows: Mapping[Key, Sequence[JudgeTotal]],
    *,
    minimum_total: Decimal = Decimal(0),
    no_zero: bool = False,
    sheets_needed: int = 1,
) -> list[Ranked[Key]]:
    """Rank entries by their mean, best first; the incomplete ones follow by their id.

    `rows` holds every entry that is still in the round with its counted sheets; entries that were
    withdrawn are simply not in it. A criterion is at zero when every judge marked it 0: a single
    judge cannot throw an entry out. The result does not depend on any order in `rows`.
    """
    means = {
        entry: mean([sheet.total for sheet in sheets])
        for entry, sheets in rows.items()
        if len(sheets) >= max(sheets_needed, 1)
    }
    whole = {entry: value for entry, value in means.items() if value is not None}
    alike = Counter(whole.values())
    places: dict[Fraction, int] = {}
    for place, value in enumerate(sorted(whole.values(), reverse=True), start=1):
        places.setdefault(value, place)
    listed = [
        Ranked(
            entry_id=entry,
            mean=value,
            rank=places[value],
            tied=alike[value] > 1,
            counted=len(rows[entry]),
            needed=sheets_needed,
            below_minimum=value < Fraction(minimum_total),
            zero_criterion=no_zero and _at_zero(rows[entry]),
        )
        for entry, value in whole.items()
    ]
    listed.sort(key=lambda row: (row.rank, row.entry_id))
    missing = sorted(set(rows) - set(whole))
    return listed + [
        Ranked(entry, None, None, False, len(rows[entry]), sheets_needed, False, False)
        for entry in missing
    ]


def _at_zero(sheets: Sequence[JudgeTotal]) -> bool:
    common = sheets[0].zeros
    for sheet in sheets[1:]:
        common &= sheet.zeros
    return bool(common)


def suggested(ranked: Sequence[Ranked[int]], places: int | None) -> tuple[set[int], set[int]]:
    """Entries that advance by rank, and those tied across the cut line, which the panel decides.

    Without a number of places everybody who passes advances.
    """
    passing = [row for row in ranked if row.passes]
    if places is None:
        return {row.entry_id for row in passing}, set()
    inside: set[int] = set()
    by_rank = groupby(sorted(passing, key=lambda row: row.rank or 0), key=lambda row: row.rank)
    for _rank, group in by_rank:
        alike = {row.entry_id for row in group}
        if len(inside) + len(alike) > places:
            return inside, alike if len(inside) < places else set()
        inside |= alike
    return inside, set()


def rounded(value: Fraction | None, places: int = 2) -> Decimal | None:
    """A fraction as people read it: half up, in exact decimal arithmetic."""
    if value is None:
        return None
    scaled = value * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    if 2 * rest >= scaled.denominator:
        whole += 1
    sign = -1 if scaled < 0 else 1
    return (Decimal(sign * whole) / Decimal(10) ** places).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )
