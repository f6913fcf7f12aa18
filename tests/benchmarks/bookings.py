"""`python -m tests.benchmarks bookings`: many processes on one space, and nothing booked twice.

In the first rounds all processes want the same slot at the same moment: one gets it. For the rest
of the time each books, moves, lengthens, shortens, cancels, waits and takes offers at random,
through the verbs, while a clerk approves and declines. Then the tables are checked by plain SQL
(tests/startups/coworking/checking.py), and compared with what every process was told. The speed is
given as a ratio to bare inserts of bookings and slot rows by as many processes in the same run.
Works on a scratch database beside the configured one and drops it.
"""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROUNDS = 40
"""So often all want the same slot."""
COMPANIES = 4
DAYS = 14
HOURS_A_WEEK = 60
TOGETHER = 60
"""Seconds that a process waits for the others before a round."""
BARE_SHARE = 6
"""The bare inserts get this part of the time."""


@dataclass
class Told:
    """What one process did and was told."""

    bookings: dict[str, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    """By code: the number of the change, and the facts after it."""
    won: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0

    def remember(self, booking: Any) -> None:
        facts = (booking.state, booking.unit_id, booking.starts, booking.ends)
        self.bookings[booking.code] = (booking.sequence, facts)


class Player:
    """One process: a person of a company with their own bookings."""

    def __init__(self, number: int, first: date) -> None:
        from portal.accounts.models import Organisation, User
        from startups.coworking.models import Resource

        self.chance = random.Random(number)
        self.person = User.objects.get(email=f"dua{number}@demo.example")
        self.company = Organisation.objects.get(memberships__user=self.person)
        self.resources = list(
            Resource.objects.filter(is_active=True)
            .exclude(kind="equipment")
            .select_related("space")
        )
        self.contested = Resource.objects.select_related("space").get(slug="cung-muon")
        self.first = first
        self.told = Told()
        self.clerk = User.objects.get(email="quay@demo.example") if number == 0 else None

    def contest(self, number: int) -> None:
        """Want what all others want at this moment."""
        from startups.coworking.booking import Wish, book
        from startups.coworking.hours import at

        day = self.first + timedelta(days=number % DAYS)
        starts = at(day, datetime.min.time()) + timedelta(hours=8 + number // DAYS)
        wish = Wish(self.contested, starts, starts + timedelta(minutes=30))
        booking = self._try("contest", partial(book, wish, **self._me()))
        if booking is not None:
            self.told.won.append(number)
            self.told.remember(booking)

    def act(self) -> None:
        """Do something by chance."""
        if self.clerk is not None and self.chance.random() < 0.3:
            self._answer()
            return
        [verb] = self.chance.choices(
            [self._book, self._move, self._lengthen, self._cancel, self._take_offer],
            weights=[50, 18, 12, 17, 3],
        )
        verb()

    def _me(self) -> dict[str, Any]:
        return {"person": self.person, "organisation": self.company}

    def _wish(self) -> Any:
        from startups.coworking.booking import Wish
        from startups.coworking.hours import at

        day = self.first + timedelta(days=self.chance.randrange(DAYS))
        starts = at(day, datetime.min.time()) + timedelta(
            minutes=30 * self.chance.randrange(15, 34)
        )
        length = timedelta(minutes=30 * self.chance.randrange(1, 5))
        return Wish(self.chance.choice(self.resources), starts, starts + length)

    def _book(self) -> None:
        from startups.coworking.booking import book
        from startups.coworking.queueing import join

        wish = self._wish()
        booking = self._try("book", partial(book, wish, **self._me()))
        if booking is not None:
            self.told.remember(booking)
            self.told.counts["booked"] += 1
        elif self.chance.random() < 0.1:
            self._try("join", partial(join, wish, **self._me()))

    def _one(self, **facts: Any) -> Any:
        """One of the company's coming bookings: a colleague may change it as well."""
        from startups.coworking.models import Booking

        theirs = Booking.objects.filter(organisation=self.company, **facts)
        related = theirs.select_related("resource__space", "organisation", "person", "unit")
        keys = list(related.order_by("-pk").values_list("pk", flat=True)[:40])
        return related.filter(pk=self.chance.choice(keys)).first() if keys else None

    def _change(self, name: str, wanted: Callable[[Any], Any]) -> None:
        from startups.coworking.changing import change

        booking = self._one(state__in=["confirmed", "pending"])
        if booking is None:
            return
        wish = wanted(booking)
        changed = self._try(name, partial(change, booking, wish, by=self.person))
        if changed is not None:
            self.told.remember(changed)

    def _move(self) -> None:
        self._change("move", lambda _booking: self._wish())

    def _lengthen(self) -> None:
        from startups.coworking.booking import Wish

        step = timedelta(minutes=self.chance.choice([-30, 30, 60]))
        self._change(
            "extend",
            lambda booking: Wish(booking.resource, booking.starts, booking.ends + step),
        )

    def _cancel(self) -> None:
        from startups.coworking.changing import cancel

        booking = self._one(state__in=["confirmed", "pending", "offered"])
        if booking is not None:
            self._told_of("cancel", booking, partial(cancel, booking, by=self.person))

    def _take_offer(self) -> None:
        from startups.coworking.queueing import accept

        booking = self._one(state="offered")
        if booking is not None:
            self._told_of("accept", booking, partial(accept, booking, by=self.person))

    def _answer(self) -> None:
        """The front desk approves or declines the oldest request, and runs what is due."""
        from portal.core import clock
        from startups.coworking import due
        from startups.coworking.deciding import approve, decline
        from startups.coworking.models import Booking

        assert self.clerk is not None
        if self.chance.random() < 0.1:
            self._try("due", partial(due.run, clock.now()))
        waiting = Booking.objects.filter(state="pending")
        booking = waiting.select_related("resource", "organisation", "person").first()
        if booking is None:
            return
        verb = self.chance.choice([approve, partial(decline, reason="Đã có việc khác")])
        self._told_of("answer", booking, partial(verb, booking, by=self.clerk))

    def _told_of(self, name: str, booking: Any, verb: Callable[[], Any]) -> None:
        if self._try(name, verb, otherwise=False) is not False:
            self.told.remember(booking)

    def _try(self, name: str, verb: Callable[[], Any], otherwise: Any = None) -> Any:
        """Refusals are answers; anything else that is raised breaks the promise."""
        from portal.core.verdicts import Refused

        try:
            done = verb()
        except Refused as refused:
            self.told.counts[f"{name}: {refused.code}"] += 1
            return otherwise
        except Exception as error:
            self.told.errors.append(f"{name}: {type(error).__name__}: {error}")
            return otherwise
        self.told.counts[name] += 1
        return done


def _play(number: int, first: date, seconds: float, ready: Any) -> Told:
    player = Player(number, first)
    for contest in range(ROUNDS):
        ready.wait(TOGETHER)
        player.contest(contest)
    ready.wait(TOGETHER)
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        player.act()
    player.told.seconds = time.monotonic() - start
    return player.told


def _insert(number: int, first: date, seconds: float, ready: Any) -> Told:
    """Bookings of two hours with their slot rows, on a unit of one's own: no rule, no wait."""
    from django.db import transaction

    from startups.coworking.hours import at
    from startups.coworking.models import Booking, BookingSlot, Unit

    unit = Unit.objects.select_related("resource").get(label=f"bare {number}")
    player, told = Player(number, first), Told()
    begins = at(first, datetime.min.time())
    ready.wait(TOGETHER)
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        starts = begins + timedelta(minutes=75 * told.counts["bare"])
        with transaction.atomic():
            booking = Booking.objects.create(
                code=f"B{number:02d}{told.counts['bare']}",
                resource=unit.resource,
                unit=unit,
                starts=starts,
                ends=starts + timedelta(minutes=75),
                state="confirmed",
                person=player.person,
                organisation=player.company,
                booked_by=player.person,
            )
            BookingSlot.objects.bulk_create(
                [
                    BookingSlot(booking=booking, unit=unit, at=starts + timedelta(minutes=15 * n))
                    for n in range(5)
                ]
            )
        told.counts["bare"] += 1
    told.seconds = time.monotonic() - start
    return told


def _answer(answers: Any, work: Callable[..., Told], *arguments: Any) -> None:
    """What a process does; its own end is an answer too."""
    try:
        answers.put(work(*arguments))
    except BaseException as error:
        answers.put(Told(errors=[f"process ended: {type(error).__name__}: {error}"], seconds=1))
        raise


def _together(work: Callable[..., Told], processes: int, *arguments: Any) -> list[Told]:
    """Let as many processes do the same from the same moment on."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    ready, answers = context.Barrier(processes), context.Queue()
    workers = [
        context.Process(target=_answer, args=(answers, work, number, *arguments, ready))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    told = [answers.get(timeout=600) for _worker in workers]
    for worker in workers:
        worker.join()
    return told


def _prepare(processes: int) -> date:
    """A space with a contested room, four rooms, desks and a hall; answer the first day."""
    from portal.accounts.models import Membership
    from portal.core import clock
    from startups.coworking.models import OpeningHours
    from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
    from tests.factories.coworking import (
        QuotaFactory,
        ResourceFactory,
        SpaceFactory,
        UnitFactory,
    )

    space = SpaceFactory()
    hours = {"space": space, "opens": "07:30", "closes": "18:00"}
    OpeningHours.objects.create(weekday=6, **hours)
    QuotaFactory(space=space, kind="room", hours_a_week=HOURS_A_WEEK)
    ResourceFactory(space=space, slug="cung-muon", kind="equipment", name="Máy in 3D")
    for _room in range(4):
        ResourceFactory(space=space, buffer_after=15)
    ResourceFactory(space=space, desk=True, units=8)
    ResourceFactory(space=space, hall=True, buffer_before=30, buffer_after=30)
    bare = ResourceFactory(space=SpaceFactory(), units=0, is_active=False)
    companies = [
        OrganisationFactory(verified_at=clock.now(), owner=UserFactory(password=None))
        for _number in range(COMPANIES)
    ]
    for number in range(processes):
        UnitFactory(resource=bare, label=f"bare {number}")
        member = UserFactory(email=f"dua{number}@demo.example", password=None)
        MembershipFactory(
            user=member,
            organisation=companies[number % COMPANIES],
            role=Membership.Role.MEMBER,
        )
    UserFactory(email="quay@demo.example", front_desk=True, password=None)
    return clock.today() + timedelta(days=1)


def _lost(told: list[Told]) -> list[str]:
    """Bookings that do not stand as the last who changed them was told."""
    from startups.coworking.models import Booking

    last: dict[str, tuple[int, tuple[Any, ...]]] = {}
    for one in told:
        for code, known in one.bookings.items():
            last[code] = max(last.get(code, known), known, key=lambda each: each[0])
    stored = {
        row[0]: row[1:]
        for row in Booking.objects.values_list(
            "code", "sequence", "state", "unit_id", "starts", "ends"
        )
    }
    found = []
    for code, (sequence, facts) in last.items():
        there = stored.get(code)
        if there is None:
            found.append(f"{code} is lost")
        elif there[0] == sequence and there[1:] != facts:
            found.append(f"{code} is {there[1:]}, told was {facts}")
        elif there[0] < sequence:
            found.append(f"{code}: change {sequence} is lost")
    return found


def _contests(told: list[Told]) -> list[str]:
    winners = Counter(number for one in told for number in one.won)
    return [
        f"round {number} was won by {winners[number]}"
        for number in range(ROUNDS)
        if winners[number] != 1
    ]


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """A database made anew beside the configured one, and dropped."""
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        sqlite = connection.vendor == "sqlite"
        own = str(Path(folder) / f"{name}.sqlite3") if sqlite else f"{usual}_bench_{name}"
        connection.settings_dict["TEST"]["NAME"] = own
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            connection.creation.destroy_test_db(usual, verbosity=0)


def run(processes: int, seconds: float) -> int:
    """Play, check, and answer 1 when a promise is broken."""
    from django.db import connection

    from tests.startups.coworking.checking import broken_promises

    first = _prepare(processes)
    start = time.monotonic()
    told = _together(_play, processes, first, seconds)
    took = time.monotonic() - start
    broken = [error for one in told for error in one.errors]
    broken += _contests(told) + _lost(told) + broken_promises()
    bare = _together(_insert, processes, first, max(2.0, seconds / BARE_SHARE))
    counts = sum((one.counts for one in told), Counter[str]())
    done = {name: number for name, number in counts.items() if ":" not in name}
    booked, inserted = (
        sum(one.counts[name] / one.seconds for one in some)
        for some, name in ((told, "booked"), (bare, "bare"))
    )
    print(f"  {connection.vendor}: {processes} processes, {took:.0f} s, {ROUNDS} contested rounds")
    print(f"  done      {', '.join(f'{name} {done[name]}' for name in sorted(done))}")
    refused = Counter({name: n for name, n in counts.items() if ":" in name}).most_common(9)
    print(f"  refused   {', '.join(f'{name} {number}' for name, number in refused)}")
    print(
        f"  speed     {booked:.1f} bookings/s among all verbs, bare inserts {inserted:.1f}/s: "
        f"{booked / inserted:.3f}"
    )
    print(f"  promises  {'all kept' if not broken else f'{len(broken)} broken'}")
    for line in broken[:20]:
        print(f"    {line}")
    return 1 if broken else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks bookings", description=__doc__
    )
    parser.add_argument("--seconds", type=float, default=60, help="of random verbs")
    parser.add_argument("--processes", type=int, default=16)
    options = parser.parse_args()
    with scratch_database("bookings"):
        return run(options.processes, options.seconds)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    sys.exit(main())
