"""Handing in: what it needs, what it writes, when it is refused."""

from datetime import timedelta

import pytest

from competitions.entries import commitments, snapshots
from competitions.entries.applying import save_basics
from competitions.entries.models import Answer, Entry, Submission
from competitions.entries.submitting import lacking, submit, unsent_changes, withdraw
from portal.core import auditing
from portal.core.models import ConsentRecord, Counter, Notice
from portal.core.verdicts import Refused
from tests.factories.accounts import OrganisationFactory
from tests.factories.entries import EntryFactory, FounderFactory, OpenCompetitionFactory

pytestmark = pytest.mark.django_db


def change(entry, text="Văn bản mới"):
    Answer.objects.filter(entry=entry, question__key="tom-tat").update(text=text)


def test_a_complete_draft_gets_a_code_a_receipt_and_a_mail(
    mailoutbox, django_capture_on_commit_callbacks
):
    entry = EntryFactory(filled=True, competition__code_prefix="KN2026")
    with django_capture_on_commit_callbacks(execute=True):
        submission = submit(entry, entry.captain, set(commitments.ASKED))

    assert entry.state == Entry.State.SUBMITTED
    assert entry.code == "KN2026-001"
    submission = Submission.objects.get(pk=submission.pk)
    assert submission.receipt == snapshots.receipt(submission.snapshot)
    assert entry.members.get().agreed
    given = ConsentRecord.objects.filter(about=f"entry:{entry.pk}")
    assert {record.text.purpose for record in given} == set(commitments.ASKED)
    assert auditing.history(entry).first().action == "entries.submitted"
    [mail] = mailoutbox
    assert "KN2026-001" in mail.subject
    assert submission.receipt in mail.body


def test_an_incomplete_draft_is_refused_and_stays():
    entry = EntryFactory()
    with pytest.raises(Refused) as refused:
        submit(entry, entry.captain)
    assert refused.value.code == "incomplete"
    entry.refresh_from_db()
    assert (entry.state, entry.code) == (Entry.State.DRAFT, None)
    assert not Counter.objects.filter(value__gt=0).exists()
    assert {item.question_id for item in lacking(entry) if item.place == "question"} == {
        question.pk for question in entry.form.sections.first().questions.all()
    }


def test_a_required_commitment_left_out_is_refused_and_publicity_is_free():
    entry = EntryFactory(filled=True)
    with pytest.raises(Refused) as refused:
        submit(entry, entry.captain, {commitments.TRUTH, commitments.OWNERSHIP})
    assert refused.value.code == "commitments_missing"
    submit(entry, entry.captain, set(commitments.REQUIRED))
    assert not ConsentRecord.objects.filter(text__purpose=commitments.PUBLICITY).exists()


def test_publicity_left_unticked_the_second_time_is_withdrawn():
    entry = EntryFactory(filled=True)
    submit(entry, entry.captain, set(commitments.ASKED))
    change(entry)
    submit(entry, entry.captain, set(commitments.REQUIRED))
    record = ConsentRecord.objects.get(text__purpose=commitments.PUBLICITY)
    assert not record.stands


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        ("2026-11-23 16:59:59", True),
        ("2026-11-23 17:00:00", True),
        ("2026-11-23 17:00:01", False),
    ],
)
def test_the_closing_second_counts_and_one_later_is_refused(at, moment, accepted):
    closes = at("2026-11-23 17:00:00")
    entry = EntryFactory(filled=True)
    entry.track.round_tracks.update(closes_at=closes)
    at(moment)
    if accepted:
        submit(entry, entry.captain)
        assert Entry.objects.get(pk=entry.pk).state == Entry.State.SUBMITTED
    else:
        with pytest.raises(Refused, match="17:00 23/11/2026"):
            submit(entry, entry.captain)
        entry.refresh_from_db()
        assert entry.state == Entry.State.DRAFT
        assert entry.answers.count() == 3


def test_submitting_again_keeps_the_code_and_both_snapshots():
    entry = EntryFactory(submitted=True)
    code = entry.code
    change(entry)
    assert unsent_changes(entry)
    second = submit(entry, entry.captain)
    assert (second.number, entry.code) == (2, code)
    assert entry.submissions.count() == 2
    assert not unsent_changes(entry)


