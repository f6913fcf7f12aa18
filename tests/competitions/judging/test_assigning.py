"""Entries go to judges by hand; conflicts of interest are refused, and the database agrees."""

import pytest
from django.db import IntegrityError, transaction

from competitions.entries.models import Entry, TeamMember
from competitions.judging import assigning, scoring
from competitions.judging.conflicts import conflicts_between, conflicts_found, mail_domain
from competitions.judging.models import ConflictOfInterest, Judge, Scorecard
from portal.accounts.models import Membership
from portal.core.models import Notice
from portal.core.verdicts import Refused
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.judging import ScorecardFactory, person

pytestmark = pytest.mark.django_db
Kind = ConflictOfInterest.Kind


def own_organisation(panel, judge, **membership):
    organisation = OrganisationFactory()
    MembershipFactory(user=judge.user, organisation=organisation, **membership)
    return panel.entry(applicant=Entry.Applicant.ORGANISATION, organisation=organisation)


def own_seat_in_team(panel, judge, **member):
    entry = panel.entry()
    facts = {"full_name": "Thành viên", "email": "ai-do@gmail.com", **member}
    TeamMember.objects.create(entry=entry, **facts)
    return entry


CASES = {
    "captain": (lambda panel, judge: panel.entry(captain=judge.user), Kind.OWN_TEAM),
    "member": (
        lambda panel, judge: own_seat_in_team(panel, judge, user=judge.user),
        Kind.OWN_TEAM,
    ),
    "member by address": (
        lambda panel, judge: own_seat_in_team(panel, judge, email=judge.user.email.upper()),
        Kind.OWN_TEAM,
    ),
    "organisation": (own_organisation, Kind.SAME_ORGANISATION),
}


@pytest.mark.parametrize("case", CASES)
def test_a_pair_in_conflict_is_refused_and_closed_for_good(panel, case):
    judge = panel.judges[0]
    make, kind = CASES[case]
    entry = make(panel, judge)
    result = assigning.assign(judge, [entry], panel.officer)
    assert result.assigned == []
    [(refused, reason)] = result.refused
    assert refused == entry
    assert str(kind.label) in reason
    card = Scorecard.objects.get(judge=judge, entry=entry)
    assert card.state == Scorecard.State.CONFLICTED
    assert [(row.kind, row.source) for row in card.conflicts.all()] == [(kind, "detected")]
    # Whatever code tries, the database refuses a second sheet for this pair.
    with pytest.raises(IntegrityError), transaction.atomic():
        ScorecardFactory(judge=judge, entry=entry)
    again = assigning.assign(judge, [entry], panel.officer)
    assert (again.assigned, len(again.refused)) == ([], 1)


def test_a_former_member_of_the_organisation_may_judge(panel):
    judge = panel.judges[0]
    entry = own_organisation(panel, judge, state=Membership.State.LEFT)
    assert len(assigning.assign(judge, [entry], panel.officer).assigned) == 1


def test_the_same_mail_domain_is_a_warning(panel):
    judge = panel.judge(user=person(email="gs@vien-nghien-cuu.vn"))
    entry = panel.entry(captain=person(email="tro-ly@Vien-Nghien-Cuu.vn"))
    assert conflicts_between(judge.user, entry) == [Kind.SAME_DOMAIN]
    result = assigning.assign(judge, [entry], panel.officer)
    assert len(result.assigned) == 1
    assert [(row[0].pk, row[1]) for row in result.warned] == [
        (entry.pk, str(Kind.SAME_DOMAIN.label))
    ]


def test_a_public_mail_domain_says_nothing(panel):
    judge = panel.judge(user=person(email="gs@gmail.com"))
    entry = panel.entry(captain=person(email="sv@gmail.com"))
    assert conflicts_between(judge.user, entry) == []
    assert mail_domain("a@Yahoo.com.vn") == ""


def test_conflicts_are_found_in_a_fixed_number_of_queries(panel, django_assert_num_queries):
    entries = list(Entry.objects.select_related("organisation", "captain"))
    with django_assert_num_queries(2):
        conflicts_found([judge.user for judge in panel.judges], entries)


def test_an_assignment_keeps_the_submission_and_can_be_repeated(panel):
    judge, entry = panel.judges[0], panel.entries[0]
    newest = panel.submit(entry)
    [card] = assigning.assign(judge, [entry], panel.officer).assigned
    assert card.submission == newest
    assert assigning.assign(judge, [entry], panel.officer).assigned == []
    assert judge.scorecards.count() == 1


def test_an_entry_that_is_not_in_the_round_is_refused(panel):
    outside = panel.entry(state=Entry.State.INELIGIBLE, reason="Thiếu")
    result = assigning.assign(panel.judges[0], [outside], panel.officer)
    assert (result.assigned, [row[0] for row in result.refused]) == ([], [outside])


def test_nothing_is_assigned_while_entries_can_still_come(panel, at):
    at("2026-09-30 08:00:00")
    panel.round_track.closes_at = panel.round_track.opens_at.replace(year=2027)
    panel.round_track.marking_opens_at = panel.round_track.marking_closes_at = None
    panel.round_track.save()
    with pytest.raises(Refused) as refused:
        assigning.assign(panel.judges[0], panel.entries, panel.officer)
    assert refused.value.code == "still_collecting"


