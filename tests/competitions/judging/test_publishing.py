"""From quiet outcomes to a published result: numbers fit, two people agree, teams are told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404

from competitions.calls.models import Prize, Round, RoundTrack
from competitions.entries.models import Entry, TeamMember
from competitions.judging import admitting, deciding, publishing, scoring
from competitions.judging.models import EntryInRound, PublishedRow, ResultDecision
from competitions.judging.results import decision_file, published_results
from portal.core import clock
from portal.core.models import Notice
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from tests.factories.judging import decision_pdf, person

pytestmark = pytest.mark.django_db
ADVANCED, NOT_ADVANCED = "advanced", "not_advanced"


@pytest.fixture
def closed(marking):
    """Marking is closed: totals 59, 69 and 49 by both judges."""
    for judge in marking.judges:
        for entry, mark in zip(marking.entries, ("20", "30", "10"), strict=True):
            marking.score(judge, entry, mark, "15", "8", comment=f"Gửi {entry.code}")
    marking.close()
    return marking


@pytest.fixture
def decided(closed):
    first, second, third = closed.entries
    prize = Prize.objects.get(title="Giải Nhất")
    outcomes = {
        first.pk: (NOT_ADVANCED, None),
        second.pk: (ADVANCED, prize.pk),
        third.pk: (NOT_ADVANCED, None),
    }
    deciding.decide(closed.round_track, outcomes, closed.officer)
    deciding.settle(closed.round_track, closed.officer)
    closed.round_track.refresh_from_db()
    return closed


def prepare(made, **changes):
    facts = {
        "number": "123/QĐ-SKHCN",
        "decided_on": clock.today(),
        "signatory": "Nguyễn Thị Ký, Giám đốc",
        "upload": decision_pdf(),
        "by": made.officer,
        **changes,
    }
    return publishing.prepare(made.round_track, **facts)


@pytest.fixture
def approved(decided):
    decision = publishing.propose(prepare(decided), decided.officer)
    return publishing.approve(decision, decided.director)


def refused_code(act, *args):
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.code


def test_outcomes_are_quiet(closed):
    first = closed.entries[0]
    Notice.objects.all().delete()
    deciding.decide(closed.round_track, {first.pk: (ADVANCED, None)}, closed.officer)
    assert EntryInRound.objects.get(entry=first).state == ADVANCED
    assert not Notice.objects.exists()


def test_nothing_is_decided_while_marking_is_open(marking):
    act = deciding.decide
    assert refused_code(act, marking.round_track, {}, marking.officer) == "not_deliberating"


def test_bad_outcomes_are_refused_and_nothing_is_changed(closed):
    first, second, _third = closed.entries
    foreign = Prize.objects.create(
        track=closed.competition.tracks.create(title="Khác"), title="Giải lạ"
    )
    for outcomes, code in (
        ({first.pk: (ADVANCED, None), 999_999: (ADVANCED, None)}, "not_in_round"),
        ({first.pk: (ADVANCED, None), second.pk: ("winner", None)}, "bad_state"),
        ({first.pk: (ADVANCED, foreign.pk)}, "foreign_prize"),
    ):
        act = deciding.decide
        assert refused_code(act, closed.round_track, outcomes, closed.officer) == code
        assert EntryInRound.objects.get(entry=first).state == "pending"


def test_prizes_wait_for_the_last_round(closed):
    final = Round.objects.create(competition=closed.competition, number=9, title="Chung kết")
    RoundTrack.objects.create(round=final, track=closed.track)
    prize = Prize.objects.get(title="Giải Nhất")
    outcomes = {closed.entries[0].pk: (ADVANCED, prize.pk)}
    act = deciding.decide
    assert refused_code(act, closed.round_track, outcomes, closed.officer) == "prize_too_early"
    assert not EntryInRound.objects.filter(prize__isnull=False).exists()


def test_there_are_no_more_prizes_than_the_rules_say(closed):
    prize = Prize.objects.get(title="Giải Nhất")
    outcomes = {entry.pk: (ADVANCED, prize.pk) for entry in closed.entries[:2]}
    act = deciding.decide
    assert refused_code(act, closed.round_track, outcomes, closed.officer) == "too_many_prizes"


@pytest.mark.parametrize("role", ["director", "editor", "front_desk"])
def test_only_officers_decide(closed, role):
    stranger = person(**{role: True})
    with pytest.raises(Refused):
        deciding.decide(closed.round_track, {}, stranger)
    with pytest.raises(Refused):
        deciding.settle(closed.round_track, stranger)
    with pytest.raises(Refused):
        deciding.reconsider(closed.round_track, stranger, "Vì")


def test_settling_needs_an_outcome_for_every_entry(closed):
    assert refused_code(deciding.settle, closed.round_track, closed.officer) == "undecided"


def test_settling_needs_reopened_sheets_handed_in(closed):
    outcomes = {entry.pk: (NOT_ADVANCED, None) for entry in closed.entries}
    deciding.decide(closed.round_track, outcomes, closed.officer)
    card = closed.card(closed.judges[0], closed.entries[0])
    scoring.reopen(card, closed.officer, "Xem lại")
    assert refused_code(deciding.settle, closed.round_track, closed.officer) == "reopened"


def test_an_entry_without_enough_sheets_cannot_advance(closed):
    RoundTrack.objects.update(judges_per_entry=3)
    outcomes = {entry.pk: (ADVANCED, None) for entry in closed.entries}
    deciding.decide(closed.round_track, outcomes, closed.officer)
    assert refused_code(deciding.settle, closed.round_track, closed.officer) == "incomplete"


def test_outcomes_can_be_taken_up_again_until_the_result_is_proposed(decided):
    with pytest.raises(Refused):
        deciding.reconsider(decided.round_track, decided.officer, " ")
    deciding.reconsider(decided.round_track, decided.officer, "Sai giải")
    deciding.settle(decided.round_track, decided.officer)
    publishing.propose(prepare(decided), decided.officer)
    act = deciding.reconsider
    assert refused_code(act, decided.round_track, decided.officer, "Nữa") == "proposed"


def test_the_decision_needs_number_date_signatory_and_file(decided):
    with pytest.raises(Refused) as refused:
        prepare(decided, number=" ", decided_on=None, signatory="", upload=None)
    assert set(refused.value.details) == {"number", "decided_on", "signatory", "file"}
    with pytest.raises(Refused) as refused:
        prepare(decided, decided_on=clock.today() + timedelta(days=1))
    assert set(refused.value.details) == {"decided_on"}


def test_only_a_pdf_is_a_signed_decision(decided):
    upload = SimpleUploadedFile("quyet-dinh.pdf", b"MZ\x90\x00 not a pdf")
    with pytest.raises(Refused) as refused:
        prepare(decided, upload=upload)
    assert refused.value.field == "file"
    assert not ResultDecision.objects.exists()


def test_a_decision_can_be_corrected_and_keeps_its_file(decided):
    first = prepare(decided)
    colleague = person(officer=True)
    again = prepare(decided, number="124/QĐ-SKHCN", upload=None, by=colleague)
    assert (again.pk, again.number, again.file) == (first.pk, "124/QĐ-SKHCN", first.file)
    assert again.prepared_by == colleague


def test_nothing_is_prepared_before_outcomes_are_settled(closed):
    assert refused_code(lambda: prepare(closed)) == "not_decided"


def test_a_proposed_result_waits_for_the_director(decided):
    decision = publishing.propose(prepare(decided), decided.officer)
    assert decision.state == "proposed"
    notice = Notice.objects.get(recipient=decided.director, kind="result_proposed")
    assert "123/QĐ-SKHCN" in notice.body
    assert refused_code(lambda: prepare(decided)) == "proposed"
    with pytest.raises(StaleState):
        publishing.publish(decision, decided.officer)


def test_the_preparer_cannot_approve_in_the_verb_nor_in_the_database(decided):
    both = person(officer=True)
    both.groups.add(decided.director.groups.get())
    decision = publishing.propose(prepare(decided, by=both), both)
    with pytest.raises(Refused):
        publishing.approve(decision, both)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultDecision.objects.filter(pk=decision.pk).update(
            state="approved", approved_by=both, approved_at=clock.now()
        )


def test_an_officer_approves_nothing_where_a_second_person_is_asked_for(decided):
    decision = publishing.propose(prepare(decided), decided.officer)
    for stranger in (decided.officer, person(officer=True), person(editor=True), person()):
        with pytest.raises(Refused):
            publishing.approve(decision, stranger)


def test_without_the_rule_the_preparer_may_approve(decided):
    decided.competition.second_person_approves = False
    decided.competition.save()
    decision = publishing.propose(prepare(decided), decided.officer)
    assert publishing.approve(decision, decided.officer).state == "approved"
    with pytest.raises(Refused):
        publishing.approve(decision, person())


def test_a_result_is_sent_back_with_a_reason(approved, decided):
    with pytest.raises(Refused):
        publishing.send_back(approved, decided.director, "")
    for stranger in (person(editor=True), person()):
        with pytest.raises(Refused):
            publishing.send_back(approved, stranger, "Sai")
    back = publishing.send_back(approved, decided.director, "Sai ngày ký")
    assert (back.state, back.returned_reason, back.approved_by) == (
        "prepared",
        "Sai ngày ký",
        None,
    )
    notice = Notice.objects.get(recipient=decided.officer, kind="result_returned")
    assert notice.body == "Sai ngày ký"
    assert prepare(decided, upload=None).state == "prepared"


def test_publishing_freezes_the_rows_and_tells_every_team(
    approved, decided, django_capture_on_commit_callbacks
):
    mate = person()
    TeamMember.objects.create(
        entry=decided.entries[0], full_name="Bạn", email=mate.email, user=mate
    )
    captain_twice = decided.entries[0].captain
    Entry.objects.filter(pk=decided.entries[2].pk).update(captain=captain_twice)
    with django_capture_on_commit_callbacks(execute=True):
        published = publishing.publish(approved, decided.director)
    assert published.state == "published"
    assert RoundTrack.objects.get(pk=decided.round_track.pk).state == "published"
    rows = [
        (row.rank, row.entry.code, str(row.total), row.prize, row.advanced, row.team)
        for row in published.rows.select_related("entry")
    ]
    codes = [entry.code for entry in decided.entries]
    names = [entry.captain.full_name for entry in decided.entries]
    assert rows == [
        (1, codes[1], "69.0000", "Giải Nhất", False, names[1]),
        (2, codes[0], "59.0000", "", False, names[0]),
        (3, codes[2], "49.0000", "", False, names[2]),
    ]
    told = Notice.objects.filter(kind="result_published")
    assert told.filter(recipient=captain_twice).count() == 2
    assert told.filter(recipient=mate).count() == 1
    assert f"/workspace/entries/{decided.entries[0].key}/feedback/" in told.get(recipient=mate).url
    assert {letter.to[0] for letter in mail.outbox} == {
        captain_twice.email,
        mate.email,
        decided.entries[1].captain.email,
    }


def test_a_withdrawn_entry_is_in_no_result(approved, decided):
    gone = decided.entries[2]
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=clock.now())
    published = publishing.publish(approved, decided.officer)
    assert not published.rows.filter(entry=gone).exists()
    assert not Notice.objects.filter(recipient=gone.captain, kind="result_published").exists()


def test_publishing_twice_is_refused(approved, decided):
    publishing.publish(approved, decided.officer)
    with pytest.raises(StaleState):
        publishing.publish(approved, decided.director)
    assert PublishedRow.objects.count() == 3


def test_who_advanced_makes_up_the_next_round(decided):
    final = Round.objects.create(competition=decided.competition, number=2, title="Chung kết")
    final_track = RoundTrack.objects.create(round=final, track=decided.track, state="running")
    assert not admitting.entries_of_round(final_track).exists(), "not before publication"
    decision = publishing.propose(prepare(decided), decided.officer)
    publishing.publish(publishing.approve(decision, decided.director), decided.officer)
    assert list(admitting.entries_of_round(final_track)) == [decided.entries[1]]
    assert published_results(decided.competition)[0].rows.get(advanced=True).rank == 1


@pytest.mark.parametrize("role", ["editor", "front_desk"])
def test_only_officers_and_directors_publish(approved, role):
    with pytest.raises(Refused):
        publishing.publish(approved, person(**{role: True}))


def test_the_public_reads_the_decision_only_after_publication(approved, decided):
    assert published_results(decided.competition) == []
    with pytest.raises(Http404):
        decision_file(decided.competition, approved.pk)
    publishing.publish(approved, decided.officer)
    [result] = published_results(decided.competition)
    assert result.number == "123/QĐ-SKHCN"
    assert decision_file(decided.competition, approved.pk) == approved.file


def test_results_take_the_same_queries_however_many_rows(
    approved, decided, django_assert_num_queries
):
    publishing.publish(approved, decided.officer)
    with django_assert_num_queries(3):
        for result in published_results(decided.competition):
            assert [row.entry.code for row in result.rows.all()]


def test_a_team_is_named_by_its_organisation_or_by_members_who_agreed():
    members = [{"full_name": "An"}, {"full_name": ""}, {"full_name": "Bình"}]
    assert publishing.team_name({"organisation": None, "members": members}) == "An, Bình"
    assert publishing.team_name({"organisation": {"id": 1, "name": "HTX Sen"}}) == "HTX Sen"
    assert publishing.team_name({}) == ""
