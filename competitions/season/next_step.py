"""The one thing that this visitor can do with a competition now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.calls.models import Competition
from competitions.entries import queries as entry_queries
from competitions.entries.models import Entry
from competitions.judging.models import Judge, PublishedRow, ResultDecision
from competitions.season.stages import Stage, Standing
from portal.accounts import roles
from portal.core.templatetags.portal import moment


@dataclass(frozen=True, slots=True)
class NextStep:
    """A button and the sentence beside it; without `url` there is only the sentence."""

    label: str = ""
    url: str = ""
    note: str = ""


def next_step(
    competition: Competition, standing: Standing, user: Any, results_url: str
) -> NextStep:
    """What to do next: run it, judge it, go on with an entry, start one, wait, read the result."""
    if user.is_authenticated:
        own = _of_staff_and_judges(competition, standing, user) or _of_team(
            competition, standing, user
        )
        if own:
            return own
    return _of_anybody(competition, standing, results_url)


def _of_staff_and_judges(
    competition: Competition, standing: Standing, user: Any
) -> NextStep | None:
    if roles.reads_everything(user):
        return NextStep(
            _("Open the season board"), reverse("season_admin:board", args=[competition.pk])
        )
    seats = Judge.objects.filter(
        user=user,
        round_track__round__competition=competition,
        state__in=[Judge.State.INVITED, Judge.State.ACCEPTED],
    )
    if standing.stage != Stage.PUBLISHED and seats.exists():
        return NextStep(_("To my judging desk"), reverse("judging:desk"))
    return None


def _of_team(competition: Competition, standing: Standing, user: Any) -> NextStep | None:
    entries = list(
        entry_queries.of_team(user)
        .filter(competition=competition)
        .exclude(state=Entry.State.WITHDRAWN)
        .order_by("-pk")
    )
    if not entries:
        return None
    published = _published(entries)
    if published is not None:
        return NextStep(
            _("My result and the judges' comments"),
            reverse("judging:feedback", args=[published.key]),
            str(published),
        )
    entry = min(entries, key=lambda own: _URGENCY.get(Entry.State(own.state), len(_URGENCY)))
    url = reverse("entries:entry", args=[entry.key])
    return _with_entry(entry, url, standing)


_URGENCY = {Entry.State.ASKED: 0, Entry.State.DRAFT: 1}
"""Of several entries the one that still asks for something comes first."""


def _with_entry(entry: Entry, url: str, standing: Standing) -> NextStep | None:
    title = entry.title or _("Entry without title")
    if entry.state == Entry.State.ASKED:
        until = {"when": moment(entry.asked_until)}
        return NextStep(_("Complete my entry"), url, _("Until %(when)s") % until)
    if entry.state == Entry.State.DRAFT:
        if standing.stage == Stage.OPEN:
            return NextStep(_("Go on with my draft"), url, title)
        if standing.has_results:
            return None
        return NextStep(_("Read my draft"), url, _("It was not handed in before the deadline."))
    note = f"{entry.code} · {title}"
    if standing.deadline and entry.state == Entry.State.SUBMITTED:
        note = _("%(entry)s. You may still change it until %(when)s.") % {
            "entry": note,
            "when": moment(standing.deadline),
        }
    return NextStep(_("See my entry"), url, note)


def _published(entries: Sequence[Entry]) -> Entry | None:
    row = (
        PublishedRow.objects.filter(
            entry__in=entries, decision__state=ResultDecision.State.PUBLISHED
        )
        .select_related("entry")
        .order_by("-decision__published_at")
        .first()
    )
    return row.entry if row else None


def _of_anybody(competition: Competition, standing: Standing, results_url: str) -> NextStep:
    if standing.stage == Stage.OPEN:
        return NextStep(
            _("Enter the competition"),
            reverse("entries:start", args=[competition.pk]),
            _("Free of charge. A draft can be started at once and handed in later."),
        )
    if standing.opens_at:
        return NextStep(
            note=_("Entries are taken from %(when)s.") % {"when": moment(standing.opens_at)}
        )
    if standing.has_results:
        return NextStep(_("See the results"), results_url)
    if standing.results_at:
        return NextStep(
            note=_("Entries are no longer taken. Results are expected on %(when)s.")
            % {"when": moment(standing.results_at)}
        )
    return NextStep(note=_("Entries are no longer taken."))
