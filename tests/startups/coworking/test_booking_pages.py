"""Pages of people who book: confirming, the list, one booking, weekly habits, the statement."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.extension_points import gather
from startups.coworking import changing, closing, queueing, repeating
from startups.coworking.addresses import booking_address
from startups.coworking.booking import Wish, book
from startups.coworking.front_page import doors
from startups.coworking.models import (
    Booking,
    HouseRules,
    Resource,
    RulesAcceptance,
    WaitingEntry,
)
from startups.coworking.searching import documents
from startups.coworking.slots import Range
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory
from tests.factories.space_pages import SpacePageFactory
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

MONDAY = date(2026, 11, 30)
LIST_QUERIES, BOOKING_QUERIES, NEW_QUERIES = 14, 15, 27


def moment(text: str, day: date = MONDAY) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(text)))


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with clock.held_at(moment("07:00")):
        yield


@pytest.fixture
def founder() -> User:
    return UserFactory(full_name="Lê Thị Hạnh")


@pytest.fixture
def company(founder: User) -> Organisation:
    return OrganisationFactory(owner=founder, verified_at=clock.now(), name="Công ty Mía Giấy")


@pytest.fixture
def client(founder: User, company: Organisation, signed_in: Any) -> Client:
    found: Client = signed_in(founder)
    return found


@pytest.fixture
def room() -> Resource:
    return ResourceFactory(name="Phòng họp A")


def hours(starts: str, ends: str, day: date = MONDAY) -> Range:
    return Range(moment(starts, day), moment(ends, day))


def typed(starts: str = "09:00", ends: str = "11:00", **more: Any) -> dict[str, Any]:
    """What the form sends."""
    facts = {"day": "2026-11-30", "starts": starts, "ends": ends, "people": 1}
    return {**facts, **{name: value for name, value in more.items() if value is not None}}


def taken(resource: Resource, starts: str, ends: str, **more: Any) -> Booking:
    """Somebody else's booking."""
    other = OrganisationFactory(verified_at=clock.now())
    person = other.memberships.get().user
    day = more.pop("day", MONDAY)
    return book(Wish(resource, *hours(starts, ends, day)), person=person, organisation=other)


def mine(
    resource: Resource, founder: User, company: Organisation, *times: str, **more: Any
) -> Booking:
    wanted = hours(*(times or ("09:00", "11:00")), day=more.pop("day", MONDAY))
    return book(Wish(resource, *wanted, **more), person=founder, organisation=company)


# Booking ------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_comes_back_with_everything_chosen(room: Resource) -> None:
    address = booking_address(room.pk, hours("09:00", "11:00"), people=3)
    answer = Client().get(address)
    sent = urlsplit(answer["Location"])
    assert sent.path == "/accounts/login/"
    assert parse_qs(sent.query)["next"] == [address]


def test_two_steps_from_the_address_to_the_booking(
    client: Client, room: Resource, company: Organisation
) -> None:
    address = booking_address(room.pk, hours("09:00", "11:00"), people=3)
    page = page_of(client.get(address))
    form = page.select_one("#booking-form")
    values = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") != "checkbox"
    }
    organisation = form.select_one("[name=organisation] option[selected]")["value"]
    answer = client.post(address, {**values, "organisation": organisation})
    found = Booking.objects.get()
    assert answer["Location"] == reverse("coworking:booking", args=[found.key])
    assert (found.organisation, found.people, found.state) == (company, 3, "confirmed")
    assert (found.starts, found.ends) == hours("09:00", "11:00")


