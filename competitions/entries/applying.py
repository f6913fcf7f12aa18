"""Applying: a draft begins, its basic facts and answers are saved as they are typed.

Files and members have modules of their own (`attaching`, `teaming`); their verbs are offered here
as well, so that a caller needs one name.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from competitions.calls.models import Competition, EntryForm, Question, Section, Track
from competitions.entries.attaching import add_file, remove_file, restore_file
from competitions.entries.models import Answer, Entry, TeamMember
from competitions.entries.permissions import may_edit_entry, may_start
from competitions.entries.queries import COUNTED
from competitions.entries.teaming import (
    answer_consent,
    ask_again,
    change_member,
    name_member,
    remove_member,
)
from portal.accounts.models import Membership, Organisation
from portal.core import auditing, clock
from portal.core.text import clean_line, fold
from portal.core.verdicts import Refused
from portal.questions.answering import ParsedAnswer, raw_of
from portal.questions.forms import AnswersForm

if TYPE_CHECKING:
    from portal.accounts.models import User

__all__ = [
    "Conflict",
    "SaveResult",
    "add_file",
    "answer_consent",
    "ask_again",
    "change_member",
    "name_member",
    "remove_file",
    "remove_member",
    "require_room",
    "restore_file",
    "save_basics",
    "save_section",
    "start",
]


def start(
    user: "User",
    competition: Competition,
    track: Track,
    *,
    title: str = "",
    applicant: str = Entry.Applicant.PERSON,
    organisation: Organisation | None = None,
) -> Entry:
    """Begin a draft; the person who begins it is its captain. No organisation is needed yet.

    Raises Refused when the track takes no entries now, the competition has no form in use, or the
    person's or organisation's submitted entries already reach the limit.
    """
    may_start(user, competition, track).require()
    form = EntryForm.objects.filter(competition=competition, state=EntryForm.State.IN_USE).first()
    if form is None:
        raise Refused(_("This competition has no questions yet."), code="no_form")
    entry = Entry(
        competition=competition,
        track=track,
        form=form,
        captain=user,
        title=clean_line(title),
        applicant=applicant,
        organisation=_own_organisation(user, applicant, organisation),
    )
    require_room(entry)
    with transaction.atomic():
        entry.save()
        TeamMember.objects.create(
            entry=entry,
            user=user,
            full_name=user.full_name or user.email,
            email=user.email,
            phone=user.phone,
            is_captain=True,
        )
        auditing.record("entries.started", entry, user=user, track=track.title)
    return entry


def require_room(entry: Entry) -> None:
    """Raise Refused when one more entry of this person or organisation would be too many.

    Drafts, withdrawn and ineligible entries do not count. An organisation's entries count for the
    organisation, all others for their captain.
    """
    competition = entry.competition
    others = Entry.objects.filter(competition=competition, state__in=COUNTED).exclude(pk=entry.pk)
    if entry.organisation_id:
        count = others.filter(organisation=entry.organisation_id).count()
        limit = competition.max_entries_per_organisation
        reason = _("This organisation already has %(limit)s entries, the most the rules allow.")
    else:
        count = others.filter(captain=entry.captain_id, organisation__isnull=True).count()
        limit = competition.max_entries_per_person
        reason = _("You already have %(limit)s entries, the most the rules allow.")
    if count >= limit:
        raise Refused(reason % {"limit": limit}, code="too_many_entries")


def _own_organisation(
    user: "User", applicant: str, organisation: Organisation | None
) -> Organisation | None:
    """Only an organisation to which the person belongs, and only when it is what enters."""
    if applicant not in Entry.Applicant.values:
        raise Refused(_("Choose who enters."), field="applicant")
    if applicant != Entry.Applicant.ORGANISATION or organisation is None:
        return None
    mine = Membership.objects.filter(
        user=user, organisation=organisation, state=Membership.State.ACTIVE
    )
    if not mine.exists():
        raise Refused(
            _("You do not belong to this organisation on the portal."), field="organisation"
        )
    return organisation


def save_basics(
    entry: Entry,
    by: "User",
    version: int,
    *,
    title: str,
    applicant: str,
    organisation: Organisation | None,
    track: Track | None = None,
) -> None:
    """Save title, who enters, and (before the first submission) the track.

    `version` is the token the writer started from. Raises Refused with code "conflict" when
    somebody else saved in between; nothing is written then.
    """
    may_edit_entry(by, entry).require()
    changes: dict[str, Any] = {
        "title": clean_line(title),
        "folded_title": fold(title)[:200],
        "applicant": applicant,
        "organisation": entry.organisation
        if organisation == entry.organisation and applicant == Entry.Applicant.ORGANISATION
        else _own_organisation(by, applicant, organisation),
    }
    if track is not None and track != entry.track:
        if entry.handed_in:
            raise Refused(_("The track cannot change after submitting."), field="track")
        may_start(entry.captain, entry.competition, track).require()
        changes["track"] = track
    with transaction.atomic():
        current = Entry.objects.filter(pk=entry.pk, version=version)
        if not current.update(version=F("version") + 1, **changes):
            raise Refused(
                _("Somebody else changed this meanwhile. Look at it and save again."),
                code="conflict",
            )
        auditing.record("entries.basics_saved", entry, user=by, title=clean_line(title))
    entry.refresh_from_db()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people wrote one answer. Both texts are shown; nothing of either is lost."""

    question: Question
    mine: list[str]
    theirs: list[str]
    theirs_by: "User"
    theirs_at: datetime
    version: int
    """The token with which `mine` may be sent again on purpose."""


