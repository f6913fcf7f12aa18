"""Public pages of spaces: what is free is shown to everybody, and nobody's name."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import ngettext

from portal.core import clock
from portal.core.models import CalendarDay
from portal.core.page_cache.watching import changes_public
from startups.coworking.booking import Wish, book
from startups.coworking.models import (
    Closure,
    Feature,
    HouseRules,
    OpeningException,
    OpeningHours,
    Resource,
    SpacePage,
)
from tests.factories.accounts import UserFactory
from tests.factories.coworking import ResourceFactory, SpaceFactory, UnitFactory
from tests.factories.pages import english
from tests.factories.space_pages import SpacePageFactory
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

MONDAY = date(2026, 11, 30)
PAGE_QUERIES, PLAN_QUERIES, GRID_QUERIES, INDEX_QUERIES, RESOURCE_QUERIES = 33, 33, 33, 24, 32


def moment(text: str, day: date = MONDAY) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(text)))


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with clock.held_at(moment("07:00")):
        yield


@pytest.fixture
def desks() -> Resource:
    """Three desks in a space with a page."""
    found = ResourceFactory(desk=True, units=3, name="Bàn làm việc", bookers="anybody")
    SpacePageFactory(space=found.space, slug="khong-gian-1", title="Không gian số 1")
    return found


def booked(resource: Resource, starts: str, ends: str, **more: Any) -> Any:
    person = more.pop("person", None) or UserFactory(full_name="Nguyễn Thị Kín")
    day = more.pop("day", MONDAY)
    wish = Wish(resource, moment(starts, day), moment(ends, day), **more)
    return book(wish, person=person, organisation=None)


def look(path: str = "", client: Client | None = None) -> Any:
    return page_of((client or Client()).get(f"/khong-gian/khong-gian-1/{path}"))


def test_the_first_screen_says_what_is_free_in_each_part_of_the_day(desks: Resource) -> None:
    booked(desks, "08:00", "09:00")
    booked(desks, "14:00", "15:00")
    parts = look().select(".part")
    assert [words(part.select_one(".part__name")) for part in parts] == [
        say("Morning"),
        say("Afternoon"),
        say("Whole day"),
    ]
    assert [words(part.select_one(".part__count")) for part in parts] == ["2", "2", "2"]
    assert words(parts[0].select_one(".part__hours")) == "07:30–12:00"
    # Ten hours is the longest booking of a desk.
    assert words(parts[2].select_one(".part__hours")) == "07:30–17:30"
    link = parts[0].select_one("a.button")["href"]
    assert "day=2026-11-30" in link
    assert "starts=07%3A30" in link


def test_nobody_is_named(desks: Resource) -> None:
    booked(desks, "08:00", "12:00", purpose="Họp kín với nhà đầu tư")
    for path in ("", "so-do/?tu=08:00&den=12:00", "luoi/", f"cho/{desks.slug}/"):
        text = words(look(path))
        assert "Nguyễn Thị Kín" not in text
        assert "nhà đầu tư" not in text


def test_a_full_morning_leads_to_the_next_day(desks: Resource) -> None:
    for _number in range(3):
        booked(desks, "08:00", "12:00")
    morning = look().select(".part")[0]
    assert not morning.select(".part__count")
    assert morning.select_one("a")["href"] == "?ngay=2026-12-01"


def test_what_has_passed_is_not_offered(desks: Resource) -> None:
    with clock.held_at(moment("12:40")):
        parts = look().select(".part")
        assert [words(part.select_one(".part__name")) for part in parts] == [say("Afternoon")]
    with clock.held_at(moment("19:00")):
        assert "Thứ Ba, 01/12/2026" in words(look().select_one("#choose-title"))


def test_a_day_with_a_break_is_offered_in_halves(desks: Resource) -> None:
    OpeningHours.objects.filter(space=desks.space).update(closes=time(11, 30))
    OpeningHours.objects.create(space=desks.space, weekday=0, opens=time(13, 30), closes=time(17))
    hours = [words(part.select_one(".part__hours")) for part in look().select(".part")]
    assert hours == ["07:30–11:30", "13:30–17:00"]


def test_a_closed_day_says_why(desks: Resource) -> None:
    CalendarDay.objects.create(day=MONDAY + timedelta(days=2), name="Nghỉ lễ thử")
    page = look("?ngay=2026-12-02")
    assert not page.select(".part")
    assert "Nghỉ lễ thử" in words(page.select_one(".choose .notice"))


def test_hours_exceptions_closures_and_rules_are_told(desks: Resource) -> None:
    space, officer = desks.space, UserFactory(officer=True)
    OpeningException.objects.create(
        space=space, day=MONDAY + timedelta(days=1), opens=time(9), closes=time(12), reason="Họp Sở"
    )
    Closure.objects.create(
        space=space,
        resource=desks,
        starts=moment("08:00", MONDAY + timedelta(days=3)),
        ends=moment("12:00", MONDAY + timedelta(days=3)),
        reason="Sửa điện",
        announced_by=officer,
    )
    HouseRules.objects.create(
        space=space, version=2, text="Giữ yên lặng.", valid_from=moment("00:00")
    )
    page = look()
    hours = [words(row) for row in page.select(".hours tbody tr")]
    assert hours[0].endswith("07:30–18:00")
    assert hours[6].endswith(say("Closed"))
    ahead = [words(item) for item in page.select(".closures li")]
    assert "Họp Sở" in ahead[0]
    assert "09:00–12:00" in ahead[0]
    assert "Bàn làm việc" in ahead[1]
    assert "Sửa điện" in ahead[1]
    assert "Giữ yên lặng." in words(page.select_one("[aria-labelledby=rules-title]"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bàn làm việc", "Phòng họp lớn", "Phòng họp nhỏ"]),
        ("loai=room", ["Phòng họp lớn", "Phòng họp nhỏ"]),
        ("nguoi=10", ["Phòng họp lớn"]),
        ("khong-bac=1", ["Phòng họp nhỏ"]),
        ("dien=1", ["Phòng họp nhỏ"]),
        ("cao=adjustable", ["Phòng họp nhỏ"]),
        ("loai=hall", []),
        ("nguoi=nhieu&loai=gi-do&ngay=hom-nay", ["Bàn làm việc", "Phòng họp lớn", "Phòng họp nhỏ"]),
    ],
)
def test_filters_stand_in_the_address(desks: Resource, query: str, found: list[str]) -> None:
    ResourceFactory(space=desks.space, name="Phòng họp lớn", capacity=12)
    small = {"step_free": True, "has_power": True, "height": "adjustable", "capacity": 4}
    ResourceFactory(space=desks.space, name="Phòng họp nhỏ", **small)
    rows = look(f"?{query}").select("#places-title ~ .rows .row__title")
    assert sorted(words(row) for row in rows) == found


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "x"])
@pytest.mark.parametrize("path", ["", "so-do/", "luoi/", "cho/phong/"])
def test_a_day_that_means_nothing_is_left_out(desks: Resource, path: str, day: str) -> None:
    ResourceFactory(space=desks.space, slug="phong")
    assert look(f"{path}?ngay={day}&tu={day}&den=25:00").select("h1")


def test_features_narrow_the_list(desks: Resource) -> None:
    screen, board = (Feature.objects.create(label=name) for name in ("Màn hình", "Bảng viết"))
    ResourceFactory(space=desks.space, name="Có cả hai").features.set([screen, board])
    ResourceFactory(space=desks.space, name="Chỉ màn hình").features.set([screen])
    rows = look(f"?co={screen.pk}&co={board.pk}").select("#places-title ~ .rows .row__title")
    assert [words(row) for row in rows] == ["Có cả hai"]


def test_the_plan_marks_places_with_words_and_the_list_says_the_same(
    desks: Resource, signed_in: Any
) -> None:
    for number, unit in enumerate(desks.units.all()):
        desks.units.filter(pk=unit.pk).update(x=100 + 100 * number, y=100)
    hall = ResourceFactory(hall=True, space=desks.space, name="Hội trường", bookers="anybody")
    closed = ResourceFactory(space=desks.space, name="Phòng đóng")
    Closure.objects.create(
        space=desks.space,
        resource=closed,
        starts=moment("00:00"),
        ends=moment("23:00"),
        reason="Sơn lại",
        announced_by=UserFactory(officer=True),
    )
    me, units = UserFactory(), list(desks.units.all())
    booked(desks, "08:00", "10:00", unit=units[0])
    booked(desks, "09:00", "11:00", unit=units[1], person=me)
    booked(hall, "09:00", "11:00")
    page = look("so-do/?ngay=2026-11-30&tu=09:00&den=10:00", signed_in(me))
    marks = {words(one) for one in page.select(".seat-chip")}
    taken, mine, free = say("Taken"), say("Yours"), say("Free")
    asked, shut = say("Asked for"), say("Closed")
    assert marks == {f"01 {taken}", f"02 {mine}", f"03 {free}", f"01 {asked}", f"01 {shut}"}
    drawn = [one["aria-label"] for one in page.select("svg.plan .seat")]
    assert drawn == [
        f"Bàn làm việc 01: {taken}",
        f"Bàn làm việc 02: {mine}",
        f"Bàn làm việc 03: {free}",
    ]
    assert f"unit={units[2].pk}" in page.select_one("svg.plan a")["href"]
    others = look("so-do/?ngay=2026-11-30&tu=09:00&den=10:00")
    assert mine not in {words(one.span) for one in others.select(".seat-chip")}


def test_the_grid_is_a_table_with_a_caption(desks: Resource) -> None:
    booked(desks, "09:00", "10:30", unit=desks.units.first())
    table = look("luoi/?ngay=2026-11-30").select_one("table.day-grid")
    assert "30/11/2026" in words(table.caption)
    assert len(table.select("thead th")) == 1 + 21
    cells = table.select("tbody tr")[0].select("td")
    assert [int(cell.get("colspan", 1)) for cell in cells] == [3, 3, 15]
    assert ["a" in [child.name for child in cell.find_all(True)] for cell in cells] == [
        True,
        False,
        True,
    ]


def test_a_resource_says_how_it_is_booked_and_when_it_is_free() -> None:
    room = ResourceFactory(name="Phòng họp A", bookers="anybody", fee="100.000 đồng/giờ")
    SpacePageFactory(space=room.space, slug="khong-gian-1")
    booked(room, "09:00", "10:00")
    page = look(f"cho/{room.slug}/")
    assert "07:30–09:00" in words(page.select_one("table tbody tr td"))
    assert "100.000 đồng/giờ" in words(page.select_one("dl.facts"))
    form = page.select_one("form.choose")
    assert form["action"] == "/workspace/bookings/new/"
    assert form.select_one("[name=resource]")["value"] == str(room.pk)
    gone = ResourceFactory(space=room.space, is_active=False)
    assert Client().get(f"/khong-gian/khong-gian-1/cho/{gone.slug}/").status_code == 404


def test_a_space_has_one_page_in_each_language(desks: Resource) -> None:
    page = SpacePage.objects.get()
    desks.name_en = "Desks"
    desks.save()
    other = english(page, title="Space number 1")
    answer = page_of(Client().get(other.get_url()))
    assert "Desks" in words(answer)
    assert answer.select_one(".part__name").text == "Morning"


def test_every_booking_lets_kept_pages_be_forgotten() -> None:
    assert changes_public('INSERT INTO "coworking_bookingslot" ("at") VALUES (%s)')
    assert changes_public('DELETE FROM "coworking_bookingslot" WHERE "id" IN (%s)')
    assert changes_public('UPDATE "coworking_booking" SET "state" = %s WHERE "id" = %s')


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("", PAGE_QUERIES),
        ("so-do/?ngay=2026-11-30&tu=09:00&den=10:00", PLAN_QUERIES),
        ("luoi/?ngay=2026-11-30", GRID_QUERIES),
    ],
)
def test_what_is_free_costs_the_same_for_few_and_many(
    path: str, queries: int, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    space = SpaceFactory()
    SpacePageFactory(space=space, slug="khong-gian-1")
    feature = Feature.objects.create(label="Màn hình")
    for _number in range(count):
        resource = ResourceFactory(space=space, units=count, bookers="anybody")
        resource.features.add(feature)
        booked(resource, "08:00", "11:00")
    client = Client()
    client.get(f"/khong-gian/khong-gian-1/{path}")
    with django_assert_num_queries(queries):
        page = look(path, client)
    assert page.select("h1")


@pytest.mark.parametrize("count", [1, 5])
def test_the_index_and_a_resource_cost_the_same(
    count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(count):
        desk = ResourceFactory(desk=True, units=2, bookers="anybody", slug="ban")
        SpacePageFactory(space=desk.space, slug=f"khong-gian-{number + 1}")
        UnitFactory(resource=desk)
        booked(desk, "08:00", "11:00")
    client = Client()
    client.get("/khong-gian/")
    with django_assert_num_queries(INDEX_QUERIES):
        page = page_of(client.get("/khong-gian/"))
    rows = [words(row) for row in page.select(".row__meta strong")]
    three = ngettext("%(count)s desk free today", "%(count)s desks free today", 3)
    assert rows == [three % {"count": 3}] * count
    with django_assert_num_queries(RESOURCE_QUERIES):
        look("cho/ban/", client)


def told(url: str) -> dict[str, Any]:
    """What the page tells machines of its record, by the kind of thing."""
    page = page_of(Client().get(url))
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"]
    return {str(one["@type"]): one for one in graph}


def test_machines_are_told_place_hours_and_rooms() -> None:
    room = ResourceFactory(space=SpaceFactory(phone="+842720000001"), name="Phòng Sen", slug="sen")
    page = SpacePageFactory(space=room.space)
    OpeningException.objects.create(
        space=room.space, day=clock.today() + timedelta(days=3), reason="Nghỉ"
    )
    url = page.get_url()
    place = told(url)["['LocalBusiness', 'CivicStructure']"]
    assert place["address"]["streetAddress"] == room.space.address
    hours = place["openingHoursSpecification"]
    assert len(hours) == 7
    assert hours[0] | {"dayOfWeek": "Monday", "opens": "07:30", "closes": "18:00"} == hours[0]
    assert hours[-1]["opens"] == hours[-1]["closes"] == "00:00"
    inside = told(f"{url}cho/sen/")["Room"]
    assert inside["containedInPlace"]["@id"] == place["@id"]
    assert inside["maximumAttendeeCapacity"] == room.capacity
    shown = page_of(Client().get(f"{url}cho/sen/"))
    canonical = shown.select_one("link[rel=canonical]")["href"]
    assert canonical.endswith(f"{url}cho/sen/")
    assert shown.select_one('meta[property="og:url"]')["content"] == canonical
