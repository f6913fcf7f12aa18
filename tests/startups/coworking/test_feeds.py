"""Calendars that programs follow: who makes their addresses, what they hold, when they end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import vobject
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Membership, Organisation, User
from portal.core import auditing, clock
from portal.core.verdicts import Refused
from startups.coworking import feeding
from startups.coworking.booking import book
from startups.coworking.changing import cancel, change
from startups.coworking.models import Booking, CalendarFeed, Followed, Resource
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import ResourceFactory, SpaceFactory
from tests.reading import page_of, words
from tests.startups.coworking.days import MONDAY, TUESDAY, moment, wish

pytestmark = pytest.mark.django_db

FEED_QUERIES = {"person": 2, "organisation": 3, "resource": 3, "space": 3}
PAGE_QUERIES = 11
STAFF_PAGE_QUERIES = 13


@pytest.fixture
def room() -> Resource:
    space = SpaceFactory(name="Không gian “Bưng Còng”, tầng 2; khu A", address="Số 1, đường Thử")
    return ResourceFactory(space=space, name="Phòng Sen")


def address(token: str) -> str:
    return reverse("coworking_feeds:feed", args=[token])


def followed_by(user: User, followed: Followed) -> str:
    """The address of a new feed."""
    return address(feeding.open_feed(followed, by=user)[1])


def read(url: str, **headers: Any) -> Any:
    """As a program reads it: signed in nowhere."""
    return Client().get(url, **headers)


def events(url: str) -> list[icalendar.Event]:
    response = read(url)
    assert response.status_code == 200
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def mine(room: Resource, founder: User, company: Organisation | None, **more: Any) -> Booking:
    return book(wish(room, **more), person=founder, organisation=company)


# What it holds --------------------------------------------------------------------------------


def test_two_parsers_read_the_same_calendar(
    room: Resource, founder: User, company: Organisation
) -> None:
    first = mine(room, founder, company, purpose="Họp kín, 2 nhóm; bàn “giá”")
    second = mine(room, founder, company, day=TUESDAY)
    response = read(followed_by(founder, founder))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    one = icalendar.Calendar.from_ical(response.content)
    other = vobject.readOne(response.content.decode())
    theirs = {str(event["UID"]): event for event in one.walk("VEVENT")}
    others = {event.uid.value: event for event in other.vevent_list}
    assert set(theirs) == set(others) == {f"{x.key}@127.0.0.1" for x in (first, second)}
    for uid, event in theirs.items():
        assert event["DTSTART"].dt == others[uid].dtstart.value
        assert event["DTEND"].dt == others[uid].dtend.value
        assert event["SUMMARY"] == others[uid].summary.value == f"{first.unit} · {room.space.name}"
        assert event["LOCATION"] == others[uid].location.value
        assert event["SEQUENCE"] == int(others[uid].sequence.value) == 0
        assert event["STATUS"] == others[uid].status.value == "CONFIRMED"
    assert one["X-WR-CALNAME"] == other.x_wr_calname.value
    assert one["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75


def test_a_change_moves_the_event_and_a_cancelled_one_is_struck_out_for_thirty_days(
    room: Resource, founder: User, company: Organisation
) -> None:
    far = MONDAY + timedelta(days=42)
    booking = mine(room, founder, company, day=far)
    url = followed_by(founder, company)
    change(booking, wish(room, "14:00", "15:00", day=far), by=founder)
    [moved] = events(url)
    assert (int(moved["SEQUENCE"]), moved["DTSTART"].dt) == (1, moment("14:00", far))
    cancel(booking, by=founder)
    [struck] = events(url)
    assert (str(struck["STATUS"]), int(struck["SEQUENCE"])) == ("CANCELLED", 2)
    assert struck["UID"] == moved["UID"]
    with clock.held_at(moment("06:59", MONDAY + timedelta(days=30))):
        assert len(events(url)) == 1
    with clock.held_at(moment("07:01", MONDAY + timedelta(days=30))):
        assert events(url) == []


def test_what_is_over_stays_for_thirty_days(
    room: Resource, founder: User, company: Organisation
) -> None:
    mine(room, founder, company)
    urls = [followed_by(founder, founder), followed_by(founder, company)]
    for url in urls:
        with clock.held_at(moment("10:59", MONDAY + timedelta(days=30))):
            assert len(events(url)) == 1
        with clock.held_at(moment("11:00", MONDAY + timedelta(days=30))):
            assert events(url) == []


def test_each_calendar_holds_its_own(
    room: Resource, founder: User, company: Organisation, clerk: User
) -> None:
    colleague = UserFactory()
    Membership.objects.create(user=colleague, organisation=company)
    other = ResourceFactory(space=room.space, name="Phòng Súng")
    elsewhere = ResourceFactory(bookers=Resource.Bookers.ANYBODY)
    by_founder = mine(room, founder, company)
    by_colleague = mine(other, colleague, company)
    alone = mine(elsewhere, founder, None)

    def held(user: User, followed: Followed) -> set[str]:
        uids = {str(event["UID"]) for event in events(followed_by(user, followed))}
        return {one.code for one in Booking.objects.all() if f"{one.key}@127.0.0.1" in uids}

    assert held(founder, founder) == {by_founder.code, alone.code}
    assert held(founder, company) == {by_founder.code, by_colleague.code}
    assert held(clerk, room) == {by_founder.code}
    assert held(clerk, room.space) == {by_founder.code, by_colleague.code}


@pytest.mark.parametrize("whole", [True, False])
def test_calendars_of_places_name_nobody(
    room: Resource, founder: User, company: Organisation, clerk: User, whole: bool
) -> None:
    booking = mine(room, founder, company, purpose="Việc kín")
    gone = mine(room, founder, company, day=TUESDAY)
    cancel(gone, by=founder)
    url = followed_by(clerk, room.space if whole else room)
    [event] = events(url)  # what is free again is not there at all
    assert str(event["SUMMARY"]) == f"Booked · {booking.unit}"
    assert not {"DESCRIPTION", "URL", "ATTENDEE", "ORGANIZER"} & set(event)
    text = read(url).content.decode().replace("\r\n ", "")
    for secret in (str(founder), founder.email, company.name, "Việc kín", booking.code):
        assert secret not in text


def test_a_request_is_tentative(founder: User, company: Organisation) -> None:
    mine(ResourceFactory(hall=True), founder, company)
    [event] = events(followed_by(founder, founder))
    assert event["STATUS"] == "TENTATIVE"


# Reading again --------------------------------------------------------------------------------


def test_what_did_not_change_is_not_sent_again(
    room: Resource, founder: User, company: Organisation
) -> None:
    booking = mine(room, founder, company)
    url = followed_by(founder, founder)
    first = read(url)
    assert first["Cache-Control"] == "private, no-cache"
    again = read(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    cancel(booking, by=founder)
    changed = read(url, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert Client().post(url).status_code == 405
    assert Client().head(url).status_code == 200


@pytest.mark.parametrize("count", [1, 8])
def test_a_calendar_costs_the_same_with_few_and_many(
    room: Resource,
    founder: User,
    company: Organisation,
    clerk: User,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for number in range(count):
        place = ResourceFactory(space=room.space) if number % 2 else room
        mine(place, founder, company, day=MONDAY + timedelta(days=7 * number))
    feeds = {
        "person": followed_by(founder, founder),
        "organisation": followed_by(founder, company),
        "resource": followed_by(clerk, room),
        "space": followed_by(clerk, room.space),
    }
    for kind, url in feeds.items():
        read(url)
        with django_assert_num_queries(FEED_QUERIES[kind]):
            response = read(url)
        held = count if kind != "resource" else (count + 1) // 2
        assert response.content.count(b"BEGIN:VEVENT") == held


# When it ends ---------------------------------------------------------------------------------


def test_only_the_hash_of_the_token_is_kept(founder: User) -> None:
    feed, token = feeding.open_feed(founder, by=founder)
    row = CalendarFeed.objects.filter(pk=feed.pk).values().get()
    assert token not in {str(value) for value in row.values()}
    assert row["token_hash"] == feeding.token_hash(token)
    logged = [str(line.data) for line in auditing.history(feed)]
    assert len(logged) == 1
    assert token not in logged[0]


@pytest.mark.parametrize("token", ["x", "-" * 3000, "coworking"])
def test_an_unknown_address_opens_nothing(token: str) -> None:
    assert read(address(token)).status_code == 404


def test_the_hash_itself_opens_nothing(founder: User) -> None:
    feed, _token = feeding.open_feed(founder, by=founder)
    assert read(address(feed.token_hash)).status_code == 404


def test_a_revoked_address_opens_nothing_and_the_others_still_do(founder: User) -> None:
    feed, token = feeding.open_feed(founder, by=founder)
    other = followed_by(founder, founder)
    assert read(address(token)).status_code == 200
    feeding.revoke(feed, by=founder)
    assert read(address(token)).status_code == 404
    assert read(other).status_code == 200
    with pytest.raises(Refused) as refused:
        feeding.revoke(feed, by=founder)
    assert refused.value.code == "revoked"
    assert [line.action for line in auditing.history(feed)] == [
        "coworking.feed_revoked",
        "coworking.feed_opened",
    ]


def test_an_inactive_person_ends_all_their_addresses(
    room: Resource, founder: User, company: Organisation, clerk: User
) -> None:
    urls = [followed_by(founder, founder), followed_by(founder, company), followed_by(clerk, room)]
    assert [read(url).status_code for url in urls] == [200, 200, 200]
    User.objects.filter(pk__in=[founder.pk, clerk.pk]).update(is_active=False)
    assert [read(url).status_code for url in urls] == [404, 404, 404]


def test_who_leaves_an_organisation_reads_it_no_longer(
    founder: User, company: Organisation
) -> None:
    of_company, of_person = followed_by(founder, company), followed_by(founder, founder)
    Membership.objects.filter(user=founder).update(state=Membership.State.LEFT)
    assert read(of_company).status_code == 404
    assert read(of_person).status_code == 200


def test_who_left_the_front_desk_reads_its_calendars_no_longer(room: Resource, clerk: User) -> None:
    url = followed_by(clerk, room.space)
    clerk.groups.clear()
    assert read(url).status_code == 404


# Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ({"front_desk": True}, True),
        ({"officer": True}, True),
        ({"director": True}, True),
        ({"editor": True}, False),
        ({}, False),
    ],
)
def test_calendars_of_places_are_made_by_the_people_of_the_space(
    room: Resource, who: dict[str, bool], may: bool
) -> None:
    user = UserFactory(**who)
    for followed in (room, room.space):
        if may:
            assert feeding.open_feed(followed, by=user)[0].without_names
        else:
            with pytest.raises(Refused):
                feeding.open_feed(followed, by=user)
    assert CalendarFeed.objects.count() == 2 * may


def test_nobody_follows_other_people_or_their_organisations(
    founder: User, company: Organisation
) -> None:
    asked = UserFactory()
    Membership.objects.create(user=asked, organisation=company, state=Membership.State.REQUESTED)
    for user in (asked, UserFactory(), UserFactory(officer=True), UserFactory(is_active=False)):
        for followed in (founder, company):
            with pytest.raises(Refused):
                feeding.open_feed(followed, by=user)
    feed, _token = feeding.open_feed(company, by=founder)
    with pytest.raises(Refused):
        feeding.revoke(feed, by=asked)
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_a_person_keeps_twenty_addresses(founder: User) -> None:
    feeds = [feeding.open_feed(founder, by=founder)[0] for _number in range(feeding.MOST)]
    with pytest.raises(Refused) as refused:
        feeding.open_feed(founder, by=founder)
    assert refused.value.code == "too_many"
    feeding.revoke(feeds[0], by=founder)
    feeding.open_feed(founder, by=founder)


def test_a_feed_follows_what_its_kind_says(
    room: Resource, founder: User, company: Organisation
) -> None:
    wrong: list[dict[str, Any]] = [
        {"kind": "nonsense"},
        {"kind": "person", "organisation": company},
        {"kind": "organisation"},
        {"kind": "organisation", "organisation": company, "resource": room},
        {"kind": "resource", "space": room.space},
        {"kind": "space", "space": room.space, "resource": room},
    ]
    for number, facts in enumerate(wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarFeed.objects.create(person=founder, token_hash=f"{number}", **facts)


# The page -------------------------------------------------------------------------------------


def test_an_address_is_made_shown_once_and_taken_back(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    booking = mine(room, founder, company)
    client.force_login(founder)
    link = page_of(client.get(reverse("coworking:list"))).select_one(".work-head a")
    assert link is not None
    page = page_of(client.get(str(link["href"])))
    choices = [str(one["value"]) for one in page.select("select[name=what] option")]
    assert choices == [f"user-{founder.pk}", f"organisation-{company.pk}"]
    answer = client.post(reverse("coworking:feeds"), {"what": choices[1]})
    assert "no-store" in answer["Cache-Control"]
    page = page_of(answer)
    [shown] = page.select("textarea[readonly]")
    url = shown.text.strip()
    assert page.select_one('a[href^="webcal://"]')["href"] == url.replace("http:", "webcal:")
    [event] = events(url)
    assert str(event["UID"]).startswith(str(booking.key))
    later = client.get(reverse("coworking:feeds"))
    assert url.rpartition("/")[2] not in later.content.decode()
    [row] = page_of(later).select(".row")
    assert company.name in words(row)
    form = row.select_one("form")
    assert form is not None
    back = client.post(str(form["action"]), follow=True)
    assert page_of(back).select(".row") == []
    assert read(url).status_code == 404


def test_my_own_bookings_are_followed_from_the_page(client: Client, founder: User) -> None:
    """The first choice of the list; the user of a request is a lazy wrapper of the person."""
    client.force_login(founder)
    answer = client.post(reverse("coworking:feeds"), {"what": f"user-{founder.pk}"})
    assert page_of(answer).select_one("textarea[readonly]")
    [feed] = feeding.open_feeds(founder)
    assert feed.kind == CalendarFeed.Kind.PERSON


def test_choices_that_were_not_offered_are_refused(
    client: Client, room: Resource, founder: User, company: Organisation, clerk: User
) -> None:
    foreign = OrganisationFactory(owner=UserFactory())
    client.force_login(founder)
    for what in (
        f"organisation-{foreign.pk}",
        f"user-{clerk.pk}",
        f"resource-{room.pk}",
        f"space-{room.space.pk}",
        "",
        "x",
    ):
        answer = client.post(reverse("coworking:feeds"), {"what": what})
        assert page_of(answer, 422).select_one(".error-summary")
    assert not CalendarFeed.objects.exists()


def test_one_address_too_many_is_said_on_the_page(client: Client, founder: User) -> None:
    for _number in range(feeding.MOST):
        feeding.open_feed(founder, by=founder)
    client.force_login(founder)
    answer = client.post(reverse("coworking:feeds"), {"what": f"user-{founder.pk}"})
    assert "20" in words(page_of(answer, 422).select_one(".error-summary"))


def test_an_address_that_opens_nothing_any_more_says_so(
    client: Client, founder: User, company: Organisation
) -> None:
    feeding.open_feed(company, by=founder)
    feeding.open_feed(founder, by=founder)
    client.force_login(founder)
    assert len(page_of(client.get(reverse("coworking:feeds"))).select(".row .chip")) == 0
    Membership.objects.filter(user=founder).update(state=Membership.State.LEFT)
    [chip] = page_of(client.get(reverse("coworking:feeds"))).select(".row .chip")
    assert company.name in words(chip.find_parent(class_="row"))


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_for_few_and_many(
    client: Client,
    clerk: User,
    founder: User,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _number in range(count):
        company = OrganisationFactory(owner=founder)
        feeding.open_feed(company, by=founder)
        resource = ResourceFactory()
        feeding.open_feed(resource, by=clerk)
        feeding.open_feed(resource.space, by=clerk)
    for user, rows, queries in (
        (founder, count, PAGE_QUERIES),
        (clerk, 2 * count, STAFF_PAGE_QUERIES),
    ):
        client.force_login(user)
        client.get(reverse("coworking:feeds"))
        with django_assert_num_queries(queries):
            page = page_of(client.get(reverse("coworking:feeds")))
        assert len(page.select(".row")) == rows
