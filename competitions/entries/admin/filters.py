"""Filters of the officer's list. They live in the address, so a list can be sent to a colleague."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from competitions.calls.models import Competition, Track
from competitions.entries.models import Entry, TeamMember
from competitions.entries.queries import dossiers
from portal.core.text import fold, key_from

SORTS = {
    "-submitted": (_("Newest submission first"), ("-submitted_at", "-pk")),
    "submitted": (_("Oldest submission first"), ("submitted_at", "pk")),
    "code": (_("Code"), ("code",)),
    "title": (_("Title"), ("folded_title", "pk")),
    "state": (_("State"), ("state", "code")),
}
DEFAULT_SORT = "-submitted"
STATES = [choice for choice in Entry.State.choices if choice[0] != Entry.State.DRAFT]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; nonsense is left out rather than refused."""

    competition: int | None = None
    track: int | None = None
    state: str = ""
    q: str = ""
    sort: str = DEFAULT_SORT
    competitions: list[Competition] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.competition or self.track or self.state or self.q)


def chosen(query: QueryDict) -> Chosen:
    """Read the filters, in two queries for what can be chosen."""
    competitions = list(
        Competition.objects.exclude(state=Competition.State.DRAFT).order_by("-year", "title")
    )
    competition = _one_of(query.get("competition", ""), {row.pk for row in competitions})
    tracks = list(
        Track.objects.filter(competition=competition).order_by("order", "pk")
        if competition
        else Track.objects.exclude(competition__state=Competition.State.DRAFT)
        .select_related("competition")
        .order_by("competition", "order", "pk")
    )
    state, sort = query.get("state", ""), query.get("sort", "")
    return Chosen(
        competition=competition,
        track=_one_of(query.get("track", ""), {row.pk for row in tracks}),
        state=state if state in dict(STATES) else "",
        q=query.get("q", "").replace("\x00", "").strip()[:100],
        sort=sort if sort in SORTS else DEFAULT_SORT,
        competitions=competitions,
        tracks=tracks,
    )


def _one_of(text: str, known: set[int]) -> int | None:
    number = key_from(text)
    return number if number in known else None


def without_state(filters: Chosen) -> QuerySet[Entry]:
    """The dossiers that the filters leave, whatever their state."""
    found = dossiers()
    if filters.competition:
        found = found.filter(competition=filters.competition)
    if filters.track:
        found = found.filter(track=filters.track)
    if filters.q:
        found = found.filter(_matches(filters.q))
    return found


def _matches(words: str) -> Q:
    """Title, code, person or organisation, accents not needed."""
    folded = fold(words)
    person = TeamMember.objects.filter(entry=OuterRef("pk"), folded_name__contains=folded)
    return (
        Q(folded_title__contains=folded)
        | Q(code__icontains=words)
        | Q(organisation__folded_name__contains=folded)
        | Q(Exists(person))
    )


def found(filters: Chosen) -> QuerySet[Entry]:
    """The list itself, in its order."""
    rows = without_state(filters)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return rows.order_by(*SORTS[filters.sort][1])


def counts(filters: Chosen) -> list[dict[str, Any]]:
    """How many dossiers stand in each state under the other filters; one query."""
    by_state = dict(
        without_state(filters).order_by().values_list("state").annotate(count=Count("pk"))
    )
    every = {"state": "", "label": _("All"), "count": sum(by_state.values())}
    return [
        every,
        *(
            {"state": state, "label": label, "count": by_state.get(state, 0)}
            for state, label in STATES
        ),
    ]
