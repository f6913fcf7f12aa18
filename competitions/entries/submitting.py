"""Handing in: the moment at which an entry counts, and taking it back."""

from collections import Counter as Tally
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.calls.models import Competition, Section
from competitions.calls.queries import questions_for
from competitions.entries import commitments, snapshots, telling
from competitions.entries.applying import require_room
from competitions.entries.models import Entry, Submission, TeamMember
from competitions.entries.permissions import may_submit_entry, may_withdraw
from portal.core import auditing, clock, consenting
from portal.core.models import Counter
from portal.core.states import move
from portal.core.text import clean_text
from portal.core.verdicts import Refused
from portal.questions.answering import missing

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that stands against submitting, and where it is put right."""

    sentence: str
    place: str
    """ "basics", "team" or "question"."""
    section: Section | None = None
    question_id: int | None = None


def lacking(entry: Entry) -> list[Lacking]:
    """Everything that is still missing; empty when the entry can be handed in."""
    found = [Lacking(sentence, "basics") for sentence in _basics_lacking(entry)]
    members = entry.members.count()
    if entry.applicant == Entry.Applicant.GROUP and members < 2:
        found.append(
            Lacking(_("A group has at least two people: name the others in the team."), "team")
        )
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    files = Tally(entry.files.filter(removed_at__isnull=True).values_list("question_id", flat=True))
    for section, questions in questions_for(entry.form, entry.track):
        for question in questions:
            sentence = missing(question, answers.get(question.pk), files[question.pk])
            if sentence:
                found.append(Lacking(sentence, "question", section, question.pk))
    return found


def _basics_lacking(entry: Entry) -> list[str]:
    found = []
    if not entry.title:
        found.append(_("The entry has no title yet."))
    if entry.applicant == Entry.Applicant.ORGANISATION and entry.organisation_id is None:
        found.append(_("Choose the organisation that enters."))
    return found


def submit(entry: Entry, by: "User", agreed: Collection[str] = commitments.REQUIRED) -> Submission:
    """Hand the entry in: code, immutable snapshot, receipt, mail. Again until the deadline.

    `agreed` are the purposes ticked on the form. In order: competition and entry are locked (so
    that limits hold and two simultaneous submits make one submission), permission and deadline
    are asked, what is missing, the limits; then everything is written together. Raises Refused;
    the draft stays as it is.
    """
    with transaction.atomic():
        locked = _locked(entry)
        may_submit_entry(by, locked).require()
        _require_complete(locked)
        _require_commitments(agreed)
        _require_news(locked)
        require_room(locked)
        submission = _hand_in(locked, by)
        _commit(locked, by, agreed)
        telling.tell_submitted(locked, submission)
    entry.refresh_from_db()
    return submission


def _locked(entry: Entry) -> Entry:
    """The entry as it is now, nobody else submitting in this competition meanwhile."""
    Competition.objects.select_for_update(no_key=True).get(pk=entry.competition_id)
    return (
        Entry.objects.select_for_update(no_key=True, of=("self",))
        .select_related("competition", "track", "form", "organisation", "captain")
        .get(pk=entry.pk)
    )


def _require_complete(entry: Entry) -> None:
    found = lacking(entry)
    if found:
        raise Refused(
            _("The entry is not complete yet: %(first)s") % {"first": found[0].sentence},
            code="incomplete",
        )


def _require_commitments(agreed: Collection[str]) -> None:
    if not set(commitments.REQUIRED) <= set(agreed):
        raise Refused(
            _("Please read and accept the required commitments."), code="commitments_missing"
        )


def unsent_changes(entry: Entry, last: Submission | None = None) -> bool:
    """Does the working copy differ from what was handed in last?"""
    newest = last or entry.submissions.first()
    return newest is None or not snapshots.same_content(snapshots.build(entry), newest.snapshot)


def _require_news(entry: Entry) -> None:
    """A second click, or a second tab, does not make a second submission."""
    if not entry.handed_in or unsent_changes(entry):
        return
    if entry.state == Entry.State.ASKED:
        raise Refused(
            _("Nothing has changed yet. Complete what was asked for, then submit."),
            code="unchanged",
        )
    raise Refused(
        _("The entry is already submitted and nothing has changed since."),
        code="already_submitted",
    )


def _hand_in(entry: Entry, by: "User") -> Submission:
    moment = clock.now()
    came_from = entry.state
    newest = entry.submissions.first()
    number = newest.number + 1 if newest else 1
    code = entry.code or _next_code(entry.competition)
    snapshot = snapshots.build(entry, code=code, number=number)
    submission = Submission.objects.create(
        entry=entry,
        number=number,
        snapshot=snapshot,
        receipt=snapshots.receipt(snapshot),
        submitted_by=by,
        submitted_at=moment,
    )
    move(
        entry,
        Entry.State.SUBMITTED,
        code=code,
        submitted_at=moment,
        asked_for="",
        asked_until=None,
        reason="",
    )
    auditing.record("entries.submitted", entry, user=by, number=number, receipt=submission.receipt)
    if came_from == Entry.State.ASKED:
        asked = entry.screening_decisions.select_related("decided_by").first()
        if asked is not None:
            telling.tell_completed(entry, asked.decided_by)
    return submission


def _next_code(competition: Competition) -> str:
    """KN2026-001: drawn from a locked counter, so a failed submit leaves no gap."""
    number = Counter.draw(f"entries:{competition.code_prefix}")
    return f"{competition.code_prefix}-{number:03d}"


def _commit(entry: Entry, by: "User", agreed: Collection[str]) -> None:
    """Keep the evidence of each ticked commitment; the captain is named by submitting."""
    records = {
        purpose: consenting.give(purpose, user=by, about=about(entry))
        for purpose in commitments.ASKED
        if purpose in agreed
    }
    if commitments.PUBLICITY not in agreed:
        earlier = consenting.standing(by, commitments.PUBLICITY, about(entry))
        if earlier is not None:
            consenting.withdraw(earlier, by=by)
    TeamMember.objects.filter(entry=entry, is_captain=True).update(
        consent=records[commitments.DATA_USE]
    )


def about(entry: Entry) -> str:
    """What the commitments of an entry are given for."""
    return f"entry:{entry.pk}"


def withdraw(entry: Entry, by: "User", reason: str = "") -> None:
    """Take the entry out of the competition for good. What was handed in is kept as evidence.

    Raises Refused once a result of the track is published.
    """
    may_withdraw(by, entry).require()
    with transaction.atomic():
        move(
            entry,
            Entry.State.WITHDRAWN,
            withdrawn_at=clock.now(),
            reason=clean_text(reason).strip(),
            asked_until=None,
        )
        auditing.record("entries.withdrawn", entry, user=by, reason=entry.reason)
