"""Who may do what in judging. Pure functions that answer with a `Verdict`."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry
from competitions.judging.models import Judge, ResultDecision, Scorecard
from portal.accounts.models import User
from portal.accounts.roles import is_director, is_officer, reads_everything
from portal.core.verdicts import YES, Verdict, no

OPEN_TO_MARKS = frozenset(
    {Scorecard.State.ASSIGNED, Scorecard.State.STARTED, Scorecard.State.COMPLETE}
)
# An entry that was withdrawn, or is being screened again, is not judged: whatever asks for sheets
# looks at entries in this state only.
JUDGED = Entry.State.ELIGIBLE
ASSIGNABLE = frozenset({RoundTrack.State.RUNNING, RoundTrack.State.MARKING})


def may_run_judging(user: User) -> Verdict:
    """Officers invite, assign, open, close and decide."""
    return YES if is_officer(user) else no(_("Only programme officers may do this."))


def may_read_judging(user: User) -> Verdict:
    """Officers and directors read panels, progress and rankings."""
    if reads_everything(user):
        return YES
    return no(_("Only programme officers and directors may read this."))


def may_answer_invitation(user: User, judge: Judge) -> Verdict:
    if judge.user_id != user.pk:
        return no(_("This invitation is for somebody else."))
    return YES


def may_read_scorecard(user: User, scorecard: Scorecard) -> Verdict:
    """The judge it belongs to, once the promises are given. Nobody else comes this way."""
    judge = scorecard.judge
    if judge.user_id != user.pk:
        return no(_("This entry is not assigned to you."))
    if judge.state != Judge.State.ACCEPTED:
        return no(_("Accept the invitation first. Until then no dossier is shown."))
    if scorecard.state == Scorecard.State.CONFLICTED:
        return no(_("This entry is closed to you because of a conflict of interest."))
    if scorecard.entry.state != JUDGED:
        return no(_("This entry is not judged any more."))
    return YES


def may_mark(user: User, scorecard: Scorecard, round_track: RoundTrack, now: datetime) -> Verdict:
    """While marking is open, or after an officer reopened this sheet."""
    readable = may_read_scorecard(user, scorecard)
    if not readable:
        return readable
    if scorecard.state == Scorecard.State.HANDED_IN:
        return no(_("This sheet has been handed in. An officer can reopen it with a reason."))
    if scorecard.state == Scorecard.State.DECLINED:
        return no(_("You declined this entry."))
    return may_mark_in(round_track, now, reopened=scorecard.reopened_at is not None)


def may_mark_in(round_track: RoundTrack, now: datetime, *, reopened: bool = False) -> Verdict:
    """Is this round open to marks? The closing second itself still counts."""
    states = RoundTrack.State
    if reopened and round_track.state in {states.MARKING, states.DELIBERATING}:
        return YES
    if round_track.state in {states.SETTING_UP, states.RUNNING}:
        return no(_("Marking has not been opened yet."))
    closes = round_track.marking_closes_at
    if round_track.state != states.MARKING or (closes and now.replace(microsecond=0) > closes):
        return no(_("Marking has closed."))
    return YES


def may_reopen(user: User, round_track: RoundTrack) -> Verdict:
    allowed = may_run_judging(user)
    if not allowed:
        return allowed
    if round_track.state not in {RoundTrack.State.MARKING, RoundTrack.State.DELIBERATING}:
        return no(_("The outcomes of this round are settled; its sheets stay as they are."))
    return YES


def may_approve(user: User, decision: ResultDecision) -> Verdict:
    """A director who did not prepare it; where no second person is asked for, an officer too."""
    if decision.second_person_required:
        if not is_director(user):
            return no(_("Only a director may approve a result."))
        if decision.prepared_by_id == user.pk:
            return no(_("Somebody who did not prepare the result has to approve it."))
        return YES
    if is_director(user) or is_officer(user):
        return YES
    return no(_("Only programme officers and directors may approve a result."))


def may_send_back(user: User) -> Verdict:
    if is_director(user) or is_officer(user):
        return YES
    return no(_("Only programme officers and directors may send a result back."))


def may_publish(user: User) -> Verdict:
    if is_officer(user) or is_director(user):
        return YES
    return no(_("Only programme officers and directors may publish a result."))
