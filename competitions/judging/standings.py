"""Where a round stands: entries, judges, sheets and the ranking, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from competitions.calls.models import Criterion, RoundTrack
from competitions.entries.models import Entry
from competitions.judging.models import EntryInRound, Judge, Mark, Scorecard
from competitions.judging.permissions import JUDGED
from competitions.judging.ranking import JudgeTotal, Ranked, judge_total, rank, rounded

_STATES = Scorecard.State
WHILE_MARKING = frozenset({_STATES.COMPLETE, _STATES.HANDED_IN})
AFTER_CLOSING = frozenset({_STATES.HANDED_IN})


@dataclass(frozen=True, slots=True)
class Cell:
    """What one judge's column shows for one entry: a counted total, or only a state."""

    judge: Judge
    card: Scorecard | None
    total: Decimal | None


@dataclass(slots=True)
class Standing:
    """One entry's line of the ranking table."""

    place: EntryInRound
    ranked: Ranked
    cells: list[Cell] = field(default_factory=list)

    @property
    def entry(self) -> Entry:
        return self.place.entry

    @property
    def mean(self) -> Decimal | None:
        return rounded(self.ranked.mean)


@dataclass(slots=True)
class Standings:
    """A round's ranking with everything its pages and the Excel file show."""

    round_track: RoundTrack
    criteria: Sequence[Criterion]
    judges: Sequence[Judge]
    lines: list[Standing]
    cards: list[Scorecard]
    marks: dict[int, dict[int, Decimal]]
    withdrawn: list[EntryInRound]

    @property
    def ranked(self) -> list[Ranked]:
        return [line.ranked for line in self.lines]

    @property
    def maximum(self) -> Decimal:
        """The most a judge can give."""
        return sum((criterion.points for criterion in self.criteria), Decimal(0))


def standings(round_track: RoundTrack) -> Standings:
    """The round as it stands now. Five queries, however many entries there are.

    While marking is open complete sheets count too, so the officer sees a preview; once it has
    closed only handed-in sheets do.
    """
    criteria = list(round_track.criteria.order_by("order", "pk"))
    # A column for whoever has sheets, and for members of the panel who have none yet.
    judges = list(
        Judge.objects.filter(round_track=round_track)
        .filter(Q(state=Judge.State.ACCEPTED) | Q(scorecards__isnull=False))
        .select_related("user")
        .order_by("-is_chair", "user__sort_key", "pk")
        .distinct()
    )
    places = list(
        EntryInRound.objects.filter(round_track=round_track)
        .select_related("entry", "prize")
        .order_by("entry__code")
    )
    cards = list(
        Scorecard.objects.filter(judge__round_track=round_track)
        .select_related("entry", "judge__user")
        .order_by("entry__code", "judge_id")
    )
    marks = _marks(round_track)
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    sheets = counted_sheets(round_track, cards, marks, weights)
    inside = {place.entry_id: place for place in places if _still_in(place.entry)}
    ranked = rank(
        {entry_id: list(sheets.get(entry_id, {}).values()) for entry_id in inside},
        minimum_total=round_track.minimum_total,
        no_zero=round_track.no_zero,
        sheets_needed=round_track.judges_per_entry,
    )
    by_pair = {(card.entry_id, card.judge_id): card for card in cards}
    lines = [Standing(inside[row.entry_id], row) for row in ranked]
    for line in lines:
        totals = sheets.get(line.entry.pk, {})
        line.cells = [
            _cell(judge, by_pair.get((line.entry.pk, judge.pk)), totals.get(judge.pk))
            for judge in judges
        ]
    withdrawn = [place for place in places if place.entry_id not in inside]
    return Standings(round_track, criteria, judges, lines, cards, marks, withdrawn)


def counted_sheets(
    round_track: RoundTrack,
    cards: Sequence[Scorecard],
    marks: dict[int, dict[int, Decimal]],
    weights: dict[int, Decimal],
) -> dict[int, dict[int, JudgeTotal]]:
    """Totals of the sheets that count, by entry and judge."""
    marking = round_track.state in {RoundTrack.State.RUNNING, RoundTrack.State.MARKING}
    counts = WHILE_MARKING if marking else AFTER_CLOSING
    sheets: dict[int, dict[int, JudgeTotal]] = defaultdict(dict)
    for card in cards:
        if card.state in counts and set(weights) <= set(marks.get(card.pk, {})):
            sheets[card.entry_id][card.judge_id] = judge_total(
                card.judge_id, marks[card.pk], weights
            )
    return sheets


def _marks(round_track: RoundTrack) -> dict[int, dict[int, Decimal]]:
    marks: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Mark.objects.filter(scorecard__judge__round_track=round_track)
    for card_id, criterion_id, value in rows.values_list("scorecard_id", "criterion_id", "value"):
        marks[card_id][criterion_id] = value
    return marks


def _still_in(entry: Entry) -> bool:
    return entry.state == JUDGED


def _cell(judge: Judge, card: Scorecard | None, total: JudgeTotal | None) -> Cell:
    return Cell(judge, card, rounded(total.total) if total else None)


def criterion_means(
    criteria: Sequence[Criterion], sheets: Sequence[dict[int, Decimal]]
) -> dict[int, Fraction]:
    """The mean mark of each criterion over these sheets; criteria without a mark are left out."""
    means = {}
    for criterion in criteria:
        values = [Fraction(sheet[criterion.pk]) for sheet in sheets if criterion.pk in sheet]
        if values:
            means[criterion.pk] = sum(values, Fraction(0)) / len(values)
    return means