def test_the_last_organisation_is_remembered(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    second = OrganisationFactory(name="An Công ty", verified_at=clock.now())
    MembershipFactory(user=founder, organisation=second)
    mine(room, founder, company, "15:00", "16:00")
    page = page_of(client.get(booking_address(room.pk)))
    chosen = page.select_one("[name=organisation] option[selected]")
    assert words(chosen) == "Công ty Mía Giấy"


def test_the_rules_are_read_and_agreed_to_at_the_first_booking_only(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    HouseRules.objects.create(
        space=room.space, version=1, text="Tắt đèn khi về.", valid_from=moment("00:00")
    )
    address = booking_address(room.pk, hours("09:00", "11:00"))
    page = page_of(client.get(address))
    assert "Tắt đèn khi về." in words(page.select_one(".rules-box"))
    assert page.select_one("[name=accepts_rules]").get("checked") is None
    refused = page_of(client.post(address, typed(organisation=company.pk)))
    assert refused.select_one("#id_accepts_rules_error")
    # Between reading and ticking a new version has come into force.
    old = page.select_one("[name=accepts_rules]")["value"]
    second = HouseRules.objects.create(
        space=room.space, version=2, text="Tắt đèn, khóa cửa.", valid_from=moment("00:00")
    )
    late = page_of(client.post(address, typed(organisation=company.pk, accepts_rules=old)))
    assert late.select_one("#id_accepts_rules_error")
    assert "Tắt đèn, khóa cửa." in words(late.select_one(".rules-box"))
    assert not RulesAcceptance.objects.exists()
    now = late.select_one("[name=accepts_rules]")["value"]
    client.post(address, typed(organisation=company.pk, accepts_rules=now))
    accepted = RulesAcceptance.objects.get()
    assert (accepted.person, accepted.rules) == (founder, second)
    assert not page_of(client.get(booking_address(room.pk))).select(".rules-box")


def test_a_refusal_stands_at_its_field_with_other_ways_as_buttons(
    client: Client, room: Resource, company: Organisation
) -> None:
    other = ResourceFactory(space=room.space, name="Phòng họp B")
    taken(room, "09:00", "11:00")
    address = booking_address(room.pk, hours("09:00", "11:00"))
    page = page_of(client.post(address, typed(organisation=company.pk, purpose="Họp nhóm")))
    assert page.select_one("#id_starts_error")
    assert page.select_one("[name=purpose]")["value"] == "Họp nhóm"
    buttons = page.select("button[name=instead]")
    assert 1 <= len(buttons) <= 3
    elsewhere = next(one for one in buttons if one["value"].startswith(f"{other.pk}|"))
    sent = typed(organisation=company.pk, purpose="Họp nhóm", instead=elsewhere["value"])
    client.post(address, sent)
    found = Booking.objects.get(organisation=company)
    assert (found.resource, found.purpose) == (other, "Họp nhóm")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"starts": "11:00", "ends": "09:00"}, "ends"),
        ({"starts": "05:00"}, "starts"),
        ({"people": 50}, "people"),
        ({"organisation": ""}, "organisation"),
        ({"starts": "chín giờ"}, "starts"),
        ({"day": "9999-12-31"}, "day"),
        ({"day": "0001-01-01"}, "day"),
    ],
)
def test_every_refusal_names_its_field(
    client: Client, room: Resource, company: Organisation, sent: dict[str, Any], field: str
) -> None:
    answer = client.post(booking_address(room.pk), {**typed(organisation=company.pk), **sent})
    assert page_of(answer).select_one(f"#id_{field}_error")
    assert not Booking.objects.exists()


