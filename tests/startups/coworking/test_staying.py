"""Staying longer at a place where somebody is already, from the phone and at the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal.core import clock
from portal.core.verdicts import Refused
from startups.coworking.attending import check_in, walk_in
from startups.coworking.booking import book
from startups.coworking.models import Booking, Resource
from startups.coworking.staying import ends_to_stay, stay
from tests.factories.accounts import UserFactory
from tests.factories.coworking import QuotaFactory
from tests.reading import page_of, words
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import moment, wish
from tests.startups.coworking.desk_world import House, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def here(house: House) -> Booking:
    """The founder sits in the room from nine to eleven; it is half past ten."""
    with clock.held_at(moment("09:00")):
        booking = house.booked(house.room, "09:00", "11:00")
        check_in(booking, by=house.founder)
    return booking


@pytest.fixture(autouse=True)
def _half_past_ten() -> Any:
    with clock.held_at(moment("10:30")):
        yield


def refusal(booking: Booking, until: str, by: Any) -> str | None:
    with pytest.raises(Refused) as refused:
        stay(booking, moment(until), by=by)
    return refused.value.code


def test_until_the_next_booking_and_no_further(house: House, here: Booking) -> None:
    house.booked(house.room, "13:00", "14:00")
    step = house.room.slot_minutes
    assert ends_to_stay(here)[0] == moment("11:00") + timedelta(minutes=step)
    assert ends_to_stay(here)[-1] == moment("13:00") - house.room.before - house.room.after
    stay(here, moment("12:00"), by=house.founder)
    here.refresh_from_db()
    assert (here.ends, here.state, here.sequence) == (moment("12:00"), "checked_in", 1)
    assert refusal(here, "13:30", house.founder) == "taken"
    assert broken_promises() == []


def test_the_rules_of_the_whole_stay_in_force(house: House, here: Booking) -> None:
    assert refusal(here, "10:45", house.founder) == "order"
    QuotaFactory(space=house.space, kind="room", hours_a_week=3)
    assert refusal(here, "12:30", house.founder) == "quota_week"
    assert refusal(here, "18:30", house.founder) in {"too_long", "not_open"}
    stay(here, moment("12:00"), by=house.founder)


def test_only_who_is_here_and_only_their_own(house: House, here: Booking) -> None:
    other = house.booked(house.desks, "11:00", "12:00")
    assert refusal(other, "13:00", house.founder) == "not_here"
    stranger = browser_of(UserFactory())
    address = reverse("coworking:stay", args=[here.key])
    assert stranger.post(address, {"until": "12:00"}).status_code == 404


def test_a_hall_is_kept_longer_by_the_front_desk(house: House) -> None:
    booking = book(
        wish(house.hall, "10:30", "11:00"),
        person=house.founder,
        organisation=house.company,
        by=house.clerk,
    )
    check_in(booking, by=house.founder)
    assert refusal(booking, "12:00", house.founder) == "needs_approval"
    stay(booking, moment("12:00"), by=house.clerk)
    assert Booking.objects.get(pk=booking.pk).ends == moment("12:00")


def test_from_the_phone(house: House, here: Booking) -> None:
    founder = browser_of(house.founder)
    page = page_of(founder.get(reverse("coworking:booking", args=[here.key])))
    address = reverse("coworking:stay", args=[here.key])
    assert page.select_one(f'a[href="{address}"]')
    offered = [one["value"] for one in page_of(founder.get(address)).select("[name=until]")]
    assert offered[0] == "11:30"
    assert founder.post(address, {"until": "11:30"}).status_code == 302
    assert Booking.objects.get(pk=here.pk).ends == moment("11:30")
    for wrong in ("99:99", "\x00", "11:30"):
        assert founder.post(address, {"until": wrong}).status_code == 422


def test_at_the_desk_also_for_somebody_without_an_account(house: House) -> None:
    visitor = walk_in(wish(house.desks, "10:30", "11:00"), name="Chị Sáu", by=house.clerk)
    clerk = browser_of(house.clerk)
    today = page_of(clerk.get(reverse("coworking_desk:today", args=[house.space.slug])))
    address = reverse("coworking:stay", args=[visitor.key])
    assert today.select_one(f'a[href="{address}"]')
    answer = clerk.post(address, {"until": "11:45"})
    assert answer.status_code == 302
    assert answer.url == reverse("coworking_desk:today", args=[house.space.slug])
    assert Booking.objects.get(pk=visitor.pk).ends == moment("11:45")


def test_when_somebody_comes_next_the_page_says_so(house: House, here: Booking) -> None:
    house.booked(house.room, "11:00", "12:00")
    page = page_of(browser_of(house.founder).get(reverse("coworking:stay", args=[here.key])))
    assert not page.select("[name=until]")
    assert page.select_one(".notice--warn")


def test_the_desk_changes_and_cancels_for_somebody_who_calls(house: House) -> None:
    booking = house.booked(house.room, "14:00", "15:00")
    clerk = browser_of(house.clerk)
    page = page_of(clerk.get(reverse("coworking:booking", args=[booking.key])))
    change = reverse("coworking:change", args=[booking.key])
    cancel = reverse("coworking:cancel", args=[booking.key])
    assert page.select_one(f'a[href="{change}"]')
    assert page.select_one(f'a[href="{cancel}"]')
    facts = {"day": "2026-11-30", "starts": "15:00", "ends": "16:00", "people": "1"}
    answer = clerk.post(change, {**facts, "place": booking.resource_id})
    assert answer.status_code == 302
    assert clerk.post(cancel, {"reason": "Khách gọi báo bận"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.starts, booking.state) == (moment("15:00"), Booking.State.CANCELLED)
    told = house.founder.notices.latest("pk").body
    assert "Khách gọi báo bận" in told
    resource: Resource = house.room
    assert words(page.select_one("h1")) == str(resource.units.get())
