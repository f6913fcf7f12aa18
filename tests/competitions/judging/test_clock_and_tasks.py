"""What the clock causes, and what each person has to do next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competitions.calls.models import RoundTrack
from competitions.judging import deciding, due, publishing, reminding, scoring
from competitions.judging.models import Scorecard
from competitions.judging.tasks import tasks_of
from portal.core import clock
from portal.core.models import Notice
from portal.core.verdicts import Refused
from tests.factories.judging import decision_pdf, person

pytestmark = pytest.mark.django_db


def go(at, moment):
    at(timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S"))


def reminders():
    return Notice.objects.filter(kind="judge_reminder")


def test_judges_are_reminded_once_two_days_before_closing(marking, at):
    closes = marking.round_track.marking_closes_at
    marking.score(marking.judges[0], marking.entries[0], "20", "15", "8")
    go(at, closes - timedelta(days=3))
    assert due.run(clock.now())[0].done == 0
    go(at, closes - timedelta(days=1, hours=23))
    assert due.run(clock.now())[0].done == 2
    assert due.run(clock.now())[0].done == 0
    assert reminders().count() == 2
    assert "2" in reminders().get(recipient=marking.judges[0].user).subject


def test_who_has_finished_is_not_reminded(marking, at):
    for entry in marking.entries:
        marking.score(marking.judges[0], entry, "20", "15", "8")
    go(at, marking.round_track.marking_closes_at - timedelta(days=1))
    due.run(clock.now())
    assert [notice.recipient for notice in reminders()] == [marking.judges[1].user]
    with pytest.raises(Refused) as refused:
        reminding.remind(marking.judges[0], marking.officer)
    assert refused.value.code == "nothing_left"


def test_an_officer_reminds_by_hand(marking):
    with pytest.raises(Refused):
        reminding.remind(marking.judges[0], marking.director)
    reminding.remind(marking.judges[0], marking.officer)
    assert reminders().count() == 1
    with pytest.raises(Refused) as refused:
        reminding.remind(marking.judges[0], marking.officer)
    assert refused.value.code == "just_reminded"


def test_an_hour_later_a_judge_may_be_reminded_again(marking, at):
    reminding.remind(marking.judges[0], marking.officer)
    go(at, clock.now() + timedelta(hours=1, seconds=1))
    reminding.remind(marking.judges[0], marking.officer)
    assert reminders().count() == 2


def test_nobody_is_reminded_before_marking_opens(panel):
    panel.assign_all()
    with pytest.raises(Refused) as refused:
        reminding.remind(panel.judges[0], panel.officer)
    assert refused.value.code == "not_marking"


def test_the_clock_closes_marking_in_the_second_after_the_last(marking, at):
    marking.score(marking.judges[0], marking.entries[0], "20", "15", "8")
    closes = marking.round_track.marking_closes_at.replace(microsecond=0)
    RoundTrack.objects.update(marking_closes_at=closes)
    go(at, closes)
    assert due.run(clock.now())[1].done == 0
    go(at, closes + timedelta(seconds=1))
    assert due.run(clock.now())[1].done == 1
    assert due.run(clock.now())[1].done == 0
    card = marking.card(marking.judges[0], marking.entries[0])
    assert (card.state, card.handed_in_at) == (Scorecard.State.HANDED_IN, closes)
    other = marking.card(marking.judges[1], marking.entries[0])
    assert other.state == Scorecard.State.ASSIGNED, "what was not begun stays unmarked"


def titles(user):
    return [str(task.title) for task in tasks_of(user)]


def urls(user):
    return [task.url for task in tasks_of(user)]


def test_a_judge_is_asked_to_answer_then_to_score_then_to_hand_in(panel):
    seat = panel.judge(accepted=False)
    assert urls(seat.user) == [f"/judging/accept/{seat.pk}/"]
    judge = panel.judges[0]
    panel.assign_all()
    assert urls(judge.user) == []
    panel.open()
    [task] = tasks_of(judge.user)
    assert (task.count, task.url, task.due) == (
        3,
        "/judging/",
        panel.round_track.marking_closes_at,
    )
    for entry in panel.entries:
        panel.score(judge, entry, "20", "15", "8")
    [task] = tasks_of(judge.user)
    assert task.count == 1
    assert titles(person()) == []


def test_an_officer_is_led_from_step_to_step(panel):
    officer, base = panel.officer, f"/admin/judging/{panel.round_track.pk}"
    RoundTrack.objects.update(judges_per_entry=3)
    assert urls(officer) == [f"{base}/panel/"]
    RoundTrack.objects.update(judges_per_entry=2)
    assert urls(officer) == [f"{base}/assign/"]
    panel.assign_all()
    assert urls(officer) == [f"{base}/progress/"]
    panel.open()
    assert urls(officer) == []
    panel.score_all()
    for judge in panel.judges:
        scoring.hand_in_all(judge, judge.user)
    assert urls(officer) == [f"{base}/progress/"]
    panel.close()
    assert urls(officer) == [f"{base}/decide/"]
    outcomes = {entry.pk: ("not_advanced", None) for entry in panel.entries}
    deciding.decide(panel.round_track, outcomes, officer)
    deciding.settle(panel.round_track, officer)
    assert urls(officer) == [f"{base}/result/"]
    decision = publishing.prepare(
        panel.round_track, "1/QĐ", clock.today(), "Giám đốc", decision_pdf(), officer
    )
    publishing.propose(decision, officer)
    assert urls(officer) == []
    assert urls(panel.director) == [f"{base}/result/"]
    publishing.approve(decision, panel.director)
    assert urls(panel.director) == []
    assert urls(officer) == [f"{base}/result/"]
    publishing.publish(decision, officer)
    assert urls(officer) == []