def test_the_quota_shows_before_booking(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    QuotaFactory(space=room.space, hours_a_week=10)
    mine(room, founder, company, "13:00", "16:00")
    page = page_of(client.get(booking_address(room.pk, hours("09:00", "11:00"))))
    bar = page.select_one(".quota progress")
    assert (bar["value"], bar["max"]) == ("180", "600")
    said = say("%(used)s of %(limit)s used, %(left)s left after this")
    hour = say("%(h)s h")
    facts = {name: hour % {"h": n} for name, n in (("used", 3), ("limit", 10), ("left", 5))}
    assert said % facts in words(page.select_one(".quota"))


def test_equipment_is_booked_in_one_go_or_not_at_all(
    client: Client, room: Resource, company: Organisation
) -> None:
    projector = ResourceFactory(space=room.space, kind="equipment", name="Máy chiếu", capacity=1)
    address = booking_address(room.pk, hours("09:00", "11:00"))
    busy = taken(projector, "10:00", "12:00")
    answer = client.post(address, typed(organisation=company.pk, extras=[projector.pk]))
    assert "Máy chiếu" in words(page_of(answer).select_one("#id_extras_error"))
    assert not Booking.objects.filter(organisation=company).exists()
    changing.cancel(busy, by=busy.person)
    client.post(address, typed(organisation=company.pk, extras=[projector.pk]))
    booked = Booking.objects.filter(organisation=company).values_list("resource__name", flat=True)
    assert set(booked) == {"Phòng họp A", "Máy chiếu"}


def test_where_a_room_is_taken_one_can_wait(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    first = taken(room, "09:00", "11:00")
    address = booking_address(room.pk, hours("09:00", "11:00"))
    page = page_of(client.post(address, typed(organisation=company.pk)))
    assert page.select_one("button[name=action][value=wait]")
    client.post(address, typed(organisation=company.pk, action="wait"))
    entry = WaitingEntry.objects.get()
    listed = page_of(client.get(f"{reverse('coworking:list')}?view=waiting"))
    assert "Phòng họp A" in words(listed.select_one(".row"))
    changing.cancel(first, by=first.person)
    offer = Booking.objects.get(organisation=company)
    shown = page_of(client.get(reverse("coworking:booking", args=[offer.key])))
    assert [button["value"] for button in shown.select("button[name=answer]")] == ["take", "give"]
    client.post(reverse("coworking:answer", args=[offer.key]), {"answer": "take"})
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.state, entry.state) == ("confirmed", "served")


def test_a_desk_has_no_waiting_list(client: Client, company: Organisation) -> None:
    desk = ResourceFactory(desk=True)
    taken(desk, "09:00", "11:00")
    page = page_of(client.post(booking_address(desk.pk), typed(organisation=company.pk)))
    assert not page.select("button[value=wait]")


def test_an_offer_is_given_back_and_waiting_is_left(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    first = taken(room, "09:00", "11:00")
    wish = Wish(room, *hours("09:00", "11:00"))
    queueing.join(wish, person=founder, organisation=company)
    changing.cancel(first, by=first.person)
    offer = Booking.objects.get(organisation=company)
    client.post(reverse("coworking:answer", args=[offer.key]), {"answer": "give"})
    offer.refresh_from_db()
    assert offer.state == "cancelled"
    taken(room, "09:00", "11:00")
    entry = queueing.join(wish, person=founder, organisation=company)
    client.post(reverse("coworking:leave_waiting", args=[entry.pk]))
    entry.refresh_from_db()
    assert entry.state == "left"


# One booking --------------------------------------------------------------------------------------


def test_a_booking_shows_its_code_its_place_and_its_history(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    room.units.update(x=100, y=200)
    found = mine(room, founder, company)
    page = page_of(client.get(reverse("coworking:booking", args=[found.key])))
    assert words(page.select_one(".facts .booking-code")) == found.code
    assert page.select_one(".qr svg")
    assert page.select("svg.plan .seat--mine")
    [line] = page.select(".timeline__item")
    assert words(line.select_one(".timeline__text")).startswith(say("you"))


def test_hours_and_place_are_changed(client: Client, founder: User, company: Organisation) -> None:
    desk = ResourceFactory(desk=True, units=2)
    second = desk.units.last()
    found = mine(desk, founder, company)
    address = reverse("coworking:change", args=[found.key])
    form = page_of(client.get(address)).select_one("#change-form")
    assert form.select_one("[name=starts]")["value"] == "09:00"
    client.post(address, typed("10:00", "12:30", place=desk.pk, unit=second.pk))
    found.refresh_from_db()
    assert (found.starts, found.ends) == hours("10:00", "12:30")
    assert found.unit == second


def test_a_change_that_is_refused_keeps_the_place_and_offers_other_ways(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    taken(room, "13:00", "15:00")
    found = mine(room, founder, company)
    address = reverse("coworking:change", args=[found.key])
    page = page_of(client.post(address, typed("13:00", "15:00", place=room.pk)), 422)
    assert page.select_one("#id_starts_error")
    way = page.select("button[name=instead]")[0]["value"]
    client.post(address, typed("13:00", "15:00", place=room.pk, instead=way))
    found.refresh_from_db()
    assert (
        found.starts.isoformat()
        == datetime.fromisoformat(way.split("|")[1]).astimezone(found.starts.tzinfo).isoformat()
    )


def test_cancelling_asks_once(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    found = mine(room, founder, company)
    address = reverse("coworking:cancel", args=[found.key])
    assert page_of(client.get(address)).select_one("form.form")
    found.refresh_from_db()
    assert found.state == "confirmed"
    client.post(address, {"reason": "Bận đột xuất"})
    found.refresh_from_db()
    assert found.state == "cancelled"
    page = page_of(client.get(reverse("coworking:booking", args=[found.key])))
    assert not page.select(".qr")


def test_too_late_is_said_instead_of_a_button(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    found = mine(room, founder, company)
    with clock.held_at(moment("09:10")):
        page = page_of(client.get(reverse("coworking:booking", args=[found.key])))
        assert not page.select(f"a[href='{reverse('coworking:cancel', args=[found.key])}']")
        for name in ("change", "cancel"):
            page = page_of(client.get(reverse(f"coworking:{name}", args=[found.key])))
            assert page.select_one(".notice--warn")
            assert not page.select("form.form")


def test_the_code_at_the_place_checks_in_by_a_button_only(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    found = mine(room, founder, company)
    address = reverse("coworking:desk_code", args=[found.unit.desk_code])
    assert not page_of(client.get(address)).select("#main form[method=post]")
    with clock.held_at(moment("08:50")):
        assert page_of(client.get(address)).select_one("#main form[method=post]")
        found.refresh_from_db()
        assert found.state == "confirmed"
        client.post(address)
    found.refresh_from_db()
    assert found.state == "checked_in"
    with clock.held_at(moment("10:00")):
        page = page_of(client.get(reverse("coworking:booking", args=[found.key])))
        leave = reverse("coworking:leave", args=[found.key])
        assert page.select_one(f"form[action='{leave}']")
        client.post(leave)
    found.refresh_from_db()
    assert (found.state, found.ends) == ("completed", moment("10:00"))


def test_at_the_wrong_or_a_free_place_the_code_says_so(
    client: Client, founder: User, company: Organisation
) -> None:
    desk = ResourceFactory(desk=True, units=2)
    first, second = desk.units.all()
    found = mine(desk, founder, company, unit=first)
    address = reverse("coworking:desk_code", args=[second.desk_code])
    with clock.held_at(moment("09:00")):
        assert str(first) in words(page_of(client.get(address)).select_one(".notice"))
    with clock.held_at(moment("12:05")):
        page = page_of(client.get(address))
        assert f"unit={second.pk}" in page.select_one("a.button")["href"]
    with clock.held_at(moment("20:00")):
        assert not page_of(client.get(address)).select("#main a.button")
    assert found.code


def test_again_leads_to_the_same_hours_a_week_later(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    found = mine(room, founder, company, people=4, purpose="Họp tuần")
    answer = client.get(reverse("coworking:again", args=[found.key]))
    facts = parse_qs(urlsplit(answer["Location"]).query)
    assert facts["day"] == ["2026-12-07"]
    assert (facts["starts"], facts["ends"]) == (["09:00"], ["11:00"])
    assert (facts["people"], facts["purpose"]) == (["4"], ["Họp tuần"])


# Every week ---------------------------------------------------------------------------------------


def test_a_habit_lists_every_week_and_keeps_what_was_chosen(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    second, third = MONDAY + timedelta(days=14), MONDAY + timedelta(days=21)
    taken(room, "08:00", "10:00", day=second)
    taken(room, "08:00", "10:00", day=third)
    found = mine(room, founder, company)
    address = reverse("coworking:weekly", args=[found.key])
    page = page_of(client.get(address))
    weeks = page.select(".week")
    assert len(weeks) == 8
    assert [index for index, week in enumerate(weeks) if week.select(".week__reason")] == [1, 2]
    sent = {radio["name"]: radio["value"] for radio in page.select("input[checked]")}
    sent |= {f"{third}-how": "move", f"{third}-starts": "10:00", f"{third}-ends": "12:00"}
    client.post(address, sent)
    kept = Booking.objects.filter(organisation=company).exclude(pk=found.pk)
    assert kept.count() == 7
    assert not kept.filter(starts__date=second).exists()
    assert kept.get(starts__date=third).starts == moment("10:00", third)


def test_a_week_that_cannot_be_kept_keeps_none_and_says_which(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    day = MONDAY + timedelta(days=14)
    found = mine(room, founder, company)
    address = reverse("coworking:weekly", args=[found.key])
    sent = {
        radio["name"]: radio["value"]
        for radio in page_of(client.get(address)).select("input[checked]")
    }
    taken(room, "13:00", "14:00", day=day)
    sent |= {f"{day}-how": "move", f"{day}-starts": "13:00", f"{day}-ends": "14:00"}
    page = page_of(client.post(address, sent))
    assert Booking.objects.filter(organisation=company).count() == 1
    [refused] = page.select(".week--refused")
    assert refused.select_one(f"input[name='{day}-how']")
    empty = {**sent, f"{day}-starts": ""}
    assert page_of(client.post(address, empty)).select(".field__errors")


def test_new_rules_are_agreed_to_before_a_habit_and_never_hinder_a_change(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    found = mine(room, founder, company)
    HouseRules.objects.create(
        space=room.space, version=1, text="Tắt đèn khi về.", valid_from=moment("00:00")
    )
    change = reverse("coworking:change", args=[found.key])
    client.post(change, typed("10:00", "11:00", place=room.pk))
    found.refresh_from_db()
    assert found.starts == moment("10:00")
    address = reverse("coworking:weekly", args=[found.key])
    page = page_of(client.get(address))
    assert "Tắt đèn khi về." in words(page.select_one(".rules-box"))
    assert not page.select(".week")
    assert client.post(address, {"accepts_rules": "0"}).status_code == 302
    assert not RulesAcceptance.objects.exists()
    assert client.post(address, {"accepts_rules": "1"}).status_code == 302
    page = page_of(client.get(address))
    assert RulesAcceptance.objects.get().person == founder
    assert not page.select(".rules-box")
    assert not page.select(".week__reason")


def test_one_week_is_skipped_in_one_tap_and_the_habit_ends(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    found = mine(room, founder, company)
    repeating.keep(found, by=founder, weeks=3)
    page = page_of(client.get(reverse("coworking:list")))
    forms = page.select(".row__action form")
    assert len(forms) == 4
    client.post(forms[1]["action"])
    assert Booking.objects.filter(state="cancelled").count() == 1
    client.post(reverse("coworking:end_habit", args=[found.key]))
    assert not Booking.objects.filter(state="confirmed", starts__gt=clock.now()).exists()
    # Without a habit there is nothing to end.
    other = mine(room, founder, company, "13:00", "14:00")
    client.post(reverse("coworking:end_habit", args=[other.key]))
    other.refresh_from_db()
    assert other.state == "confirmed"


# Lists --------------------------------------------------------------------------------------------


def test_the_list_has_what_comes_what_was_and_one_organisation(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    other = OrganisationFactory(name="Tổ hợp tác Khác", verified_at=clock.now())
    MembershipFactory(user=founder, organisation=other)
    coming = mine(room, founder, company)
    gone = mine(room, founder, company, "13:00", "14:00")
    changing.cancel(gone, by=founder)
    theirs = mine(room, founder, other, "15:00", "16:00")
    taken(room, "16:30", "17:00")
    address = reverse("coworking:list")

    def codes(query: str) -> list[str]:
        return [words(one) for one in page_of(client.get(address + query)).select(".row .num")]

    assert codes("") == [coming.code, theirs.code]
    assert codes("?view=past") == [gone.code]
    assert codes(f"?organisation={other.pk}") == [theirs.code]
    assert codes("?view=nonsense&organisation=nobody") == [coming.code, theirs.code]


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(
    client: Client,
    room: Resource,
    founder: User,
    company: Organisation,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for number in range(count):
        mine(room, founder, company, day=MONDAY + timedelta(days=7 * (number % 8), hours=0)) if (
            number < 8
        ) else mine(
            room, founder, company, "13:00", "14:00", day=MONDAY + timedelta(days=7 * (number - 8))
        )
    client.get(reverse("coworking:list"))
    with django_assert_num_queries(LIST_QUERIES):
        page = page_of(client.get(reverse("coworking:list")))
    assert len(page.select(".row")) == count


@pytest.mark.parametrize("count", [1, 6])
def test_a_booking_and_the_form_cost_the_same_beside_many(
    client: Client,
    founder: User,
    company: Organisation,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    desk = ResourceFactory(desk=True, units=count)
    desk.units.update(x=1, y=1)
    QuotaFactory(space=desk.space, hours_a_week=40)
    for number in range(count):
        ResourceFactory(space=desk.space, kind="equipment", name=f"Máy {number}")
    found = mine(desk, founder, company)
    client.get(reverse("coworking:booking", args=[found.key]))
    with django_assert_num_queries(BOOKING_QUERIES):
        client.get(reverse("coworking:booking", args=[found.key]))
    address = booking_address(desk.pk, hours("13:00", "14:00"))
    client.get(address)
    with django_assert_num_queries(NEW_QUERIES):
        client.get(address)


def test_the_statement_of_a_month_counts_what_was_booked(
    client: Client, room: Resource, founder: User, company: Organisation
) -> None:
    mine(room, founder, company)
    mine(room, founder, company, "13:00", "14:30")
    changing.cancel(mine(room, founder, company, "15:00", "16:00"), by=founder)
    mine(room, founder, company, day=MONDAY + timedelta(days=1))
    page = page_of(client.get(reverse("coworking:statement", args=[company.pk, 2026, 11])))
    assert len(page.select("table")[0].select("tbody tr")) == 2
    assert words(page.select_one("tfoot td")) == "2"
    december = page_of(client.get(reverse("coworking:statement", args=[company.pk, 2026, 12])))
    assert len(december.select("table")[0].select("tbody tr")) == 1
    assert client.get(f"/workspace/bookings/statement/{company.pk}/2026/13/").status_code == 404
    empty = page_of(client.get(reverse("coworking:statement", args=[company.pk, 2025, 1])))
    assert empty.select_one(".empty")


# What waits, what is found ------------------------------------------------------------------------


def test_tasks_are_offers_closed_bookings_and_today(
    room: Resource, founder: User, company: Organisation
) -> None:
    today = mine(room, founder, company)
    first = taken(room, "13:00", "15:00")
    queueing.join(Wish(room, *hours("13:00", "15:00")), person=founder, organisation=company)
    changing.cancel(first, by=first.person)
    later = MONDAY + timedelta(days=2)
    shut = mine(room, founder, company, day=later)
    officer = UserFactory(officer=True)
    closing.announce(
        room.space,
        starts=moment("00:00", later),
        ends=moment("23:00", later),
        reason="Mất điện",
        by=officer,
    )
    shut.refresh_from_db()
    urls = [task.url for task in gather("portal_tasks", founder) if task.group == say("Bookings")]
    offer = Booking.objects.get(state="offered")
    assert urls[0] == reverse("coworking:booking", args=[offer.key])
    assert "day=2026-12-09" in urls[1]
    assert urls[2] == reverse("coworking:booking", args=[today.key])
    with clock.held_at(moment("07:05")):
        mine(room, founder, company, day=MONDAY + timedelta(days=9))
        urls = [one.url for one in gather("portal_tasks", founder) if one.group == say("Bookings")]
    assert len(urls) == 2


def test_the_door_says_how_many_desks_are_left(rf: Any) -> None:
    desk = ResourceFactory(desk=True, units=3)
    page = SpacePageFactory(space=desk.space)
    [door] = doors(rf.get("/"), "vi")
    assert "3" in str(door.fact)
    assert door.url == page.get_url()
    taken(desk, "07:30", "12:00")
    with clock.held_at(moment("19:00")):
        [door] = doors(rf.get("/"), "vi")
        assert not any(sign.isdigit() for sign in str(door.fact))
    second = ResourceFactory(desk=True, units=2)
    SpacePageFactory(space=second.space, slug="thu-hai")
    [door] = doors(rf.get("/"), "vi")
    assert door.url == page.get_parent().get_url()
    assert doors(rf.get("/"), "en") == []


def test_search_finds_spaces_and_their_resources() -> None:
    room = ResourceFactory(name="Phòng họp Sơn Ca")
    page = SpacePageFactory(space=room.space, title="Không gian Tây Ninh")
    found = {one.key: one for one in documents("vi")}
    assert set(found) == {f"space:{room.space_id}:vi", f"resource:{room.pk}:vi"}
    assert found[f"resource:{room.pk}:vi"].url == f"{page.get_url()}cho/{room.slug}/"
    only = [one.key for one in documents("vi", [f"resource:{room.pk}"])]
    assert only == [f"resource:{room.pk}:vi"]
    assert list(documents("en")) == []


def test_colleagues_see_a_booking_and_strangers_do_not(
    room: Resource, founder: User, company: Organisation, signed_in: Any
) -> None:
    found = mine(room, founder, company)
    colleague = UserFactory()
    MembershipFactory(user=colleague, organisation=company)
    address = reverse("coworking:booking", args=[found.key])
    assert signed_in(colleague).get(address).status_code == 200
    assert signed_in(UserFactory()).get(address).status_code == 404
    desk = page_of(signed_in(UserFactory(front_desk=True)).get(address))
    # The front desk changes and cancels for who calls.
    assert desk.select(f"a[href='{reverse('coworking:change', args=[found.key])}']")


def test_who_belongs_to_no_organisation_is_told_where_to_enter_one(
    room: Resource, signed_in: Any
) -> None:
    page = page_of(signed_in(UserFactory()).get(booking_address(room.pk)))
    create = reverse("accounts:organisation_create")
    assert page.select_one(f".notice a[href='{create}']")
    assert not page.select("[name=organisation]")


@pytest.mark.parametrize("query", ["", "?resource=x", "?resource=99999999", "?resource=0"])
def test_nothing_is_booked_without_a_resource(client: Client, query: str) -> None:
    assert client.get(f"/workspace/bookings/new/{query}").status_code == 404


@pytest.mark.parametrize(
    "instead",
    [
        *("x", "1|2", "1|2026-11-30|2026-11-30", "99999999999|2026-11-30T10:00:00+07:00|x"),
        "99999999999|2026-11-30T10:00:00+07:00|2026-11-30T11:00:00+07:00",
        "1|9999-12-31T10:00:00+07:00|9999-12-31T11:00:00+07:00",
    ],
)
def test_a_forged_alternative_is_read_as_none(
    client: Client, room: Resource, company: Organisation, instead: str
) -> None:
    client.post(booking_address(room.pk), typed(organisation=company.pk, instead=instead))
    assert Booking.objects.get().starts == moment("09:00")


@pytest.mark.parametrize(
    "facts", ["day=hom-nay&starts=x&ends=y", "unit=x&people=nhieu", "organisation=0&day=9999-12-31"]
)
def test_an_address_that_says_nonsense_is_read_as_far_as_possible(
    client: Client, room: Resource, facts: str
) -> None:
    page = page_of(client.get(f"/workspace/bookings/new/?resource={room.pk}&{facts}"))
    assert page.select_one("#booking-form")
