"""What search knows of competitions and their published results."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from competitions.calls.models import Competition
from competitions.calls.queries import competitions_open
from competitions.judging.models import ResultDecision
from competitions.season.models import CompetitionPage
from portal.core import clock
from portal.core.extension_points import SearchDocument, keys_among

OPEN, UNDER_WAY, OVER = 1, 0, -1
"""Of equally good finds the competition that takes entries stands first, what is over last."""


def documents(language: str, things: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The public facts of each competition with a page in `language`, and its results.

    Where things are named, of those competitions only, with their results.
    """
    pages = (
        CompetitionPage.objects.shown()
        .filter(locale__language_code=language)
        .prefetch_related("competition__tracks__prizes")
    )
    if things is not None:
        keys = {*(keys_among(things, "competition") or ()), *(keys_among(things, "result") or ())}
        if not keys:
            return
        pages = pages.filter(competition__in=keys)
    shown = list(pages)
    results = _results([page.competition_id for page in shown])
    taking = set(competitions_open(clock.now()).values_list("pk", flat=True))
    for page in shown:
        decisions = results.get(page.competition_id)
        rank = OPEN if page.competition_id in taking else OVER if decisions else UNDER_WAY
        yield _competition(page, language, rank)
        if decisions:
            yield _result(page, decisions, language)


def _competition(page: CompetitionPage, language: str, rank: int) -> SearchDocument:
    competition = page.competition
    words = [competition.title, competition.title_en, str(competition.year)]
    for track in competition.tracks.all():
        words += [track.local_title, track.local_description]
        words += [prize.local_title for prize in track.prizes.all()]
    return SearchDocument(
        key=f"competition:{competition.pk}:{language}",
        kind="competition",
        language=language,
        title=page.title,
        summary=page.summary,
        body=f"{page.body_text()} {' '.join(words)}",
        url=page.get_url() or "",
        day=page.first_published_at,
        rank=rank,
    )


def _results(competition_ids: list[int]) -> dict[int, list[ResultDecision]]:
    decisions = (
        ResultDecision.objects.filter(
            state=ResultDecision.State.PUBLISHED,
            round_track__round__competition__in=competition_ids,
        )
        .select_related("round_track__round", "round_track__track")
        .prefetch_related("rows__entry")
        .order_by("-published_at", "-pk")
    )
    found: dict[int, list[ResultDecision]] = {}
    for decision in decisions:
        found.setdefault(decision.round_track.round.competition_id, []).append(decision)
    return found


def _result(
    page: CompetitionPage, decisions: list[ResultDecision], language: str
) -> SearchDocument:
    words = []
    for decision in decisions:
        words += [decision.number, str(decision.round_track)]
        words += [
            f"{row.entry.code} {row.title} ({row.team}) {row.prize}" for row in decision.rows.all()
        ]
    competition: Competition = page.competition
    return SearchDocument(
        key=f"result:{competition.pk}:{language}",
        kind="result",
        language=language,
        title=_result_title(page),
        summary="",
        body=". ".join(words),
        url=f"{page.get_url() or ''}{page.reverse_subpage('results')}",
        day=decisions[0].published_at,
    )


def _result_title(page: CompetitionPage) -> str:
    return _("Results: %(competition)s") % {"competition": page.title}
