"""Announcing a competition and putting it away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from competitions.calls.announcing import announce, archive, bring_back, readiness
from competitions.calls.editing import save_row
from competitions.calls.freezing import use_form
from competitions.calls.models import Competition, RoundTrack
from competitions.calls.queries import competitions_open, loaded, questions_for, taking_entries
from competitions.calls.setting_up import copy_competition, set_up_standard
from competitions.calls.wagtail_hooks import tasks
from portal.accounts import roles
from portal.core import clock
from portal.core.auditing import history
from portal.core.verdicts import Refused
from tests.factories.calls import (
    CompetitionFactory,
    form_of,
    give_dates,
    organiser,
    round_track_of,
    track_of,
)

pytestmark = pytest.mark.django_db


def ready() -> Competition:
    competition = CompetitionFactory(set_up=True)
    use_form(form_of(competition), organiser())
    now = clock.now()
    give_dates(competition, now, now + timedelta(days=30))
    return competition


def missing(competition: Competition) -> list[str]:
    checks = readiness(loaded().get(pk=competition.pk))
    return [str(check.text) for check in checks if check.required and not check.done]


def test_an_empty_competition_says_what_it_needs():
    competition = CompetitionFactory()
    assert len(missing(competition)) == 3
    with pytest.raises(Refused) as refused:
        announce(competition, organiser())
    assert all(text in str(refused.value.reason) for text in missing(competition))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c.forms.update(state="retired"),
        lambda c: round_track_of(c).criteria.all().delete(),
        lambda c: RoundTrack.objects.filter(pk=round_track_of(c).pk).update(closes_at=None),
        lambda c: RoundTrack.objects.filter(pk=round_track_of(c).pk).update(minimum_total=101),
        lambda c: c.tracks.create(title="Bảng chưa có lịch"),
        lambda c: RoundTrack.objects.filter(pk=round_track_of(c).pk).update(
            opens_at=clock.now() - timedelta(days=9), closes_at=clock.now() - timedelta(days=1)
        ),
    ],
)
def test_one_thing_missing_is_enough_to_wait(spoil):
    competition = ready()
    assert missing(competition) == []
    spoil(competition)
    assert len(missing(competition)) == 1
    with pytest.raises(Refused):
        announce(competition, organiser())
    competition.refresh_from_db()
    assert competition.state == "draft"


def test_announcing_starts_every_round_and_is_done_once():
    competition = announce(ready(), organiser())
    states = set(RoundTrack.objects.values_list("state", flat=True))
    assert (competition.state, states) == ("announced", {"running"})
    assert history(competition).first().action == "calls.announced"
    with pytest.raises(Refused):
        announce(competition, organiser())


def test_advice_does_not_hold_an_announcement_up():
    competition = ready()
    competition.tracks.first().prizes.all().delete()
    Competition.objects.update(contact_email="", title_en="")
    round_track_of(competition).criteria.create(title="Thêm", maximum=5)
    advice = [c for c in readiness(loaded().get()) if not c.required and not c.done]
    assert len(advice) == 4
    announce(competition, organiser())


def test_readiness_of_many_competitions_costs_no_more(django_assert_num_queries):
    for _n in range(3):
        CompetitionFactory(set_up=True)
    with django_assert_num_queries(7):
        for competition in loaded():
            readiness(competition)


def test_a_round_added_after_the_announcement_runs_at_once():
    competition = CompetitionFactory(announced=True)
    track = competition.tracks.create(title="Sinh viên")
    first, final = competition.rounds.order_by("number")
    stage = RoundTrack(round=final, track=track)
    save_row(stage, organiser())
    assert stage.state == "running"
    with pytest.raises(Refused) as refused:
        save_row(RoundTrack(round=first, track=track), organiser())
    assert "opens_at" in refused.value.details
    assert track.round_tracks.count() == 1


def test_only_what_is_over_is_archived_and_it_comes_back():
    competition = CompetitionFactory(announced=True)
    with pytest.raises(Refused, match="nhận hồ sơ"):
        archive(competition, organiser())
    now = clock.now()
    give_dates(competition, now - timedelta(days=9), now - timedelta(days=1))
    RoundTrack.objects.filter(pk=round_track_of(competition).pk).update(state="marking")
    with pytest.raises(Refused, match="kết quả"):
        archive(competition, organiser())
    RoundTrack.objects.update(state="published")
    competition = archive(competition, organiser())
    assert competition.state == "archived"
    competition = bring_back(competition, organiser())
    assert competition.state == "announced"
    actions = [entry.action for entry in history(competition)[:2]]
    assert actions == ["calls.brought_back", "calls.archived"]
    with pytest.raises(Refused):
        bring_back(competition, organiser())


def test_the_closing_second_still_takes_entries(at):
    at("2026-11-23 09:00:00")
    competition = CompetitionFactory(announced=True)
    moment = at("2026-12-13 09:00:00")
    assert round_track_of(competition).closes_at == moment
    assert list(competitions_open(moment + timedelta(microseconds=999_999))) == [competition]
    assert taking_entries(moment).count() == 2
    assert not competitions_open(moment + timedelta(seconds=1)).exists()


def test_questions_for_a_track_come_in_two_queries(django_assert_num_queries):
    competition = CompetitionFactory(announced=True)
    form, track = form_of(competition), track_of(competition, "Ý tưởng")
    with django_assert_num_queries(2):
        parts = questions_for(form, track)
    asked = [question for _section, questions in parts for question in questions]
    assert sum(question.required for question in asked) == 7
    assert "doanh-thu" not in [question.key for question in asked]
    everything = questions_for(form, track_of(competition))
    kinds = {question.kind for _section, questions in everything for question in questions}
    assert len(kinds) == 10


@pytest.mark.parametrize("role", [roles.DIRECTORS, roles.EDITORS, roles.FRONT_DESK])
def test_only_officers_change_a_competition(staff, role):
    person = staff(role)
    draft, announced = ready(), CompetitionFactory(announced=True)
    for act in (
        lambda: announce(draft, person),
        lambda: archive(announced, person),
        lambda: use_form(form_of(draft), person),
        lambda: set_up_standard(CompetitionFactory(), person),
        lambda: copy_competition(announced, CompetitionFactory(), person),
        lambda: save_row(Competition(title="x", year=2026, code_prefix="X"), person),
    ):
        with pytest.raises(Refused):
            act()


def test_officers_are_told_what_is_unfinished_and_what_closes(staff, at):
    at("2026-11-23 09:00:00")
    officer = staff(roles.OFFICERS)
    CompetitionFactory(title="Chưa xong")
    running = CompetitionFactory(announced=True)
    assert [task.title for task in tasks(officer)] == ["Chưa xong"]
    at("2026-12-12 10:00:00")
    found = tasks(officer)
    assert len(found) == 3
    assert found[1].due == round_track_of(running).closes_at
    assert found[1].urgent
    assert found[1].url == reverse("calls_admin:overview", args=[running.pk])
    day = timedelta(days=1)
    RoundTrack.objects.update(
        state="marking", marking_opens_at=clock.now() - day, marking_closes_at=clock.now() + day
    )
    assert len(tasks(officer)) == 5
    assert tasks(staff(roles.DIRECTORS)) == []
