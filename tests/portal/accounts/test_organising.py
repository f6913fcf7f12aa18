"""The verbs: who may do what with organisations, what is refused, who is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connections

from portal.accounts import organising
from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.accounts.organisation_facts import find, mask_address
from portal.accounts.waiting import tasks_for
from portal.core import auditing
from portal.core.models import Notice
from portal.core.verdicts import Refused
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

GOOD_CODE = "0100109106"
OTHER_CODE = "0100233488"

pytestmark = pytest.mark.django_db


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "enterprise",
        "name": "Công ty TNHH Sầu Riêng",
        "tax_code": GOOD_CODE,
        **changes,
    }


def actions(record: Organisation) -> list[str]:
    return [line.action for line in auditing.history(record)]


def sent_token() -> str:
    """The token in the newest invitation mail."""
    return mail.outbox[-1].body.split("/invitations/open/")[1].split("/")[0]


@pytest.fixture
def invited(django_capture_on_commit_callbacks: Any) -> Any:
    def send(organisation: Organisation, email: str, by: User) -> tuple[Invitation, str]:
        with django_capture_on_commit_callbacks(execute=True):
            invitation = organising.invite(organisation, email, by=by)
        return invitation, sent_token()

    return send


# Entering and changing --------------------------------------------------------------------


def test_whoever_enters_an_organisation_owns_it() -> None:
    user = UserFactory()
    organisation = organising.create(
        facts(name="  Công  ty\u0000TNHH Sa\u0302\u0300u Riêng "), by=user
    )
    assert organisation.name == "Công ty TNHH Sầu Riêng"
    assert organisation.folded_name == "cong ty tnhh sau rieng"
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.state) == (user, "owner", "active")
    assert actions(organisation) == ["accounts.organisation_created"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tax_code": ""}, "tax_code"),
        ({"tax_code": "0100109107"}, "tax_code"),
        ({"tax_code": "072090012345"}, "tax_code"),
        ({"tax_code": "12345"}, "tax_code"),
        ({"tax_code": "٠١٠٠١٠٩١٠٦"}, "tax_code"),
        ({"kind": "cartel"}, "kind"),
        ({"country": "XX"}, "country"),
        ({"name": " \u0000 "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"first_registered_on": date(2999, 1, 1)}, "first_registered_on"),
        ({"email": "không phải thư"}, "email"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_wrong_facts_are_refused_with_their_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        organising.create(facts(**changes), by=UserFactory())
    assert refused.value.field == field
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({"tax_code": "0100109106-001"}, "0100109106001"),
        ({"tax_code": " 01.00.109.106 "}, "0100109106"),
        ({"kind": "household", "tax_code": "072 090 012 345"}, "072090012345"),
        ({"kind": "institute", "tax_code": ""}, ""),
        ({"country": "DE", "tax_code": "de 811 128 135"}, "DE811128135"),
    ],
)
def test_tax_codes_are_kept_in_one_form(changes: dict[str, Any], stored: str) -> None:
    assert organising.create(facts(**changes), by=UserFactory()).tax_code == stored


def test_a_personal_number_is_masked_and_never_public() -> None:
    household = OrganisationFactory(household=True, tax_code="072090012345")
    assert household.masked_tax_code == "••••••••2345"
    assert household.public_tax_code == ""
    assert "072090012345" not in str(auditing.history(household).values_list("data"))


def test_a_tax_code_that_is_there_names_its_owner_discreetly() -> None:
    owner = UserFactory(email="anh.tran@demo.example")
    organising.create(facts(), by=owner)
    with pytest.raises(Refused) as refused:
        organising.create(facts(name="Tên khác"), by=UserFactory())
    assert (refused.value.code, refused.value.field) == ("exists", "tax_code")
    assert str(refused.value) == (
        "Tổ chức này đã có trên hệ thống, hãy hỏi người quản lý: a•••@demo.example."
    )
    assert mask_address("b@demo.example") == "b•••@demo.example"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_tax_code_one_wins_and_the_other_is_told() -> None:
    people = [UserFactory(), UserFactory()]
    together = Barrier(2, timeout=20)

    def enter(user: User) -> str:
        together.wait()
        try:
            organising.create(facts(), by=user)
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "made"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, people)) == ["exists", "made"]
    assert Organisation.objects.count() == Membership.objects.count() == 1


def test_only_owners_and_officers_change_it_and_the_log_holds_names_not_values() -> None:
    organisation = OrganisationFactory(tax_code=GOOD_CODE)
    member = MembershipFactory(organisation=organisation).user
    for outsider in (member, UserFactory(), UserFactory(editor=True), UserFactory(director=True)):
        with pytest.raises(Refused):
            organising.change(organisation, {"name": "Khác"}, by=outsider)
    owner = Membership.objects.get(role="owner").user
    organising.change(organisation, {"tax_code": OTHER_CODE}, by=owner)
    line = auditing.history(organisation)[0]
    assert line.data == {"changed": ["tax_code"]}
    before = len(actions(organisation))
    organising.change(organisation, {"tax_code": OTHER_CODE}, by=UserFactory(officer=True))
    assert len(actions(organisation)) == before


def test_an_owners_new_name_ends_the_confirmation_an_officers_does_not() -> None:
    organisation = OrganisationFactory(tax_code=GOOD_CODE)
    owner, officer = organisation.created_by, UserFactory(officer=True)
    for nobody in (owner, UserFactory(editor=True), UserFactory(director=True)):
        with pytest.raises(Refused):
            organising.verify(organisation, by=nobody)
    organising.verify(organisation, by=officer)
    with pytest.raises(Refused):
        organising.verify(organisation, by=officer)
    organising.change(organisation, {"address": "12 đường 30/4"}, by=owner)
    organisation.refresh_from_db()
    assert organisation.verified_by == officer
    organising.change(organisation, {"name": "Tên do chuyên viên sửa"}, by=officer)
    organisation.refresh_from_db()
    assert organisation.verified_at
    organising.change(organisation, {"name": "Tên mới"}, by=owner)
    organisation.refresh_from_db()
    assert organisation.verified_at is None


# Invitations ------------------------------------------------------------------------------


def test_an_invited_colleague_joins_by_the_mailed_link(invited: Any) -> None:
    organisation = OrganisationFactory()
    owner = organisation.created_by
    invitation, token = invited(organisation, "Moi@Demo.Example", owner)
    assert mail.outbox[-1].to == ["moi@demo.example"]
    assert token not in invitation.token_hash
    assert invitation.expires_at - invitation.sent_at == timedelta(days=14)

    colleague = UserFactory(email="moi@demo.example")
    [task] = tasks_for(colleague)
    assert organisation.name in str(task.title)
    membership = organising.accept_invitation(token, by=colleague)
    assert (membership.role, membership.state) == ("member", "active")
    assert Notice.objects.get(recipient=owner).kind == "accounts.invitation_accepted"
    with pytest.raises(Refused) as again:
        organising.accept_invitation(token, by=colleague)
    assert again.value.code == "accepted"
    assert tasks_for(colleague) == []


def test_the_wrong_person_is_told_politely(invited: Any) -> None:
    organisation = OrganisationFactory()
    _invitation, token = invited(organisation, "moi@demo.example", organisation.created_by)
    stranger = UserFactory(email="khac@demo.example")
    with pytest.raises(Refused) as refused:
        organising.accept_invitation(token, by=stranger)
    assert refused.value.code == "other_address"
    assert "m•••@demo.example" in str(refused.value)
    assert "moi@demo.example" not in str(refused.value)
    assert Invitation.objects.get().state == "sent"


def test_an_unconfirmed_address_does_not_count(invited: Any) -> None:
    organisation = OrganisationFactory()
    _invitation, token = invited(organisation, "moi@demo.example", organisation.created_by)
    pretender = UserFactory()
    pretender.emailaddress_set.create(email="moi@demo.example", verified=False)
    with pytest.raises(Refused):
        organising.accept_invitation(token, by=pretender)
    pretender.emailaddress_set.update(verified=True)
    organising.accept_invitation(token, by=pretender)


def test_expired_revoked_and_unknown_links_do_not_work(invited: Any, at: Any) -> None:
    at("2026-11-23 08:00")
    organisation = OrganisationFactory()
    owner = organisation.created_by
    invitation, token = invited(organisation, "moi@demo.example", owner)
    colleague = UserFactory(email="moi@demo.example")
    at("2026-12-07 08:00")
    codes = []
    for attempt in (token, "x" * 43):
        with pytest.raises(Refused) as refused:
            organising.accept_invitation(attempt, by=colleague)
        codes.append(refused.value.code)
    assert codes == ["expired", "unknown"]
    with pytest.raises(Refused):
        organising.accept_waiting(invitation, by=colleague)

    organising.resend(invitation, by=owner)
    with pytest.raises(Refused):
        organising.accept_invitation(token, by=colleague)  # the old link
    organising.revoke(invitation, by=owner)
    for act in (organising.revoke, organising.resend):
        with pytest.raises(Refused):
            act(invitation, by=owner)
    with pytest.raises(Refused):
        organising.accept_waiting(invitation, by=colleague)


def test_one_open_invitation_for_an_address_and_none_for_members(invited: Any, at: Any) -> None:
    at("2026-11-23 08:00")
    organisation = OrganisationFactory()
    owner = organisation.created_by
    first, _token = invited(organisation, "moi@demo.example", owner)
    with pytest.raises(Refused) as refused:
        organising.invite(organisation, "MOI@demo.example", by=owner)
    assert refused.value.code == "waiting"
    with pytest.raises(Refused) as refused:
        organising.invite(organisation, owner.email, by=owner)
    assert refused.value.code == "member"
    at("2026-12-20 08:00")
    organising.invite(organisation, "moi@demo.example", by=owner)
    first.refresh_from_db()
    assert first.state == "revoked"


# Membership -------------------------------------------------------------------------------


def test_asking_to_join_tells_the_owners_and_is_answered_once() -> None:
    organisation = OrganisationFactory(tax_code=GOOD_CODE)
    owner, asker = organisation.created_by, UserFactory(language="en")
    assert find("VN", "0100 109 106") == organisation
    membership = organising.ask_to_join(organisation, by=asker)
    assert organising.ask_to_join(organisation, by=asker) == membership
    assert Notice.objects.filter(recipient=owner).count() == 1
    [task] = tasks_for(owner)
    assert str(task.title) == f"1 người xin tham gia {organisation.name}"

    for nobody in (
        asker,
        UserFactory(officer=True),
        MembershipFactory(organisation=organisation).user,
    ):
        with pytest.raises(Refused):
            organising.decide_request(membership, accept=True, by=nobody)
    organising.decide_request(membership, accept=True, by=owner)
    with pytest.raises(Refused):
        organising.decide_request(membership, accept=False, by=owner)
    notice = Notice.objects.get(recipient=asker)
    assert notice.subject == f"You now belong to {organisation.name}"
    assert notice.url == "/en/accounts/organisations/"
    with pytest.raises(Refused):
        organising.ask_to_join(organisation, by=asker)
    assert tasks_for(owner) == []


def test_a_declined_person_may_ask_again() -> None:
    organisation = OrganisationFactory()
    asker = UserFactory()
    membership = organising.ask_to_join(organisation, by=asker)
    organising.decide_request(membership, accept=False, by=organisation.created_by)
    assert Notice.objects.get(recipient=asker).subject.startswith("Yêu cầu tham gia")
    again = organising.ask_to_join(organisation, by=asker)
    assert (again.pk, again.state) == (membership.pk, "requested")
    organising.leave(again, by=asker)
    assert again.state == "declined"


def test_the_last_owner_hands_over_before_leaving() -> None:
    organisation = OrganisationFactory()
    owner = organisation.created_by
    mine = Membership.objects.get(user=owner)
    colleague = MembershipFactory(organisation=organisation)
    with pytest.raises(Refused) as refused:
        organising.leave(mine, by=owner)
    assert refused.value.code == "last_owner"
    with pytest.raises(Refused):
        organising.hand_over(organisation, mine, by=owner)
    with pytest.raises(Refused):
        organising.hand_over(organisation, MembershipFactory(), by=owner)
    organising.hand_over(organisation, colleague, by=owner)
    mine.refresh_from_db()
    assert mine.role == "member"
    with pytest.raises(Refused):
        organising.invite(organisation, "x@demo.example", by=owner)
    organising.leave(mine, by=owner)
    assert mine.state == "left"
    assert "accounts.handed_over" in actions(organisation)


def test_nobody_leaves_for_somebody_else_and_owners_end_memberships() -> None:
    organisation = OrganisationFactory()
    member = MembershipFactory(organisation=organisation)
    with pytest.raises(Refused):
        organising.leave(member, by=organisation.created_by)
    with pytest.raises(Refused):
        organising.remove(member, by=UserFactory(officer=True))
    organising.remove(member, by=organisation.created_by)
    assert Notice.objects.get(recipient=member.user).kind == "accounts.membership_ended"
    with pytest.raises(Refused):
        organising.remove(Membership.objects.get(role="owner"), by=organisation.created_by)


def test_who_left_comes_back_as_a_plain_member(invited: Any) -> None:
    organisation = OrganisationFactory()
    owner = organisation.created_by
    other = MembershipFactory(organisation=organisation, role="owner")
    organising.leave(other, by=other.user)
    _invitation, token = invited(organisation, other.user.email, owner)
    organising.accept_invitation(token, by=other.user)
    other.refresh_from_db()
    assert (other.state, other.role) == ("active", "member")


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_both_leave() -> None:
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, role="owner")
    together = Barrier(2, timeout=20)

    def go(membership: Membership) -> str:
        together.wait()
        try:
            organising.leave(membership, by=membership.user)
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "left"

    both = list(Membership.objects.select_related("user", "organisation"))
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, both)) == ["last_owner", "left"]
