"""Published results as the public reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from competitions.calls.models import Competition
from competitions.judging.models import PublishedRow, ResultDecision
from competitions.judging.ranking import rounded, sheet_total
from competitions.judging.results import published_results
from portal.core.languages import in_reader_language


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a published result."""

    rank: str
    code: str
    title: str
    team: str
    total: Decimal | None
    outcome: str
    is_cut: bool
    """The last line above the cut."""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The result of one round and track, with the decision that made it valid.

    Who prepared and who approved it is for the record, not for the public.
    """

    decision: ResultDecision
    round_title: str
    track_title: str
    lines: Sequence[Line]


def result_tables(competition: Competition) -> list[ResultTable]:
    """All published results, the last round first: two queries."""
    return [
        ResultTable(
            decision=decision,
            round_title=decision.round_track.round.local_title,
            track_title=decision.round_track.track.local_title,
            lines=_lines(decision),
        )
        for decision in published_results(competition)
    ]


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """One handed-in sheet of a sealed file, as its page shows it."""

    number: int
    entry: str
    judge: str
    marks: Sequence[Decimal]
    """In the order of the criteria."""
    total: Decimal | None
    handed_in_at: datetime
    counted: bool


def sealed_tables(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a file that verifies holds, for its page: criteria, rules, ranking and sheets."""
    ranking = [
        {**row, "rounded": rounded(Fraction(row["mean"])) if row["mean"] else None}
        for row in document["ranking"]
    ]
    return {
        "criteria": document["criteria"],
        "rules": document["rules"],
        "ranking": ranking,
        "sheets": _sealed_sheets(document),
    }


def _sealed_sheets(document: Mapping[str, Any]) -> list[SealedSheet]:
    """Every seal, by entry."""
    weights = {one["id"]: Decimal(one["weight"]) for one in document["criteria"]}
    counted = set(document["counted"])
    found = []
    for seal in document["seals"]:
        sheet = seal["content"]
        marks = {key: Decimal(value) for key, value in sheet["marks"].items()}
        found.append(
            SealedSheet(
                number=seal["number"],
                entry=sheet["entry"],
                judge=sheet["judge"],
                marks=[marks[key] for key in weights],
                total=rounded(sheet_total(marks, weights)),
                handed_in_at=datetime.fromisoformat(sheet["handed_in_at"]),
                counted=seal["number"] in counted,
            )
        )
    return sorted(found, key=lambda sheet: (sheet.entry, sheet.number))


def _lines(decision: ResultDecision) -> list[Line]:
    # Sorted here, because the databases disagree about where the unranked stand.
    rows = sorted(
        decision.rows.all(),
        key=lambda row: (row.rank is None, row.rank or 0, row.entry.code or ""),
    )
    above = [row for row in rows if row.advanced]
    last = above[-1].pk if above and len(above) < len(rows) else None
    return [_line(row, is_cut=row.pk == last, some_go_on=bool(above)) for row in rows]


def _line(row: PublishedRow, *, is_cut: bool, some_go_on: bool) -> Line:
    outcome = in_reader_language(row.prize, row.prize_en)
    if not outcome and row.advanced:
        outcome = _("Goes on to the next round")
    elif not outcome and some_go_on:
        outcome = _("Does not go on")
    return Line(_rank(row), row.entry.code or "", row.title, row.team, row.total, outcome, is_cut)


def _rank(row: PublishedRow) -> str:
    """In words: "2", "joint 2" when tied, "–" when it was not ranked."""
    if row.rank is None:
        return "–"
    return _("joint %(rank)s") % {"rank": row.rank} if row.tied else str(row.rank)
