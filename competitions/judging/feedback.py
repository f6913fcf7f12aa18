"""What a team reads about its entry once a result is published."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from competitions.calls.models import Criterion, RoundTrack
from competitions.entries.models import Entry
from competitions.judging.models import PublishedRow, ResultDecision, Scorecard
from competitions.judging.ranking import rounded
from competitions.judging.standings import criterion_means
from portal.core.languages import in_reader_language
from portal.core.templatetags.portal import decimal_comma


@dataclass(frozen=True, slots=True)
class CriterionMean:
    criterion: Criterion
    mean: Decimal | None
    share: int
    """The mean as a percentage of the highest mark, for the bar."""


@dataclass(frozen=True, slots=True)
class Comment:
    text: str
    judge: str
    """The judge's name where the competition names its judges, or nothing."""


@dataclass(slots=True)
class RoundFeedback:
    """One published round of one entry."""

    row: PublishedRow
    round_track: RoundTrack
    entry_count: int
    maximum: Decimal
    criteria: list[CriterionMean] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    sheet_count: int = 0

    @property
    def total(self) -> Decimal | None:
        """The mean total as people read it."""
        return None if self.row.total is None else rounded(Fraction(self.row.total))

    @property
    def prize(self) -> str:
        return in_reader_language(self.row.prize, self.row.prize_en)

    @property
    def bars(self) -> list[dict[str, object]]:
        """The criteria as the bar chart takes them."""
        return [
            {
                "label": line.criterion.local_title,
                "value": "–"
                if line.mean is None
                else f"{decimal_comma(line.mean)} / {decimal_comma(line.criterion.maximum)}",
                "share": line.share,
            }
            for line in self.criteria
        ]


def feedback_of(entry: Entry) -> list[RoundFeedback]:
    """Published rounds of an entry, newest first; empty before any result is published."""
    rows = (
        PublishedRow.objects.filter(entry=entry, decision__state=ResultDecision.State.PUBLISHED)
        .select_related("decision__round_track__round__competition", "decision__round_track__track")
        .order_by("-decision__published_at")
    )
    return [_round(row) for row in rows]


def _round(row: PublishedRow) -> RoundFeedback:
    round_track = row.decision.round_track
    criteria = list(round_track.criteria.order_by("order", "pk"))
    cards = list(
        Scorecard.objects.filter(
            entry=row.entry_id,
            judge__round_track=round_track,
            state=Scorecard.State.HANDED_IN,
        )
        .select_related("judge__user")
        .prefetch_related("marks")
        .order_by("-judge__is_chair", "judge__user__sort_key", "pk")
    )
    named = round_track.round.competition.judges_named
    means = criterion_means(
        criteria, [{mark.criterion_id: mark.value for mark in card.marks.all()} for card in cards]
    )
    comments = [
        Comment(card.comment, str(card.judge) if named else "") for card in cards if card.comment
    ]
    if not named:
        # The order must not give away who wrote what.
        comments.sort(key=lambda comment: comment.text)
    return RoundFeedback(
        row=row,
        round_track=round_track,
        entry_count=PublishedRow.objects.filter(decision=row.decision_id).count(),
        maximum=sum((criterion.points for criterion in criteria), Decimal(0)),
        criteria=[
            CriterionMean(
                criterion,
                rounded(means.get(criterion.pk)),
                round(100 * means[criterion.pk] / Fraction(criterion.maximum))
                if criterion.pk in means
                else 0,
            )
            for criterion in criteria
        ],
        comments=comments,
        sheet_count=len(cards),
    )
