"""A panel is formed: invited by mail, accepted with two promises, declined with a reason."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction

from competitions.entries.models import Entry
from competitions.judging import inviting
from competitions.judging.models import Judge, Scorecard
from portal.accounts.models import User
from portal.core.auditing import history
from portal.core.models import ConsentRecord, Notice
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from tests.factories.judging import JudgeFactory, person

pytestmark = pytest.mark.django_db


def invited(panel, **changes):
    facts = {"email": "Moi@Gmail.com", "full_name": "Lê Thị Mới", "title": "Tiến sĩ", **changes}
    return inviting.invite(panel.round_track, by=panel.officer, **facts)


def test_an_unknown_person_gets_an_account_without_a_password_and_a_mail(
    panel, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        judge = invited(panel)
    assert judge.state == Judge.State.INVITED
    assert judge.user.email == "moi@gmail.com"
    assert not judge.user.has_usable_password()
    assert EmailAddress.objects.get(user=judge.user).verified is False
    [letter] = mail.outbox
    assert letter.to == ["moi@gmail.com"]
    assert "/judging/?email=moi%40gmail.com" in letter.body
    assert Notice.objects.get(recipient=judge.user).kind == "judge_invited"
    assert [line.action for line in history(judge)] == ["judging.invited"]


def test_a_known_person_keeps_the_account(panel):
    known = person(email="quen@gmail.com", full_name="Phạm Quen")
    judge = invited(panel, email="QUEN@gmail.com", full_name="Tên Khác")
    assert judge.user == known
    assert User.objects.get(pk=known.pk).full_name == "Phạm Quen"
    assert EmailAddress.objects.filter(user=known).count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"email": "không phải"}, "bad_email", "email"),
        ({"full_name": "  "}, "no_name", "full_name"),
    ],
)
def test_bad_facts_are_refused_beside_their_field(panel, changes, code, field):
    with pytest.raises(Refused) as refused:
        invited(panel, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Judge.objects.count() == 2


def test_one_person_has_one_seat_in_a_panel(panel):
    judge = invited(panel)
    with pytest.raises(Refused) as refused:
        invited(panel)
    assert refused.value.code == "seated"
    with pytest.raises(IntegrityError), transaction.atomic():
        JudgeFactory(round_track=panel.round_track, user=judge.user)


@pytest.mark.parametrize("role", ["director", "editor", "front_desk"])
def test_only_officers_invite(panel, role):
    with pytest.raises(Refused):
        inviting.invite(panel.round_track, "a@gmail.com", "An", by=person(**{role: True}))
    with pytest.raises(Refused):
        inviting.resend(panel.judges[0], by=person(**{role: True}))
    with pytest.raises(Refused):
        inviting.remove(panel.judges[0], by=person(**{role: True}))
    with pytest.raises(Refused):
        inviting.make_chair(panel.judges[0], by=person(**{role: True}))


def test_accepting_keeps_both_promises_as_consents(panel):
    judge = invited(panel)
    inviting.accept(judge, judge.user)
    judge.refresh_from_db()
    assert judge.state == Judge.State.ACCEPTED
    purposes = {record.text.purpose for record in ConsentRecord.objects.filter(user=judge.user)}
    assert purposes == {"judge_impartiality", "judge_confidentiality"}
    assert judge.impartiality.about == f"judging.judge:{judge.pk}"


@pytest.mark.parametrize(
    ("impartial", "confidential", "missing"),
    [
        (False, True, {"impartial"}),
        (True, False, {"confidential"}),
        (False, False, {"impartial", "confidential"}),
    ],
)
def test_a_promise_that_was_not_given_is_named(panel, impartial, confidential, missing):
    judge = invited(panel)
    with pytest.raises(Refused) as refused:
        inviting.accept(judge, judge.user, impartial=impartial, confidential=confidential)
    assert set(refused.value.details) == missing
    judge.refresh_from_db()
    assert judge.state == Judge.State.INVITED
    assert not ConsentRecord.objects.filter(user=judge.user).exists()


def test_the_database_knows_no_accepted_judge_without_promises(panel):
    judge = invited(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Judge.objects.filter(pk=judge.pk).update(state=Judge.State.ACCEPTED)


def test_nobody_answers_for_somebody_else(panel):
    judge = invited(panel)
    with pytest.raises(Refused):
        inviting.accept(judge, panel.officer)
    with pytest.raises(Refused):
        inviting.decline(judge, panel.officer, "Bận")


def test_declining_needs_a_reason_and_tells_the_officer(panel):
    judge = invited(panel)
    with pytest.raises(Refused):
        inviting.decline(judge, judge.user, "  ")
    inviting.decline(judge, judge.user, "Đi công tác")
    judge.refresh_from_db()
    assert judge.state == Judge.State.DECLINED
    notice = Notice.objects.get(recipient=panel.officer, kind="judge_declined")
    assert "Lê Thị Mới" in notice.subject
    assert notice.body == "Đi công tác"


def test_sheets_assigned_before_are_declined_with_the_seat(panel):
    seat = panel.judge(accepted=False)
    panel.assign_all()
    inviting.decline(seat, seat.user, "Ốm")
    assert set(seat.scorecards.values_list("state", flat=True)) == {Scorecard.State.DECLINED}


def test_who_declined_can_be_invited_again(panel):
    judge = invited(panel)
    inviting.decline(judge, judge.user, "Bận")
    again = invited(panel)
    assert again.pk == judge.pk
    assert again.state == Judge.State.INVITED
    assert again.answered_at is None


def test_an_invitation_can_be_sent_again_until_it_is_answered(
    panel, django_capture_on_commit_callbacks
):
    judge = invited(panel)
    with django_capture_on_commit_callbacks(execute=True):
        inviting.resend(judge, by=panel.officer)
    assert len(mail.outbox) == 1
    inviting.accept(judge, judge.user)
    with pytest.raises(Refused) as refused:
        inviting.resend(judge, by=panel.officer)
    assert refused.value.code == "answered"


def test_a_panel_has_one_chair(panel):
    first, second = panel.judges
    inviting.make_chair(first, by=panel.officer)
    inviting.make_chair(second, by=panel.officer)
    chairs = Judge.objects.filter(round_track=panel.round_track, is_chair=True)
    assert [judge.pk for judge in chairs] == [second.pk]
    third = invited(panel)
    inviting.make_chair(third, by=panel.officer)
    inviting.remove(third, by=panel.officer)
    assert not chairs.all().exists()
    with pytest.raises(Refused):
        inviting.make_chair(third, by=panel.officer)


def test_an_invitation_does_not_depose_a_chair_who_has_accepted(panel):
    first, _second = panel.judges
    inviting.make_chair(first, by=panel.officer)
    with pytest.raises(Refused) as refused:
        invited(panel, is_chair=True)
    assert (refused.value.code, refused.value.field) == ("has_chair", "is_chair")
    assert Judge.objects.get(round_track=panel.round_track, is_chair=True) == first


@pytest.mark.parametrize("place", ["captain", "member by account", "member by address"])
def test_who_enters_the_competition_is_not_invited_to_judge_it(panel, place):
    entry = panel.entries[0]
    someone = person(email="trong.nhom@gmail.com")
    if place == "captain":
        Entry.objects.filter(pk=entry.pk).update(captain=someone)
    else:
        account = someone if place == "member by account" else None
        address = "khac@gmail.com" if account else "Trong.Nhom@gmail.com"
        entry.members.create(full_name="Trong Nhóm", email=address, user=account)
    with pytest.raises(Refused) as refused:
        invited(panel, email=someone.email)
    assert (refused.value.code, refused.value.field) == ("contestant", "email")
    Entry.objects.filter(pk=entry.pk).update(state=Entry.State.WITHDRAWN)
    assert invited(panel, email=someone.email).state == Judge.State.INVITED


def test_a_judge_without_complete_sheets_can_be_removed(marking):
    judge = marking.judges[0]
    inviting.remove(judge, by=marking.officer)
    judge.refresh_from_db()
    assert judge.state == Judge.State.REMOVED
    assert set(judge.scorecards.values_list("state", flat=True)) == {Scorecard.State.DECLINED}


def test_a_judge_with_complete_sheets_stays(marking):
    judge = marking.judges[0]
    marking.score(judge, marking.entries[0], "20", "15", "8")
    with pytest.raises(Refused) as refused:
        inviting.remove(judge, by=marking.officer)
    assert refused.value.code == "has_marks"


def test_answering_twice_is_refused(panel):
    judge = invited(panel)
    stale = Judge.objects.get(pk=judge.pk)
    inviting.accept(judge, judge.user)
    with pytest.raises(StaleState):
        inviting.decline(stale, stale.user, "Đổi ý")
