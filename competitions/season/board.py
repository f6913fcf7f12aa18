"""The officer's board of one season: the funnel, what waits, the clock of each round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import Competition, RoundTrack
from competitions.entries.models import Entry
from competitions.judging.models import Judge, ResultDecision, Scorecard
from competitions.season import public_pages
from competitions.season.stages import Standing, standing_of
from portal.core import clock

DONE = (Scorecard.State.COMPLETE, Scorecard.State.HANDED_IN)
NOT_COUNTED = (Scorecard.State.CONFLICTED, Scorecard.State.DECLINED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that has to be done, with the way to it; no way where it is for others to do."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class JudgeProgress:
    """How far one judge is in one round of a track."""

    judge: Judge
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round of a track as the board shows it."""

    round_track: RoundTrack
    phase: RoundTrack.Phase
    judges: Sequence[JudgeProgress]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """Counts by state, what waits and the rounds; nine queries whatever the size."""

    standing: Standing
    funnel: Sequence[tuple[str, str, int]]
    waiting: Sequence[Waiting]
    rounds: Sequence[RoundView]


def board_of(competition: Competition) -> Board:
    """Gather the board of a competition."""
    counted = dict(competition.entries.order_by().values_list("state").annotate(Count("pk")))
    funnel = [(state.value, str(state.label), counted.get(state.value, 0)) for state in Entry.State]
    round_tracks = list(
        RoundTrack.objects.filter(round__competition=competition).select_related(
            "round__competition", "track"
        )
    )
    progress = _progress(round_tracks)
    rounds = [_round_view(rt, progress.get(rt.pk, [])) for rt in round_tracks]
    return Board(
        standing=standing_of(competition, round_tracks),
        funnel=funnel,
        waiting=[
            *_page_waiting(competition),
            *_entries_waiting(competition, counted),
            *_rounds_waiting(rounds),
        ],
        rounds=rounds,
    )


def _round_view(round_track: RoundTrack, judges: Sequence[JudgeProgress]) -> RoundView:
    done, total = sum(line.done for line in judges), sum(line.total for line in judges)
    return RoundView(round_track, round_track.phase(), judges, done, total)


def _progress(round_tracks: Sequence[RoundTrack]) -> dict[int, list[JudgeProgress]]:
    judges = Judge.objects.filter(
        round_track__in=round_tracks, state__in=[Judge.State.INVITED, Judge.State.ACCEPTED]
    ).select_related("user")
    counts: dict[int, dict[str, int]] = {}
    cards = Scorecard.objects.filter(judge__in=judges).order_by()
    for judge_id, state, count in cards.values_list("judge", "state").annotate(Count("pk")):
        counts.setdefault(judge_id, {})[state] = count
    found: dict[int, list[JudgeProgress]] = {}
    for judge in judges:
        mine = counts.get(judge.pk, {})
        total = sum(count for state, count in mine.items() if state not in NOT_COUNTED)
        done = sum(mine.get(state, 0) for state in DONE)
        found.setdefault(judge.round_track_id, []).append(JudgeProgress(judge, done, total))
    return found


def _page_waiting(competition: Competition) -> list[Waiting]:
    if competition.state != Competition.State.ANNOUNCED or public_pages.has_page(competition):
        return []
    return [Waiting(_("The public has no page of it yet; the editors have the task to write it"))]


def _entries_waiting(competition: Competition, counted: Mapping[str, int]) -> list[Waiting]:
    address = f"{reverse('entries_admin:list')}?competition={competition.pk}"
    found = []
    if number := counted.get(Entry.State.SUBMITTED, 0):
        text = ngettext("%(number)s entry to screen", "%(number)s entries to screen", number)
        url = f"{address}&state={Entry.State.SUBMITTED}"
        found.append(Waiting(text % {"number": number}, url))
    late = competition.entries.filter(state=Entry.State.ASKED, asked_until__lt=clock.now()).count()
    if late:
        text = ngettext(
            "%(number)s team did not complete its entry in time",
            "%(number)s teams did not complete their entries in time",
            late,
        )
        found.append(Waiting(text % {"number": late}, f"{address}&state={Entry.State.ASKED}"))
    return found


def _rounds_waiting(rounds: Sequence[RoundView]) -> list[Waiting]:
    decisions = dict(
        ResultDecision.objects.filter(
            round_track__in=[view.round_track for view in rounds]
        ).values_list("round_track", "state")
    )
    found = []
    for view in rounds:
        found += _round_waiting(view, decisions.get(view.round_track.pk, ""))
    return found


def _round_waiting(view: RoundView, decision: str) -> list[Waiting]:
    """What one round asks for, told in the order in which a season goes."""
    pk = view.round_track.pk
    names = {"round": str(view.round_track)}
    unanswered = sum(line.judge.state == Judge.State.INVITED for line in view.judges)
    found = []
    if unanswered:
        text = ngettext(
            "%(round)s: %(number)s judge has not answered",
            "%(round)s: %(number)s judges have not answered",
            unanswered,
        )
        found.append(
            Waiting(
                text % {**names, "number": unanswered}, reverse("judging_admin:panel", args=[pk])
            )
        )
    phases, states = RoundTrack.Phase, ResultDecision.State
    results = reverse("judging_admin:result", args=[pk])
    if view.phase == phases.DELIBERATING:
        found.append(
            Waiting(
                _("%(round)s: outcomes to decide") % names,
                reverse("judging_admin:decide", args=[pk]),
            )
        )
    elif view.phase == phases.DECIDED and decision == states.PROPOSED:
        found.append(Waiting(_("%(round)s: a result waits for approval") % names, results))
    elif view.phase == phases.DECIDED and decision == states.APPROVED:
        found.append(Waiting(_("%(round)s: an approved result to publish") % names, results))
    elif view.phase == phases.DECIDED:
        found.append(Waiting(_("%(round)s: the decision to enter") % names, results))
    return found
