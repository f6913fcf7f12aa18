"""Very many who want a seat at the same moment, on real connections that begin together."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from events.programme.models import Registration, SignUp
from events.programme.registration import registering
from events.programme.registration.registering import Guest
from portal.accounts.models import User
from portal.core.verdicts import Refused
from tests.factories.registration import SignUpFactory, fresh

ON_SQLITE = connection.vendor == "sqlite"
CONNECTIONS = 8 if ON_SQLITE else 32
PEOPLE, SEATS = (300, 50) if ON_SQLITE else (2000, 300)


def people(count: int) -> list[User]:
    return User.objects.bulk_create(
        User(email=f"don{number}@demo.example", full_name=f"Người Thứ {number}")
        for number in range(count)
    )


def in_a_rush(work: Sequence[Callable[[], Any]]) -> tuple[list[list[Any]], float]:
    """Do the work through `CONNECTIONS` connections that begin together.

    Answers what each connection was told, in its order, and the seconds.
    """
    ready = Barrier(CONNECTIONS)

    def run(share: Sequence[Callable[[], Any]]) -> list[Any]:
        answers: list[Any] = []
        try:
            ready.wait(timeout=30)
            for act in share:
                try:
                    answers.append(act())
                except Refused as refused:
                    answers.append(refused)
            return answers
        finally:
            connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        begun = [pool.submit(run, work[first::CONNECTIONS]) for first in range(CONNECTIONS)]
        found = [one.result() for one in begun]
    return found, time.perf_counter() - started


def all_of(answers: list[list[Any]]) -> list[Any]:
    return [one for told in answers for one in told]


def refusals(answers: list[list[Any]]) -> list[str]:
    return [one.code for one in all_of(answers) if isinstance(one, Refused)]


def register(sign_up: SignUp, person: User) -> Callable[[], Registration]:
    guest = Guest(name=person.full_name, email=person.email)
    return lambda: registering.register(fresh(sign_up), guest, person=person)


def held(sign_up: SignUp) -> int:
    return sign_up.registrations.filter(state__in=Registration.HOLDING).count()


def bare_inserts(count: int) -> float:
    """Seconds for as many plain inserts of a registration, by as many connections."""
    sign_up = SignUpFactory(capacity=count)

    def insert(number: int) -> Callable[[], Any]:
        return lambda: Registration.objects.create(
            sign_up=sign_up,
            state=Registration.State.CONFIRMED,
            code=f"{number:08}",
            name="Ai Đó",
            email=f"tran{number}@demo.example",
        )

    return in_a_rush([insert(number) for number in range(count)])[1]
