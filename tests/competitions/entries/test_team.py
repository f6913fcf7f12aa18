"""The team: named people agree or decline by a mailed link; names stay hidden until then."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from competitions.entries import applying, snapshots
from competitions.entries.models import TeamMember
from competitions.entries.permissions import in_team
from competitions.entries.showing import dossier
from portal.core.models import ConsentRecord
from portal.core.verdicts import Refused
from tests.factories.entries import EntryFactory, FounderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(mailoutbox, django_capture_on_commit_callbacks):
    """Name somebody and answer with the member and the link that was mailed."""

    def do(entry, full_name="Phạm Quốc Bảo", email="bao@demo.example"):
        with django_capture_on_commit_callbacks(execute=True):
            member = applying.name_member(entry, entry.captain, full_name=full_name, email=email)
        return member, link(mailoutbox)

    return do


def link(mailoutbox):
    return re.search(r"/workspace/entries/consent/[\w-]+/", mailoutbox[-1].body)[0]


def names(entry):
    submission = entry.submissions.first()
    shown = dossier(submission, file_url=str, page_url=lambda file, number: "")
    return [line.name for line in shown.team]


def test_the_link_works_without_an_account(name):
    member, address = name(EntryFactory())
    page = Client().get(address)
    assert page.status_code == 200
    assert "Phạm Quốc Bảo" in page.content.decode()

    Client().post(address, {"answer": "agree"})
    member.refresh_from_db()
    assert member.agreed
    assert member.user is None
    assert member.consent.channel == ConsentRecord.Channel.MAIL_LINK
    assert member.consent.subject_email == "bao@demo.example"


def test_signed_in_the_link_also_opens_the_draft(name, signed_in):
    entry = EntryFactory()
    _member, address = name(entry)
    person = FounderFactory()
    browser = signed_in(person)
    assert browser.get(reverse("entries:entry", args=[entry.key])).status_code == 404
    browser.post(address, {"answer": "agree"})
    assert in_team(person, entry)
    assert browser.get(reverse("entries:entry", args=[entry.key])).status_code == 200


def test_who_agreed_without_an_account_gets_access_by_agreeing_again(name, signed_in):
    entry = EntryFactory()
    member, address = name(entry)
    Client().post(address, {"answer": "agree"})
    person = FounderFactory()
    signed_in(person).post(address, {"answer": "agree"})
    member.refresh_from_db()
    assert member.user == person
    assert ConsentRecord.objects.filter(about=f"member:{member.pk}").count() == 1


def test_declining_takes_name_and_access_away(name, signed_in):
    entry = EntryFactory()
    member, address = name(entry)
    person = FounderFactory()
    browser = signed_in(person)
    browser.post(address, {"answer": "agree"})
    browser.post(address, {"answer": "decline"})
    member.refresh_from_db()
    assert member.declined_at
    assert not member.agreed
    assert not in_team(person, entry)
    assert not ConsentRecord.objects.get(about=f"member:{member.pk}").stands


def test_judges_read_unconfirmed_member_until_the_person_agrees(name):
    entry = EntryFactory(submitted=True)
    _member, address = name(entry)
    snapshot = snapshots.build(entry, number=2)
    entry.submissions.create(
        number=2, snapshot=snapshot, receipt="0" * 64, submitted_by=entry.captain
    )
    assert names(entry)[1] == "Thành viên chưa xác nhận"
    Client().post(address, {"answer": "agree"})
    assert names(entry)[1] == "Phạm Quốc Bảo"
    Client().post(address, {"answer": "decline"})
    assert names(entry)[1] == "Thành viên chưa xác nhận"


def test_an_unknown_link_is_not_found():
    assert Client().get(reverse("entries:consent", args=["khong-co"])).status_code == 404


def test_nothing_happens_without_an_answer(name):
    member, address = name(EntryFactory())
    Client().post(address, {"answer": "maybe"})
    member.refresh_from_db()
    assert not member.agreed
    assert not member.declined_at


def test_the_captain_cannot_agree_for_a_member(name, signed_in):
    entry = EntryFactory()
    member, address = name(entry)
    page = signed_in(entry.captain).post(address, {"answer": "agree"}, follow=True)
    assert "đã có trong nhóm này" in page.content.decode()
    member.refresh_from_db()
    assert not member.agreed


def test_only_the_hash_of_the_link_is_stored(name):
    member, address = name(EntryFactory())
    member.refresh_from_db()
    assert member.token_hash not in address
    assert address.rstrip("/").split("/")[-1] not in member.token_hash


def test_a_new_link_ends_the_old_one(name, mailoutbox, django_capture_on_commit_callbacks):
    entry = EntryFactory()
    member, old = name(entry)
    with django_capture_on_commit_callbacks(execute=True):
        applying.ask_again(member, entry.captain)
    assert Client().get(old).status_code == 404
    assert Client().get(link(mailoutbox)).status_code == 200


def test_another_name_is_another_person(name):
    entry = EntryFactory()
    member, address = name(entry)
    Client().post(address, {"answer": "agree"})
    member.refresh_from_db()
    applying.change_member(
        member, entry.captain, full_name="Người Khác", email=member.email, role="Tài chính"
    )
    member.refresh_from_db()
    assert not member.agreed
    assert Client().get(address).status_code == 404


def test_another_role_is_the_same_person(name):
    entry = EntryFactory()
    member, address = name(entry)
    Client().post(address, {"answer": "agree"})
    member.refresh_from_db()
    facts = {"full_name": member.full_name, "email": member.email}
    applying.change_member(member, entry.captain, role="Tài chính", **facts)
    member.refresh_from_db()
    assert member.agreed
    with pytest.raises(Refused, match="đã đồng ý"):
        applying.ask_again(member, entry.captain)


def test_a_team_has_a_largest_size_and_each_address_once(name):
    entry = EntryFactory(competition__max_team_size=2)
    with pytest.raises(Refused) as twice:
        name(entry, email=entry.captain.email.upper())
    assert twice.value.field == "email"
    member, _address = name(entry)
    with pytest.raises(Refused) as full:
        name(entry, email="ba@demo.example")
    assert full.value.code == "team_full"
    applying.remove_member(member, entry.captain)
    name(entry, email="ba@demo.example")


def test_only_the_captain_names_changes_and_removes(name):
    entry = EntryFactory()
    member, _address = name(entry)
    person = FounderFactory()
    TeamMember.objects.filter(pk=member.pk).update(user=person)
    facts = {"full_name": "A", "email": "a@demo.example"}
    for refused in (
        lambda: applying.name_member(entry, person, **facts),
        lambda: applying.change_member(member, person, **facts),
        lambda: applying.remove_member(member, person),
        lambda: applying.ask_again(member, person),
    ):
        with pytest.raises(Refused, match="Chỉ trưởng nhóm"):
            refused()
    with pytest.raises(Refused):
        applying.remove_member(entry.members.get(is_captain=True), entry.captain)


def test_a_withdrawn_entry_takes_no_answers(name):
    entry = EntryFactory()
    _member, address = name(entry)
    type(entry).objects.filter(pk=entry.pk).update(state="withdrawn")
    page = Client().post(address, {"answer": "agree"}, follow=True)
    assert "đã được rút" in page.content.decode()
