"""Does a published ranking follow from the sealed scores? Pure: a file in, a report out.

The file is the one that `sealing` writes and a results page offers. Nothing here asks the
database, so that anybody can run it anywhere on a file from anybody.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.entries.snapshots import canonical
from competitions.judging.ranking import JudgeTotal, Ranked, judge_total, rank

FORMAT = "portal-result/1"
LARGEST_FILE = 20_000_000
"""Bytes; a round of a thousand entries with seven judges needs about three million."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was recomputed, with what was found wrong."""

    title: str | Promise
    problems: Sequence[str]

    @property
    def passed(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. `document` is None when it could not be read."""

    sha256: str
    checks: Sequence[Check]
    document: Mapping[str, Any] | None = None

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


def digest(value: Any) -> str:
    """The SHA-256 of a value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def verify(content: bytes) -> Report:
    """Recompute everything in a sealed file. Never raises, whatever the file holds."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        if len(content) > LARGEST_FILE:
            raise ValueError("too large")
        document = json.loads(content)
        if document["format"] != FORMAT:
            raise ValueError("another format")
        checks = [Check(title, look(document)) for title, look in CHECKS]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ArithmeticError):
        unreadable = Check(_("The file can be read"), [_("This is not a sealed result file.")])
        return Report(sha256, [unreadable])
    return Report(sha256, checks, document)


def _chain(document: Mapping[str, Any]) -> list[str]:
    problems, previous = [], ""
    for number, seal in enumerate(document["seals"], start=1):
        body = {"number": number, "previous": previous, "content": seal["content"]}
        if seal["number"] != number or seal["previous"] != previous:
            problems.append(_("Seal %(number)s does not follow the one before.") % seal)
        if seal["sha256"] != digest(body):
            problems.append(_("The content of seal %(number)s was changed.") % seal)
        previous = str(seal["sha256"])
    return problems


def _counted(document: Mapping[str, Any]) -> list[str]:
    problems = []
    newest = {
        (seal["content"]["entry"], seal["content"]["judge"]): seal["number"]
        for seal in document["seals"]
    }
    seals = {seal["number"]: seal["content"] for seal in document["seals"]}
    pairs = []
    for number in document["counted"]:
        sheet = seals.get(number)
        if sheet is None:
            problems.append(_("Seal %(number)s is missing.") % {"number": number})
            continue
        pairs.append((sheet["entry"], sheet["judge"]))
        if newest[pairs[-1]] != number:
            problems.append(_("Seal %(number)s was replaced by a later one.") % {"number": number})
    if len(pairs) != len(set(pairs)):
        problems.append(_("A sheet was counted twice."))
    return problems


def _marks(document: Mapping[str, Any]) -> list[str]:
    most = {one["id"]: Decimal(one["maximum"]) for one in document["criteria"]}
    problems = []
    for seal in document["seals"]:
        marks = {key: Decimal(value) for key, value in seal["content"]["marks"].items()}
        fits = set(marks) == set(most) and all(0 <= marks[key] <= most[key] for key in marks)
        if not fits:
            problems.append(_("Seal %(number)s does not hold one mark per criterion.") % seal)
    return problems


def _ranking(document: Mapping[str, Any]) -> list[str]:
    said = {row["entry"]: row for row in document["ranking"]}
    found = {row.entry_id: row for row in recomputed(document)}
    problems = [
        _("%(entry)s stands in one list only.") % {"entry": entry}
        for entry in sorted(set(said) ^ set(found))
    ]
    for entry in sorted(set(said) & set(found)):
        if ranking_row(found[entry]) != said[entry]:
            problems.append(
                _("%(entry)s: published place %(said)s, recomputed %(found)s.")
                % {
                    "entry": entry,
                    "said": _place(said[entry]["rank"], said[entry]["mean"]),
                    "found": _place(found[entry].rank, str(found[entry].mean)),
                }
            )
    return problems


def _place(place: int | None, mean: str | None) -> str:
    return "–" if place is None else f"{place} ({mean})"


CHECKS: Sequence[tuple[str | Promise, Callable[[Mapping[str, Any]], list[str]]]] = (
    (gettext_lazy("No sealed sheet was changed, added or taken out"), _chain),
    (gettext_lazy("The last version of each sheet counts, and each counts once"), _counted),
    (gettext_lazy("Every sheet holds one mark within its limits for each criterion"), _marks),
    (gettext_lazy("The ranking follows from the marks"), _ranking),
)


def recomputed(document: Mapping[str, Any]) -> list[Ranked[str]]:
    """The ranking by the rules and the counted sheets in the file; entries by their codes."""
    weights = {one["id"]: Decimal(one["weight"]) for one in document["criteria"]}
    seals = {seal["number"]: seal["content"] for seal in document["seals"]}
    sheets: dict[str, list[JudgeTotal]] = {row["entry"]: [] for row in document["ranking"]}
    for number in document["counted"]:
        sheet = seals.get(number)
        if sheet is not None and sheet["entry"] in sheets:
            marks = {key: Decimal(value) for key, value in sheet["marks"].items()}
            sheets[sheet["entry"]].append(judge_total(sheet["judge"], marks, weights))
    rules = document["rules"]
    return rank(
        sheets,
        minimum_total=Decimal(rules["minimum_total"]),
        no_zero=rules["no_zero"],
        sheets_needed=rules["sheets_needed"],
    )


def ranking_row(row: Ranked[str]) -> dict[str, Any]:
    """One line of the ranking as the file holds it; the exact mean as a fraction."""
    return {
        "entry": row.entry_id,
        "rank": row.rank,
        "tied": row.tied,
        "mean": None if row.mean is None else str(row.mean),
        "sheets": row.counted,
        "passes": row.passes,
    }
