"""The event that goes with the mails of a booking, as calendars of phones and offices take it."""

from typing import Any

import icalendar
import pytest
import vobject

from portal.accounts.models import Organisation, User
from startups.coworking import feeding
from startups.coworking.booking import book
from startups.coworking.calendars import followed
from startups.coworking.changing import cancel, change
from startups.coworking.closing import announce
from startups.coworking.deciding import approve, decline
from startups.coworking.models import Booking, Resource
from startups.coworking.queueing import join
from startups.coworking.repeating import end_series, keep
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import ResourceFactory, SpaceFactory
from tests.startups.coworking.days import TUESDAY, moment, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Resource:
    space = SpaceFactory(name="Không gian Mía; “tầng 2”", email="letan@example.vn")
    return ResourceFactory(space=space, name="Phòng Sen")


@pytest.fixture
def posted(mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> Any:
    """Do something; answer the mails that went out because of it."""

    def done(verb: Any, *args: Any, **more: Any) -> list[Any]:
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **more)
        return mailoutbox[before:]

    return done


def enclosed(mail: Any) -> tuple[str, list[icalendar.Event]]:
    """The method and the events of a mail's only file, which two parsers read alike."""
    [(name, content, kind)] = mail.attachments
    assert name.endswith(".ics")
    one = icalendar.Calendar.from_ical(content)
    other = vobject.readOne(content)
    events = list(one.walk("VEVENT"))
    for mine, theirs in zip(events, other.vevent_list, strict=True):
        assert str(mine["UID"]) == theirs.uid.value
        assert mine["DTSTART"].dt == theirs.dtstart.value
        assert mine["DTEND"].dt == theirs.dtend.value
        assert int(mine["SEQUENCE"]) == int(theirs.sequence.value)
        assert str(mine["STATUS"]) == theirs.status.value
    method = str(one["METHOD"])
    assert other.method.value == method
    assert kind == f"text/calendar; method={method}"
    [part] = [one for one in mail.message().walk() if one.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_content_charset()) == (method, "utf-8")
    assert part.get_filename() == name
    return method, events


def facts(mail: Any) -> tuple[str, str, int]:
    method, [event] = enclosed(mail)
    return method, str(event["STATUS"]), int(event["SEQUENCE"])


def test_booked_changed_and_given_back_is_one_event_of_the_feed(
    posted: Any, room: Resource, founder: User, company: Organisation
) -> None:
    [mail] = posted(book, wish(room), person=founder, organisation=company)
    booking = Booking.objects.get()
    assert facts(mail) == ("REQUEST", "CONFIRMED", 0)
    [event] = enclosed(mail)[1]
    assert str(event["ORGANIZER"]) == "mailto:letan@example.vn"
    assert str(event["ATTENDEE"]) == f"mailto:{founder.email}"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    feed, _token = feeding.open_feed(founder, by=founder)
    in_feed = icalendar.Calendar.from_ical(
        followed(feeding.bookings_in(feed, booking.starts), name=feed.title, without_names=False)
    )
    assert [str(one["UID"]) for one in in_feed.walk("VEVENT")] == [str(event["UID"])]

    [mail] = posted(change, booking, wish(room, "14:00", "15:00"), by=founder)
    assert facts(mail) == ("REQUEST", "CONFIRMED", 1)
    assert enclosed(mail)[1][0]["DTSTART"].dt == moment("14:00")
    [mail] = posted(cancel, booking, by=founder)
    assert facts(mail) == ("CANCEL", "CANCELLED", 2)
    assert str(enclosed(mail)[1][0]["UID"]) == str(event["UID"])
    assert not founder.notices.filter(read_at__isnull=True, subject__contains="back").exists()


def test_answers_of_the_front_desk_and_closures(
    posted: Any, founder: User, company: Organisation, clerk: User
) -> None:
    hall = ResourceFactory(hall=True)
    [mail] = posted(book, wish(hall), person=founder, organisation=company)
    assert facts(mail) == ("REQUEST", "TENTATIVE", 0)
    first = Booking.objects.get()
    [mail] = posted(approve, first, by=clerk)
    assert facts(mail) == ("REQUEST", "CONFIRMED", 1)
    posted(book, wish(hall, day=TUESDAY), person=founder, organisation=company)
    second = Booking.objects.latest("pk")
    [mail] = posted(decline, second, by=clerk, reason="Có hội nghị")
    assert facts(mail) == ("CANCEL", "CANCELLED", 1)
    hours = {"starts": moment("08:00"), "ends": moment("17:00")}
    [mail] = posted(announce, hall.space, reason="Sửa điện", by=clerk, **hours)
    assert facts(mail) == ("CANCEL", "CANCELLED", 2)


def test_an_offer_is_nobodys_event_yet(
    posted: Any, room: Resource, founder: User, company: Organisation
) -> None:
    other = UserFactory()
    theirs = OrganisationFactory(owner=other, verified_at=company.verified_at)
    booking = book(wish(room, day=TUESDAY), person=founder, organisation=company)
    join(wish(room, day=TUESDAY), person=other, organisation=theirs)
    mails = posted(cancel, booking, by=founder)
    assert [len(mail.attachments) for mail in mails if mail.to == [other.email]] == [0]


def test_weeks_that_are_kept_and_given_back_in_one_go_are_one_letter(
    posted: Any, room: Resource, founder: User, company: Organisation
) -> None:
    booking = book(wish(room), person=founder, organisation=company)
    [mail] = posted(keep, booking, by=founder, weeks=3)
    method, events = enclosed(mail)
    assert (method, len(events)) == ("PUBLISH", 3)
    booking.refresh_from_db()
    assert booking.series is not None
    mails = posted(end_series, booking.series, by=founder)
    [(_method, struck)] = [enclosed(mail) for mail in mails]
    assert {str(event["STATUS"]) for event in struck} == {"CANCELLED"}
    assert {str(one["UID"]) for one in events} < {str(one["UID"]) for one in struck}


def test_who_wants_no_mail_gets_none(
    posted: Any, room: Resource, founder: User, company: Organisation
) -> None:
    founder.notice_preferences.create(kind="booking-booked", by_mail=False)
    assert posted(book, wish(room), person=founder, organisation=company) == []
    assert founder.notices.count() == 1
