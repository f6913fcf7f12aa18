"""Published results, as the public may read them."""

from collections.abc import Sequence

from django.http import Http404

from competitions.calls.models import Competition
from competitions.judging.models import ResultDecision
from portal.core.models import PrivateFile


def published_results(competition: Competition) -> Sequence[ResultDecision]:
    """Published decisions of a competition with their rows, by round and track."""
    return list(
        ResultDecision.objects.filter(
            round_track__round__competition=competition, state=ResultDecision.State.PUBLISHED
        )
        .select_related("round_track__round", "round_track__track", "file")
        .prefetch_related("rows__entry")
        .defer("sealed")
        .order_by("-round_track__round__number", "round_track__track__order")
    )


def published_decision(competition: Competition, decision_id: int) -> ResultDecision:
    """One published decision of a competition. Raises Http404 before publication."""
    decision = (
        ResultDecision.objects.filter(
            pk=decision_id,
            round_track__round__competition=competition,
            state=ResultDecision.State.PUBLISHED,
        )
        .select_related("round_track__round", "round_track__track", "file")
        .first()
    )
    if decision is None:
        raise Http404
    return decision


def decision_file(competition: Competition, decision_id: int) -> PrivateFile:
    """The signed decision behind a published result. Raises Http404 before publication."""
    return published_decision(competition, decision_id).file
