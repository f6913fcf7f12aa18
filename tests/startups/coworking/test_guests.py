"""Guests of a booking: invited by mail, known at the desk, forgotten in time."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.urls import reverse

from portal.core import clock
from portal.core.verdicts import Refused
from startups.coworking.attending import forget_visitors
from startups.coworking.changing import cancel, change
from startups.coworking.inviting import invite, take_back
from startups.coworking.models import Booking, Guest
from tests.factories.accounts import UserFactory
from tests.reading import page_of, words
from tests.startups.coworking.days import moment, wish
from tests.startups.coworking.desk_world import House, browser_of

pytestmark = pytest.mark.django_db

ADDRESS = "khach@example.vn"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with clock.held_at(moment("07:45")):
        yield


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def meeting(house: House) -> Booking:
    return house.booked(house.room, "09:00", "10:00")


@pytest.fixture
def mailed(mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> Any:
    """Do something; answer (method, status, uid) of the events that the guest was sent."""

    def done(verb: Any, *args: Any, **more: Any) -> list[tuple[str, str, str]]:
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **more)
        told = []
        for mail in mailoutbox[before:]:
            if mail.to == [ADDRESS]:
                found = icalendar.Calendar.from_ical(mail.attachments[0].content)
                [event] = found.walk("VEVENT")
                told.append((str(found["METHOD"]), str(event["STATUS"]), str(event["UID"])))
        return told

    return done


def refusal(booking: Booking, **more: Any) -> str | None:
    with pytest.raises(Refused) as refused:
        invite(booking, **more)
    return refused.value.code


def test_a_guest_hears_of_everything_and_never_the_code(
    house: House, meeting: Booking, mailed: Any, mailoutbox: list[Any]
) -> None:
    uid = f"{meeting.key}@127.0.0.1"
    facts = {"name": "Chị Năm", "email": ADDRESS, "by": house.founder}
    assert mailed(invite, meeting, **facts) == [("REQUEST", "CONFIRMED", uid)]
    assert meeting.code not in mailoutbox[-1].body
    meeting.refresh_from_db()
    assert meeting.people == 2
    later = wish(house.room, "10:00", "11:00", people=2)
    assert mailed(change, meeting, later, by=house.founder) == [("REQUEST", "CONFIRMED", uid)]
    assert mailed(cancel, meeting, by=house.founder) == [("CANCEL", "CANCELLED", uid)]


def test_an_invitation_is_taken_back(house: House, meeting: Booking, mailed: Any) -> None:
    guest = invite(meeting, name="Chị Năm", email=ADDRESS, by=house.founder)
    told = mailed(take_back, guest, by=house.founder)
    assert [one[:2] for one in told] == [("CANCEL", "CANCELLED")]
    assert not Guest.objects.exists()


def test_what_is_refused(house: House, meeting: Booking) -> None:
    assert refusal(meeting, name=" ", by=house.founder) == "no_name"
    assert refusal(meeting, name="Ai", by=UserFactory()) == "not_theirs"
    invite(meeting, name="Năm", email=ADDRESS, by=house.founder)
    assert refusal(meeting, name="Năm", email=ADDRESS.upper(), by=house.founder) == "twice"
    for number in range(house.room.capacity - 2):
        invite(meeting, name=f"Khách {number}", by=house.founder)
    assert refusal(meeting, name="Thêm một", by=house.founder) == "capacity"
    cancel(meeting, by=house.founder)
    assert refusal(meeting, name="Muộn", by=house.founder) == "state"


def test_the_page_and_the_desk(house: House, meeting: Booking) -> None:
    founder, clerk = browser_of(house.founder), browser_of(house.clerk)
    booking = page_of(founder.get(reverse("coworking:booking", args=[meeting.key])))
    address = reverse("coworking:guests", args=[meeting.key])
    assert booking.select_one(f'a[href="{address}"]')
    assert founder.post(address, {"name": "Chị Năm Sâm"}).status_code == 302
    for wrong in ({"name": ""}, {"name": "A", "email": "không phải"}, {"name": "\x00"}):
        assert founder.post(address, wrong).status_code == 422
    today = reverse("coworking_desk:today", args=[house.space.slug])
    found = page_of(clerk.get(f"{today}?q=nam+sam"))
    assert "Chị Năm Sâm" in words(found.select_one(f"#b-{meeting.code}"))
    guest = Guest.objects.get()
    remove = reverse("coworking:remove_guest", args=[meeting.key, guest.pk])
    assert clerk.post(remove).status_code == 404
    assert founder.post(remove).status_code == 302
    assert not Guest.objects.exists()


def test_names_are_forgotten_with_those_of_visitors(house: House, meeting: Booking) -> None:
    invite(meeting, name="Chị Năm", email=ADDRESS, by=house.founder)
    days = timedelta(days=house.space.visitor_days)
    forget_visitors(meeting.ends + days)
    assert Guest.objects.exists()
    forget_visitors(meeting.ends + days + timedelta(seconds=1))
    assert not Guest.objects.exists()


def test_a_house_that_is_open_until_midnight_is_booked_until_then(house: House) -> None:
    house.space.hours.update(closes="23:59")
    facts = {"resource": house.room.pk, "day": "2026-11-30", "starts": "23:00", "ends": "00:00"}
    address = reverse("coworking:new") + "?" + "&".join(f"{k}={v}" for k, v in facts.items())
    answer = browser_of(house.founder).post(
        address, {**facts, "people": 1, "organisation": house.company.pk}
    )
    assert answer.status_code == 302
    made = Booking.objects.get()
    assert (made.ends - made.starts) == timedelta(hours=1)
