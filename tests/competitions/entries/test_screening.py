"""Officers decide with reasons, the team is told, and everything is kept."""

from datetime import timedelta

import pytest

from competitions.entries import screening
from competitions.entries.models import Entry, ScreeningDecision
from portal.core import auditing, clock
from portal.core.models import Notice
from portal.core.verdicts import Refused
from tests.factories.entries import EntryFactory, FounderFactory, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return officer()


def test_eligible_is_told_to_the_team_and_logged(by):
    entry = EntryFactory(submitted=True)
    decision = screening.mark_eligible(entry, by)
    assert Entry.objects.get(pk=entry.pk).state == Entry.State.ELIGIBLE
    assert decision.submission == entry.submissions.get()
    assert auditing.history(entry).first().action == "entries.eligible"
    notice = Notice.objects.get(recipient=entry.captain)
    assert notice.mail_wanted
    assert "hợp lệ" in notice.subject


@pytest.mark.parametrize("reason", ["", "   ", "\x00"])
def test_ineligible_needs_a_reason(by, reason):
    entry = EntryFactory(submitted=True)
    with pytest.raises(Refused) as refused:
        screening.mark_ineligible(entry, by, reason)
    assert refused.value.field == "reason"
    entry.refresh_from_db()
    assert entry.state == Entry.State.SUBMITTED


def test_the_team_reads_why_it_is_not_eligible(by):
    entry = EntryFactory(submitted=True)
    screening.mark_ineligible(entry, by, "Đăng ký lần đầu quá 5 năm.")
    entry.refresh_from_db()
    assert entry.reason == "Đăng ký lần đầu quá 5 năm."
    assert "quá 5 năm" in Notice.objects.get(recipient=entry.captain).body


def test_asking_gives_a_deadline_and_asking_again_moves_it(by):
    entry = EntryFactory(submitted=True)
    until = clock.now() + timedelta(days=3)
    screening.ask_to_complete(entry, by, "Bổ sung phụ lục", until)
    entry.refresh_from_db()
    assert (entry.state, entry.asked_until) == (Entry.State.ASKED, until)
    later = until + timedelta(days=2)
    screening.ask_to_complete(entry, by, "Bổ sung phụ lục", later)
    entry.refresh_from_db()
    assert entry.asked_until == later
    assert entry.screening_decisions.count() == 2


def test_a_deadline_in_the_past_is_refused(by):
    with pytest.raises(Refused) as refused:
        screening.ask_to_complete(EntryFactory(submitted=True), by, "Gì đó", clock.now())
    assert refused.value.field == "until"


@pytest.mark.parametrize("trait", ["eligible", "ineligible", "asked"])
def test_a_decision_can_be_taken_back_with_a_reason(by, trait):
    entry = EntryFactory(**{trait: True})
    screening.screen_again(entry, by, "Có thông tin mới")
    entry.refresh_from_db()
    assert (entry.state, entry.reason, entry.asked_until) == (Entry.State.SUBMITTED, "", None)
    newest = entry.screening_decisions.first()
    assert newest.outcome == ScreeningDecision.Outcome.REOPENED


def test_screening_stands_once_marking_has_begun(by):
    entry = EntryFactory(eligible=True)
    entry.track.round_tracks.update(state="marking")
    with pytest.raises(Refused) as refused:
        screening.screen_again(entry, by, "Muộn")
    assert refused.value.code == "too_late"


def test_nothing_is_decided_after_the_result(by):
    entry = EntryFactory(submitted=True)
    entry.track.round_tracks.update(state="published")
    with pytest.raises(Refused) as refused:
        screening.mark_eligible(entry, by)
    assert refused.value.code == "too_late"


def test_what_cannot_be_screened(by):
    for trait in ("eligible", "ineligible", "withdrawn"):
        with pytest.raises(Refused):
            screening.mark_eligible(EntryFactory(**{trait: True}), by)
    with pytest.raises(Refused):
        screening.mark_eligible(EntryFactory(filled=True), by)
    with pytest.raises(Refused) as refused:
        screening.screen_again(EntryFactory(submitted=True), by, "Vì sao")
    assert refused.value.code == "no_decision"


def test_only_officers_decide_and_never_about_their_own_team(by):
    entry = EntryFactory(submitted=True)
    for person in (entry.captain, FounderFactory()):
        with pytest.raises(Refused, match="chuyên viên"):
            screening.mark_eligible(entry, person)
    entry.members.create(full_name=by.full_name, email=by.email, user=by)
    with pytest.raises(Refused, match="chuyên viên khác"):
        screening.mark_eligible(entry, by)
