"""Booking in a browser: two taps on a phone, by keys alone, and without JavaScript."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from playwright.sync_api import expect

from portal.accounts.models import Organisation, User
from portal.core import clock
from startups.coworking.booking import Wish, book
from startups.coworking.models import Booking, HouseRules, Resource
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.e2e.test_keyboard import tab_to
from tests.factories.accounts import OrganisationFactory
from tests.factories.coworking import ResourceFactory, UnitFactory
from tests.factories.entries import FounderFactory
from tests.factories.space_pages import SpacePageFactory

pytestmark = [*in_browser, pytest.mark.any_database]

MONDAY_MORNING = "2026-11-30 07:00"
SPACE = "/khong-gian/khong-gian-1/"


def moment(text: str) -> datetime:
    return timezone.make_aware(datetime.combine(date(2026, 11, 30), time.fromisoformat(text)))


def desks() -> Resource:
    """Four desks on a floor plan, a room beside them, and the page of the space."""
    found = ResourceFactory(desk=True, units=0, name="Bàn làm việc", bookers="organisations")
    for number in range(4):
        UnitFactory(
            resource=found,
            label=f"{number + 1:02d}",
            x=80 + 150 * number,
            y=120,
            width=100,
            height=120,
        )
    ResourceFactory(space=found.space, name="Phòng họp Sơn Ca", capacity=8)
    SpacePageFactory(space=found.space, slug="khong-gian-1", title="Không gian Tây Ninh")
    return found


def a_company() -> tuple[User, Organisation]:
    founder = FounderFactory()
    return founder, OrganisationFactory(owner=founder, verified_at=clock.now())


def booked_before(desk: Resource, founder: User, company: Organisation) -> Booking:
    wish = Wish(desk, moment("07:30"), moment("08:30"))
    return book(wish, person=founder, organisation=company)


@pytest.fixture
def monday(clock_at: Callable[[str], AbstractContextManager[None]]) -> Any:
    with clock_at(MONDAY_MORNING):
        yield


@pytest.mark.usefixtures("monday")
def test_a_returning_company_books_with_two_taps_on_a_phone(
    person: Callable[..., Person],
) -> None:
    desk = desks()
    founder, company = a_company()
    booked_before(desk, founder, company)
    visitor = person(founder, width=390)
    visitor.go(SPACE)
    assert visitor.barriers() == []
    visitor.page.locator(".part a.button").nth(1).click()
    button = visitor.page.locator("[data-book]")
    # Nothing has to be scrolled for or filled in.
    expect(button).to_be_visible()
    assert visitor.barriers() == []
    button.click()
    visitor.page.wait_for_url("**/workspace/bookings/*-*/")
    found = Booking.objects.filter(organisation=company).latest("pk")
    assert (found.starts, found.ends) == (moment("13:00"), moment("18:00"))
    visitor.reads(found.code)
    assert visitor.barriers() == []


@pytest.mark.usefixtures("monday")
def test_as_last_time_takes_two_taps_too(person: Callable[..., Person]) -> None:
    desk = desks()
    founder, company = a_company()
    first = booked_before(desk, founder, company)
    visitor = person(founder, width=390)
    visitor.go(SPACE)
    visitor.page.locator(".again a").click()
    visitor.page.locator("[data-book]").click()
    visitor.page.wait_for_url("**/workspace/bookings/*-*/")
    again = Booking.objects.latest("pk")
    assert (again.unit, (again.starts - first.starts).days) == (first.unit, 7)


@pytest.mark.usefixtures("monday")
def test_a_desk_on_the_plan_is_booked_by_keys_alone(person: Callable[..., Person]) -> None:
    desk = desks()
    founder, company = a_company()
    HouseRules.objects.create(
        space=desk.space, version=1, text="Giữ yên lặng.", valid_from=moment("00:00")
    )
    visitor = person(founder)
    page = visitor.go(f"{SPACE}so-do/?ngay=2026-11-30&tu=09:00&den=11:00")
    assert visitor.barriers() == []
    tab_to(page, "svg.plan a[aria-label^='Bàn làm việc 02']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workspace/bookings/new/**")
    tab_to(page, "#id_accepts_rules")
    page.keyboard.press("Space")
    tab_to(page, "[data-book]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workspace/bookings/*-*/")
    found = Booking.objects.get(organisation=company)
    assert (found.unit.label, found.starts) == ("02", moment("09:00"))


@pytest.mark.usefixtures("monday")
def test_a_room_is_booked_changed_and_given_back_without_javascript(
    person: Callable[..., Person],
) -> None:
    desk = desks()
    founder, company = a_company()
    room = Resource.objects.get(kind="room")
    other = OrganisationFactory(verified_at=clock.now())
    book(
        Wish(room, moment("09:00"), moment("10:00")),
        person=other.memberships.get().user,
        organisation=other,
    )
    visitor = person(founder, javascript=False, width=390)
    page = visitor.go(f"{SPACE}cho/{room.slug}/")
    page.fill("[name=day]", "2026-11-30")
    page.fill("[name=starts]", "09:00")
    page.fill("[name=ends]", "10:00")
    visitor.press(say("Go on to book"))
    page.locator("[data-book]").click()
    # Taken: the way out stands beside the reason, and takes what was typed along.
    expect(page.locator("#id_starts_error")).to_be_visible()
    page.locator("button[name=instead]").first.click()
    found = Booking.objects.get(organisation=company)
    visitor.reads(found.code)
    visitor.press(say("Change hours or place"))
    page.fill("[name=starts]", "14:00")
    page.fill("[name=ends]", "15:30")
    visitor.press(say("Change"))
    found.refresh_from_db()
    assert (found.starts, found.ends) == (moment("14:00"), moment("15:30"))
    visitor.press(say("Give it back"))
    visitor.press(say("Give it back"))
    found.refresh_from_db()
    assert found.state == Booking.State.CANCELLED
    page = visitor.go(f"{SPACE}luoi/?ngay=2026-11-30")
    expect(page.locator("table.day-grid caption")).to_be_visible()
    assert desk.units.count() == 4
    assert visitor.path.endswith("/luoi/")
    visitor.go(reverse("coworking:list") + "?view=past")
    visitor.reads(found.code)
