"""What happened to an entry and what comes next, as the lines of a timeline."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry, ScreeningDecision
from portal.core import clock
from portal.core.templatetags.portal import day, moment, weekday_moment


@dataclass(frozen=True, slots=True)
class Event:
    """One line: what, when in words, and whether it is past, present or to come."""

    title: str
    when: str
    state: str
    text: str = ""
    at: datetime | None = None


def what_happened(entry: Entry) -> list[Event]:
    """Everything the team may know, oldest first, in two queries."""
    outcome = ScreeningDecision.Outcome
    titles = {
        outcome.ELIGIBLE: _("Found eligible"),
        outcome.INELIGIBLE: _("Found not eligible"),
        outcome.ASKED: _("Asked to complete"),
        outcome.REOPENED: _("Screening starts again"),
    }
    events = [_past(_("Draft begun"), entry.created_at)]
    for submission in entry.submissions.all():
        title = _("Submitted") if submission.number == 1 else _("Submitted again")
        text = _("Submission number %(number)s") % {"number": submission.number}
        events.append(_past(title, submission.submitted_at, text))
    for decision in entry.screening_decisions.all():
        text = decision.reason
        if decision.until:
            text = _("%(what)s (by %(until)s)") % {"what": text, "until": moment(decision.until)}
        events.append(_past(titles[outcome(decision.outcome)], decision.decided_at, text))
    if entry.withdrawn_at:
        events.append(_past(_("Withdrawn"), entry.withdrawn_at, entry.reason))
    return sorted(events, key=lambda event: event.at or entry.created_at)


def _past(title: str, at: datetime, text: str = "") -> Event:
    return Event(title, moment(at), "done", text, at)


def what_comes(entry: Entry, intake: RoundTrack | None) -> list[Event]:
    """The steps ahead, the present one marked; none for entries that are out."""
    if intake is None or entry.state in {Entry.State.INELIGIBLE, Entry.State.WITHDRAWN}:
        return []
    now = clock.now()
    coming = []
    if entry.state == Entry.State.ASKED and entry.asked_until:
        coming.append(
            Event(
                _("Complete the entry"),
                moment(entry.asked_until),
                "now" if now <= entry.asked_until else "next",
                entry.asked_for,
            )
        )
    if intake.closes_at and now <= intake.closes_at:
        coming.append(
            Event(
                _("Entries close"),
                weekday_moment(intake.closes_at),
                "now" if entry.state in {Entry.State.DRAFT, Entry.State.SUBMITTED} else "next",
            )
        )
    if entry.state == Entry.State.DRAFT and not coming:
        return []
    if entry.state != Entry.State.ELIGIBLE:
        state = "now" if entry.state == Entry.State.SUBMITTED and not coming else "next"
        coming.append(
            Event(_("The organisers check the conditions"), _("After entries close"), state)
        )
    if intake.results_at is None or now <= intake.results_at:
        marking = intake.marking_opens_at
        coming.append(
            Event(
                _("Judges mark"),
                _("From %(day)s") % {"day": day(marking)} if marking else _("Date to come"),
                "next",
            )
        )
        results = intake.results_at
        coming.append(
            Event(
                _("Result of the round"),
                _("About %(day)s") % {"day": day(results)} if results else _("Date to come"),
                "next",
            )
        )
    return coming
