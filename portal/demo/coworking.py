"""The demo's co-working space, filled by the real verbs: half booked over the coming two weeks."""

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.models import CalendarDay, Notice
from portal.core.text import slugify
from portal.core.verdicts import Refused
from portal.demo import interiors
from portal.demo.content import coworking as words
from portal.demo.season import Cast
from portal.demo.site import add_page, blocks, translate
from portal.pages.models import HomePage
from startups.coworking import attending, due, telling
from startups.coworking.booking import Wish, book
from startups.coworking.changing import cancel
from startups.coworking.closing import announce
from startups.coworking.feeding import open_feed
from startups.coworking.hours import at, day_of, hours_of
from startups.coworking.models import (
    Booking,
    Feature,
    HouseRules,
    OpeningHours,
    Quota,
    Resource,
    Space,
    SpacePage,
    SpacesPage,
    Unit,
)
from startups.coworking.queueing import join
from startups.coworking.repeating import keep

DAYS_AHEAD = 14
DAYS_BACK = 21
DESKS_A_DAY = 7
"""With whole days among them about half of the 24 desks' hours."""
MISSED = 0.12
"""How many do not come."""


def make_spaces(cast: Cast, step: Callable[[], None]) -> None:
    """The space with its rules, resources and bookings."""
    with cast.at(-120):
        space = _space(cast)
        resources = _resources(space)
    step()
    crowd = _Crowd(cast, space, resources)
    crowd.past()
    step()
    crowd.coming()
    step()
    crowd.special()
    # What people were told about these bookings, they have read.
    Notice.objects.filter(kind=telling.BOOKED, read_at__isnull=True).update(read_at=cast.today)
    step()


def make_space_pages(home: HomePage) -> None:
    """The public pages of the space, in two languages."""
    index = add_page(home, SpacesPage, **words.INDEX["vi"], show_in_menus=True)
    translate(index, **words.INDEX["en"], show_in_menus=True)
    space = Space.objects.get(slug=words.SPACE["slug"])
    photo = _drawn("Không gian làm việc chung", interiors.open_space())
    page = add_page(index, SpacePage, **_filled(words.PAGE["vi"]), space=space, photo=photo)
    translate(page, **_filled(words.PAGE["en"]), photo=photo)


def _drawn(title: str, jpeg: bytes) -> Any:
    """An illustration among the pictures; its title says that it is one."""
    file = ContentFile(jpeg, name=f"{slugify(title)}.jpg")
    title = f"{title} ({words.DRAWN})"
    return get_image_model().objects.create(title=title, file=ImageFile(file, file.name))


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "body": blocks(facts["body"]),
        "amenities": [("item", line) for line in facts["amenities"]],
        "directions": blocks(facts["directions"]),
    }


def _space(cast: Cast) -> Space:
    for day, name, name_en in words.HOLIDAYS:
        CalendarDay.objects.get_or_create(day=day, defaults={"name": name, "name_en": name_en})
    space = Space.objects.create(**words.SPACE)
    opening = [(weekday, words.WEEKDAYS) for weekday in range(5)] + [(5, words.SATURDAY)]
    for weekday, (opens, closes) in opening:
        OpeningHours.objects.create(space=space, weekday=weekday, opens=opens, closes=closes)
    HouseRules.objects.create(
        space=space,
        version=1,
        text=words.RULES,
        text_en=words.RULES_EN,
        valid_from=clock.now(),
    )
    Quota.objects.create(space=space, hours_a_week=60, hours_a_month=200, at_once=6)
    Quota.objects.create(space=space, kind="room", hours_a_week=12)
    return space