@dataclass(slots=True)
class SaveResult:
    """What became of the answers of one section."""

    saved: list[Question] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def save_section(entry: Entry, section: Section, form: AnswersForm, by: "User") -> SaveResult:
    """Save every answer of `section` that `form` could read, each by itself.

    An answer that somebody else changed since its token was issued is left as it is and comes
    back as a `Conflict`; the others are saved. Answers the writer did not touch are skipped, so
    that an old page never brings old text back. Raises Refused when the entry is closed.
    """
    may_edit_entry(by, entry).require()
    if section.form_id != entry.form_id:
        raise Refused(_("This section belongs to another form."), code="wrong_section")
    result = SaveResult()
    for question in cast(list[Question], form.questions):
        parsed = form.parsed.get(question.pk)
        if parsed is None or _untouched(form, question, parsed):
            continue
        with transaction.atomic():
            outcome = _save_answer(entry, question, parsed, form.token(question.pk) or 0, by)
        if isinstance(outcome, Conflict):
            result.conflicts.append(outcome)
        elif outcome:
            result.saved.append(question)
    return result


def fingerprint(raw: list[str]) -> str:
    """A short mark of what an input showed; it tells whether the writer touched it."""
    return hashlib.sha256("\x1f".join(raw).encode()).hexdigest()[:16]


def _untouched(form: AnswersForm, question: Question, parsed: ParsedAnswer) -> bool:
    shown = form.data.get(f"q{question.pk}-was")
    return shown is not None and shown == fingerprint(raw_of(question, parsed))


def _save_answer(
    entry: Entry, question: Question, parsed: ParsedAnswer, token: int, by: "User"
) -> Conflict | bool:
    """Write one answer if it is still at `token`. True when something was written."""
    columns = {
        "text": parsed.text,
        "number": parsed.number,
        "day": parsed.day,
        "picks": parsed.picks,
        "updated_at": clock.now(),
        "updated_by": by,
    }
    stored = entry.answers.filter(question=question)
    current = stored.filter(version=token)
    if _same(current.first(), question, parsed):
        return False
    if current.update(version=F("version") + 1, **columns):
        return True
    if not stored.exists():
        if parsed.empty:
            return False
        try:
            with transaction.atomic():
                Answer.objects.create(entry=entry, question=question, **columns)
            return True
        except IntegrityError:
            pass  # Somebody answered in this very moment: compared below.
    theirs = stored.select_related("updated_by").get()
    if _same(theirs, question, parsed):
        return False
    return Conflict(
        question=question,
        mine=raw_of(question, parsed),
        theirs=raw_of(question, theirs),
        theirs_by=theirs.updated_by,
        theirs_at=theirs.updated_at,
        version=theirs.version,
    )


def _same(answer: Answer | None, question: Question, parsed: ParsedAnswer) -> bool:
    return answer is not None and raw_of(question, answer) == raw_of(question, parsed)