def test_an_unchanged_entry_is_kindly_refused_as_already_submitted():
    entry = EntryFactory(submitted=True)
    with pytest.raises(Refused) as refused:
        submit(entry, entry.captain)
    assert refused.value.code == "already_submitted"
    assert entry.submissions.count() == 1


def test_the_earlier_submission_stays_valid_while_the_new_one_is_incomplete():
    entry = EntryFactory(submitted=True)
    Answer.objects.filter(entry=entry).delete()
    with pytest.raises(Refused):
        submit(entry, entry.captain)
    entry.refresh_from_db()
    assert entry.state == Entry.State.SUBMITTED
    assert entry.submissions.get().snapshot["sections"][0]["items"][0]["value"]


def test_an_asked_team_has_its_own_deadline_and_the_officer_learns_of_it(at):
    now = at("2026-11-23 09:00:00")
    entry = EntryFactory(asked=True)
    entry.track.round_tracks.update(closes_at=now - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        submit(entry, entry.captain)
    assert refused.value.code == "unchanged"

    change(entry)
    at("2026-11-28 09:00:00")
    submit(entry, entry.captain)
    assert entry.state == Entry.State.SUBMITTED
    assert (entry.asked_until, entry.asked_for) == (None, "")
    officer = entry.screening_decisions.first().decided_by
    assert Notice.objects.filter(recipient=officer, kind="entry-resubmitted").exists()


def test_an_asked_team_that_is_late_is_refused(at):
    at("2026-11-23 09:00:00")
    entry = EntryFactory(asked=True)
    change(entry)
    at("2026-11-28 09:00:01")
    with pytest.raises(Refused, match="hết hạn bổ sung"):
        submit(entry, entry.captain)


def test_a_person_may_submit_only_so_many_entries_and_drafts_do_not_count():
    competition = OpenCompetitionFactory(max_entries_per_person=1)
    person = FounderFactory()
    EntryFactory(competition=competition, captain=person, submitted=True)
    EntryFactory(competition=competition, captain=person, withdrawn=True)
    draft = EntryFactory(competition=competition, captain=person, filled=True)
    with pytest.raises(Refused) as refused:
        submit(draft, person)
    assert refused.value.code == "too_many_entries"


def test_an_organisation_has_a_limit_of_its_own():
    competition = OpenCompetitionFactory(max_entries_per_organisation=1, max_entries_per_person=1)
    person = FounderFactory()
    organisation = OrganisationFactory(owner=person)
    facts = {"applicant": Entry.Applicant.ORGANISATION, "organisation": organisation}
    EntryFactory(competition=competition, captain=person, submitted=True, **facts)
    own = EntryFactory(competition=competition, captain=person, filled=True)
    submit(own, person)
    more = EntryFactory(competition=competition, captain=person, filled=True, **facts)
    with pytest.raises(Refused) as refused:
        submit(more, person)
    assert refused.value.code == "too_many_entries"


def test_a_group_needs_two_people_and_an_organisation_needs_one():
    entry = EntryFactory(filled=True, applicant=Entry.Applicant.GROUP)
    assert [item.place for item in lacking(entry)] == ["team"]
    save_basics(
        entry,
        entry.captain,
        entry.version,
        title="",
        applicant=Entry.Applicant.ORGANISATION,
        organisation=None,
    )
    assert [item.place for item in lacking(entry)] == ["basics", "basics"]


def test_only_the_captain_submits_and_withdraws():
    entry = EntryFactory(filled=True)
    member = FounderFactory()
    entry.members.create(full_name="Thành Viên", email=member.email, user=member)
    for verb in (submit, withdraw):
        with pytest.raises(Refused, match="trưởng nhóm"):
            verb(entry, member)


def test_withdrawing_is_for_good_and_refused_after_the_result():
    entry = EntryFactory(submitted=True)
    withdraw(entry, entry.captain, "Đổi kế hoạch")
    assert entry.state == Entry.State.WITHDRAWN
    with pytest.raises(Refused):
        withdraw(entry, entry.captain)

    late = EntryFactory(eligible=True)
    late.track.round_tracks.update(state="published")
    with pytest.raises(Refused, match="công bố"):
        withdraw(late, late.captain)


def test_a_submission_is_never_written_again():
    submission = EntryFactory(submitted=True).submissions.get()
    with pytest.raises(ValueError, match="never changes"):
        submission.save()
