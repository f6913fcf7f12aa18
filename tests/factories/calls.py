"""Competitions for tests, made with the portal's own verbs.

    CompetitionFactory()                   an empty draft
    CompetitionFactory(set_up=True)        the standard season: rows, no dates, form being written
    CompetitionFactory(announced=True)     announced, form in use, taking entries right now
    CompetitionFactory(announced=True, closed=True)   the same, closed for entries an hour ago

The standard season has the tracks "Ý tưởng" and "Dự án", the rounds 1 and 2, four round tracks,
a form with every kind of question, the rubrics 25/25/20/15/15 and 20/25/20/15/10/10, and prizes.
`track_of`, `round_track_of` and `form_of` find their rows.
"""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from competitions.calls.announcing import announce
from competitions.calls.freezing import use_form
from competitions.calls.models import (
    Competition,
    Criterion,
    EntryForm,
    Prize,
    Question,
    Round,
    RoundTrack,
    Section,
    Track,
)
from competitions.calls.setting_up import set_up_standard
from portal.accounts.roles import OFFICERS
from portal.core import clock


def organiser() -> Any:
    """The officer who sets test competitions up; the same one each time."""
    user, made = get_user_model().objects.get_or_create(
        email="to-chuc@demo.example", defaults={"full_name": "Trần Thị Tổ Chức", "is_staff": True}
    )
    if made:
        user.groups.add(Group.objects.get(name=OFFICERS))
    return user


def give_dates(competition: Competition, opens_at: datetime, closes_at: datetime) -> None:
    """Entries from `opens_at` to `closes_at`; marking a week later, then the final."""
    marking = closes_at + timedelta(days=7)
    for round_track in RoundTrack.objects.filter(round__competition=competition).select_related(
        "round"
    ):
        first = round_track.round.number == 1
        start = marking if first else marking + timedelta(days=30)
        RoundTrack.objects.filter(pk=round_track.pk).update(
            opens_at=opens_at if first else None,
            closes_at=closes_at if first else None,
            marking_opens_at=start,
            marking_closes_at=start + timedelta(days=14),
            results_at=start + timedelta(days=21),
        )


class CompetitionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competition

    # Traits: how far the verbs bring it.
    set_up = False
    announced = False
    closed = False

    title = factory.Sequence(lambda n: f"Cuộc thi Khởi nghiệp lần thứ {n}")
    title_en = "Innovation Startup Competition"
    year = 2026
    code_prefix = factory.Sequence(lambda n: f"KN{n}")
    contact_email = "cuocthi@demo.example"
    created_by = factory.LazyFunction(organiser)

    @classmethod
    def _create(cls, model_class: type[Competition], *args: Any, **kwargs: Any) -> Competition:
        stages = {name: kwargs.pop(name) for name in ("set_up", "announced", "closed")}
        competition = super()._create(model_class, *args, **kwargs)
        return bring_to(competition, **stages)


def bring_to(
    competition: Competition, *, set_up: bool, announced: bool, closed: bool
) -> Competition:
    by = competition.created_by
    if set_up or announced:
        set_up_standard(competition, by)
    if not announced:
        return competition
    use_form(competition.forms.get(), by)
    now = clock.now().replace(microsecond=0)
    give_dates(competition, now - timedelta(days=20), now + timedelta(days=20))
    competition = announce(competition, by)
    if closed:
        give_dates(competition, now - timedelta(days=40), now - timedelta(hours=1))
    return competition


def track_of(competition: Competition, title: str = "Dự án") -> Track:
    return competition.tracks.get(title=title)


def round_track_of(competition: Competition, title: str = "Dự án", number: int = 1) -> RoundTrack:
    return RoundTrack.objects.select_related("round__competition", "track__competition").get(
        round__competition=competition, round__number=number, track__title=title
    )


def form_of(competition: Competition) -> EntryForm:
    """The form in use, else the newest."""
    return competition.forms.filter(state="in_use").first() or competition.forms.first()


class TrackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Track

    competition = factory.SubFactory(CompetitionFactory)
    title = factory.Sequence(lambda n: f"Bảng {n}")


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Round

    competition = factory.SubFactory(CompetitionFactory)
    number = 1
    title = "Vòng hồ sơ"


class RoundTrackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoundTrack

    round = factory.SubFactory(RoundFactory)
    track = factory.SubFactory(
        TrackFactory, competition=factory.SelfAttribute("..round.competition")
    )


class EntryFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntryForm

    competition = factory.SubFactory(CompetitionFactory)
    version = 1


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    form = factory.SubFactory(EntryFormFactory)
    title = factory.Sequence(lambda n: f"Phần {n}")


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    section = factory.SubFactory(SectionFactory)
    key = factory.Sequence(lambda n: f"cau-{n}")
    label = factory.Sequence(lambda n: f"Câu hỏi {n}")


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    round_track = factory.SubFactory(RoundTrackFactory)
    title = factory.Sequence(lambda n: f"Tiêu chí {n}")
    maximum = 25


class PrizeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Prize

    track = factory.SubFactory(TrackFactory)
    title = "Giải nhất"
    amount = 30_000_000
