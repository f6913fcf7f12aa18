"""`python -m tests.benchmarks availability`: what is free, however many bookings are stored.

Asks what a grid of 60 resources over 14 days asks, with 2,000 bookings in those days, and again
after 198,000 of the years before were stored beside them. Works on a scratch database beside the
configured one and drops it.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

RESOURCES, DAYS = 60, 14
FEW, MANY = 2_000, 200_000
A_DAY = FEW // (RESOURCES * DAYS) + 1
"""Bookings of an hour that a unit has on a day."""
AS_FAST = 2.0
"""The most it may cost with MANY stored, as a multiple of the cost with FEW."""
MOST_QUERIES = 6


def moments(first: date, step: int, units: int) -> Iterator[tuple[int, datetime]]:
    """(number of the unit, start) day by day, from the first day on or backwards."""
    from startups.coworking.hours import at

    day = first
    while True:
        for number in range(units * A_DAY):
            hour = 8 + 3 * (number // units)
            yield number % units, at(day, datetime.min.time()) + timedelta(hours=hour)
        day += timedelta(days=step)


def fill(units: list[Any], begun: Iterator[tuple[int, datetime]], size: int, person: Any) -> None:
    """Store bookings of an hour with their slot rows, past the rules."""
    from django.db import connection

    from startups.coworking.models import Booking, BookingSlot

    stored = Booking.objects.count()
    for start in range(0, size, 5000):
        bookings = [
            Booking(
                code=f"N{stored + start + number}",
                resource_id=units[place].resource_id,
                unit=units[place],
                starts=starts,
                ends=starts + timedelta(hours=1),
                state="confirmed",
                person=person,
                booked_by=person,
            )
            for number, (place, starts) in enumerate(islice(begun, min(5000, size - start)))
        ]
        Booking.objects.bulk_create(bookings)
        BookingSlot.objects.bulk_create(
            BookingSlot(booking=one, unit_id=one.unit_id, at=one.starts + timedelta(minutes=15 * n))
            for one in bookings
            for n in range(4)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ask(space: Any, resources: list[Any], first: date) -> int:
    """Everything a grid shows; answer how many free stretches there are."""
    from startups.coworking.availability import days, free_between

    listed = days(first, DAYS)
    free = free_between(space, resources, listed[0], listed[-1])
    return sum(
        len(free.free_ranges(resource, unit, day))
        for resource in resources
        for unit in free.units[resource.pk]
        for day in listed
    )


def measure(space: Any, first: date) -> tuple[int, int, float]:
    """Free stretches, queries, and the median milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.benchmarks.search import milliseconds

    resources = list(space.resources.all())
    with CaptureQueriesContext(connection) as asked:
        stretches = ask(space, resources, first)
    return stretches, len(asked), milliseconds(lambda: ask(space, resources, first), times=15)


def run() -> int:
    """Measure with few and with many; answer 1 when a limit is passed."""
    from django.db import connection

    from portal.core import clock
    from startups.coworking.models import OpeningHours, Unit
    from tests.factories.accounts import UserFactory
    from tests.factories.coworking import ResourceFactory, SpaceFactory

    space = SpaceFactory()
    OpeningHours.objects.create(space=space, weekday=6, opens="07:30", closes="18:00")
    for _resource in range(RESOURCES):
        ResourceFactory(space=space)
    units, person = list(Unit.objects.order_by("pk")), UserFactory(password=None)
    first = clock.today() + timedelta(days=1)
    fill(units, moments(first, 1, RESOURCES), FEW, person)
    few = measure(space, first)
    fill(units, moments(clock.today(), -1, RESOURCES), MANY - FEW, person)
    many = measure(space, first)
    ratio = many[2] / few[2]
    print(f"  {connection.vendor}: {RESOURCES} resources, {DAYS} days, {many[0]} free stretches")
    print(f"  {few[1]} and {many[1]} queries of at most {MOST_QUERIES}")
    print(
        f"  {FEW:,} stored {few[2]:.1f} ms, {MANY:,} stored {many[2]:.1f} ms: "
        f"{ratio:.2f} of at most {AS_FAST:g}"
    )
    same = few[:2] == many[:2]
    return 0 if same and many[1] <= MOST_QUERIES and ratio <= AS_FAST else 1


def main() -> int:
    from tests.benchmarks.bookings import scratch_database

    argparse.ArgumentParser(
        prog="python -m tests.benchmarks availability", description=__doc__
    ).parse_args()
    with scratch_database("availability"):
        return run()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    sys.exit(main())
