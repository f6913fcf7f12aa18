"""A space on a Monday morning, for the tests of the front desk and the back office."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.accounts.models import Organisation, User
from portal.core import clock
from startups.coworking.booking import Wish, book
from startups.coworking.models import Booking, Resource, Space
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import ResourceFactory, SpaceFactory

MONDAY = date(2026, 11, 30)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def moment(text: str, day: date = MONDAY) -> datetime:
    """ "09:30" on a day, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(text)))


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@dataclass(slots=True)
class House:
    """A space with four desks, a room and a hall; its clerk, an officer, a founder's company."""

    space: Space = field(default_factory=lambda: SpaceFactory(name="Không gian Mía", slug="mia"))
    clerk: User = field(default_factory=lambda: UserFactory(front_desk=True, full_name="Võ Lan"))
    officer: User = field(default_factory=lambda: UserFactory(officer=True))
    director: User = field(default_factory=lambda: UserFactory(director=True))
    founder: User = field(
        default_factory=lambda: UserFactory(full_name="Đặng Thị Hòa", phone="+84912345678")
    )
    company: Organisation = None  # type: ignore[assignment]
    desks: Resource = None  # type: ignore[assignment]
    room: Resource = None  # type: ignore[assignment]
    hall: Resource = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.company = OrganisationFactory(
            owner=self.founder, name="Công ty Mía Giấy", verified_at=clock.now()
        )
        self.desks = ResourceFactory(
            space=self.space, desk=True, units=4, name="Bàn mở", slug="ban", order=1
        )
        self.room = ResourceFactory(space=self.space, name="Phòng họp", slug="phong", order=2)
        self.hall = ResourceFactory(
            space=self.space, hall=True, name="Hội trường", slug="hoi-truong", order=3
        )

    def booked(
        self, resource: Resource, starts: str = "08:00", ends: str = "10:00", **more: Any
    ) -> Booking:
        day = more.pop("day", MONDAY)
        whose: dict[str, Any] = {"person": self.founder, "organisation": self.company} | more
        return book(Wish(resource, moment(starts, day), moment(ends, day)), **whose)
