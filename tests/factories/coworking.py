"""Spaces and what is booked in them. `SpaceFactory()` is open Monday to Saturday, 07:30–18:00."""

from datetime import time
from typing import Any

import factory
from factory.django import DjangoModelFactory

from startups.coworking.models import OpeningHours, Quota, Resource, Space, Unit


class SpaceFactory(DjangoModelFactory):
    """A space with opening hours; `hours=False` leaves it closed every day."""

    class Meta:
        model = Space
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Không gian thử {n}")
    slug = factory.Sequence(lambda n: f"khong-gian-thu-{n}")
    address = "Số 1, đường Thử"

    @factory.post_generation
    def hours(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted is not False:
            OpeningHours.objects.bulk_create(
                [
                    OpeningHours(space=self, weekday=day, opens=time(7, 30), closes=time(18))
                    for day in range(6)
                ]
            )


class ResourceFactory(DjangoModelFactory):
    """A meeting room with one unit; `units=3` makes a pool, `units=0` none."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    class Params:
        desk = factory.Trait(kind=Resource.Kind.DESK, capacity=1)
        hall = factory.Trait(kind=Resource.Kind.HALL, capacity=80, needs_approval=True)

    space = factory.SubFactory(SpaceFactory)
    kind = Resource.Kind.ROOM
    name = factory.Sequence(lambda n: f"Phòng thử {n}")
    slug = factory.Sequence(lambda n: f"phong-thu-{n}")
    capacity = 8

    @factory.post_generation
    def units(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        count = 1 if extracted is None else extracted
        for number in range(1, count + 1):
            UnitFactory(resource=self, label=f"{number:02d}", order=number)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    resource = factory.SubFactory(ResourceFactory, units=0)
    label = factory.Sequence(lambda n: f"U{n}")


class QuotaFactory(DjangoModelFactory):
    class Meta:
        model = Quota

    space = factory.SubFactory(SpaceFactory)
