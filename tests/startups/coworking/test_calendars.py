"""A booking in the calendar of whoever booked, read by two parsers independent of each other."""

import icalendar
import pytest
import vobject
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Organisation, User
from startups.coworking.booking import book
from startups.coworking.changing import cancel, change
from startups.coworking.models import Booking
from tests.factories.accounts import UserFactory
from tests.factories.coworking import ResourceFactory, SpaceFactory
from tests.startups.coworking.days import TUESDAY, moment, wish

pytestmark = pytest.mark.django_db


def file_of(booking: Booking, client: Client) -> bytes:
    response = client.get(reverse("coworking:calendar", args=[booking.key]))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].endswith(f'"{booking.code}.ics"')
    return response.content


def event_of(booking: Booking, client: Client) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(file_of(booking, client)).walk("VEVENT")
    return event


def test_two_parsers_read_the_same(client: Client, founder: User, company: Organisation) -> None:
    space = SpaceFactory(name="Không gian “Bưng Còng”, tầng 2; khu A", address="Số 1, đường Thử")
    mine = book(wish(ResourceFactory(space=space)), person=founder, organisation=company)
    client.force_login(founder)
    written = file_of(mine, client)
    [first] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    second = vobject.readOne(written.decode()).vevent
    assert first["UID"] == second.uid.value == f"{mine.key}@127.0.0.1"
    assert first["DTSTART"].dt == second.dtstart.value == moment("09:00")
    assert first["DTEND"].dt == second.dtend.value == moment("11:00")
    assert first["SUMMARY"] == second.summary.value == f"{mine.unit} · {space.name}"
    assert first["LOCATION"] == second.location.value == f"{space.name}, Số 1, đường Thử"
    assert first["STATUS"] == second.status.value == "CONFIRMED"
    assert first["SEQUENCE"] == int(second.sequence.value) == 0
    assert mine.code in first["DESCRIPTION"]
    # No line is longer than the standard allows, in bytes.
    assert max(len(line) for line in written.split(b"\r\n")) <= 75


def test_a_change_moves_the_event_and_a_cancelled_one_is_struck_out(
    client: Client, founder: User, company: Organisation
) -> None:
    room = ResourceFactory()
    mine = book(wish(room), person=founder, organisation=company)
    client.force_login(founder)
    seen = [event_of(mine, client)]
    change(mine, wish(room, "14:00", "15:00", day=TUESDAY), by=founder)
    seen.append(event_of(mine, client))
    cancel(mine, by=founder)
    seen.append(event_of(mine, client))
    assert len({str(event["UID"]) for event in seen}) == 1
    assert [int(event["SEQUENCE"]) for event in seen] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert seen[1]["DTSTART"].dt == moment("14:00", TUESDAY)


def test_a_request_is_tentative(client: Client, founder: User, company: Organisation) -> None:
    asked = book(wish(ResourceFactory(hall=True)), person=founder, organisation=company)
    client.force_login(founder)
    assert event_of(asked, client)["STATUS"] == "TENTATIVE"


@pytest.mark.parametrize(
    ("who", "status"),
    [({}, 404), ({"front_desk": True}, 200), ({"director": True}, 200), (None, 302)],
)
def test_who_else_may_have_the_file(
    client: Client, founder: User, company: Organisation, who: dict[str, bool] | None, status: int
) -> None:
    mine = book(wish(ResourceFactory()), person=founder, organisation=company)
    if who is not None:
        client.force_login(UserFactory(**who))
    address = reverse("coworking:calendar", args=[mine.key])
    assert client.get(address).status_code == status
    assert client.post(address).status_code == 405
