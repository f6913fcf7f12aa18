"""Open data about competitions and their published results."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from competitions.calls.models import RoundTrack
from competitions.calls.queries import loaded, round_tracks_of
from competitions.judging.models import PublishedRow, ResultDecision
from competitions.judging.results import published_results
from competitions.season.models import CompetitionPage, CompetitionPageQuerySet
from portal.core.api import absolute

router = Router(tags=["competitions"])


class PrizeOut(Schema):
    title: str
    title_en: str
    quantity: int
    amount: int


class TrackOut(Schema):
    title: str
    title_en: str
    prizes: list[PrizeOut]


class StageOut(Schema):
    """One round for one track."""

    round: str = Field(alias="round.title")
    round_en: str = Field(alias="round.title_en")
    track: str = Field(alias="track.title")
    opens_at: datetime | None
    closes_at: datetime | None
    marking_closes_at: datetime | None
    results_at: datetime | None


class CompetitionOut(Schema):
    """A competition page with the record that it presents."""

    code: str = Field(alias="competition.code_prefix")
    year: int = Field(alias="competition.year")
    title: str = Field(alias="competition.title")
    title_en: str = Field(alias="competition.title_en")
    summary: str
    page: str
    results: str
    tracks: list[TrackOut] = Field(alias="competition.tracks")
    stages: list[StageOut]

    @staticmethod
    def resolve_page(page: CompetitionPage) -> str:
        return absolute(page.get_url())

    @staticmethod
    def resolve_results(page: CompetitionPage) -> str:
        return absolute(f"/api/v1/competitions/{page.competition.code_prefix}/results")

    @staticmethod
    def resolve_stages(page: CompetitionPage) -> list[RoundTrack]:
        return round_tracks_of(page.competition)


class ResultRowOut(Schema):
    """One entry of a published result; without a rank where too few sheets came in."""

    rank: int | None
    tied: bool
    code: str = Field(alias="entry.code")
    title: str
    team: str
    total: Decimal | None
    prize: str
    prize_en: str
    advanced: bool


class ResultOut(Schema):
    """The result of one round and track, with the decision that made it valid."""

    round: str = Field(alias="round_track.round.title")
    round_en: str = Field(alias="round_track.round.title_en")
    track: str = Field(alias="round_track.track.title")
    track_en: str = Field(alias="round_track.track.title_en")
    decision_number: str = Field(alias="number")
    decision_date: date = Field(alias="decided_on")
    signatory: str
    published_at: datetime
    sealed_sha256: str = Field(description="SHA-256 of the sealed file on the results page")
    rows: list[ResultRowOut]

    @staticmethod
    def resolve_rows(decision: ResultDecision) -> list[PublishedRow]:
        rows = decision.rows.all()
        return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.pk))


class _Described:
    """Competitions for the paginator: what belongs to them is read a page at a time."""

    def all(self) -> "_Described":
        return self

    def count(self) -> int:
        return _pages().count()

    def __getitem__(self, part: slice) -> Sequence[CompetitionPage]:
        return _with_records(_pages()[part])


@router.get("", response=list[CompetitionOut], summary="Competitions, the newest first")
@paginate
def competitions(request: HttpRequest) -> Any:
    return _Described()


@router.get("/{code}", response=CompetitionOut, summary="One competition")
def competition(request: HttpRequest, code: str) -> CompetitionPage:
    return _with_records([_page(code)])[0]


@router.get("/{code}/results", response=list[ResultOut], summary="Its published results")
def results(request: HttpRequest, code: str) -> Sequence[ResultDecision]:
    return published_results(_page(code).competition)


def _pages() -> CompetitionPageQuerySet:
    found: CompetitionPageQuerySet = CompetitionPage.objects.shown()
    return found.filter(locale__language_code="vi")


def _page(code: str) -> CompetitionPage:
    page = _pages().filter(competition__code_prefix=code).first()
    if page is None:
        raise Http404
    return page


def _with_records(pages: Sequence[CompetitionPage]) -> Sequence[CompetitionPage]:
    """The pages, each with all that its record consists of."""
    shown = list(pages)
    records = loaded().in_bulk([page.competition_id for page in shown])
    for page in shown:
        page.competition = records[page.competition_id]
    return shown
