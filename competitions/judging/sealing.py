"""Sealing sheets as they come in, and the file with which a published result can be checked.

Judges stand in the file as "G" and the number of their seat: the marks are for everybody to
recompute, whose they are is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from competitions.calls.models import Criterion, RoundTrack
from competitions.entries.snapshots import canonical
from competitions.judging.models import Mark, ResultDecision, Scorecard, Seal
from competitions.judging.standings import AFTER_CLOSING, Standings
from competitions.judging.verifying import FORMAT, digest, ranking_row, recomputed, verify
from portal.core.verdicts import Refused

_TWO_PLACES = Decimal("0.01")


def seal(round_track: RoundTrack, cards: Sequence[Scorecard], at: datetime) -> list[Seal]:
    """Seal sheets that are being handed in. The caller holds the lock of the round."""
    marks: dict[int, dict[str, str]] = {card.pk: {} for card in cards}
    rows = Mark.objects.filter(scorecard__in=cards).order_by("criterion_id")
    for card_id, criterion_id, value in rows.values_list("scorecard", "criterion", "value"):
        marks[card_id][_criterion(criterion_id)] = _number(value)
    last = Seal.objects.filter(round_track=round_track).order_by("number").last()
    number, previous = (last.number, last.sha256) if last else (0, "")
    seals = []
    for card in cards:
        content = {
            "entry": card.entry.code,
            "judge": f"G{card.judge_id}",
            "marks": marks[card.pk],
            "handed_in_at": at.isoformat(timespec="seconds"),
        }
        number += 1
        made = Seal(
            round_track=round_track,
            number=number,
            scorecard=card,
            content=content,
            previous=previous,
            sha256=digest({"number": number, "previous": previous, "content": content}),
        )
        previous = made.sha256
        seals.append(made)
    return Seal.objects.bulk_create(seals)


def sealed_file(decision: ResultDecision, table: Standings) -> bytes:
    """The file of a result that is about to be published. Raises Refused (seal_broken).

    Refused when the sealed sheets do not give this very ranking: then somebody changed marks
    past the portal, and nothing must be published before that is cleared up.
    """
    seals = list(Seal.objects.filter(round_track=decision.round_track_id).order_by("number"))
    document = _document(decision, table, seals)
    document["ranking"] = [ranking_row(row) for row in recomputed(document)]
    content = canonical(document)
    report = verify(content)
    stored = {line.entry.code: (line.ranked.rank, line.ranked.mean) for line in table.lines}
    found = {row.entry_id: (row.rank, row.mean) for row in recomputed(document)}
    if not report.passed or stored != found:
        raise Refused(
            _(
                "The sealed sheets give another ranking than the stored marks. Somebody changed "
                "marks past the portal: clear this up before anything is published."
            ),
            code="seal_broken",
        )
    return content


def _document(decision: ResultDecision, table: Standings, seals: Iterable[Seal]) -> dict[str, Any]:
    round_track = table.round_track
    newest: Mapping[int, int] = {one.scorecard_id: one.number for one in seals}
    counted = [
        newest[card.pk] for card in table.cards if card.state in AFTER_CLOSING and card.pk in newest
    ]
    return {
        "format": FORMAT,
        "competition": {
            "code": round_track.competition.code_prefix,
            "title": round_track.competition.title,
        },
        "round": {"number": round_track.round.number, "title": round_track.round.title},
        "track": round_track.track.title,
        "decision": {
            "number": decision.number,
            "decided_on": decision.decided_on.isoformat(),
            "signatory": decision.signatory,
        },
        "rules": {
            "minimum_total": _number(round_track.minimum_total),
            "no_zero": round_track.no_zero,
            "sheets_needed": round_track.judges_per_entry,
        },
        "criteria": [_rubric(criterion) for criterion in table.criteria],
        "seals": [
            {
                "number": one.number,
                "previous": one.previous,
                "sha256": one.sha256,
                "content": one.content,
            }
            for one in seals
        ],
        "counted": sorted(counted),
        "ranking": [{"entry": line.entry.code} for line in table.lines],
    }


def _rubric(criterion: Criterion) -> dict[str, str]:
    return {
        "id": _criterion(criterion.pk),
        "title": criterion.title,
        "maximum": _number(criterion.maximum),
        "weight": str(criterion.weight),
    }


def _criterion(pk: int) -> str:
    return f"C{pk}"


def _number(value: Decimal) -> str:
    return str(value.quantize(_TWO_PLACES))
