"""Panels, sheets and results, and a whole round to judge (`make_round`)."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile

from competitions.calls.models import (
    Competition,
    Criterion,
    EntryForm,
    Prize,
    Round,
    RoundTrack,
    Track,
)
from competitions.entries.models import Entry, Submission
from competitions.judging import assigning, inviting, scoring
from competitions.judging.models import Judge, Scorecard
from portal.accounts.models import User
from portal.core import clock, consenting
from portal.core.models import ConsentRecord
from tests.factories.accounts import UserFactory

MINIMAL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def person(**traits: Any) -> User:
    """A person; `officer=True`, `director=True`… give a role."""
    return UserFactory(**traits)


def promise(purpose: str, user: User) -> ConsentRecord:
    return consenting.give(purpose, user=user, about=f"test {user.pk}")


class JudgeFactory(factory.django.DjangoModelFactory):
    """A seat; `accepted=True` gives both promises."""

    class Meta:
        model = Judge

    user = factory.LazyFunction(person)
    invited_by = factory.LazyFunction(lambda: person(officer=True))

    class Params:
        accepted = factory.Trait(
            state=Judge.State.ACCEPTED,
            answered_at=factory.LazyFunction(clock.now),
            impartiality=factory.LazyAttribute(
                lambda seat: promise(inviting.IMPARTIALITY, seat.user)
            ),
            confidentiality=factory.LazyAttribute(
                lambda seat: promise(inviting.CONFIDENTIALITY, seat.user)
            ),
        )


class ScorecardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scorecard

    submission = factory.LazyAttribute(lambda card: card.entry.submissions.first())
    assigned_by = factory.LazyAttribute(lambda card: card.judge.invited_by)


def snapshot_of(entry: Entry, **changes: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "code": entry.code,
        "number": 1,
        "competition": {"id": entry.competition_id, "title": entry.competition.title},
        "track": {"id": entry.track_id, "title": entry.track.title},
        "form": {"id": entry.form_id, "version": 1},
        "title": entry.title,
        "applicant": entry.applicant,
        "organisation": None,
        "members": [
            {
                "id": 0,
                "full_name": entry.captain.full_name,
                "role": "Trưởng nhóm",
                "is_captain": True,
                "user_id": entry.captain_id,
            }
        ],
        "sections": [],
        **changes,
    }


@dataclass
class JudgingRound:
    """One round of one track with everything judging needs."""

    competition: Competition
    track: Track
    round_track: RoundTrack
    criteria: list[Criterion]
    officer: User
    director: User
    judges: list[Judge] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def entry(self, **changes: Any) -> Entry:
        number = Entry.objects.count() + 1
        facts: dict[str, Any] = {
            "code": f"{self.competition.code_prefix}-{number:03d}",
            "competition": self.competition,
            "track": self.track,
            "form": self.competition.forms.get(),
            "title": f"Dự án số {number}",
            "state": Entry.State.ELIGIBLE,
            "submitted_at": clock.now() - timedelta(days=20),
            **changes,
        }
        facts.setdefault("captain", person())
        entry = Entry.objects.create(**facts)
        self.submit(entry)
        self.entries.append(entry)
        return entry

    def submit(self, entry: Entry, **changes: Any) -> Submission:
        number = entry.submissions.count() + 1
        receipt = hashlib.sha256(f"{entry.pk}-{number}".encode()).hexdigest()
        return Submission.objects.create(
            entry=entry,
            number=number,
            snapshot=snapshot_of(entry, number=number, **changes),
            receipt=receipt,
            submitted_by=entry.captain,
        )

    def judge(self, **changes: Any) -> Judge:
        judge = JudgeFactory(
            round_track=self.round_track,
            invited_by=self.officer,
            **{"accepted": True, **changes},
        )
        self.judges.append(judge)
        return judge

    def assign_all(self) -> None:
        for judge in self.judges:
            assigning.assign(judge, self.entries, self.officer)

    def open(self) -> RoundTrack:
        scoring.open_marking(self.round_track, self.officer)
        self.round_track.refresh_from_db()
        return self.round_track

    def card(self, judge: Judge, entry: Entry) -> Scorecard:
        return Scorecard.objects.select_related("judge__user", "entry").get(
            judge=judge, entry=entry
        )

    def marks(self, *values: str) -> dict[int, Decimal]:
        """Marks of the criteria in their order."""
        return {
            criterion.pk: Decimal(value)
            for criterion, value in zip(self.criteria, values, strict=True)
        }

    def score(self, judge: Judge, entry: Entry, *values: str, comment: str = "") -> Scorecard:
        """A complete sheet with these marks."""
        card = self.card(judge, entry)
        scoring.save(card, judge.user, card.version, self.marks(*values), comment)
        return scoring.complete(card, judge.user)

    def score_all(self, *values: str) -> None:
        for judge in self.judges:
            for entry in self.entries:
                self.score(judge, entry, *(values or ("20", "15", "8")), comment="Tiếp tục nhé.")

    def close(self) -> RoundTrack:
        scoring.close_marking(self.round_track, self.officer)
        self.round_track.refresh_from_db()
        return self.round_track


def make_round(
    *,
    judges: int = 0,
    entries: int = 0,
    judges_per_entry: int = 1,
    now: datetime | None = None,
    prefix: str = "KN2026",
    **round_facts: Any,
) -> JudgingRound:
    """A round whose intake has closed; its criteria are 40 (×1), 30 (×1) and 10 (×3)."""
    moment = now or clock.now()
    officer, director = person(officer=True), person(director=True)
    competition = Competition.objects.create(
        title="Cuộc thi Khởi nghiệp 2026",
        year=2026,
        code_prefix=prefix,
        state=Competition.State.ANNOUNCED,
        created_by=officer,
    )
    EntryForm.objects.create(competition=competition, state=EntryForm.State.IN_USE)
    track = Track.objects.create(competition=competition, title="Dự án")
    first = Round.objects.create(competition=competition, number=1, title="Vòng hồ sơ")
    round_track = RoundTrack.objects.create(
        round=first,
        track=track,
        state=RoundTrack.State.RUNNING,
        judges_per_entry=judges_per_entry,
        **{
            "opens_at": moment - timedelta(days=60),
            "closes_at": moment - timedelta(days=10),
            "marking_opens_at": moment - timedelta(days=1),
            "marking_closes_at": moment + timedelta(days=7),
            **round_facts,
        },
    )
    criteria = [
        Criterion.objects.create(
            round_track=round_track, title=title, maximum=maximum, weight=weight, order=order
        )
        for order, (title, maximum, weight) in enumerate(
            [("Tính mới", 40, "1"), ("Thị trường", 30, "1"), ("Đội ngũ", 10, "3")]
        )
    ]
    Prize.objects.create(track=track, title="Giải Nhất", quantity=1, amount=50_000_000)
    Prize.objects.create(track=track, title="Giải Nhì", quantity=2, amount=30_000_000, order=1)
    made = JudgingRound(competition, track, round_track, criteria, officer, director)
    for _seat in range(judges):
        made.judge()
    for _dossier in range(entries):
        made.entry()
    return made


def decision_pdf(name: str = "quyet-dinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, MINIMAL_PDF, content_type="application/pdf")
