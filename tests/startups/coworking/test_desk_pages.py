"""The front desk's screens: who comes today, walk-ins, requests, closures, no-shows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal.core import clock
from portal.core.extension_points import gather
from portal.core.models import Notice
from startups.coworking import attending, desk_letters, due, walls
from startups.coworking.booking import Wish
from startups.coworking.models import Booking, Closure, DeskLetter, Strike, Unit
from startups.coworking.queueing import join
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.coworking import SpaceFactory
from tests.reading import page_of, words
from tests.startups.coworking.desk_world import MONDAY, House, browser_of, moment

pytestmark = pytest.mark.django_db

TODAY = "/workspace/desk/mia/"
TODAY_QUERIES = 19
Counted = Callable[..., Any]


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with clock.held_at(moment("07:45")):
        yield


@pytest.fixture
def house() -> House:
    return House()


def lines(page: Any) -> list[str]:
    return [line["id"] for line in page.select(".desk-line")]


def line_of(page: Any, booking: Booking) -> Any:
    return page.select_one(f"#b-{booking.code}")


# Today ---------------------------------------------------------------------------------------


def test_the_only_space_opens_at_once_and_several_are_listed(house: House) -> None:
    client = browser_of(house.clerk)
    assert client.get("/workspace/desk/")["Location"] == TODAY
    SpaceFactory(name="Không gian Hai", slug="hai")
    page = page_of(client.get("/workspace/desk/"))
    assert [a["href"] for a in page.select(".rows a")] == ["/workspace/desk/hai/", TODAY]


def test_today_lists_bookings_by_time_with_what_can_be_done(house: House) -> None:
    later = house.booked(house.room, "14:00", "15:00")
    first = house.booked(house.desks, "08:00", "10:00")
    page = page_of(browser_of(house.clerk).get(TODAY))
    assert lines(page) == [f"b-{first.code}", f"b-{later.code}"]
    assert line_of(page, first).select_one("form[action$='/check-in/']")
    assert not line_of(page, later).select_one("form[action$='/check-in/']")
    assert "13:30" in words(line_of(page, later))
    numbers = [words(one) for one in page.select(".figures dd")]
    assert numbers[:2] == ["0", "2"]
    assert numbers[2] == "4 / 4"  # at 07:45 nobody sits yet


def test_a_booking_is_found_by_name_without_accents_by_phone_and_by_code(house: House) -> None:
    booking = house.booked(house.desks)
    other = house.booked(
        house.room, person=UserFactory(full_name="Trần Khác"), organisation=None, by=house.clerk
    )
    client = browser_of(house.clerk)
    for query in ("hoa", "ĐẶNG", "mia giay", "0912 345 678", "+84912345678", booking.code.lower()):
        page = page_of(client.get(TODAY, {"q": query}))
        assert lines(page) == [f"b-{booking.code}"], query
    assert lines(page_of(client.get(TODAY, {"q": "khac"}))) == [f"b-{other.code}"]
    assert lines(page_of(client.get(TODAY, {"q": "không ai"}))) == []


def test_the_search_also_tells_of_bookings_that_do_not_stand(house: House) -> None:
    booking = house.booked(house.desks)
    Booking.objects.filter(pk=booking.pk).update(state=Booking.State.CANCELLED)
    client = browser_of(house.clerk)
    assert line_of(page_of(client.get(TODAY)), booking) is None
    found = line_of(page_of(client.get(TODAY, {"q": booking.code})), booking)
    assert str(booking.State.CANCELLED.label) in words(found)
    assert not found.select("form")


def test_another_day_is_named_in_the_address(house: House) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    booking = house.booked(house.desks, day=tomorrow)
    client = browser_of(house.clerk)
    assert lines(page_of(client.get(TODAY))) == []
    page = page_of(client.get(TODAY, {"day": tomorrow.isoformat()}))
    assert lines(page) == [f"b-{booking.code}"]
    assert not page.select_one("aside form")  # a walk-in is of today only
    for broken in ("gestern", "9999-12-31", "0001-01-01"):
        assert client.get(TODAY, {"day": broken}).status_code == 200


def test_a_closed_day_says_why(house: House) -> None:
    sunday = MONDAY - timedelta(days=1)
    page = page_of(browser_of(house.clerk).get(TODAY, {"day": sunday.isoformat()}))
    assert page.select_one(".notice--warn")


def test_check_in_and_undo(house: House) -> None:
    booking = house.booked(house.desks)
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:check_in", args=[booking.key])
    answer = client.post(address, {"q": "hoa"})
    assert answer["Location"] == f"{TODAY}?q=hoa#b-{booking.code}"
    booking.refresh_from_db()
    assert booking.state == Booking.State.CHECKED_IN
    client.post(reverse("coworking_desk:undo_check_in", args=[booking.key]))
    booking.refresh_from_db()
    assert booking.state == Booking.State.CONFIRMED
    assert booking.checked_in_at is None


def test_a_refused_check_in_is_explained_on_the_screen(house: House) -> None:
    booking = house.booked(house.desks, "14:00", "15:00")
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:check_in", args=[booking.key])
    page = page_of(client.post(address, follow=True))
    assert "13:30" in words(page.select_one(".site-messages"))
    booking.refresh_from_db()
    assert booking.state == Booking.State.CONFIRMED


def test_leaving_early_frees_the_rest(house: House) -> None:
    booking = house.booked(house.desks, "08:00", "17:00")
    attending.check_in(booking, by=house.clerk)
    with clock.held_at(moment("09:50")):
        browser_of(house.clerk).post(reverse("coworking_desk:leave", args=[booking.key]))
    booking.refresh_from_db()
    assert (booking.state, booking.ends) == (Booking.State.COMPLETED, moment("10:00"))


def test_another_place_of_the_same_kind(house: House) -> None:
    booking = house.booked(house.desks)
    taken = house.booked(house.desks, person=UserFactory(), organisation=None, by=house.clerk)
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:seat", args=[booking.key])
    offered = {int(one["value"]) for one in page_of(client.get(address)).select("[name=unit]")}
    units = set(house.desks.units.values_list("pk", flat=True))
    assert offered == units - {booking.unit_id, taken.unit_id}
    chosen = min(offered)
    assert client.post(address, {"unit": chosen}).status_code == 302
    booking.refresh_from_db()
    assert booking.unit_id == chosen
    # What is taken is no choice, whatever is posted.
    assert client.post(address, {"unit": taken.unit_id}).status_code == 422


def test_officers_confirm_an_organisation_at_its_arrival(house: House) -> None:
    house.company.verified_at = None
    house.company.save()
    booking = house.booked(house.desks)
    address = reverse("coworking_desk:verify", args=[booking.key])
    of_clerk = page_of(browser_of(house.clerk).get(TODAY))
    assert "chip--warn" in str(line_of(of_clerk, booking))
    assert not line_of(of_clerk, booking).select_one(f"form[action='{address}']")
    assert browser_of(house.clerk).post(address).status_code == 403
    assert line_of(page_of(browser_of(house.officer).get(TODAY)), booking).select_one(
        f"form[action='{address}']"
    )
    browser_of(house.officer).post(address)
    house.company.refresh_from_db()
    assert house.company.verified_by == house.officer


def test_directors_read_and_press_no_button(house: House) -> None:
    house.booked(house.desks)
    page = page_of(browser_of(house.director).get(TODAY))
    assert lines(page)
    assert not page.select("main form[method=post]")


# Walk-ins ------------------------------------------------------------------------------------


def test_a_walk_in_takes_three_fields(house: House) -> None:
    client = browser_of(house.clerk)
    form = page_of(client.get(TODAY)).select_one(".desk-walkin form")
    names = [one["name"] for one in form.select("input, select") if one.get("type") != "hidden"]
    assert names == ["name", "phone", "place"]
    way = form.select("option[value]")[-1]
    answer = client.post(
        form["action"], {"name": "Bà  Tư", "phone": "0987 654 321", "place": way["value"]}
    )
    booking = Booking.objects.get(walk_in=True)
    assert answer["Location"] == f"{TODAY}#b-{booking.code}"
    assert (booking.visitor_name, booking.visitor_phone.as_e164) == ("Bà Tư", "+84987654321")
    assert (booking.state, booking.starts) == (Booking.State.CHECKED_IN, moment("07:45"))
    assert lines(page_of(client.get(TODAY, {"q": "ba tu"}))) == [f"b-{booking.code}"]


def test_a_walk_in_without_a_name_keeps_what_was_typed(house: House) -> None:
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:walk_in", args=["mia"])
    page = page_of(client.post(address, {"phone": "0987654321", "place": "x"}), 422)
    assert page.select_one("#id_phone")["value"] == "0987654321"
    assert {one["href"] for one in page.select(".error-summary a")} == {"#id_name", "#id_place"}
    assert not Booking.objects.exists()


def test_only_times_at_which_there_is_room_are_offered(house: House) -> None:
    house.booked(house.room, "09:00", "10:00")
    options = page_of(browser_of(house.clerk).get(TODAY)).select("#id_place option")
    values = {one["value"] for one in options}
    assert f"{house.room.pk}-0900" in values
    assert f"{house.room.pk}-1000" not in values
    assert {f"{house.desks.pk}-{end}" for end in ("0900", "1000", "1200")} <= values


def test_outside_opening_hours_nobody_walks_in(house: House) -> None:
    with clock.held_at(moment("20:00")):
        page = page_of(browser_of(house.clerk).get(TODAY))
    assert not page.select_one(".desk-walkin form")


# Requests ------------------------------------------------------------------------------------


@pytest.fixture
def request_(house: House) -> Booking:
    booking = house.booked(house.hall, "13:00", "15:00")
    assert booking.state == Booking.State.PENDING
    return booking


def test_the_inbox_shows_what_else_is_there_and_who_waits(house: House, request_: Booking) -> None:
    beside = house.booked(house.hall, "08:00", "10:00", by=house.clerk)
    waiter = UserFactory(full_name="Người Chờ")
    company = OrganisationFactory(owner=waiter, verified_at=clock.now())
    join(Wish(house.hall, moment("13:00"), moment("15:00")), person=waiter, organisation=company)
    page = page_of(browser_of(house.clerk).get(f"{TODAY}requests/"))
    [row] = page.select(".desk-request")
    text = words(row)
    assert beside.who in text
    assert "Người Chờ" in text
    assert "13:00" in text  # also when it expires: at its start
    [tab] = [one for one in page.select(".tabs a") if one["href"] == f"{TODAY}requests/"]
    assert words(tab.select_one(".tabs__count")) == "1"


def test_approving(house: House, request_: Booking) -> None:
    url = reverse("coworking_desk:approve", args=[request_.key])
    browser_of(house.clerk).post(url, {"sequence": request_.sequence})
    request_.refresh_from_db()
    assert (request_.state, request_.decided_by) == (Booking.State.CONFIRMED, house.clerk)


def test_declining_needs_a_reason_and_may_propose_hours_that_were_found(
    house: House, request_: Booking
) -> None:
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:decline", args=[request_.key])
    page = page_of(client.get(address))
    ways = [one["value"] for one in page.select("[name=instead]")]
    assert ways[0] == ""
    assert len(ways) > 2
    assert page_of(client.post(address, {"instead": ""}), 422).select(".error-summary")
    client.post(address, {"reason": "Có hội nghị của tỉnh.", "instead": "0"})
    request_.refresh_from_db()
    assert request_.state == Booking.State.DECLINED
    told = Notice.objects.filter(recipient=house.founder).latest("pk").body
    assert "Có hội nghị của tỉnh." in told
    assert "15:00" in told  # right after the hours that were asked for


def test_declining_may_propose_typed_hours(house: House, request_: Booking) -> None:
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:decline", args=[request_.key])
    typed = {"reason": "Bận.", "instead": "own", "day": "2026-12-02"}
    page_of(client.post(address, typed), 422)
    page_of(client.post(address, typed | {"starts": "10:00", "ends": "09:00"}), 422)
    assert client.post(address, typed | {"starts": "09:00", "ends": "11:00"}).status_code == 302
    told = Notice.objects.filter(recipient=house.founder).latest("pk").body
    assert "02/12/2026" in told
    # Answered: the page leads back.
    assert client.get(address)["Location"] == f"{TODAY}requests/"


def test_requests_stand_in_my_work_with_the_first_deadline(house: House, request_: Booking) -> None:
    house.booked(house.hall, "16:00", "17:00")
    [task] = [one for one in gather("portal_tasks", house.clerk) if "desk" in one.url]
    assert (task.count, task.due, task.url) == (2, moment("13:00"), f"{TODAY}requests/")
    assert task.urgent
    assert not [one for one in gather("portal_tasks", house.founder) if "desk" in one.url]


# Letters of the morning ----------------------------------------------------------------------


def test_two_letters_a_morning_each_once(house: House, request_: Booking) -> None:
    booking = house.booked(house.desks)
    assert desk_letters.send(moment("06:59")) == 0
    assert [desk_letters.send(moment("07:00")), desk_letters.send(moment("07:01"))] == [2, 0]
    kinds = dict(Notice.objects.filter(recipient=house.clerk).values_list("kind", "body"))
    assert set(kinds) == {desk_letters.DAY_LIST, desk_letters.REQUESTS}
    assert booking.code in kinds[desk_letters.DAY_LIST]
    assert "Hội trường" in kinds[desk_letters.REQUESTS]
    assert DeskLetter.objects.count() == 2
    assert not Notice.objects.filter(recipient=house.officer).exists()


def test_the_letters_are_part_of_the_due_work(house: House) -> None:
    house.booked(house.desks)
    with clock.held_at(moment("07:05")):
        done = {one.name: one.done for one in due.run(moment("07:05"))}
    assert done["coworking: letters to the front desk"] == 1


def test_a_closed_day_and_a_late_run_send_nothing(house: House) -> None:
    assert desk_letters.send(moment("07:00", MONDAY - timedelta(days=1))) == 0
    assert desk_letters.send(moment("12:00")) == 0
    assert desk_letters.send(moment("07:00")) == 1  # open, and nobody has booked


def test_without_a_front_desk_the_officers_are_told(house: House) -> None:
    house.clerk.groups.clear()
    desk_letters.send(moment("07:00"))
    assert Notice.objects.filter(recipient=house.officer).exists()


# Booking for somebody ------------------------------------------------------------------------


def test_the_desk_finds_a_person_and_books(house: House) -> None:
    client = browser_of(house.clerk)
    address = f"{TODAY}book/"
    assert not page_of(client.get(address, {"q": "h"})).select(".rows")
    for query in ("đang thi hoa", "Mía Giấy", "0912345678", house.founder.email):
        page = page_of(client.get(address, {"q": query}))
        ways = [one["href"] for one in page.select(".rows .button")]
        who = f"?person={house.founder.pk}"
        assert ways == [f"{who}&organisation={house.company.pk}", who], query
    typed = {
        "resource": house.hall.pk,
        "day": "2026-12-01",
        "starts": "09:00",
        "ends": "11:00",
        "people": 40,
        "purpose": "Hội thảo",
    }
    answer = client.post(address + ways[0], typed)
    assert answer["Location"] == f"{TODAY}?day=2026-12-01"
    booking = Booking.objects.get()
    assert (booking.person, booking.organisation) == (house.founder, house.company)
    assert (booking.booked_by, booking.state) == (house.clerk, Booking.State.CONFIRMED)


def test_a_refusal_at_the_desk_names_other_ways(house: House) -> None:
    house.booked(house.room, "09:00", "11:00")
    other = UserFactory()
    client = browser_of(house.clerk)
    typed = {
        "resource": house.room.pk,
        "day": MONDAY.isoformat(),
        "starts": "09:00",
        "ends": "11:00",
        "people": 2,
    }
    page = page_of(client.post(f"{TODAY}book/?person={other.pk}", typed), 422)
    assert page.select_one("#id_starts_error")
    ways = page.select(".notice--info a")
    assert 1 <= len(ways) <= 3
    form = page_of(client.get(f"{TODAY}book/{ways[0]['href']}"))
    assert form.select_one("#id_resource option[selected]")["value"] == str(house.room.pk)
    assert form.select_one("#id_starts")["value"] != "09:00"


def test_nobody_is_booked_for_an_organisation_of_others(house: House) -> None:
    stranger = UserFactory()
    address = f"{TODAY}book/?person={stranger.pk}&organisation={house.company.pk}"
    page = page_of(browser_of(house.clerk).get(address))
    assert not page.select_one("#id_resource")


# Closures ------------------------------------------------------------------------------------

CLOSED = {
    "from_day": "2026-12-01",
    "from_time": "08:00",
    "until_day": "2026-12-01",
    "until_time": "12:00",
    "reason": "Sửa điện",
}


def test_a_closure_first_shows_whom_it_concerns(house: House) -> None:
    booking = house.booked(house.desks, day=MONDAY + timedelta(days=1))
    client = browser_of(house.clerk)
    page = page_of(client.post(f"{TODAY}closures/", CLOSED))
    assert booking.code in words(page)
    assert not Closure.objects.exists()
    form = page.select_one("form.form-actions")
    sent = {one["name"]: one.get("value", "") for one in form.select("input")}
    assert client.post(f"{TODAY}closures/", sent | {"confirm": "1"}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == Booking.State.CANCELLED
    closure = Closure.objects.get()
    assert (closure.starts, closure.announced_by) == (
        moment("08:00", MONDAY + timedelta(days=1)),
        house.clerk,
    )
    client.post(reverse("coworking_desk:lift", args=[closure.pk]))
    closure.refresh_from_db()
    assert closure.lifted_at is not None
    assert "Sửa điện" in words(page_of(client.get(f"{TODAY}closures/")).select_one(".desk-ended"))


def test_a_closure_can_be_changed_before_it_is_announced(house: House) -> None:
    client = browser_of(house.clerk)
    page = page_of(client.post(f"{TODAY}closures/", CLOSED | {"back": "1"}))
    assert page.select_one("#id_reason")["value"] == "Sửa điện"
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"until_day": "2026-11-30"}, "until_day"),
        ({"from_day": "31/02/2026"}, "from_day"),
    ],
)
def test_a_wrong_closure_is_explained(house: House, wrong: dict[str, str], field: str) -> None:
    page = page_of(browser_of(house.clerk).post(f"{TODAY}closures/", CLOSED | wrong), 422)
    assert page.select_one(f".error-summary a[href='#id_{field}']")


def test_a_closure_of_the_past_is_refused_by_the_verb(house: House) -> None:
    past = CLOSED | {"from_day": "2026-11-02", "until_day": "2026-11-02", "confirm": "1"}
    page = page_of(browser_of(house.clerk).post(f"{TODAY}closures/", past), 422)
    assert page.select_one("#id_until_day_error")


# No-shows ------------------------------------------------------------------------------------


def test_a_no_show_is_listed_and_pardoned_with_a_reason(house: House) -> None:
    house.booked(house.desks)
    attending.release_no_shows(moment("09:00"))
    strike = Strike.objects.get()
    client = browser_of(house.clerk)
    address = reverse("coworking_desk:pardon", args=[strike.pk])
    assert page_of(client.get(f"{TODAY}no-shows/")).select_one(f"a[href='{address}']")
    page_of(client.post(address, {"reason": ""}), 422)
    client.post(address, {"reason": "Xe hỏng"})
    strike.refresh_from_db()
    assert (strike.pardoned_by, strike.pardon_reason) == (house.clerk, "Xe hỏng")
    page = page_of(client.get(f"{TODAY}no-shows/"))
    assert "Xe hỏng" in words(page)
    assert page_of(client.post(address, {"reason": "Nữa"}), 422)


# To print and to hang up ---------------------------------------------------------------------


def test_the_day_list_to_print(house: House) -> None:
    booking = house.booked(house.desks)
    page = page_of(browser_of(house.clerk).get(f"{TODAY}list/"))
    [row] = page.select("tbody tr")
    assert booking.code in words(row)
    assert "0912 345 678" in words(row)


def test_a_card_for_every_unit_leads_to_its_own_address(house: House, settings: Any) -> None:
    settings.SITE_URL = "https://cong.example"
    page = page_of(browser_of(house.clerk).get(f"{TODAY}cards/"))
    assert len(page.select(".desk-card svg path")) >= Unit.objects.count()
    assert len(page.select(".desk-card")) == Unit.objects.count()
    from startups.coworking.desk.views.cards import address_of

    unit = Unit.objects.first()
    assert unit is not None
    assert address_of(unit) == f"https://cong.example/workspace/desk-code/{unit.desk_code}/"


def test_the_wall_shows_hours_and_nobody(house: House, client: Any) -> None:
    booking = house.booked(house.room, "08:00", "10:00")
    address = walls.address_of(house.space)
    answer = client.get(address)
    page = page_of(answer)
    assert answer["Refresh"] == "60"
    assert "no-store" in answer["Cache-Control"]
    text = words(page)
    assert "08:00–10:00" in text
    for secret in (house.founder.full_name, house.company.name, booking.code):
        assert secret not in answer.content.decode()
    display = reverse("coworking_desk:display", args=[house.space.slug])
    desk = browser_of(house.clerk)
    assert page_of(desk.get(TODAY)).select_one(f"a[href='{display}']")
    assert address in desk.get(display).content.decode()
    assert client.get(address.replace("/mia/", "/mia/x")).status_code == 404
    other = SpaceFactory(slug="khac")
    assert client.get(address.replace("mia", other.slug)).status_code == 404


# The floor plan ------------------------------------------------------------------------------


def plan_of(house: House, **changes: str) -> dict[str, str]:
    sent = {}
    for unit in Unit.objects.all():
        sent |= {f"x-{unit.pk}": "", f"y-{unit.pk}": ""}
        sent |= {f"width-{unit.pk}": "60", f"height-{unit.pk}": "60"}
    return sent | changes


def test_an_officer_sets_positions_that_the_plan_draws(house: House) -> None:
    unit = house.desks.units.first()
    client = browser_of(house.officer)
    sent = plan_of(house, **{f"x-{unit.pk}": "100", f"y-{unit.pk}": "250"})
    assert client.post(f"{TODAY}plan/", sent).status_code == 302
    unit.refresh_from_db()
    assert (unit.x, unit.y) == (100, 250)
    page = page_of(client.get(f"{TODAY}plan/"))
    [drawn] = page.select("svg .desk-plan__unit rect")
    assert (drawn["x"], drawn["y"]) == ("100", "160")  # 250 thousandths of 640
    assert len(page.select("tbody tr")) == Unit.objects.count()


@pytest.mark.parametrize(
    ("x", "y", "width"),
    [("100", "", "60"), ("980", "0", "60"), ("-1", "0", "60"), ("0", "0", "5"), ("a", "0", "60")],
)
def test_a_place_outside_the_plan_is_refused(house: House, x: str, y: str, width: str) -> None:
    unit = house.desks.units.first()
    named = {f"x-{unit.pk}": x, f"y-{unit.pk}": y, f"width-{unit.pk}": width}
    page = page_of(browser_of(house.officer).post(f"{TODAY}plan/", plan_of(house, **named)), 422)
    assert page.select(".error-summary a")
    unit.refresh_from_db()
    assert unit.x is None


def test_the_front_desk_sees_the_plan_and_does_not_change_it(house: House) -> None:
    client = browser_of(house.clerk)
    assert not page_of(client.get(f"{TODAY}plan/")).select(".plan-form input[type=number]")
    assert client.post(f"{TODAY}plan/", plan_of(house)).status_code == 403


# How much the screen asks --------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 12])
def test_today_costs_the_same_with_many_bookings(
    house: House, count: int, django_assert_num_queries: Counted
) -> None:
    for number in range(count):
        start = 8 + number // 4 * 2
        house.booked(
            house.desks,
            f"{start:02d}:00",
            f"{start + 2:02d}:00",
            by=house.clerk,
            person=UserFactory(),
            organisation=None,
        )
    client = browser_of(house.clerk)
    client.get(TODAY)
    with django_assert_num_queries(TODAY_QUERIES):
        page = page_of(client.get(TODAY))
    assert len(lines(page)) == count


@pytest.mark.parametrize("count", [1, 6])
def test_the_inbox_costs_the_same_with_many_requests(
    house: House, count: int, django_assert_num_queries: Counted
) -> None:
    for number in range(count):
        house.booked(house.hall, f"{8 + number:02d}:00", f"{9 + number:02d}:00")
    client = browser_of(house.clerk)
    client.get(f"{TODAY}requests/")
    with django_assert_num_queries(13):
        page = page_of(client.get(f"{TODAY}requests/"))
    assert len(page.select(".desk-request")) == count
