"""Open data about competitions and their published results."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from competitions.calls.models import Competition, Prize, RoundTrack, Track
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
    round: str
    round_en: str
    track: str
    opens_at: datetime | None
    closes_at: datetime | None
    marking_closes_at: datetime | None
    results_at: datetime | None


class CompetitionOut(Schema):
    code: str
    year: int
    title: str
    title_en: str
    summary: str
    page: str
    results: str
    tracks: list[TrackOut]
    stages: list[StageOut]


class ResultRowOut(Schema):
    rank: int | None
    tied: bool
    code: str
    title: str
    team: str
    total: Decimal | None
    prize: str
    prize_en: str
    advanced: bool


class ResultOut(Schema):
    round: str
    round_en: str
    track: str
    track_en: str
    decision_number: str
    decision_date: date
    signatory: str
    published_at: datetime | None
    rows: list[ResultRowOut]


@router.get("", response=list[CompetitionOut], summary="Competitions, the newest first")
@paginate
def competitions(request: HttpRequest) -> "_Described":
    return _Described()


@router.get("/{code}", response=CompetitionOut, summary="One competition")
def competition(request: HttpRequest, code: str) -> CompetitionOut:
    return _described([_page(code)])[0]


@router.get("/{code}/results", response=list[ResultOut], summary="Its published results")
def results(request: HttpRequest, code: str) -> list[ResultOut]:
    return [_result(decision) for decision in published_results(_page(code).competition)]


def _pages() -> CompetitionPageQuerySet:
    found: CompetitionPageQuerySet = CompetitionPage.objects.shown()
    return found.filter(locale__language_code="vi")


def _page(code: str) -> CompetitionPage:
    found = _pages().filter(competition__code_prefix=code).first()
    if found is None:
        raise Http404
    return found


class _Described:
    """Competitions for the paginator: described a page at a time, in the same few queries."""

    def all(self) -> "_Described":
        return self

    def count(self) -> int:
        return _pages().count()

    def __getitem__(self, part: slice) -> list[CompetitionOut]:
        return _described(list(_pages()[part]))


def _described(pages: Sequence[CompetitionPage]) -> list[CompetitionOut]:
    records = loaded().in_bulk([page.competition_id for page in pages])
    return [_described_one(page, records[page.competition_id]) for page in pages]


def _described_one(page: CompetitionPage, record: Competition) -> CompetitionOut:
    return CompetitionOut(
        code=record.code_prefix,
        year=record.year,
        title=record.title,
        title_en=record.title_en,
        summary=page.summary,
        page=absolute(page.get_url()),
        results=absolute(f"/api/v1/competitions/{record.code_prefix}/results"),
        tracks=[_track(track) for track in record.tracks.all()],
        stages=[_stage(stage) for stage in round_tracks_of(record)],
    )


def _track(track: Track) -> TrackOut:
    prizes = [_prize(prize) for prize in track.prizes.all()]
    return TrackOut(title=track.title, title_en=track.title_en, prizes=prizes)


def _prize(prize: Prize) -> PrizeOut:
    return PrizeOut(
        title=prize.title, title_en=prize.title_en, quantity=prize.quantity, amount=prize.amount
    )


def _stage(stage: RoundTrack) -> StageOut:
    return StageOut(
        round=stage.round.title,
        round_en=stage.round.title_en,
        track=stage.track.title,
        opens_at=stage.opens_at,
        closes_at=stage.closes_at,
        marking_closes_at=stage.marking_closes_at,
        results_at=stage.results_at,
    )


def _result(decision: ResultDecision) -> ResultOut:
    stage = decision.round_track
    rows = sorted(decision.rows.all(), key=lambda row: (row.rank is None, row.rank or 0, row.pk))
    return ResultOut(
        round=stage.round.title,
        round_en=stage.round.title_en,
        track=stage.track.title,
        track_en=stage.track.title_en,
        decision_number=decision.number,
        decision_date=decision.decided_on,
        signatory=decision.signatory,
        published_at=decision.published_at,
        rows=[_row(row) for row in rows],
    )


def _row(row: PublishedRow) -> ResultRowOut:
    return ResultRowOut(
        rank=row.rank,
        tied=row.tied,
        code=row.entry.code or "",
        title=row.title,
        team=row.team,
        total=row.total,
        prize=row.prize,
        prize_en=row.prize_en,
        advanced=row.advanced,
    )
