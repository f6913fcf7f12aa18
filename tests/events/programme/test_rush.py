"""Very many want a seat at the same moment, on real connections: exactly full, in order, no less.

The mails of a rush wait in the queue of tasks, as they do in the running portal.
"""

from collections.abc import Callable
from typing import Any

import pytest

from events.programme.models import Registration, SignUp
from events.programme.registration import admitting, registering, seats
from portal.core import clock
from tests.events.programme.rushing import (
    CONNECTIONS,
    ON_SQLITE,
    PEOPLE,
    SEATS,
    all_of,
    held,
    in_a_rush,
    people,
    refusals,
    register,
)
from tests.factories.accounts import UserFactory
from tests.factories.registration import SignUpFactory, fresh

pytestmark = pytest.mark.django_db(transaction=True)

States = Registration.State


@pytest.fixture(autouse=True)
def _today() -> None:
    """The clock runs: who came first is seen by it."""


@pytest.fixture(autouse=True)
def _queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_a_rush_fills_the_seats_exactly_and_everybody_is_answered() -> None:
    sign_up = SignUpFactory(capacity=SEATS)
    wanted = people(PEOPLE)
    answers, _seconds = in_a_rush([register(sign_up, person) for person in wanted])
    assert len(all_of(answers)) == PEOPLE
    assert refusals(answers) == []
    assert held(sign_up) == fresh(sign_up).taken == SEATS
    line = list(sign_up.registrations.in_line().values_list("pk", flat=True))
    assert len(line) == PEOPLE - SEATS
    # In the order of arrival: what one connection asked for later stands later.
    place = {pk: number for number, pk in enumerate(line)}
    for told in answers:
        own = [place[one.pk] for one in told if one.state == States.WAITING]
        assert own == sorted(own)
        # Once somebody has to wait, nobody who comes later gets a seat.
        states = [one.state for one in told]
        assert states == sorted(states)


def test_cancellations_during_the_rush_are_filled_once_each() -> None:
    few, many = SEATS // 3, PEOPLE // 3
    sign_up = SignUpFactory(capacity=few)
    wanted = people(many)
    first = [register(sign_up, person)() for person in wanted[:few]]
    leaving = first[: few // 2]
    acts: list[Callable[[], Any]] = [register(sign_up, person) for person in wanted[few:]]
    for place, one in enumerate(leaving):
        acts.insert(place * 2, lambda one=one: registering.cancel(one))  # type: ignore[misc]
    answers, _seconds = in_a_rush(acts)
    assert refusals(answers) == []
    assert held(sign_up) == fresh(sign_up).taken == few
    states = list(sign_up.registrations.values_list("state", flat=True))
    assert states.count("cancelled") == len(leaving)
    # Every seat given back went to exactly one: at once, or kept for the first in line.
    newcomers = sign_up.registrations.filter(person__in=wanted[few:])
    assert newcomers.filter(state__in=Registration.HOLDING).count() == len(leaving)
    offered = newcomers.filter(state=States.OFFERED).values_list("queued_at", flat=True)
    waiting = sign_up.registrations.in_line().first()
    assert waiting is not None
    assert all(queued < waiting.queued_at for queued in offered)


def test_one_address_registers_once_from_many_devices() -> None:
    sign_up = SignUpFactory(capacity=SEATS)
    [person] = people(1)
    answers, _seconds = in_a_rush([register(sign_up, person)] * CONNECTIONS)
    assert refusals(answers) == ["twice"] * (CONNECTIONS - 1)
    assert held(sign_up) == fresh(sign_up).taken == 1


def test_two_devices_that_scan_one_ticket_admit_once() -> None:
    sign_up = SignUpFactory()
    [person] = people(1)
    made = register(sign_up, person)()
    desk = UserFactory(front_desk=True)
    sign_up.event.starts = clock.now()
    sign_up.event.save(update_fields=["starts"])

    def scan() -> admitting.Admission:
        return admitting.admit(Registration.objects.drawn().get(pk=made.pk), by=desk)

    answers, _seconds = in_a_rush([scan] * CONNECTIONS)
    admissions = all_of(answers)
    assert [one.first for one in admissions].count(True) == 1
    assert len({one.registration.attended_at for one in admissions}) == 1


@pytest.mark.skipif(ON_SQLITE, reason="SQLite lets one transaction write at a time, lock or not")
def test_the_rush_would_catch_a_count_that_is_only_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: seats given by looking at how many are left are given too often."""

    def looked_at(sign_up_id: int) -> bool:
        sign_up = SignUp.objects.get(pk=sign_up_id)
        return held(sign_up) < sign_up.capacity

    monkeypatch.setattr(seats, "take", looked_at)
    sign_up = SignUpFactory(capacity=40)
    in_a_rush([register(sign_up, person) for person in people(640)])
    assert held(sign_up) > 40
