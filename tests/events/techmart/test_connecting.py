"""The way of a request: who may do what, what each side learns, and when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from events.techmart import connecting, connection_due
from events.techmart.models import ConnectionRequest, MarketPage
from portal.accounts.models import Membership, User
from portal.core import clock, working_days
from portal.core.models import CalendarDay, Notice
from portal.core.verdicts import Refused
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.connections import ANSWERS, asked, moved_to, reason
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer

SignedIn = Callable[[Any], Client]
States = ConnectionRequest.State
SECRETS_OF_ASKER = ("Hồ Thị Bí Mật", "Kín Tiếng", "908765432", "0908 765 432")
SECRETS_OF_OWNER = ("Ngô Thị Mẫu", "912345678", "0912 345 678", "Cơ khí Giấu Tên")


def hidden_offer() -> Any:
    return offer(OrganisationFactory(name="Cơ khí Giấu Tên"), anonymous=True)


def owner(request: ConnectionRequest) -> User:
    return owner_of(request.record.standing.organisation)


def url(request: ConnectionRequest, tail: str = "") -> str:
    return f"/workspace/connections/{request.key}/{tail}"


def test_a_request_goes_its_way_and_both_sides_know_each_other_at_the_end(officer: User) -> None:
    request = moved_to("memorandum", officer, hidden_offer())
    connecting.go_on(request, officer, States.CONTRACT)
    connecting.go_on(request, officer, States.DONE)
    request.refresh_from_db()
    assert request.state == States.DONE
    assert request.ended_at
    assert request.opened_at
    told = list(request.events.filter(kind="moved").values_list("to_state", flat=True))
    assert told == [
        *("received", "passed_on", "accepted", "in_contact", "negotiating", "memorandum"),
        *("contract", "done"),
    ]


def test_asking_through_the_page(market: MarketPage, signed_in: SignedIn) -> None:
    record = offer()
    founder = UserFactory()
    organisation = OrganisationFactory(owner=founder)
    client = signed_in(founder)
    address = f"/workspace/connections/ask/offer/{record.standing.slug}/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"organisation": organisation.pk, **ANSWERS, "consent": "on"})
    request = ConnectionRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == url(request)
    assert request.consent.text.purpose == connecting.PURPOSE
    assert request.consent.user == founder
    again = client.post(address, {"organisation": organisation.pk, **ANSWERS, "consent": "on"})
    assert again.status_code == 422
    assert ANSWERS["about_asker"] in again.content.decode()
    assert ConnectionRequest.objects.count() == 1


def test_what_is_not_public_cannot_be_asked_about(db: None, signed_in: SignedIn) -> None:
    draft = offer(live=False)
    client = signed_in(UserFactory())
    for tail in (f"offer/{draft.standing.slug}", "offer/khong-co", "supplier/x"):
        assert client.get(f"/workspace/connections/ask/{tail}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreed": False}, "no_consent"),
        ({"cooperation": "  "}, "empty"),
        ({"about_asker": "\x00"}, "empty"),
    ],
)
def test_what_a_request_needs(db: None, change: dict[str, Any], code: str) -> None:
    founder = UserFactory()
    organisation = OrganisationFactory(owner=founder)
    facts = {**ANSWERS, **{name: text for name, text in change.items() if name != "agreed"}}
    with pytest.raises(Refused) as refused:
        connecting.ask(
            offer(), organisation, founder, facts, agreed=bool(change.get("agreed", True))
        )
    assert refused.value.code == code


def test_nobody_asks_for_others_nor_about_their_own(db: None) -> None:
    record = offer()
    own = record.standing.organisation
    for person, organisation, code in (
        (UserFactory(), OrganisationFactory(), "not_member"),
        (owner_of(own), own, "own_record"),
    ):
        with pytest.raises(Refused) as refused:
            connecting.ask(record, organisation, person, ANSWERS, agreed=True)
        assert refused.value.code == code


def test_requests_of_a_day_are_limited(db: None, settings: Any) -> None:
    settings.TECHMART_REQUESTS_PER_DAY = 2
    founder = UserFactory()
    OrganisationFactory(owner=founder)
    for _number in range(2):
        asked(offer(), founder)
    with pytest.raises(Refused) as refused:
        asked(offer(), founder)
    assert refused.value.code == "too_many"


def test_the_database_keeps_one_open_request_and_hides_contacts(officer: User) -> None:
    request = moved_to("passed_on", officer)
    rows = ConnectionRequest.objects.filter(pk=request.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(opened_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=States.DECLINED)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(offer=None)


def test_before_it_is_passed_on_the_owner_knows_nothing(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("received", officer, hidden_offer())
    client = signed_in(owner(request))
    assert client.get(url(request)).status_code == 404
    assert request.code not in client.get("/workspace/connections/?side=in").content.decode()


def test_the_owner_reads_the_officers_words_and_nothing_of_the_asker(
    officer: User, signed_in: SignedIn, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        request = moved_to("passed_on", officer, hidden_offer())
    client = signed_in(owner(request))
    for address in (url(request), "/workspace/connections/?side=in", "/workspace/"):
        page = client.get(address).content.decode()
        assert not [secret for secret in SECRETS_OF_ASKER if secret in page], address
    assert "Một hợp tác xã trồng mía" in client.get(url(request)).content.decode()
    letters = Notice.objects.filter(recipient=owner(request))
    assert letters.filter(kind="techmart.connection").exists()
    for letter in letters:
        words = f"{letter.subject}{letter.body}"
        assert not [secret for secret in SECRETS_OF_ASKER if secret in words]
    for message in mail.outbox:
        if owner(request).email in message.to:
            assert not message.reply_to
            assert not [secret for secret in SECRETS_OF_ASKER if secret in str(message.message())]


@pytest.mark.parametrize("state", ["new", "received", "passed_on"])
def test_the_asker_learns_nothing_of_an_anonymous_owner_before_the_yes(
    officer: User, signed_in: SignedIn, state: str
) -> None:
    request = moved_to(state, officer, hidden_offer())
    client = signed_in(request.asker)
    for address in (url(request), "/workspace/connections/", "/workspace/"):
        page = client.get(address).content.decode()
        assert not [secret for secret in SECRETS_OF_OWNER if secret in page], address
    for letter in Notice.objects.filter(recipient=request.asker):
        assert not [one for one in SECRETS_OF_OWNER if one in f"{letter.subject}{letter.body}"]


def test_after_the_yes_each_side_sees_the_contacts_of_the_other(
    officer: User, signed_in: SignedIn
) -> None:
    request = moved_to("passed_on", officer, hidden_offer())
    assert signed_in(owner(request)).post(url(request, "accept/")).status_code == 302
    of_owner = signed_in(owner(request)).get(url(request)).content.decode()
    of_asker = signed_in(request.asker).get(url(request)).content.decode()
    assert "Hồ Thị Bí Mật" in of_owner
    assert "Kín Tiếng" in of_owner
    assert "Ngô Thị Mẫu" in of_asker
    assert "Cơ khí Giấu Tên" in of_asker


def test_a_no_with_its_reason_keeps_both_unknown(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer, hidden_offer())
    client = signed_in(owner(request))
    assert client.post(url(request, "decline/"), {}).status_code == 422
    reply = {"decline-reason": reason("decline_reason").pk, "decline-note": "Hết máy rồi."}
    assert client.post(url(request, "decline/"), reply).status_code == 302
    request.refresh_from_db()
    assert request.state == States.DECLINED
    assert request.opened_at is None
    page = signed_in(request.asker).get(url(request)).content.decode()
    assert "Hết máy rồi." in page
    assert not [secret for secret in SECRETS_OF_OWNER if secret in page]
    page = client.get(url(request)).content.decode()
    assert not [secret for secret in SECRETS_OF_ASKER if secret in page]
    asked(request.record, request.asker)  # what has ended does not stand in the way


def test_only_an_owner_of_the_account_answers(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer)
    member = UserFactory()
    MembershipFactory(
        user=member, organisation=request.offer.standing.organisation, role=Membership.Role.MEMBER
    )
    assert signed_in(member).get(url(request)).status_code == 200
    assert signed_in(member).post(url(request, "accept/")).status_code == 403
    assert signed_in(request.asker).post(url(request, "accept/")).status_code == 403
    assert signed_in(officer).post(url(request, "accept/")).status_code == 404
    request.refresh_from_db()
    assert request.state == States.PASSED_ON


@pytest.mark.parametrize(
    "words",
    ["Hợp tác xã Kín Tiếng muốn mua máy.", "Gọi 0908 765 432 nhé.", "hồ thị bí mật hỏi"],
)
def test_an_officer_does_not_name_the_asker_by_mistake(officer: User, words: str) -> None:
    request = moved_to("received", officer)
    with pytest.raises(Refused) as refused:
        connecting.pass_on(request, officer, words=words, presented_as="Một hợp tác xã")
    assert (refused.value.code, refused.value.field) == ("names_asker", "words")


def test_moves_outside_of_the_table_are_refused(officer: User) -> None:
    request = moved_to("received", officer)
    for act in (
        lambda: connecting.receive(request, officer),
        lambda: connecting.go_on(request, officer, States.DONE),
        lambda: connecting.go_on(request, officer, States.ACCEPTED),
        lambda: connecting.go_on(request, officer, "nonsense"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "illegal_move"


def test_of_two_officers_one_moves_the_request(officer: User) -> None:
    request = asked()
    other = UserFactory(officer=True)
    seen_by_other = ConnectionRequest.objects.get(pk=request.pk)
    connecting.receive(request, officer)
    with pytest.raises(Refused) as refused:
        connecting.receive(seen_by_other, other)
    assert refused.value.code == "stale_state"
    assert ConnectionRequest.objects.get(pk=request.pk).officer == officer
    assert request.events.filter(kind="moved").count() == 1


def test_an_officer_answers_where_the_owner_has_no_account(officer: User) -> None:
    record = demand()
    type(record.standing)._base_manager.update(organisation=None)
    record.standing.organisation = None
    request = asked(record)
    connecting.receive(request, officer)
    connecting.pass_on(request, officer, words="Có máy phù hợp.", presented_as="Một công ty")
    with pytest.raises(Refused) as refused:
        connecting.accept(request, officer)
    assert refused.value.code == "no_note"
    connecting.accept(request, officer, "Đồng ý qua điện thoại.")
    assert request.state == States.ACCEPTED


def test_an_officer_does_not_answer_for_an_owner_with_an_account(officer: User) -> None:
    request = moved_to("passed_on", officer)
    with pytest.raises(Refused) as refused:
        connecting.accept(request, officer, "tôi tự quyết")
    assert refused.value.code == "not_owner"


def test_an_expert_answers_for_themself(officer: User, signed_in: SignedIn) -> None:
    person = UserFactory()
    request = asked(expert(person, phone="+84987654321"))
    connecting.receive(request, officer)
    connecting.pass_on(request, officer, words="Cần tư vấn.", presented_as="Một công ty")
    assert "987 654 321" not in signed_in(request.asker).get(url(request)).content.decode()
    assert signed_in(person).post(url(request, "accept/")).status_code == 302
    assert "0987 654 321" in signed_in(request.asker).get(url(request)).content.decode()


def test_due_days_count_working_days_of_the_calendar(db: None) -> None:
    assert working_days.after(date(2026, 11, 26), 2) == date(2026, 11, 30)
    CalendarDay.objects.create(day=date(2026, 11, 30), name="Nghỉ")
    CalendarDay.objects.create(
        day=date(2026, 11, 28), kind="working", name="Làm bù", instead_of=date(2026, 11, 30)
    )
    assert working_days.after(date(2026, 11, 26), 2) == date(2026, 11, 28)
    assert working_days.after(date(2026, 11, 26), 3) == date(2026, 12, 1)


def test_the_clock_reminds_once_for_each_due_day(officer: User, at: Any) -> None:
    at("2026-11-23 09:00")
    request = moved_to("passed_on", officer)
    assert request.due_on == date(2026, 11, 30)
    told = Notice.objects.filter(recipient=owner(request))
    before = told.count()
    for moment, count in (
        ("2026-11-27 09:00", 0),
        ("2026-11-30 06:00", 0),
        ("2026-11-30 08:00", 1),
        ("2026-11-30 08:01", 1),
        ("2026-12-02 08:00", 1),
    ):
        connection_due.run(at(moment))
        assert told.count() - before == count, moment


def test_the_desk_gets_one_digest_a_morning(officer: User, at: Any) -> None:
    at("2026-11-23 09:00")
    asked()
    digests = Notice.objects.filter(recipient=officer, kind="techmart.desk_digest")
    for moment, count in (
        ("2026-11-25 08:00", 0),
        ("2026-11-26 07:00", 0),
        ("2026-11-26 08:00", 1),
        ("2026-11-26 18:00", 1),
        ("2026-11-27 08:00", 2),
    ):
        connection_due.run(at(moment))
        assert digests.count() == count, moment


def test_the_next_step_is_agreed_and_the_request_given_over(officer: User) -> None:
    request = moved_to("in_contact", officer)
    other = UserFactory(officer=True)
    connecting.plan(request, officer, "Thăm ruộng trình diễn", clock.today())
    connecting.assign(request, officer, other)
    request.refresh_from_db()
    assert request.next_step == "Thăm ruộng trình diễn"
    assert request.officer == other
    with pytest.raises(Refused) as refused:
        connecting.assign(request, officer, UserFactory())
    assert refused.value.code == "not_officer"
    with pytest.raises(Refused) as refused:
        connecting.plan(request, officer, "x", date(1999, 1, 1))
    assert refused.value.code == "bad_day"


def test_strangers_find_nothing(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer)
    client = signed_in(UserFactory())
    assert client.get(url(request)).status_code == 404
    for tail in ("write/", "accept/", "decline/"):
        assert client.post(url(request, tail), {"text": "x"}).status_code == 404
    assert Client().get(url(request)).status_code == 302
