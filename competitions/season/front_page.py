"""What the season shows on the home page: ways in, the dates of this season, its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from competitions.calls.models import Competition, RoundTrack, Track
from competitions.judging.models import Judge, PublishedRow
from competitions.season.milestones import coming, milestones
from competitions.season.models import CompetitionPage
from competitions.season.stages import Stage, Standing, standing_of
from portal.core import clock
from portal.core.extension_points import (
    CalendarDate,
    Door,
    Figure,
    Milestone,
    Point,
    Series,
    Upcoming,
    once,
)
from portal.core.languages import in_reader_language
from portal.core.page_cache.parts import kept_part
from portal.core.templatetags.portal import day, remaining

DOORS = 3


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The newest competitions that have a page in the reader's language, with their dates."""

    pages: Sequence[CompetitionPage]
    round_tracks: Mapping[int, Sequence[RoundTrack]]
    """By competition."""
    standings: Mapping[int, Standing]


def front_page(request: HttpRequest, language: str) -> FrontPage:
    """Read once a request, however many parts of the home page ask: two queries."""
    return once(request, f"season front page {language}", lambda: _front_page(language))


def _front_page(language: str) -> FrontPage:
    pages = CompetitionPage.objects.shown().filter(locale__language_code=language)[:DOORS]
    own: dict[int, list[RoundTrack]] = {page.competition_id: [] for page in pages}
    round_tracks = RoundTrack.objects.filter(round__competition__in=own)
    for round_track in round_tracks.select_related("round", "track"):
        own[round_track.round.competition_id].append(round_track)
    now = clock.now()
    return FrontPage(
        list(pages),
        own,
        {
            page.competition_id: standing_of(page.competition, own[page.competition_id], now)
            for page in pages
        },
    )


def doors(request: HttpRequest, language: str) -> list[Door]:
    """A way in to each of the newest competitions, with what matters about it now."""
    front = front_page(request, language)
    return [_door(page, front.standings[page.competition_id], request) for page in front.pages]


def _door(page: CompetitionPage, standing: Standing, request: HttpRequest) -> Door:
    return Door(
        title=page.title,
        fact=_fact(standing),
        url=page.get_url(request) or "",
        icon=standing.stage.icon,
        deadline=standing.deadline,
    )


def _fact(standing: Standing) -> str:
    if standing.deadline:
        return _("%(left)s to hand in an entry") % {"left": remaining(standing.deadline)}
    if standing.opens_at:
        return _("Opens on %(day)s") % {"day": day(standing.opens_at)}
    if standing.stage == Stage.UNDER_WAY and standing.results_at:
        return _("Being judged, results on %(day)s") % {"day": day(standing.results_at)}
    return str(standing.stage.label)


def season_milestones(request: HttpRequest, language: str) -> list[Milestone]:
    """The dated steps of the competition that takes entries, else of the newest."""
    front = front_page(request, language)
    if not front.pages:
        return []
    page = min(front.pages, key=lambda own: front.standings[own.competition_id].stage != Stage.OPEN)
    return milestones(front.round_tracks[page.competition_id], page.get_url(request) or "")


def upcoming(request: HttpRequest, language: str) -> list[Upcoming]:
    """What lies ahead in the competitions that are shown: openings, deadlines, finals, results."""
    front = front_page(request, language)
    now = clock.now()
    return [
        step
        for page in front.pages
        if front.standings[page.competition_id].stage != Stage.OVER
        for step in coming(
            front.round_tracks[page.competition_id], now, page.get_url(request) or "", page.title
        )
    ]


def calendar(
    request: HttpRequest, language: str, begin: datetime, end: datetime
) -> list[CalendarDate]:
    """Openings, deadlines, finals and results of the competitions that are shown, past ones too."""
    front = front_page(request, language)
    just_before = begin - timedelta(microseconds=1)
    return [
        CalendarDate(step.title, step.kind, step.at, url=step.url, detail=step.detail)
        for page in front.pages
        for step in coming(
            front.round_tracks[page.competition_id],
            just_before,
            page.get_url(request) or "",
            page.title,
        )
        if step.at < end
    ]


def figures(request: HttpRequest) -> list[Figure]:
    """What the competitions have brought so far; a zero is not shown."""
    counted = counts(request)
    shown = [
        Figure(_("competitions"), counted.held),
        Figure(_("entries handed in"), counted.entries),
        Figure(_("prizes awarded"), counted.prizes),
        Figure(_("judges"), counted.judges),
    ]
    return [figure for figure in shown if figure.value]


def series(request: HttpRequest) -> list[Series]:
    """Entries handed in by season, and by track whatever the season."""
    counted = counts(request)
    unit = _("entries handed in")
    # A season that still waits for its first entry is not a low one.
    by_season = [
        Point(str(year), count) for year, count in sorted(counted.by_year.items()) if count
    ]
    by_track = [
        Point(in_reader_language(*titles), count)
        for titles, count in sorted(counted.by_track.items(), key=lambda pair: -pair[1])
        if count
    ]
    return [
        Series(_("Entries by season"), unit, by_season, over_time=True),
        Series(_("Entries by track"), unit, by_track),
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that is counted of the competitions that were announced."""

    held: int
    entries: int
    prizes: int
    judges: int
    by_year: Mapping[int, int]
    by_track: Mapping[tuple[str, str], int]
    """By the title of the track and the title in English; tracks of one title are one."""


def counts(request: HttpRequest) -> Counts:
    """Count once for figures and charts, and for all readers until something changes."""
    return once(request, "season counts", lambda: kept_part(("season counts",), _counts))


def _counts() -> Counts:
    announced = ~Q(state=Competition.State.DRAFT)
    held = dict(
        Competition.objects.filter(announced).values_list("year").annotate(Count("pk")).order_by()
    )
    handed_in = Count("entries", filter=Q(entries__code__isnull=False))
    tracks = (
        Track.objects.exclude(competition__state=Competition.State.DRAFT)
        .order_by()
        .values_list("title", "title_en", "competition__year")
        .annotate(number=handed_in)
    )
    by_year: dict[int, int] = dict.fromkeys(held, 0)
    by_track: dict[tuple[str, str], int] = {}
    for title, title_en, year, count in tracks:
        by_year[year] += count
        by_track[title, title_en] = by_track.get((title, title_en), 0) + count
    judges = Judge.objects.filter(state=Judge.State.ACCEPTED)
    return Counts(
        held=sum(held.values()),
        entries=sum(by_year.values()),
        prizes=PublishedRow.objects.exclude(prize="").count(),
        judges=judges.values("user").distinct().count(),
        by_year=by_year,
        by_track=by_track,
    )
