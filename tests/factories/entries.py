"""Entries in every state: `EntryFactory(submitted=True)`. Snapshots are real, nothing is mailed."""

from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from competitions.calls.models import (
    Competition,
    EntryForm,
    Question,
    Round,
    RoundTrack,
    Section,
    Track,
)
from competitions.entries import commitments, snapshots
from competitions.entries.models import Answer, Entry, ScreeningDecision, Submission, TeamMember
from portal.accounts.models import User
from portal.accounts.roles import OFFICERS
from portal.core import clock, consenting
from portal.core.models import Counter


class FounderFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"nguoinop{n}@demo.example")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Người {n}")


class OpenCompetitionFactory(DjangoModelFactory):
    """A competition that takes entries now in one track, with a small form in use.

    `tracks` many tracks; the form asks a short text, a long text, money, a day, one of three, and
    a file of at most two.
    """

    class Meta:
        model = Competition
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Cuộc thi Khởi nghiệp lần {n}")
    year = 2026
    code_prefix = factory.Sequence(lambda n: f"KN{n}")
    state = Competition.State.ANNOUNCED
    created_by = factory.SubFactory(FounderFactory)

    @factory.post_generation
    def opens(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        moment = clock.now()
        first = Round.objects.create(competition=self, number=1, title="Vòng hồ sơ")
        for order, title in enumerate(("Ý tưởng", "Dự án")):
            track = Track.objects.create(competition=self, title=title, order=order)
            RoundTrack.objects.create(
                round=first,
                track=track,
                state=RoundTrack.State.RUNNING,
                opens_at=moment - timedelta(days=10),
                closes_at=moment + timedelta(days=10),
            )
        form = EntryForm.objects.create(competition=self, state=EntryForm.State.IN_USE)
        small_form(form)


def small_form(form: EntryForm) -> None:
    """Two sections with one question of most kinds."""
    idea = Section.objects.create(form=form, title="Ý tưởng", title_en="The idea", order=1)
    money = Section.objects.create(form=form, title="Kế hoạch", order=2)
    kinds = Question.Kind
    rows = [
        (idea, "tom-tat", "Tóm tắt", kinds.LONG_TEXT, {"word_limit": 300}),
        (idea, "van-de", "Vấn đề cần giải quyết", kinds.SHORT_TEXT, {}),
        (
            idea,
            "linh-vuc",
            "Lĩnh vực",
            kinds.ONE_OF,
            {
                "options": [
                    {"value": "nong-nghiep", "label": "Nông nghiệp", "label_en": "Agriculture"},
                    {"value": "du-lich", "label": "Du lịch", "label_en": "Tourism"},
                    {"value": "khac", "label": "Khác", "label_en": "Other"},
                ]
            },
        ),
        (money, "doanh-thu", "Doanh thu 12 tháng", kinds.MONEY, {"required": False}),
        (money, "thanh-lap", "Ngày thành lập", kinds.DATE, {"required": False}),
        (money, "tai-lieu", "Tài liệu", kinds.FILE, {"required": False, "max_files": 2}),
        (money, "ban-trinh-bay", "Bản trình bày", kinds.FILE, {"required": False}),
    ]
    for order, (section, key, label, kind, extra) in enumerate(rows):
        Question.objects.create(
            section=section, key=key, label=label, kind=kind, order=order, **extra
        )


class EntryFactory(DjangoModelFactory):
    """A draft by default; traits: draft, filled, submitted, eligible, ineligible, asked, withdrawn.

    Submitted ones have answers, a code, one submission with its receipt, and the captain's
    consent.
    """

    class Meta:
        model = Entry
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=Entry.State.DRAFT)
        submitted = factory.Trait(
            state=Entry.State.SUBMITTED,
            submitted_at=factory.LazyFunction(clock.now),
            code=factory.LazyAttribute(lambda entry: _next_code(entry.competition)),
        )
        eligible = factory.Trait(submitted=True, state=Entry.State.ELIGIBLE)
        ineligible = factory.Trait(
            submitted=True, state=Entry.State.INELIGIBLE, reason="Đăng ký lần đầu quá 5 năm."
        )
        asked = factory.Trait(
            submitted=True,
            state=Entry.State.ASKED,
            asked_for="Bổ sung bản trình bày.",
            asked_until=factory.LazyFunction(lambda: clock.now() + timedelta(days=5)),
        )
        withdrawn = factory.Trait(
            submitted=True,
            state=Entry.State.WITHDRAWN,
            withdrawn_at=factory.LazyFunction(clock.now),
        )

    competition = factory.SubFactory(OpenCompetitionFactory)
    track = factory.LazyAttribute(lambda entry: entry.competition.tracks.first())
    form = factory.LazyAttribute(lambda entry: entry.competition.forms.get(state="in_use"))
    captain = factory.SubFactory(FounderFactory)
    title = factory.Sequence(lambda n: f"Bánh tráng phơi sương số {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Entry:
        entry: Entry = super()._create(model_class, *args, **kwargs)
        captain = TeamMember.objects.create(
            entry=entry,
            user=entry.captain,
            full_name=entry.captain.full_name,
            email=entry.captain.email,
            is_captain=True,
        )
        if entry.code:
            fill(entry)
            _hand_in(entry, captain)
        return entry

    @factory.post_generation
    def filled(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """`EntryFactory(filled=True)`: every required question answered."""
        if extracted and not self.code:
            fill(self)


def fill(entry: Entry) -> None:
    """Answer every required question that is no file."""
    required = Question.objects.filter(section__form=entry.form, required=True)
    for question in required.exclude(kind=Question.Kind.FILE):
        columns: dict[str, Any] = {"text": f"Trả lời về {question.label.lower()}."}
        if question.kind == Question.Kind.ONE_OF:
            columns = {"text": question.options[0]["value"]}
        elif question.kind == Question.Kind.SEVERAL_OF:
            columns = {"picks": [question.options[0]["value"]]}
        elif question.kind in {Question.Kind.NUMBER, Question.Kind.MONEY}:
            columns = {"number": 1_200_000}
        elif question.kind == Question.Kind.DATE:
            columns = {"day": clock.today()}
        elif question.kind in {Question.Kind.LINK, Question.Kind.VIDEO}:
            columns = {"text": "https://example.org/video"}
        Answer.objects.create(entry=entry, question=question, updated_by=entry.captain, **columns)


def _next_code(competition: Competition) -> str:
    number = Counter.draw(f"entries:{competition.code_prefix}")
    return f"{competition.code_prefix}-{number:03d}"


def _hand_in(entry: Entry, captain: TeamMember) -> None:
    snapshot = snapshots.build(entry, number=1)
    submission = Submission.objects.create(
        entry=entry,
        number=1,
        snapshot=snapshot,
        receipt=snapshots.receipt(snapshot),
        submitted_by=entry.captain,
        submitted_at=entry.submitted_at,
    )
    captain.consent = consenting.give(
        commitments.DATA_USE, user=entry.captain, about=f"entry:{entry.pk}"
    )
    captain.save(update_fields=["consent"])
    outcome = {"eligible": "eligible", "ineligible": "ineligible", "asked": "asked"}
    if entry.state in outcome:
        ScreeningDecision.objects.create(
            entry=entry,
            submission=submission,
            outcome=outcome[entry.state],
            reason=entry.reason or entry.asked_for,
            until=entry.asked_until,
            decided_by=officer(),
        )


def officer() -> User:
    """A programme officer; the groups are the migration's."""
    user, _new = User.objects.get_or_create(
        email="chuyenvien-ho-so@demo.example",
        defaults={"full_name": "Trần Thị Chuyên Viên", "is_staff": True},
    )
    user.groups.add(Group.objects.get(name=OFFICERS))
    return user
