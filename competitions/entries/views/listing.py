"""The founder's list, and the beginning of a draft."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.calls.models import Competition, RoundTrack, Track
from competitions.calls.queries import competitions_open, taking_entries
from competitions.entries.applying import start
from competitions.entries.forms import BasicsForm
from competitions.entries.models import Entry
from competitions.entries.permissions import takes_entries
from competitions.entries.queries import intake_of, intakes_of, of_team
from portal.core import clock
from portal.core.keeping import kept_post, login_required_keeping
from portal.core.verdicts import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list with what is next."""

    entry: Entry
    next: str
    action: str
    due: datetime | None
    tone: str
    icon: str


CHIPS = {
    Entry.State.DRAFT: ("", "pencil"),
    Entry.State.SUBMITTED: ("info", "send"),
    Entry.State.ASKED: ("warn", "triangle-alert"),
    Entry.State.ELIGIBLE: ("ok", "circle-check"),
    Entry.State.INELIGIBLE: ("danger", "circle-x"),
    Entry.State.WITHDRAWN: ("", "undo-2"),
}
"""Tone and icon of each state's chip."""


def what_is_next(
    entry: Entry, intake: RoundTrack | None, waiting: int = 0
) -> tuple[str, str, datetime | None]:
    """A sentence, the words of the button, and until when."""
    state = Entry.State(entry.state)
    taking = bool(takes_entries(intake))
    closes = intake.closes_at if intake else None
    if state == Entry.State.DRAFT:
        if taking:
            return _("Finish and submit before the deadline."), _("Continue"), closes
        return _("It was not submitted; the draft can still be read."), _("Read"), None
    if state == Entry.State.ASKED:
        return _("The organisers ask you to complete it."), _("Complete it"), entry.asked_until
    if state == Entry.State.SUBMITTED:
        if waiting:
            return _("Members have not all agreed to be named yet."), _("Open"), None
        if taking:
            return _("You may still change it and submit again."), _("Open"), closes
        return _("The organisers are checking the conditions."), _("Open"), None
    sentences = {
        Entry.State.ELIGIBLE: _("It goes on to judging."),
        Entry.State.INELIGIBLE: _("Read the reason."),
        Entry.State.WITHDRAWN: _("It no longer takes part."),
    }
    return sentences[state], _("Open"), None


@login_required_keeping
def entry_list(request: HttpRequest) -> HttpResponse:
    """My entries, newest first, each with what is next; and what can be entered now."""
    waiting = Count(
        "members",
        filter=Q(
            members__consent__isnull=True,
            members__is_captain=False,
            members__declined_at__isnull=True,
        ),
    )
    entries = list(
        Entry.objects.filter(pk__in=of_team(request.user).values("pk"))
        .select_related("competition", "track", "organisation")
        .annotate(waiting=waiting)
        .order_by("-created_at", "-pk")
    )
    intakes = intakes_of({entry.track_id for entry in entries})
    rows = [_row(entry, intakes.get(entry.track_id)) for entry in entries]
    context = {
        "rows": rows,
        "open": _open_now(),
        "crumbs": [
            {"title": _("My work"), "url": reverse("workspace:home")},
            {"title": _("My entries"), "url": ""},
        ],
    }
    return render(request, "entries/list.html", context)


def _row(entry: Any, intake: RoundTrack | None) -> Row:
    sentence, action, due = what_is_next(entry, intake, entry.waiting)
    tone, icon = CHIPS[Entry.State(entry.state)]
    return Row(entry, sentence, action, due, tone, icon)


def _open_now() -> list[dict[str, Any]]:
    """Competitions that take entries, with the last deadline of their tracks."""
    now = clock.now()
    closing: dict[int, list[datetime]] = defaultdict(list)
    for competition_id, closes in taking_entries(now).values_list(
        "round__competition", "closes_at"
    ):
        if closes is not None:
            closing[competition_id].append(closes)
    return [
        {"competition": competition, "closes": max(closing[competition.pk])}
        for competition in competitions_open(now)
        if closing[competition.pk]
    ]


def open_tracks(competition: Competition) -> Any:
    """Tracks of the competition that take entries now."""
    taking = taking_entries(clock.now()).filter(round__competition=competition)
    return Track.objects.filter(pk__in=taking.values("track")).order_by("order", "pk")


@login_required_keeping
def start_entry(request: HttpRequest, competition_id: int) -> HttpResponse:
    """Choose track, who enters and a title; nothing else is needed for a draft."""
    announced = Competition.objects.exclude(state=Competition.State.DRAFT)
    competition = get_object_or_404(announced, pk=competition_id)
    tracks = open_tracks(competition)
    posted = request.POST if request.method == "POST" else kept_post(request)
    first = tracks.first() if tracks.count() == 1 else None
    form = BasicsForm(
        request.user,
        tracks,
        posted,
        initial={"track": first, "applicant": Entry.Applicant.PERSON},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = start(request.user, competition, form.cleaned_data["track"], **form.facts())
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The draft is kept. Go on at your own pace."))
            section = entry.form.sections.order_by("order", "pk").first()
            if section is None:
                return redirect("entries:entry", entry.key)
            return redirect("entries:section", entry.key, section.pk)
    context = {
        "competition": competition,
        "form": form,
        "tracks": [(track, intake_of(track)) for track in tracks],
        "crumbs": [
            {"title": _("My work"), "url": reverse("workspace:home")},
            {"title": _("My entries"), "url": reverse("entries:list")},
            {"title": _("New entry"), "url": ""},
        ],
    }
    return render(request, "entries/start.html", context)