def _resources(space: Space) -> dict[str, Resource]:
    features = [
        Feature.objects.create(label=label, label_en=english, order=number)
        for number, (label, english) in enumerate(words.FEATURES)
    ]
    rows = (
        (words.DESKS, [_desk(number) for number in range(1, 21)], ()),
        (words.ADJUSTABLE_DESKS, [_near_door(number) for number in range(21, 25)], (3,)),
        (words.ROOMS[0], [("", 720, 60, 110, 150)], ()),
        (words.ROOMS[1], [("", 840, 60, 140, 150)], (0, 1)),
        (words.ROOMS[2], [("", 720, 230, 260, 170)], (1, 2)),
        (words.HALL, [("", 60, 640, 640, 300)], (0, 4)),
        (words.LAB, [("", 740, 680, 120, 120)], (5,)),
    )
    at_desk = _drawn("Bàn làm việc", interiors.desk())
    in_room = _drawn("Phòng họp", interiors.meeting_room())
    photos = {
        words.DESKS["slug"]: at_desk,
        words.ADJUSTABLE_DESKS["slug"]: at_desk,
        **{room["slug"]: in_room for room in words.ROOMS[1:]},
        words.HALL["slug"]: _drawn("Hội trường", interiors.hall()),
    }
    made = {}
    for order, (facts, places, with_features) in enumerate(rows):
        photo = photos.get(facts["slug"])
        resource = Resource.objects.create(space=space, order=order, photo=photo, **facts)
        resource.features.set([features[number] for number in with_features])
        for number, (label, x, y, width, height) in enumerate(places):
            Unit.objects.create(
                resource=resource,
                label=label,
                order=number,
                x=x,
                y=y,
                width=width,
                height=height,
            )
        made[resource.slug] = resource
    return made


def _desk(number: int) -> tuple[str, int, int, int, int]:
    row, column = divmod(number - 1, 5)
    return f"Bàn {number:02d}", 60 + column * 120, 60 + row * 110, 90, 70


def _near_door(number: int) -> tuple[str, int, int, int, int]:
    return f"Bàn {number}", 60 + (number - 21) * 150, 520, 100, 80


