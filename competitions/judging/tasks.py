"""What a person has to do next in judging, for "Việc của tôi"."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from competitions.calls.models import RoundTrack
from competitions.judging.admitting import entries_short_of_judges
from competitions.judging.models import Judge, ResultDecision, Scorecard
from competitions.judging.permissions import JUDGED
from portal.accounts import roles
from portal.accounts.models import User
from portal.core import clock
from portal.core.extension_points import Task

_OPEN = (Scorecard.State.ASSIGNED, Scorecard.State.STARTED)
_ROUND = RoundTrack.State
NextStep = tuple[str, str, str, datetime | None]
"""The officer's page, what to do, the button, until when."""


def tasks_of(user: User) -> Sequence[Task]:
    """Seats to answer, sheets to fill in, rounds to run, results to approve."""
    tasks = list(_as_judge(user))
    if roles.is_officer(user):
        tasks += _as_officer()
    if roles.is_director(user):
        tasks += _as_director(user)
    return tasks


def _as_judge(user: User) -> Iterator[Task]:
    live = Q(scorecards__entry__state=JUDGED)
    seats = (
        Judge.objects.filter(user=user, state__in=[Judge.State.INVITED, Judge.State.ACCEPTED])
        .filter(round_track__state__in=[_ROUND.SETTING_UP, _ROUND.RUNNING, _ROUND.MARKING])
        .select_related("round_track__round__competition", "round_track__track")
        .annotate(
            left=Count("scorecards", filter=live & Q(scorecards__state__in=_OPEN)),
            complete=Count(
                "scorecards", filter=live & Q(scorecards__state=Scorecard.State.COMPLETE)
            ),
        )
    )
    desk = reverse("judging:desk")
    for seat in seats:
        where = _where(seat.round_track)
        if seat.state == Judge.State.INVITED:
            yield Task(
                title=_("Answer the invitation to the panel"),
                detail=where,
                url=reverse("judging:accept", args=[seat.pk]),
                action=_("Answer"),
                group=_("Judging"),
            )
        elif seat.round_track.state == _ROUND.MARKING and (seat.left or seat.complete):
            yield Task(
                title=_sheets_left(seat.left),
                detail=where,
                url=desk,
                action=_("Open the desk"),
                group=_("Judging"),
                due=seat.round_track.marking_closes_at,
                count=seat.left or 1,
            )


def _sheets_left(left: int) -> str:
    if not left:
        return _("All sheets are complete: hand them in")
    return ngettext("%(count)s dossier to score", "%(count)s dossiers to score", left) % {
        "count": left
    }


def _as_officer() -> Iterator[Task]:
    rounds = (
        RoundTrack.objects.filter(
            state__in=[_ROUND.RUNNING, _ROUND.MARKING, _ROUND.DELIBERATING, _ROUND.DECIDED]
        )
        .select_related("round__competition", "track")
        .annotate(
            seated=Count("judges", filter=Q(judges__state=Judge.State.ACCEPTED), distinct=True),
            decision_state=F("result_decision__state"),
            left=_sheets(*_OPEN),
            whole=_sheets(Scorecard.State.COMPLETE),
            handed_in=_sheets(Scorecard.State.HANDED_IN),
        )
    )
    for row in rounds:
        task = _officer_task(row)
        if task:
            page, title, action, due = task
            yield Task(
                title=title,
                detail=_where(row),
                url=reverse(f"judging_admin:{page}", args=[row.pk]),
                action=action,
                group=_("Judging"),
                due=due,
            )


def _officer_task(row: Any) -> NextStep | None:
    """The one next step of a round, or None while others work."""
    if row.state == _ROUND.RUNNING:
        if row.phase(clock.now()) not in {RoundTrack.Phase.SCREENING, RoundTrack.Phase.WAITING}:
            return None
        if row.seated < row.judges_per_entry:
            title = _("The panel has %(seated)s judges, %(needed)s are needed for each entry") % {
                "seated": row.seated,
                "needed": row.judges_per_entry,
            }
            return "panel", title, _("Open the panel"), row.marking_opens_at
        return _assignment_task(row) or (
            "progress",
            _("Everything is assigned: open marking"),
            _("Open marking"),
            row.marking_opens_at,
        )
    if row.state == _ROUND.MARKING:
        short = _assignment_task(row)
        if short:
            return short
        if row.handed_in and not row.left and not row.whole:
            return (
                "progress",
                _("All sheets are handed in: close marking"),
                _("Close marking"),
                None,
            )
        return None
    if row.state == _ROUND.DELIBERATING:
        return "decide", _("Set the outcomes"), _("Open the outcomes"), row.results_at
    if row.decision_state in {None, ResultDecision.State.PREPARED}:
        return "result", _("Prepare the decision"), _("Open the result"), row.results_at
    if row.decision_state == ResultDecision.State.APPROVED:
        title = _("The result is approved: publish it")
        return "result", title, pgettext("result", "Publish"), row.results_at
    return None


def _assignment_task(row: Any) -> NextStep | None:
    short = entries_short_of_judges(row)
    if not short:
        return None
    title = ngettext(
        "%(count)s entry has too few judges", "%(count)s entries have too few judges", short
    ) % {"count": short}
    return "assign", title, _("Assign"), row.marking_closes_at


def _sheets(*states: str) -> Count:
    counted = Q(judges__scorecards__state__in=states, judges__scorecards__entry__state=JUDGED)
    return Count("judges__scorecards", filter=counted, distinct=True)


def _as_director(user: User) -> Iterator[Task]:
    waiting = (
        ResultDecision.objects.filter(state=ResultDecision.State.PROPOSED)
        .exclude(second_person_required=True, prepared_by=user)
        .select_related("round_track__round__competition", "round_track__track")
    )
    for decision in waiting:
        yield Task(
            title=_("Approve the result, decision %(number)s") % {"number": decision.number},
            detail=_where(decision.round_track),
            url=reverse("judging_admin:result", args=[decision.round_track_id]),
            action=_("Read and approve"),
            group=_("Results"),
            due=decision.round_track.results_at,
        )


def _where(round_track: RoundTrack) -> str:
    return (
        f"{round_track.round.competition.local_title} · {round_track.round.local_title} · "
        f"{round_track.track.local_title}"
    )
