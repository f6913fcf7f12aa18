"""The result: prepared, proposed, approved by a second person, published by one act."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry, Submission, TeamMember
from competitions.judging import permissions, sealing
from competitions.judging.admitting import latest_submissions
from competitions.judging.locking import lock_round
from competitions.judging.models import EntryInRound, PublishedRow, ResultDecision
from competitions.judging.ranking import rounded
from competitions.judging.standings import Standing, standings
from portal.accounts import roles
from portal.accounts.models import User
from portal.core import auditing, clock
from portal.core.noticing import tell
from portal.core.receiving import receive_file
from portal.core.states import move
from portal.core.text import clean_line, clean_text
from portal.core.verdicts import Refused
from portal.search.keeping_true import index_after_commit

_STATES = ResultDecision.State


def prepare(
    round_track: RoundTrack,
    number: str,
    decided_on: date | None,
    signatory: str,
    upload: UploadedFile | None,
    by: User,
) -> ResultDecision:
    """Write down the authority's decision; again until it is proposed.

    The signed PDF is needed the first time. Whoever wrote last is the one who prepared it.
    Raises Refused with `details` per field.
    """
    permissions.may_run_judging(by).require()
    number, signatory = clean_line(number)[:60], clean_line(signatory)[:150]
    before = ResultDecision.objects.filter(round_track=round_track).first()
    _require_facts(number, decided_on, signatory, has_file=bool(upload or before))
    _require_preparable(RoundTrack.objects.get(pk=round_track.pk), before)
    facts: dict[str, Any] = {
        "number": number,
        "decided_on": decided_on,
        "signatory": signatory,
        "prepared_by": by,
        "prepared_at": clock.now(),
    }
    if upload:
        try:
            facts["file"] = receive_file(upload, by=by, kinds=frozenset({"pdf"}))
        except Refused as refused:
            raise Refused(refused.reason, code=refused.code, field="file") from refused
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        decision = ResultDecision.objects.filter(round_track=round_track).first()
        _require_preparable(round_track, decision)
        facts["second_person_required"] = round_track.round.competition.second_person_approves
        if decision is None:
            decision = ResultDecision.objects.create(round_track=round_track, **facts)
        else:
            ResultDecision.objects.filter(pk=decision.pk).update(**facts)
            decision.refresh_from_db()
        auditing.record("judging.result_prepared", decision, user=by, number=number)
    return decision


def propose(decision: ResultDecision, by: User) -> ResultDecision:
    """Lay the result before those who may approve it; they are told. Raises Refused."""
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        round_track = lock_round(decision.round_track_id)
        decision = _fresh(decision)
        if round_track.state != RoundTrack.State.DECIDED:
            raise Refused(_("Settle the outcomes first."), code="not_decided")
        move(decision, _STATES.PROPOSED, returned_reason="")
        auditing.record("judging.result_proposed", decision, user=by)
        tell(
            _approvers(decision),
            "result_proposed",
            subject=lambda reader: (
                _("A result waits for your approval: %(round)s") % {"round": round_track}
            ),
            body=lambda reader: (
                _("Decision %(number)s, prepared by %(person)s.")
                % {"number": decision.number, "person": decision.prepared_by}
            ),
            url=reverse("judging_admin:result", args=[round_track.pk]),
            action_label=lambda reader: _("Read and approve"),
        )
    return decision


def approve(decision: ResultDecision, by: User) -> ResultDecision:
    """Approve a proposed result, as a second person where the rules ask for one.

    The database refuses the preparer's own approval too. Raises Refused.
    """
    with transaction.atomic():
        round_track = lock_round(decision.round_track_id)
        decision = _fresh(decision)
        permissions.may_approve(by, decision).require()
        move(decision, _STATES.APPROVED, approved_by=by, approved_at=clock.now())
        auditing.record("judging.result_approved", decision, user=by)
        tell(
            [decision.prepared_by],
            "result_approved",
            subject=lambda reader: _("The result was approved: %(round)s") % {"round": round_track},
            body=lambda reader: _("It can be published now."),
            url=reverse("judging_admin:result", args=[round_track.pk]),
            action_label=lambda reader: _("Open the result"),
        )
    return decision


def send_back(decision: ResultDecision, by: User, reason: str) -> ResultDecision:
    """Return a proposed or approved result to its preparer, with a reason. Raises Refused."""
    permissions.may_send_back(by).require()
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Say what has to change."), code="no_reason", field="reason")
    with transaction.atomic():
        round_track = lock_round(decision.round_track_id)
        decision = _fresh(decision)
        move(decision, _STATES.PREPARED, returned_reason=reason, approved_by=None, approved_at=None)
        auditing.record("judging.result_returned", decision, user=by, reason=reason)
        tell(
            [decision.prepared_by],
            "result_returned",
            subject=lambda reader: (
                _("The result needs changes: %(round)s") % {"round": round_track}
            ),
            body=reason,
            url=reverse("judging_admin:result", args=[round_track.pk]),
            action_label=lambda reader: _("Open the result"),
        )
    return decision


def publish(decision: ResultDecision, by: User) -> ResultDecision:
    """Publish an approved result: sealed, its rows frozen, every team told, in this order.

    Of two who press the button one publishes and the other is refused. Raises Refused, also when
    the sealed sheets do not give this ranking (seal_broken).
    """
    permissions.may_publish(by).require()
    with transaction.atomic():
        round_track = lock_round(decision.round_track_id)
        decision = _fresh(decision)
        table = standings(round_track)
        sealed = sealing.sealed_file(decision, table)
        sha256 = hashlib.sha256(sealed).hexdigest()
        move(
            decision,
            _STATES.PUBLISHED,
            published_by=by,
            published_at=clock.now(),
            sealed=sealed.decode(),
            sealed_sha256=sha256,
        )
        move(round_track, RoundTrack.State.PUBLISHED, results_at=clock.now())
        lines = table.lines
        _freeze(decision, lines)
        facts = {"entries": len(lines), "sha256": sha256}
        auditing.record("judging.result_published", decision, user=by, **facts)
        _tell_teams(round_track, [line.entry for line in lines])
        index_after_commit([f"result:{round_track.round.competition_id}"])
    return decision


def is_last_round(round_track: RoundTrack) -> bool:
    """Does nobody go on from here?"""
    return not RoundTrack.objects.filter(
        track=round_track.track_id, round__number__gt=round_track.round.number
    ).exists()


def team_name(snapshot: dict) -> str:
    """Who stands behind an entry in public: the organisation, or the members who agreed."""
    organisation = snapshot.get("organisation")
    if organisation:
        return str(organisation["name"])
    names = [member["full_name"] for member in snapshot.get("members", ())]
    return ", ".join(name for name in names if name)


def _freeze(decision: ResultDecision, lines: list[Standing]) -> None:
    newest = latest_submissions([line.entry for line in lines])
    snapshots = dict(
        Submission.objects.filter(pk__in=newest.values()).values_list("entry_id", "snapshot")
    )
    goes_on = not is_last_round(decision.round_track)
    PublishedRow.objects.bulk_create(
        PublishedRow(
            decision=decision,
            entry=line.entry,
            rank=line.ranked.rank,
            tied=line.ranked.tied,
            total=rounded(line.ranked.mean, 4),
            title=snapshots.get(line.entry.pk, {}).get("title") or line.entry.title,
            team=team_name(snapshots.get(line.entry.pk, {}))[:250],
            prize=line.place.prize.title if line.place.prize else "",
            prize_en=line.place.prize.title_en if line.place.prize else "",
            advanced=goes_on and line.place.state == EntryInRound.State.ADVANCED,
        )
        for line in lines
    )


def _tell_teams(round_track: RoundTrack, entries: list[Entry]) -> None:
    """One notice for each person and entry; a person in two teams gets two."""
    waiting = _people(entries)
    while waiting:
        batch = {user: own.pop() for user, own in waiting.items()}
        tell(
            batch,
            "result_published",
            subject=partial(_result_subject, batch),
            body=lambda reader: (
                _(
                    "The result of %(round)s, %(track)s was published. The page of your entry "
                    "shows its total, the mean of each criterion and the judges' comments."
                )
                % {
                    "round": round_track.round.local_title,
                    "track": round_track.track.local_title,
                }
            ),
            url=partial(_feedback_url, batch),
            action_label=lambda reader: _("Read the result and the comments"),
        )
        waiting = {user: own for user, own in waiting.items() if own}


def _result_subject(batch: dict[User, Entry], reader: User) -> str:
    return _("The result is out: %(entry)s") % {"entry": batch[reader].code}


def _feedback_url(batch: dict[User, Entry], reader: User) -> str:
    return reverse("judging:feedback", args=[batch[reader].key])


def _people(entries: list[Entry]) -> dict[User, list[Entry]]:
    by_id = {entry.pk: entry for entry in entries}
    people: dict[User, list[Entry]] = defaultdict(list)
    captains = User.objects.in_bulk({entry.captain_id for entry in entries})
    for entry in entries:
        people[captains[entry.captain_id]].append(entry)
    members = TeamMember.objects.filter(entry__in=entries, user__isnull=False, declined_at=None)
    for member in members.select_related("user"):
        entry = by_id[member.entry_id]
        if member.user and entry not in people[member.user]:
            people[member.user].append(entry)
    return people


def _approvers(decision: ResultDecision) -> Iterable[User]:
    directors = User.objects.filter(groups__name=roles.DIRECTORS, is_active=True)
    return directors.exclude(pk=decision.prepared_by_id)


def _fresh(decision: ResultDecision) -> ResultDecision:
    return ResultDecision.objects.select_related(
        "prepared_by", "round_track__round__competition", "round_track__track"
    ).get(pk=decision.pk)


def _require_preparable(round_track: RoundTrack, decision: ResultDecision | None) -> None:
    if round_track.state != RoundTrack.State.DECIDED:
        raise Refused(_("Settle the outcomes first."), code="not_decided")
    if decision is not None and decision.state != _STATES.PREPARED:
        raise Refused(
            _("The result has been proposed. It has to be sent back first."), code="proposed"
        )


def _require_facts(number: str, decided_on: date | None, signatory: str, *, has_file: bool) -> None:
    details: dict[str, str | Promise] = {}
    if not number:
        details["number"] = _("Enter the number of the decision.")
    if decided_on is None:
        details["decided_on"] = _("Enter the date of the decision.")
    elif decided_on > clock.today():
        details["decided_on"] = _("The date of the decision lies in the future.")
    if not signatory:
        details["signatory"] = _("Enter who signed the decision.")
    if not has_file:
        details["file"] = _("Choose the signed decision as a PDF.")
    if details:
        raise Refused(
            _("Some facts of the decision are missing."), code="missing_facts", details=details
        )