class _Crowd:
    """Ten organisations that come and go."""

    def __init__(self, cast: Cast, space: Space, resources: dict[str, Resource]) -> None:
        self.cast, self.space, self.resources = cast, space, resources
        self.today = day_of(cast.today)
        self.chance = random.Random(2027)
        owned = Organisation.objects.filter(verified_at__isnull=False).order_by("pk")
        self.companies: list[tuple[User, Organisation]] = [
            (organisation.memberships.get().user, organisation) for organisation in owned
        ]
        self.hours = hours_of(
            space,
            self.today - timedelta(days=DAYS_BACK),
            self.today + timedelta(days=DAYS_AHEAD + 60),
        )

    def open_days(self, first: int, last: int) -> list[date]:
        days = [self.today + timedelta(days=number) for number in range(first, last + 1)]
        return [day for day in days if self.hours.opening(day)]

    def book(self, slug: str, day: date, starts: float, ends: float, **more: Any) -> Booking | None:
        """A booking of the next organisation that may have it; None where a rule says no."""
        person, organisation = self.chance.choice(self.companies)
        resource = self.resources[slug]
        wish = Wish(
            resource,
            at(day, datetime.min.time()) + timedelta(hours=starts),
            at(day, datetime.min.time()) + timedelta(hours=ends),
            people=min(more.pop("people", 1), resource.capacity),
            purpose=more.pop("purpose", self.chance.choice(words.PURPOSES)),
        )
        try:
            return book(wish, person=person, organisation=organisation, accepts_rules=True, **more)
        except Refused:
            return None

    def past(self) -> None:
        """Three weeks of use, with a few whom nobody saw."""
        for day in self.open_days(-DAYS_BACK, -1):
            with clock.held_at(at(day, words.WEEKDAYS[0])):
                short = day.weekday() == 5
                made = [
                    self.book("ban-lam-viec", day, starts, min(ends, 12) if short else ends)
                    for starts, ends in self.chance.sample(words.DAYS_AT_A_DESK, 6)
                    if starts < 12 or not short
                ]
                made.append(self.book("phong-hop-vam-co", day, 9, 11, people=5))
                if self.chance.random() < 0.5 and not short:
                    made.append(self.book("phong-hop-ba-den", day, 14, 16, people=9))
                    # The second who wants the call room finds it taken: a line of the numbers.
                    made.append(self.book("phong-goi", day, 15, 16))
                    self.book("phong-goi", day, 15, 16)
                else:
                    self.give_back(self.book("ban-lam-viec", day, 8, 10))
            self.arrive(made)
            if day.weekday() == 2:
                self.walk_in(day)
            with clock.held_at(at(day, words.WEEKDAYS[1])) as evening:
                due.run(evening)
        Notice.objects.filter(kind=telling.NO_SHOW).update(read_at=self.cast.today)

    def give_back(self, booking: Booking | None) -> None:
        if booking is not None and booking.person is not None:
            cancel(booking, by=booking.person)

    def walk_in(self, day: date) -> None:
        """Somebody who had not booked."""
        starts = at(day, datetime.min.time()) + timedelta(hours=9)
        wish = Wish(self.resources["ban-lam-viec"], starts, starts + timedelta(hours=2))
        with clock.held_at(starts):
            attending.walk_in(wish, name=words.VISITOR, by=self.cast.people["letan"])

    def arrive(self, booked: Iterable[Booking | None]) -> None:
        """Most of them come; whoever does not is released by the clock."""
        for booking in booked:
            if booking is not None and self.chance.random() > MISSED:
                with clock.held_at(booking.starts):
                    attending.check_in(booking, by=self.cast.people["letan"])

    def coming(self) -> None:
        """Today and the next two weeks: mornings fuller than afternoons, rooms in between."""
        with clock.held_at(at(self.today, words.WEEKDAYS[0])):
            for day in self.open_days(0, DAYS_AHEAD):
                whole = day.weekday() < 5
                for number in range(DESKS_A_DAY):
                    starts, ends = ((8, 17), (8, 11.5), (13.5, 17))[number % 3]
                    slug = "ban-nang-ha" if number == DESKS_A_DAY - 1 else "ban-lam-viec"
                    self.book(slug, day, starts, ends if whole else min(ends, 12))
                self.book("phong-hop-vam-co", day, 8.5, 10.5, people=4)
                if whole:
                    self.book("phong-hop-ba-den", day, 14, 17, people=10)
        here = Booking.objects.filter(
            state=Booking.State.CONFIRMED, starts__lte=self.cast.today, ends__gt=self.cast.today
        )
        self.arrive(here.select_related("resource__space", "organisation", "person"))

    def special(self) -> None:
        """Requests that wait, a waiting list, a closure, a weekly habit, somebody who is here."""
        clerk = self.cast.people["letan"]
        founder = self.cast.people["startup1"]
        company = Organisation.objects.filter(memberships__user=founder).first()
        days = self.open_days(3, DAYS_AHEAD)
        weekdays = [day for day in days if day.weekday() < 5]
        with clock.held_at(self.cast.today):
            self.book("hoi-truong", weekdays[3], 8, 11, people=60, purpose="Ngày hội cố vấn")
            self.book("hoi-truong", weekdays[5], 13, 17, people=45, purpose="Tập huấn gọi vốn")
            self.book("may-in-3d", weekdays[1], 9, 11, people=2, purpose="In mẫu thử vỏ máy")
            busy = weekdays[4]
            self.book("phong-goi", busy, 9, 11, people=2)
            for login in ("congty1", "congty2"):
                self._wait(login, busy)
            announce(
                self.space,
                resource=self.resources["phong-hop-ba-den"],
                starts=at(weekdays[-1], words.WEEKDAYS[0]),
                ends=at(weekdays[-1], words.WEEKDAYS[1]),
                reason="Bảo trì máy lạnh",
                reason_en="Maintenance of the air conditioning",
                by=clerk,
            )
            self._habit(founder, company, weekdays[0])
            open_feed(founder, by=founder)
            open_feed(self.space, by=clerk)

    def _wait(self, login: str, day: date) -> None:
        person = self.cast.people[login]
        wish = Wish(
            self.resources["phong-goi"],
            at(day, datetime.min.time()) + timedelta(hours=9),
            at(day, datetime.min.time()) + timedelta(hours=10),
            people=2,
        )
        organisation = Organisation.objects.filter(memberships__user=person).first()
        join(wish, person=person, organisation=organisation)

    def _habit(self, person: User, organisation: Organisation | None, day: date) -> None:
        wish = Wish(
            self.resources["ban-lam-viec"],
            at(day, datetime.min.time()) + timedelta(hours=8),
            at(day, datetime.min.time()) + timedelta(hours=11),
            purpose="Sáng làm việc cố định",
        )
        first = book(wish, person=person, organisation=organisation, accepts_rules=True)
        keep(first, by=person, weeks=4, skipped=self._shut(day))

    def _shut(self, day: date) -> set[date]:
        weeks = (day + timedelta(days=7 * number) for number in range(1, 5))
        return {week for week in weeks if not self.hours.opening(week)}
