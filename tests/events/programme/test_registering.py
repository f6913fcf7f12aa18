"""Seats, the waiting list and what people are told, through the verbs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.programme import scheduling
from events.programme.models import Registration, SignUp, SignUpAnswer
from events.programme.registration import admitting, due, inviting, registering, setting_up
from events.programme.registration.registering import Guest
from portal.accounts.models import User
from portal.core import clock
from portal.core.models import ConsentRecord, Notice
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from portal.questions.answering import ParsedAnswer
from tests.events.programme.conftest import moment
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.programme import EventFactory
from tests.factories.registration import (
    SignUpFactory,
    SignUpQuestionFactory,
    fresh,
    guest,
    registered,
)

pytestmark = pytest.mark.django_db

States = Registration.State


def states(sign_up: SignUp) -> list[str]:
    return list(sign_up.registrations.order_by("pk").values_list("state", flat=True))


def holds(sign_up: SignUp) -> None:
    """What must be true at every moment."""
    now = fresh(sign_up)
    held = now.registrations.filter(state__in=Registration.HOLDING).count()
    assert now.taken == held <= now.capacity
    if now.registrations.filter(state=States.WAITING).exists():
        assert now.taken == now.capacity


def code_of(address: str) -> str:
    [letter] = [one for one in mail.outbox if one.to == [address]]
    return letter.subject[:6]


@pytest.fixture
def sent(django_capture_on_commit_callbacks: Any) -> Any:
    """Send what waits for the commit: `with sent(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# Coming in ------------------------------------------------------------------------------------


def test_seats_are_given_in_order_then_people_wait() -> None:
    sign_up = SignUpFactory(capacity=2)
    made = [registered(sign_up) for _number in range(4)]
    assert [one.state for one in made] == ["confirmed", "confirmed", "waiting", "waiting"]
    holds(sign_up)
    assert [one.pk for one in sign_up.registrations.in_line()] == [made[2].pk, made[3].pk]


def test_without_a_waiting_list_full_is_full() -> None:
    sign_up = SignUpFactory(capacity=1, waiting_list=False)
    registered(sign_up)
    with pytest.raises(Refused) as refused:
        registered(sign_up)
    assert refused.value.code == "full"
    assert states(sign_up) == ["confirmed"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"opens_at": moment("2026-11-28 09:01")}, "not_yet"),
        ({"closes_at": moment("2026-11-28 09:00")}, "closed"),
        ({"invitation_only": True}, "invited_only"),
        ({"event__starts": moment("2026-11-28 08:00")}, "closed"),
        ({"event__called_off_because": "Bão."}, "called_off"),
    ],
)
def test_nobody_registers_outside_the_rules(changes: dict[str, Any], code: str) -> None:
    sign_up = SignUpFactory(**changes)
    person = UserFactory()
    for way in (
        lambda: registering.register(sign_up, guest(email=person.email), person=person),
        lambda: registering.ask(sign_up, guest()),
    ):
        with pytest.raises(Refused) as refused:
            way()
        assert refused.value.code == code
    assert not sign_up.registrations.exists()


def test_nobody_is_registered_twice_and_no_seat_is_lost_over_it() -> None:
    sign_up = SignUpFactory(capacity=2)
    person = UserFactory(email="lan@demo.example")
    registered(sign_up, person=person)
    with pytest.raises(Refused) as refused:
        registered(sign_up, person=person)
    assert refused.value.code == "twice"
    holds(sign_up)
    assert fresh(sign_up).taken == 1
    # Once cancelled, the way is free again.
    registering.cancel(sign_up.registrations.get())
    assert registered(sign_up, person=person).state == States.CONFIRMED


def test_a_guest_proves_the_address_by_the_mailed_code(sent: Any) -> None:
    sign_up = SignUpFactory(capacity=1)
    with sent():
        asked = registering.ask(sign_up, guest(email="Lan@Demo.example"))
    assert asked.state == States.UNPROVEN
    assert fresh(sign_up).taken == 0
    code = code_of("lan@demo.example")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    with pytest.raises(Refused) as refused:
        registering.prove(asked, wrong)
    assert refused.value.code == "wrong_code"
    with sent():
        proven = registering.prove(asked, f" {code[:3]} {code[3:]} ")
    assert proven.state == States.CONFIRMED
    assert code not in asked.proof
    letter = mail.outbox[-1]
    assert proven.code in letter.body
    [(name, content, kind)] = letter.attachments
    assert (name, kind) == (f"{proven.code}.ics", "text/calendar; method=PUBLISH")
    assert "STATUS:CONFIRMED" in content
    # Somebody who asks again is led to what they have.
    with sent():
        again = registering.ask(sign_up, guest(email="lan@demo.example"))
    found = registering.prove(again, mail.outbox[-1].subject[:6])
    assert found.pk == proven.pk
    holds(sign_up)


def test_a_code_is_tried_five_times_and_ends(at: Any, sent: Any) -> None:
    sign_up = SignUpFactory()
    with sent():
        asked = registering.ask(sign_up, guest(email="a@demo.example"))
    code = code_of("a@demo.example")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _try in range(5):
        with pytest.raises(Refused):
            registering.prove(asked, wrong)
    with pytest.raises(Refused) as refused:
        registering.prove(asked, code)
    assert refused.value.code == "expired"
    with sent():
        late = registering.ask(sign_up, guest(email="b@demo.example"))
    now = at("2026-11-28 11:01")
    with pytest.raises(Refused) as refused:
        registering.prove(late, code_of("b@demo.example"))
    assert refused.value.code == "expired"
    assert registering.forget_unproven(now) == 2
    assert not Registration.objects.exists()


def test_an_organisation_registers_several_all_or_none() -> None:
    sign_up = SignUpFactory(capacity=3, most_people=3)
    owner = UserFactory()
    company = OrganisationFactory(owner=owner)
    people = [guest(email=owner.email), guest(), guest()]
    made = registering.register_several(sign_up, people, by=owner, organisation=company)
    assert [one.state for one in made] == ["confirmed"] * 3
    assert [one.person for one in made] == [owner, None, None]
    assert {one.organisation for one in made} == {company}
    assert len({one.code for one in made}) == 3
    other = SignUpFactory(capacity=9, most_people=3)
    for guests, code in (
        ([guest() for _number in range(4)], "too_many"),
        ([guest(email="x@demo.example"), guest(email="X@demo.example")], "twice"),
    ):
        with pytest.raises(Refused) as refused:
            registering.register_several(other, guests, by=owner, organisation=company)
        assert refused.value.code == code
        assert fresh(other).taken == 0
        assert not other.registrations.exists()
    with pytest.raises(Refused) as refused:
        registering.register_several(other, [guest()], by=UserFactory(), organisation=company)
    assert refused.value.code == "not_member"


def test_only_the_invited_register(officer: User, sent: Any) -> None:
    sign_up = SignUpFactory(invitation_only=True)
    person = UserFactory(email="moi@demo.example")
    with sent():
        assert inviting.invite(sign_up, ["Moi@demo.example", "b@demo.example"], by=officer) == 2
        assert inviting.invite(sign_up, ["moi@demo.example"], by=officer) == 0
    assert [one.to for one in mail.outbox] == [["Moi@demo.example"], ["b@demo.example"]]
    assert registered(sign_up, person=person).state == States.CONFIRMED
    with pytest.raises(Refused):
        inviting.invite(sign_up, ["c@demo.example"], by=UserFactory(front_desk=True))


def test_answers_and_consents_are_kept(officer: User) -> None:
    sign_up = SignUpFactory()
    question = SignUpQuestionFactory(sign_up=sign_up)
    foreign = SignUpQuestionFactory()
    made = registered(
        sign_up,
        support="Xe lăn",
        answers={
            question.pk: ParsedAnswer(text="Mãng cầu"),
            foreign.pk: ParsedAnswer(text="Không của sự kiện này"),
        },
    )
    assert [one.text for one in SignUpAnswer.objects.all()] == ["Mãng cầu"]
    purposes = ConsentRecord.objects.filter(about=f"registration:{made.key}")
    assert set(purposes.values_list("text__purpose", flat=True)) == {
        *("event_registration", "event_support")
    }
    with pytest.raises(Refused) as refused:
        registered(sign_up, support="Xe lăn", support_agreed=False)
    assert (refused.value.code, refused.value.field) == ("no_consent", "support_consent")
    silent = SignUpFactory(asks_support=False)
    assert registered(silent, support="Xe lăn").support == ""


def test_support_is_forgotten_thirty_days_after_the_event(at: Any) -> None:
    sign_up = SignUpFactory(event__starts=moment("2026-12-05 08:00"))
    made = registered(sign_up, support="Xe lăn")
    assert registering.forget_support(at("2027-01-04 10:59")) == 0
    assert registering.forget_support(at("2027-01-04 11:00")) == 1
    made.refresh_from_db()
    assert made.support == ""


# The waiting list -----------------------------------------------------------------------------


def test_a_seat_given_back_is_kept_for_the_first_in_line(sent: Any) -> None:
    sign_up = SignUpFactory(capacity=1)
    first, second, third = (registered(sign_up) for _number in range(3))
    with sent():
        registering.cancel(first)
    second.refresh_from_db()
    assert second.state == States.OFFERED
    assert second.answer_by == clock.now() + timedelta(hours=24)
    holds(sign_up)
    assert mail.outbox[-1].to == [second.email] or mail.outbox[0].to == [second.email]
    # It is kept: a newcomer waits behind.
    assert registered(sign_up).state == States.WAITING
    registering.accept(second)
    assert second.state == States.CONFIRMED
    third.refresh_from_db()
    assert third.state == States.WAITING
    holds(sign_up)


def test_an_offer_that_nobody_takes_goes_on(at: Any) -> None:
    sign_up = SignUpFactory(capacity=1)
    first, second, third = (registered(sign_up) for _number in range(3))
    registering.cancel(first)
    assert registering.lapse_offers(at("2026-11-29 08:59")) == 0
    assert registering.lapse_offers(at("2026-11-29 09:00")) == 1
    assert registering.lapse_offers(at("2026-11-29 09:00")) == 0
    assert states(sign_up) == ["cancelled", "lapsed", "offered"]
    second.refresh_from_db()
    with pytest.raises(StaleState):
        registering.accept(second)
    registering.cancel(Registration.objects.get(pk=third.pk))
    assert fresh(sign_up).taken == 0
    holds(sign_up)


def test_an_offer_ends_when_the_event_begins(at: Any) -> None:
    sign_up = SignUpFactory(capacity=1, event__starts=moment("2026-11-28 20:00"))
    first, second = registered(sign_up), registered(sign_up)
    registering.cancel(first)
    second.refresh_from_db()
    assert second.answer_by == moment("2026-11-28 20:00")
    registering.lapse_offers(at("2026-11-28 20:00"))
    assert fresh(sign_up).taken == 0
    assert states(sign_up) == ["cancelled", "lapsed"]


def test_the_line_is_over_when_the_event_begins(at: Any) -> None:
    sign_up = SignUpFactory(capacity=1, event__starts=moment("2026-12-05 08:00"))
    registered(sign_up), registered(sign_up)
    due.run(at("2026-12-05 07:59"))
    assert states(sign_up) == ["confirmed", "waiting"]
    due.run(at("2026-12-05 08:00"))
    assert states(sign_up) == ["confirmed", "lapsed"]


def test_more_seats_are_offered_in_order_and_fewer_than_taken_are_refused(officer: User) -> None:
    sign_up = SignUpFactory(capacity=1)
    made = [registered(sign_up) for _number in range(4)]
    held = fresh(sign_up)
    held.capacity = 3
    setting_up.keep(held, officer)
    assert states(sign_up) == ["confirmed", "offered", "offered", "waiting"]
    holds(sign_up)
    held.capacity = 2
    with pytest.raises(Refused) as refused:
        setting_up.keep(held, officer)
    assert (refused.value.code, refused.value.field) == ("fewer_than_taken", "capacity")
    assert fresh(sign_up).capacity == 3
    assert made[3].pk == sign_up.registrations.in_line().get().pk


def test_approval_gives_the_seat(officer: User, sent: Any) -> None:
    sign_up = SignUpFactory(capacity=1, needs_approval=True)
    first, second, third = (registered(sign_up) for _number in range(3))
    assert states(sign_up) == ["pending"] * 3
    assert fresh(sign_up).taken == 0
    registering.approve(first, by=officer)
    registering.approve(second, by=officer)
    with sent():
        registering.decline(third, by=officer, reason="Lớp dành cho chủ thể OCOP.")
    assert states(sign_up) == ["confirmed", "waiting", "declined"]
    assert "OCOP" in mail.outbox[-1].body
    with pytest.raises(StaleState):
        registering.approve(Registration.objects.get(pk=first.pk), by=officer)
    holds(sign_up)
    with pytest.raises(Refused):
        registering.approve(third, by=UserFactory(front_desk=True))
    with pytest.raises(Refused) as refused:
        registering.decline(second, by=officer, reason=" ")
    assert refused.value.code == "no_reason"


class TestAnyOrder(TestCase):
    """Whatever happens in whatever order, seats and people agree; nobody waits beside a seat."""

    @examples(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        capacity=st.integers(1, 3),
        acts=st.lists(
            st.tuples(st.sampled_from(["come", "go", "take", "lapse", "grow"]), st.integers(0, 9)),
            max_size=14,
        ),
    )
    def test_what_must_be_true_is(self, capacity: int, acts: list[tuple[str, int]]) -> None:
        officer = UserFactory(officer=True)
        sign_up = SignUpFactory(capacity=capacity)
        for act, number in acts:
            live = list(sign_up.registrations.live().order_by("pk"))
            one = live[number % len(live)] if live else None
            if act == "come":
                registered(sign_up)
            elif act == "go" and one:
                registering.cancel(one)
            elif act == "take" and one and one.state == States.OFFERED:
                registering.accept(one)
            elif act == "lapse":
                registering.lapse_offers(clock.now() + timedelta(days=2))
            elif act == "grow":
                held = fresh(sign_up)
                held.capacity += number % 2
                setting_up.keep(held, officer)
            holds(sign_up)


# What people hear -----------------------------------------------------------------------------


def test_a_moved_or_called_off_event_reaches_everybody_registered(officer: User, sent: Any) -> None:
    sign_up = SignUpFactory(capacity=1, event__starts=moment("2026-12-05 08:00"))
    confirmed, waiting = registered(sign_up), registered(sign_up)
    gone = registered(SignUpFactory())
    registering.cancel(gone)
    event = fresh(sign_up).event
    event.starts, event.ends = moment("2026-12-06 14:00"), moment("2026-12-06 17:00")
    with sent():
        scheduling.keep(event, officer)
    assert {one.to[0] for one in mail.outbox} == {confirmed.email, waiting.email}
    assert "14:00 – 17:00 06/12/2026" in mail.outbox[0].body
    assert "SEQUENCE:1" in mail.outbox[0].attachments[0][1]
    event.called_off_because = "Bão số 9."
    mail.outbox.clear()
    with sent():
        scheduling.keep(event, officer)
    assert "Bão số 9." in mail.outbox[0].body
    assert mail.outbox[0].attachments[0][2] == "text/calendar; method=CANCEL"


def test_people_are_reminded_once_the_day_before(at: Any, sent: Any) -> None:
    sign_up = SignUpFactory(event__starts=moment("2026-12-05 08:00"), capacity=1)
    coming, _waiting = registered(sign_up), registered(sign_up)
    told = Notice.objects.filter(kind="event-reminder")
    for when, count in (
        ("2026-12-04 07:59", 0),
        ("2026-12-04 08:00", 1),
        ("2026-12-04 08:01", 1),
        ("2026-12-05 07:59", 1),
    ):
        due.run(at(when))
        assert told.count() == count, when
    assert told.get().recipient == coming.person


def test_the_online_link_is_told_to_who_has_a_seat(sent: Any) -> None:
    sign_up = SignUpFactory(capacity=1, online_link="https://hop.demo.example/1")
    with sent():
        registered(sign_up)
        registered(sign_up)
    with_seat, waiting = mail.outbox
    assert "hop.demo.example" in with_seat.attachments[0][1]
    assert "hop.demo.example" not in waiting.body
    assert waiting.attachments == []


# At the door ----------------------------------------------------------------------------------


def test_a_ticket_admits_once_and_can_be_undone(officer: User, at: Any) -> None:
    sign_up = SignUpFactory(event__starts=moment("2026-12-05 08:00"))
    made = registered(sign_up)
    with pytest.raises(Refused) as refused:
        admitting.admit(made, by=officer)
    assert refused.value.code == "too_early"
    at("2026-12-05 07:40")
    assert admitting.admit(made, by=officer).first
    second = admitting.admit(Registration.objects.get(pk=made.pk), by=officer)
    assert not second.first
    assert second.registration.attended_at == moment("2026-12-05 07:40")
    with pytest.raises(Refused) as refused:
        registering.cancel(made)
    assert refused.value.code == "attended"
    admitting.take_back(made, by=officer)
    with pytest.raises(Refused):
        admitting.take_back(made, by=officer)
    assert admitting.admit(made, by=officer).first


def test_who_has_no_seat_is_not_admitted(officer: User, at: Any) -> None:
    sign_up = SignUpFactory(event__starts=moment("2026-12-05 08:00"), capacity=1)
    registered(sign_up)
    waiting = registered(sign_up)
    at("2026-12-05 07:40")
    with pytest.raises(Refused) as refused:
        admitting.admit(waiting, by=officer)
    assert refused.value.code == "no_seat"
    with pytest.raises(Refused):
        admitting.admit(waiting, by=UserFactory(editor=True))
    with pytest.raises(Refused) as refused:
        registering.walk_in(fresh(sign_up), guest(), by=officer)
    assert refused.value.code == "full"


def test_a_walk_in_takes_a_seat_that_is_left(at: Any) -> None:
    sign_up = SignUpFactory(event__starts=moment("2026-12-05 08:00"), capacity=1)
    desk = UserFactory(front_desk=True)
    with pytest.raises(Refused) as refused:
        registering.walk_in(sign_up, guest(), by=desk)
    assert refused.value.code == "too_early"
    at("2026-12-05 08:20")
    made = registering.walk_in(sign_up, Guest("Bà Tư", "ba.tu@demo.example"), by=desk)
    assert (made.walk_in, made.attended_at) == (True, moment("2026-12-05 08:20"))
    holds(sign_up)


def test_the_database_keeps_the_promises() -> None:
    sign_up = SignUpFactory(capacity=1)
    made = registered(sign_up)
    own = Registration.objects.filter(pk=made.pk)
    for wrong in (
        lambda: SignUp.objects.filter(pk=sign_up.pk).update(taken=2),
        lambda: SignUp.objects.filter(pk=sign_up.pk).update(capacity=0, taken=0),
        lambda: own.update(state="waiting", queued_at=None),
        lambda: own.update(state="offered"),
        lambda: own.update(state="cancelled", attended_at=clock.now()),
        lambda: own.update(state="dancing"),
        lambda: SignUpQuestionFactory(sign_up=sign_up, kind="file"),
        lambda: EventFactory(sign_up=SignUpFactory(event=sign_up.event)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