def test_nothing_is_assigned_after_marking(marking):
    marking.score_all()
    marking.close()
    late = marking.judge()
    with pytest.raises(Refused) as refused:
        assigning.assign(late, marking.entries, marking.officer)
    assert refused.value.code == "closed"


@pytest.mark.parametrize("role", ["director", "editor", "front_desk"])
def test_only_officers_assign(panel, role):
    with pytest.raises(Refused):
        assigning.assign(panel.judges[0], panel.entries, person(**{role: True}))


def test_a_declined_seat_gets_nothing(panel):
    seat = panel.judge(accepted=False, state=Judge.State.DECLINED)
    with pytest.raises(Refused) as refused:
        assigning.assign(seat, panel.entries, panel.officer)
    assert refused.value.code == "no_seat"


def test_an_untouched_assignment_can_be_taken_back(panel):
    panel.assign_all()
    card = panel.card(panel.judges[0], panel.entries[0])
    assigning.unassign(card, panel.officer)
    assert not Scorecard.objects.filter(pk=card.pk).exists()


def test_a_sheet_that_was_begun_stays(marking):
    judge, entry = marking.judges[0], marking.entries[0]
    card = marking.card(judge, entry)
    scoring.save(card, judge.user, card.version, marking.marks("20", "15", "8"))
    with pytest.raises(Refused) as refused:
        assigning.unassign(card, marking.officer)
    assert refused.value.code == "started"
    assert entry.code in str(refused.value.reason)


def test_a_judge_declares_a_conflict_and_the_officer_is_told(marking):
    judge, entry = marking.judges[0], marking.entries[0]
    card = marking.score(judge, entry, "20", "15", "8")
    assigning.declare_conflict(card, Kind.MENTOR, "Tôi từng cố vấn nhóm này", judge.user)
    card.refresh_from_db()
    assert card.state == Scorecard.State.CONFLICTED
    assert card.marks.count() == 3, "the marks are kept, they only stop counting"
    [conflict] = card.conflicts.all()
    assert (conflict.kind, conflict.source) == ("mentor", "declared")
    notice = Notice.objects.get(recipient=marking.officer, kind="judge_conflict")
    assert entry.code in notice.subject
    with pytest.raises(Refused):
        assigning.declare_conflict(card, Kind.FAMILY, "", judge.user)


def test_an_officer_records_a_conflict(marking):
    card = marking.card(marking.judges[0], marking.entries[0])
    assigning.declare_conflict(card, Kind.FAMILY, "Anh em", marking.officer)
    assert card.conflicts.get().source == "officer"


def test_nobody_else_declares_a_conflict(marking):
    card = marking.card(marking.judges[0], marking.entries[0])
    for stranger in (marking.judges[1].user, marking.director):
        with pytest.raises(Refused):
            assigning.declare_conflict(card, Kind.FAMILY, "", stranger)
    with pytest.raises(Refused) as refused:
        assigning.declare_conflict(card, "enemy", "", marking.officer)
    assert refused.value.code == "no_kind"


def test_no_conflict_is_declared_on_a_sheet_that_was_handed_in(marking):
    judge = marking.judges[0]
    for entry in marking.entries:
        marking.score(judge, entry, "20", "15", "8")
    scoring.hand_in_all(judge, judge.user)
    with pytest.raises(Refused) as refused:
        assigning.declare_conflict(
            marking.card(judge, marking.entries[0]), Kind.FAMILY, "", judge.user
        )
    assert refused.value.code == "handed_in"


def test_a_judge_gives_one_entry_back_and_can_be_asked_again(marking):
    judge, entry = marking.judges[0], marking.entries[0]
    card = marking.card(judge, entry)
    with pytest.raises(Refused):
        assigning.decline_sheet(card, " ", judge.user)
    assigning.decline_sheet(card, "Không thuộc chuyên môn", judge.user)
    card.refresh_from_db()
    assert (card.state, card.decline_reason) == ("declined", "Không thuộc chuyên môn")
    [again] = assigning.assign(judge, [entry], marking.officer).assigned
    assert (again.pk, again.state, again.decline_reason) == (card.pk, "assigned", "")


def test_opening_looks_for_conflicts_once_more_and_takes_the_newest_submission(panel):
    judge = panel.judges[0]
    organisation = OrganisationFactory()
    mine = panel.entry(applicant=Entry.Applicant.ORGANISATION, organisation=organisation)
    panel.assign_all()
    MembershipFactory(user=judge.user, organisation=organisation)
    newest = panel.submit(panel.entries[0])
    panel.open()
    assert panel.card(judge, mine).state == Scorecard.State.CONFLICTED
    assert panel.card(judge, panel.entries[0]).submission == newest


def test_new_work_is_told_once_marking_is_open(marking):
    judge, late = marking.judges[0], marking.entry()
    Notice.objects.all().delete()
    assigning.assign(judge, [late], marking.officer)
    [notice] = Notice.objects.filter(recipient=judge.user)
    assert notice.kind == "judge_assigned"
