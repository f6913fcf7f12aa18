"""A closure that begins now: who is here, who comes later, and where they go instead."""

from typing import Any

import pytest
from django.urls import reverse

from portal.core import clock
from startups.coworking.after_closure import hits
from startups.coworking.attending import check_in, walk_in
from startups.coworking.closing import announce
from startups.coworking.models import Booking, Closure
from tests.factories.coworking import ResourceFactory
from tests.reading import page_of, words
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import TUESDAY, moment, wish
from tests.startups.coworking.desk_world import House, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def closed(house: House) -> Closure:
    """At ten the power fails until noon: one is here, a visitor too, one comes at eleven."""
    here = house.booked(house.room, "09:00", "11:00")
    house.booked(house.room, "11:00", "12:00")
    house.booked(house.room, "14:00", "15:00")
    with clock.held_at(moment("09:00")):
        check_in(here, by=house.founder)
        walk_in(wish(house.desks, "09:00", "12:00"), name="Chị Sáu", by=house.clerk)
    with clock.held_at(moment("10:05")):
        return announce(
            house.space,
            starts=moment("10:00"),
            ends=moment("12:00"),
            reason="Mất điện",
            by=house.clerk,
        )


def test_who_is_here_goes_and_who_comes_later_is_told(house: House, closed: Closure) -> None:
    states = list(Booking.objects.order_by("starts", "pk").values_list("state", "ends"))
    assert states == [
        ("completed", moment("10:15")),
        ("completed", moment("10:15")),
        ("cancelled", moment("12:00")),
        ("confirmed", moment("15:00")),
    ]
    assert house.founder.notices.filter(kind="booking-closed").count() == 2
    assert broken_promises() == []


def test_who_is_here_stays_until_a_closure_later_today(house: House) -> None:
    here = house.booked(house.room, "09:00", "12:00")
    with clock.held_at(moment("09:10")):
        check_in(here, by=house.founder)
        announce(
            house.space,
            resource=house.room,
            starts=moment("11:00"),
            ends=moment("17:00"),
            reason="Sửa máy lạnh",
            by=house.clerk,
        )
    here.refresh_from_db()
    assert (here.state, here.ends) == (Booking.State.CHECKED_IN, moment("11:00"))
    assert here.slots.filter(at__gte=moment("11:00")).count() == 0


def test_one_screen_lists_those_hit_and_books_them_elsewhere(house: House, closed: Closure) -> None:
    clerk = browser_of(house.clerk)
    address = reverse("coworking_desk:closure", args=[closed.pk])
    with clock.held_at(moment("10:06")):
        page = page_of(clerk.get(address))
        rows = page.select(".closure-hit")
        assert len(rows) == 3
        assert "Chị Sáu" in words(page.select_one("ol.rows"))
        buttons = page.select("[name=instead]")
        assert buttons
        form = buttons[0].find_parent("form")
        sent = {"booking": form.select_one("[name=booking]")["value"]}
        answer = clerk.post(address, {**sent, "instead": buttons[0]["value"]})
        assert answer.status_code == 302
        made = Booking.objects.latest("pk")
        assert (made.person, made.booked_by) == (house.founder, house.clerk)
        assert made.state == Booking.State.CONFIRMED
        assert sum(1 for hit in hits(closed, moment("10:07")) if hit.instead == made) == 1
    for wrong in ({}, {"booking": "\x00", "instead": "9|x|y"}, {**sent, "instead": "1|2"}):
        assert clerk.post(address, wrong).status_code == 302
    assert Booking.objects.latest("pk") == made
    assert browser_of(house.director).post(address, sent).status_code == 403


def test_the_person_finds_what_is_free_on_the_page_of_the_booking(house: House) -> None:
    other = ResourceFactory(space=house.space, name="Phòng khác", slug="khac")
    booking = house.booked(house.room, day=TUESDAY)
    announce(
        house.space,
        resource=house.room,
        starts=moment("08:00", TUESDAY),
        ends=moment("18:00", TUESDAY),
        reason="Sơn lại",
        by=house.clerk,
    )
    founder = browser_of(house.founder)
    page = page_of(founder.get(reverse("coworking:booking", args=[booking.key])))
    links = [one["href"] for one in page.select("section.choose a.button")]
    assert len(links) == 2
    assert f"resource={other.pk}&day=2026-12-01&starts=08" in links[0]
    assert founder.get(links[0]).status_code == 200


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_of_the_database_for_one_and_for_many(
    house: House, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        house.booked(house.room, f"{8 + number:02d}:00", f"{9 + number:02d}:00", day=TUESDAY)
    closure = announce(
        house.space,
        starts=moment("07:30", TUESDAY),
        ends=moment("18:00", TUESDAY),
        reason="Sơn lại",
        by=house.clerk,
    )
    clerk = browser_of(house.clerk)
    clerk.get(reverse("coworking_desk:closure", args=[closure.pk]))
    with django_assert_num_queries(QUERIES):
        clerk.get(reverse("coworking_desk:closure", args=[closure.pk]))


QUERIES = 19
