"""What entries tell the rest of the portal: tasks, reminders."""

from datetime import timedelta

import pytest
from django.urls import reverse

from competitions.entries.models import Entry
from competitions.entries.reminding import remind_drafts
from competitions.entries.waiting import tasks_of
from portal.core import clock
from portal.core.models import Notice
from tests.factories.entries import EntryFactory, FounderFactory, OpenCompetitionFactory, officer

pytestmark = pytest.mark.django_db


def test_a_founder_is_told_what_is_next():
    person = FounderFactory()
    draft = EntryFactory(captain=person, title="Nháp")
    asked = EntryFactory(captain=person, asked=True, title="Bổ sung")
    draft.members.create(full_name="Chờ", email="cho@demo.example")
    EntryFactory(captain=person, withdrawn=True)
    tasks = tasks_of(person)
    assert {task.url for task in tasks} == {
        reverse("entries:entry", args=[draft.key]),
        reverse("entries:team", args=[draft.key]),
        reverse("entries:entry", args=[asked.key]),
    }
    assert {task.due for task in tasks} == {
        draft.track.round_tracks.get().closes_at,
        asked.asked_until,
        None,
    }


def test_a_draft_that_missed_its_deadline_is_no_task():
    draft = EntryFactory()
    draft.members.create(full_name="Chờ", email="cho@demo.example")
    draft.track.round_tracks.update(closes_at=clock.now() - timedelta(days=1))
    assert tasks_of(draft.captain) == []


def test_an_officer_is_told_how_many_dossiers_wait():
    competition = OpenCompetitionFactory()
    for _number in range(3):
        EntryFactory(competition=competition, submitted=True)
    EntryFactory(competition=competition, eligible=True)
    [task] = tasks_of(officer())
    assert task.count == 3
    assert f"competition={competition.pk}" in task.url


@pytest.mark.parametrize("count", [1, 3, 20])
def test_queries_of_the_tasks_do_not_grow(count, django_assert_num_queries):
    person = FounderFactory()
    competition = OpenCompetitionFactory()
    for _number in range(count):
        EntryFactory(competition=competition, captain=person)
    with django_assert_num_queries(3):
        assert len(tasks_of(person)) == count


@pytest.mark.parametrize("count", [1, 3, 100])
def test_queries_of_the_founders_list_do_not_grow(count, signed_in, django_assert_num_queries):
    person = FounderFactory()
    competition = OpenCompetitionFactory()
    for _number in range(count):
        EntryFactory(competition=competition, captain=person)
    browser = signed_in(person)
    browser.get(reverse("entries:list"))
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(reverse("entries:list"))


LIST_QUERIES = 11


def reminders(person):
    return Notice.objects.filter(recipient=person, kind="entry-deadline").count()


def test_drafts_are_reminded_three_days_and_one_day_before_once_each(at):
    now = at("2026-11-01 08:00:00")
    draft = EntryFactory()
    done = EntryFactory(competition=draft.competition, submitted=True)
    draft.track.round_tracks.update(closes_at=now + timedelta(days=10))

    def told_after(moment):
        remind_drafts(at(moment))
        remind_drafts(clock.now())
        return reminders(draft.captain)

    assert told_after("2026-11-08 07:59:00") == 0
    assert told_after("2026-11-08 08:00:00") == 1
    assert told_after("2026-11-09 12:00:00") == 1
    assert told_after("2026-11-10 08:00:00") == 2
    assert told_after("2026-11-11 08:00:01") == 2
    assert reminders(done.captain) == 0


def test_a_later_closing_time_reminds_again(at):
    now = at("2026-11-01 08:00:00")
    draft = EntryFactory()
    draft.track.round_tracks.update(closes_at=now + timedelta(days=5))
    remind_drafts(at("2026-11-05 09:00:00"))
    draft.track.round_tracks.update(closes_at=now + timedelta(days=20))
    remind_drafts(at("2026-11-18 09:00:00"))
    assert reminders(draft.captain) == 2


def test_a_draft_begun_on_the_last_day_is_not_told_about_the_third(at):
    at("2026-11-01 08:00:00")
    competition = OpenCompetitionFactory()
    competition.tracks.first().round_tracks.update(closes_at=at("2026-11-10 17:00:00"))
    at("2026-11-10 09:00:00")
    draft = EntryFactory(competition=competition)
    remind_drafts(clock.now())
    assert reminders(draft.captain) == 0


def test_a_run_that_was_missed_reminds_once_about_the_last_day(at):
    now = at("2026-11-01 08:00:00")
    draft = EntryFactory()
    draft.track.round_tracks.update(closes_at=now + timedelta(days=10))
    remind_drafts(at("2026-11-11 02:00:00"))
    remind_drafts(at("2026-11-11 03:00:00"))
    assert reminders(draft.captain) == 1
    assert Entry.objects.get().state == Entry.State.DRAFT
