"""What the season shows on the home page: ways in, the dates of this season, its figures."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from competitions.calls.models import Competition, RoundTrack
from competitions.entries.models import Entry
from competitions.judging.models import Judge, PublishedRow
from competitions.season.milestones import milestones
from competitions.season.models import CompetitionPage
from competitions.season.stages import Stage, Standing, standings
from portal.core.extension_points import Door, Figure, Milestone
from portal.core.templatetags.portal import day, remaining

DOORS = 3


def _pages(language: str) -> list[CompetitionPage]:
    """The newest competitions that have a page in this language."""
    pages = CompetitionPage.objects.shown().filter(locale__language_code=language)
    return list(pages[:DOORS])


def doors(request: HttpRequest, language: str) -> list[Door]:
    """A way in to each of the newest competitions, with what matters about it now."""
    pages = _pages(language)
    found = standings(page.competition for page in pages)
    return [_door(page, found[page.competition_id], request) for page in pages]


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
    pages = _pages(language)
    if not pages:
        return []
    found = standings(page.competition for page in pages)
    page = min(pages, key=lambda own: found[own.competition_id].stage != Stage.OPEN)
    round_tracks = RoundTrack.objects.filter(round__competition=page.competition_id)
    return milestones(round_tracks.select_related("round", "track"), page.get_url(request) or "")


def figures() -> Sequence[Figure]:
    """What the competitions have brought so far; a zero is not shown."""
    held = Competition.objects.exclude(state=Competition.State.DRAFT).count()
    handed_in = Entry.objects.filter(code__isnull=False).count()
    prizes = PublishedRow.objects.exclude(prize="").count()
    judges = Judge.objects.filter(state=Judge.State.ACCEPTED).values("user").distinct().count()
    counted = [
        Figure(_("competitions"), held),
        Figure(_("entries handed in"), handed_in),
        Figure(_("prizes awarded"), prizes),
        Figure(_("judges"), judges),
    ]
    return [figure for figure in counted if figure.value]
