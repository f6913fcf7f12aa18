"""What a judge may see, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from competitions.calls.models import Criterion, RoundTrack
from competitions.judging.models import Judge, Mark, Reopening, Scorecard
from competitions.judging.permissions import JUDGED
from competitions.judging.ranking import rounded
from portal.accounts.models import User

_STATES = Scorecard.State
DONE = frozenset({_STATES.COMPLETE, _STATES.HANDED_IN})
ACTIVE = frozenset({_STATES.ASSIGNED, _STATES.STARTED, *DONE})


@dataclass(slots=True)
class Seat:
    """One panel a judge sits in, with the sheets asked of them."""

    judge: Judge
    cards: list[Scorecard] = field(default_factory=list)

    @property
    def round_track(self) -> RoundTrack:
        return self.judge.round_track

    @property
    def active(self) -> list[Scorecard]:
        return [card for card in self.cards if card.state in ACTIVE]

    @property
    def left(self) -> int:
        return sum(1 for card in self.cards if card.state in ACTIVE - DONE)

    @property
    def may_hand_in(self) -> bool:
        """Everything is complete and something is not handed in yet."""
        return not self.left and any(card.state == _STATES.COMPLETE for card in self.cards)

    @property
    def closes_at(self) -> datetime | None:
        return self.round_track.marking_closes_at

    @property
    def next_card(self) -> Scorecard | None:
        """The first sheet that still waits."""
        return next((card for card in self.cards if card.state in ACTIVE - DONE), None)


def cards_shown(judges: QuerySet[Judge]) -> QuerySet[Scorecard]:
    """Sheets of these seats as lists show them: the title is the submitted one.

    A sheet that was opened again carries the officer's words as `reopened_because`. Entries that
    were withdrawn meanwhile are left out.
    """
    why = Reopening.objects.filter(scorecard=OuterRef("pk")).order_by("-reopened_at", "-pk")
    return (
        Scorecard.objects.filter(judge__in=judges, entry__state=JUDGED)
        .select_related("entry")
        .annotate(
            title=KeyTextTransform("title", "submission__snapshot"),
            reopened_because=Subquery(why.values("reason")[:1]),
        )
        .order_by("entry__code", "pk")
    )


def seats_of(user: User) -> list[Seat]:
    """The seats a person was offered or took, the nearest deadline first. Two queries.

    Sheets are only looked up for accepted seats: before that not even a title is shown.
    """
    judges = (
        Judge.objects.filter(user=user, state__in=[Judge.State.INVITED, Judge.State.ACCEPTED])
        .select_related("round_track__round__competition", "round_track__track")
        .order_by("pk")
    )
    seats = {judge.pk: Seat(judge) for judge in judges}
    accepted = Judge.objects.filter(user=user, state=Judge.State.ACCEPTED)
    for card in cards_shown(accepted).exclude(state=_STATES.CONFLICTED):
        seats[card.judge_id].cards.append(card)
    return sorted(seats.values(), key=_nearest_first)


def _nearest_first(seat: Seat) -> tuple[bool, float, int]:
    over = seat.round_track.state in {
        RoundTrack.State.DELIBERATING,
        RoundTrack.State.DECIDED,
        RoundTrack.State.PUBLISHED,
    }
    closes = seat.closes_at.timestamp() if seat.closes_at else float("inf")
    return over, closes, seat.judge.pk


@dataclass(frozen=True, slots=True)
class OwnTotal:
    """One sheet beside the judge's others: each criterion with its mark, and the total so far."""

    card: Scorecard
    cells: list[tuple[Criterion, Decimal | None]]
    total: Decimal | None
    complete: bool


def own_totals(judge: Judge) -> tuple[list[Criterion], list[OwnTotal]]:
    """A judge's own sheets side by side, best total first. Three queries."""
    criteria = list(judge.round_track.criteria.order_by("order", "pk"))
    cards = list(cards_shown(Judge.objects.filter(pk=judge.pk)).filter(state__in=ACTIVE))
    marks: dict[int, dict[int, Decimal]] = {card.pk: {} for card in cards}
    for mark in Mark.objects.filter(scorecard__in=cards):
        marks[mark.scorecard_id][mark.criterion_id] = mark.value
    rows = [_own_total(card, criteria, marks[card.pk]) for card in cards]
    rows.sort(key=lambda row: (row.total is None, -(row.total or 0), row.card.entry.code or ""))
    return criteria, rows


def _own_total(card: Scorecard, criteria: list[Criterion], marks: dict[int, Decimal]) -> OwnTotal:
    return OwnTotal(
        card=card,
        cells=[(criterion, marks.get(criterion.pk)) for criterion in criteria],
        total=total_of(criteria, marks),
        complete=card.state in DONE,
    )


def total_of(criteria: list[Criterion], marks: dict[int, Decimal]) -> Decimal | None:
    """The weighted total when no mark is missing; None otherwise, never a partial zero."""
    if not criteria or any(criterion.pk not in marks for criterion in criteria):
        return None
    total = sum(
        (Fraction(marks[criterion.pk]) * Fraction(criterion.weight) for criterion in criteria),
        Fraction(0),
    )
    return rounded(total)
