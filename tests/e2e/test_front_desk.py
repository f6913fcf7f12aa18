"""The front desk in a browser: on a phone without JavaScript, by keys alone, and with the mouse."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from startups.coworking.models import Booking, Unit
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.startups.coworking.desk_world import House

pytestmark = [*in_browser, pytest.mark.any_database]

TODAY = "/workspace/desk/mia/"


@pytest.fixture
def house(portal: str, clock_at: Callable[[str], AbstractContextManager[None]]) -> Iterator[House]:
    with clock_at("2026-11-30 07:45"):
        yield House()


def state_of(booking: Booking) -> Any:
    return Booking.objects.get(pk=booking.pk).state


def tab_to(page: Page, selector: str, limit: int = 60) -> None:
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"Tab never came to {selector}")


def test_a_phone_without_javascript_finds_checks_in_and_gives_a_place(
    house: House, person: Callable[..., Person]
) -> None:
    booking = house.booked(house.desks)
    page = person(house.clerk, javascript=False, width=360).go(TODAY)
    page.fill("#desk-q", "hoa")
    page.click(".desk-search button")
    page.click(f"#b-{booking.code} form[action$='/check-in/'] button")
    expect(page.locator(f"#b-{booking.code} .chip--ok")).to_be_visible()
    assert state_of(booking) == Booking.State.CHECKED_IN
    page.click(f"#b-{booking.code} form[action$='/undo/'] button")
    expect(page.locator(f"#b-{booking.code} form[action$='/check-in/']")).to_be_visible()
    page.goto(TODAY)
    page.click(".desk-jump")
    page.fill("#id_name", "Bà Tư")
    page.click(".desk-walkin .form-actions button")
    expect(page.locator(".desk-line")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_by_keys_alone_somebody_is_found_and_checked_in(
    house: House, person: Callable[..., Person]
) -> None:
    booking = house.booked(house.desks)
    page = person(house.clerk).go(TODAY)
    tab_to(page, "#desk-q")
    page.keyboard.type(booking.code.lower())
    page.keyboard.press("Enter")
    expect(page.locator(".desk-line")).to_have_count(1)
    tab_to(page, "form[action$='/check-in/'] button")
    page.keyboard.press("Enter")
    expect(page.locator(f"#b-{booking.code} .chip--ok")).to_be_visible()
    assert state_of(booking) == Booking.State.CHECKED_IN


def test_a_place_is_dragged_on_the_plan_and_saved(
    house: House, person: Callable[..., Person]
) -> None:
    unit = house.desks.units.order_by("order").first()
    Unit.objects.filter(pk=unit.pk).update(x=100, y=100)
    page = person(house.officer).go(f"{TODAY}plan/")
    box = page.locator(".desk-plan__unit rect").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 105, box["y"] + 65, steps=5)
    page.mouse.up()
    x = int(page.input_value(f"#id_x-{unit.pk}"))
    y = int(page.input_value(f"#id_y-{unit.pk}"))
    assert x > 100
    assert y > 100
    page.click(".plan-form .form-actions button")
    expect(page.locator(".site-messages")).to_be_visible()
    unit.refresh_from_db()
    assert (unit.x, unit.y) == (x, y)
