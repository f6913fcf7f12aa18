"""The numbers of a space: the arithmetic, the report, its Excel file, and what the public reads."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.core import charts, clock
from portal.core.extension_points import gather
from portal.core.models import CalendarDay
from startups.coworking import counting
from startups.coworking.counting import Booked, Pool, Quartiles, by_hour, quartiles, share, within
from startups.coworking.models import Booking, Closure, OpeningException, Shortage
from startups.coworking.slots import GRID, Range, steps
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.reading import page_of, words
from tests.startups.coworking.desk_world import MONDAY, House, browser_of, moment
from tests.startups.coworking.test_slots import grid, ranges

NUMBERS = "/en/workspace/desk/mia/numbers/"
REPORT_QUERIES = 17
LOADING_QUERIES = 7
TUESDAY = MONDAY + timedelta(days=1)
THAT_DAY = {"from": MONDAY.isoformat(), "until": MONDAY.isoformat()}
S = Booking.State


def booked(held: Range, state: str = S.COMPLETED, **more: Any) -> Booked:
    return Booked(
        **{"resource": 1, "unit": 1, "held": held, "state": state, "people": 1, "walk_in": False}
        | {"organisation_kind": "", "lead": timedelta(hours=1)}
        | more
    )


# Arithmetic ----------------------------------------------------------------------------------


@given(ranges())
def test_hours_of_the_week_share_a_stretch_without_loss(stretch: Range) -> None:
    parts = list(by_hour(stretch))
    assert sum((length for _cell, length in parts), timedelta()) == stretch.length
    assert all(timedelta() < length <= counting.HOUR for _cell, length in parts)
    every = Counter(
        (local.weekday(), local.hour)
        for local in (at.astimezone(moment("00:00").tzinfo) for at in steps(stretch))
    )
    counted: Counter[Any] = Counter()
    for cell, length in parts:
        counted[cell] += length // GRID
    assert counted == every


@given(ranges(), st.lists(ranges(), max_size=4))
def test_what_lies_within_is_in_both(held: Range, stretches: list[Range]) -> None:
    inside = {at for part in within(held, stretches) for at in steps(part)}
    assert inside == set(steps(held)) & {at for one in stretches for at in steps(one)}


@given(st.lists(st.integers(0, 10_000).map(lambda n: timedelta(minutes=n)), max_size=30))
def test_quartiles_part_lengths_in_quarters(lengths: list[timedelta]) -> None:
    found = quartiles(lengths)
    if found is None:
        assert not lengths
        return
    assert min(lengths) <= found.lower <= found.median <= found.upper <= max(lengths)
    for part, least in zip(found, (0.25, 0.5, 0.75), strict=True):
        # Rounded to a second: a length on the border may lie half a second beyond it.
        below = sum(one <= part + timedelta(seconds=1) for one in lengths)
        assert below >= least * (len(lengths) - 1)


def test_known_quartiles() -> None:
    hours = [timedelta(hours=n) for n in (1, 2, 3, 4, 5)]
    assert quartiles(hours) == Quartiles(hours[1], hours[2], hours[3])
    assert quartiles(hours[:1]) == Quartiles(hours[0], hours[0], hours[0])


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_share_is_of_something(part: int, more: int) -> None:
    found = share(part * GRID, (part + more) * GRID)
    assert (found is None) == (part + more == 0)
    assert found is None or 0 <= found <= 100


@given(
    st.lists(st.tuples(ranges(), st.sampled_from(S.values)), max_size=6),
    st.lists(ranges(), max_size=3),
    ranges(grid),
)
def test_nothing_is_used_beyond_what_is_usable_and_nothing_is_lost(
    held: list[tuple[Range, str]], opened: list[Range], period: Range
) -> None:
    apart: list[Range] = []
    for one in sorted(opened):
        if not apart or one.starts >= apart[-1].ends:
            apart.append(one)
    usable: dict[date, list[Range]] = {}
    for one in apart:
        for day_start in {at.astimezone(moment("00:00").tzinfo).date() for at in steps(one)}:
            day = Range(moment("00:00", day_start), moment("00:00", day_start + timedelta(days=1)))
            usable.setdefault(day_start, []).extend(within(one, within(day, [period])))
    # A unit each, so that none is held twice.
    pools = {
        number: Pool("desk", 1, {day: tuple(some) for day, some in usable.items()})
        for number in range(len(held))
    }
    found = counting.occupancy(
        pools,
        [booked(one, state, resource=n, unit=n) for n, (one, state) in enumerate(held)],
        period,
    )
    assert all(use.used <= use.usable for use in found.cells.values())
    by_cell = sum((use.used for use in found.cells.values()), timedelta())
    by_organisation = sum(found.organisations.values(), timedelta())
    assert found.whole.used == by_cell == by_organisation
    assert found.whole.usable == sum((use.usable for use in found.cells.values()), timedelta())
    every = sum(
        (
            part.length
            for one, state in held
            if state in counting.USED
            for part in within(one, [period])
        ),
        timedelta(),
    )
    assert found.whole.used + found.outside == every


def test_who_did_not_come_is_counted_among_those_expected() -> None:
    held = Range(moment("08:00"), moment("10:00"))
    pools = {1: Pool("desk", 1, {})}
    rows = [
        booked(held, people=3),
        booked(held, S.NO_SHOW, people=9),
        booked(held, S.CANCELLED, people=9),
        booked(held, S.CHECKED_IN, walk_in=True),
        booked(held, S.CONFIRMED, lead=timedelta(hours=-1)),
    ]
    found = counting.tally(pools, rows, moment("00:00"))
    assert (found.whole.bookings, found.whole.people) == (4, 5)
    assert (found.walk_ins, found.cancelled) == (1, 1)
    assert (found.no_shows, found.expected) == (1, 2)
    assert found.leads == [timedelta(hours=1), timedelta(hours=1), timedelta()]
    # What began before was counted in the period before.
    assert counting.tally(pools, rows, moment("09:00")).whole.bookings == 0


@pytest.mark.parametrize(
    ("count", "behind", "told"),
    [(4, None, False), (5, None, True), (400, 4, False), (400, 5, True), (0, 9, False)],
)
def test_small_numbers_are_not_told(count: int, behind: int | None, told: bool) -> None:
    assert counting.large_enough(count, behind) is told


@given(st.integers(0, 100))
def test_levels_of_a_heat_map_are_fifths(part: int) -> None:
    level = charts.heat_level(part)
    assert level is not None
    assert (level == 0) == (part == 0)
    assert part <= level * 20
    assert part > (level - 1) * 20 or level == 0


# The report ----------------------------------------------------------------------------------


@pytest.fixture
def _evening() -> Any:
    with clock.held_at(moment("20:00")):
        yield


@pytest.fixture
def house(db: None) -> House:
    return House()


def used(house: House, resource: Any, starts: str, ends: str, **more: Any) -> Booking:
    """A booking made in the morning, in a state it came to later."""
    state, people = more.pop("state", S.COMPLETED), more.pop("people", 1)
    with clock.held_at(more.pop("at", moment("06:00"))):
        booking = house.booked(resource, starts, ends, **more)
    Booking.objects.filter(pk=booking.pk).update(state=state, people=people)
    return booking


def report(house: House, **asked: str) -> Any:
    return page_of(browser_of(house.clerk).get(NUMBERS, asked or THAT_DAY))


def field_of(page: Any, hour: str, column: int = 0) -> str:
    row = next(r for r in page.select(".desk-hours tbody tr") if words(r.th) == hour)
    return words(row.select("td")[column])


@pytest.mark.usefixtures("_evening")
def test_occupancy_is_used_hours_of_the_opening_hours(house: House) -> None:
    used(house, house.desks, "08:00", "10:00", people=1)
    used(house, house.room, "08:30", "09:00", people=3)
    used(house, house.desks, "11:00", "12:00", state=S.NO_SHOW)
    page = report(house)
    # Six units: four desks, a room, the hall. They open at half past seven.
    assert field_of(page, "07–08") == "0 % 0 / 3"
    assert field_of(page, "08–09") == "25 % 1.5 / 6"
    assert field_of(page, "11–12") == "0 % 0 / 6"
    told = {words(one.dt): words(one.dd) for one in page.select(".figure-block")}
    assert told == {
        "Occupancy": "4 %",  # 2.5 of 63 hours
        "Bookings": "3",
        "People": "4",
        "Came without a booking": "0",
        "Cancelled": "0",
        "Nobody came": "1 (33 %)",
        "Refused for lack of room": "0",
    }
    heat = page.select_one("svg.heat")
    assert "Busiest on Monday, 08–09 o'clock: 25 %" in heat["aria-label"]
    titles = [words(one.title) for one in heat.select("g.heat__field")]
    assert "Mon, 08–09: 25 %" in titles
    # Everything the drawing says stands in the table too.
    assert len(titles) == len(page.select(".desk-hours tbody td"))
    assert words(page.select_one("#lead-title").parent.select("dd")[1]) == "2 h 30"


@pytest.mark.usefixtures("_evening")
def test_closures_exceptions_and_holidays_are_not_usable(house: House) -> None:
    Closure.objects.create(
        **{"space": house.space, "resource": house.hall, "reason": "Sơn lại"},
        **{"starts": moment("00:00"), "ends": moment("12:00"), "announced_by": house.clerk},
    )
    OpeningException.objects.create(
        space=house.space, day=TUESDAY, opens="09:00", closes="10:00", reason="Tập huấn"
    )
    wednesday = TUESDAY + timedelta(days=1)
    CalendarDay.objects.create(day=wednesday, kind=CalendarDay.Kind.OFF, name="Ngày lễ thử")
    page = report(house, **{"from": MONDAY.isoformat(), "until": wednesday.isoformat()})
    assert [words(one) for one in page.select(".desk-hours thead th")] == [
        *("Hour", "Monday", "Tuesday")
    ]
    assert [field_of(page, "09–10", column) for column in (0, 1)] == ["0 % 0 / 5", "0 % 0 / 6"]
    assert [field_of(page, "12–13", column) for column in (0, 1)] == ["0 % 0 / 6", "closed"]
    sunday = (MONDAY - timedelta(days=1)).isoformat()
    assert not report(house, **{"from": sunday, "until": sunday}).select("svg.heat")


@pytest.mark.usefixtures("_evening")
def test_kinds_organisations_and_refusals_have_tables(house: House) -> None:
    used(house, house.room, "08:00", "10:00", people=3)
    used(house, house.desks, "08:00", "09:00", organisation=None, by=house.clerk)
    Shortage.objects.create(resource=house.hall, day=MONDAY, times=4)
    Shortage.objects.create(resource=house.hall, day=TUESDAY, times=40)
    page = report(house)

    def rows(heading: str) -> dict[str, list[str]]:
        tables = page.select_one(f"#{heading}").parent.select("table.data-table tbody tr")
        return {words(row.th): [words(cell) for cell in row.select("td")] for row in tables}

    assert rows("kinds-title") == {
        "Desk": ["1", "1", "1", "42"],
        "Meeting room": ["1", "3", "2", "10"],
        "Event hall": ["0", "0", "0", "10"],
    }
    assert rows("organisations-title") == {
        str(house.company.get_kind_display()): ["1", "3", "2"],
        "People without an organisation": ["1", "1", "1"],
    }
    assert rows("refused-title") == {"Hội trường": ["4"]}


@pytest.mark.usefixtures("_evening")
def test_the_last_thirty_days_are_shown_unless_days_are_named(house: House) -> None:
    used(house, house.room, "08:00", "10:00")
    page = page_of(browser_of(house.clerk).get(NUMBERS))
    chosen = [one["value"] for one in page.select(".filter-bar input")]
    assert chosen == ["2026-11-01", "2026-11-30"]
    tuesday = report(house, **{"from": TUESDAY.isoformat(), "until": TUESDAY.isoformat()})
    assert words(tuesday.select(".figure-block dd")[1]) == "0"


@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"from": "gestern"}, "“gestern” is not a day."),
        ({"until": "2026-02-30"}, "“2026-02-30” is not a day."),
        ({"from": "2026-12-01", "until": "2026-11-01"}, "The first day comes after the last one."),
        ({"from": "2012-01-01"}, "Choose five years at most."),
        ({"until": "9999-12-31"}, "The calendar does not reach to “9999-12-31”."),
        ({"until": "0001-01-01"}, "The calendar does not reach to “0001-01-01”."),
    ],
)
def test_days_that_are_none_are_answered_in_words(
    house: House, asked: dict[str, str], says: str
) -> None:
    client = browser_of(house.clerk)
    notice = words(page_of(client.get(NUMBERS, asked)).select_one(".notice--warn"))
    assert notice == f"{says} Shown are the last 30 days."
    answer = client.get(f"{NUMBERS}excel/", asked)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{NUMBERS}?")


@pytest.mark.usefixtures("_evening")
def test_the_excel_file_has_the_same_numbers(house: House) -> None:
    used(house, house.room, "08:00", "10:00", people=3)
    house.hall.name = "=Hội trường"
    house.hall.save()
    Shortage.objects.create(resource=house.hall, day=MONDAY, times=4)
    answer = browser_of(house.director).get(f"{NUMBERS}excel/", THAT_DAY)
    assert 'filename="mia-20261130-20261130.xlsx"' in answer["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    assert len(book.sheetnames) == 5
    overview, hours, kinds, organisations, refused = (
        list(sheet.values) for sheet in book.worksheets
    )
    assert ("Bookings", 1) in overview
    assert ("Hours used", 2) in overview
    assert ("Monday", "08–09", 1, 6, 0.1667) in hours
    assert ("Meeting room", 1, 3, 2, 10.5, 0.1905) in kinds
    assert (str(house.company.get_kind_display()), 1, 3, 2) in organisations
    assert refused[1:] == [("'=Hội trường", 4)]


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.usefixtures("_evening")
def test_the_report_costs_the_same_with_many_bookings(
    house: House, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(count):
        start = 8 + number // 4 * 2
        whose = {"person": UserFactory(), "organisation": None, "by": house.clerk}
        used(house, house.desks, f"{start:02d}:00", f"{min(start + 2, 18):02d}:00", **whose)
        Shortage.objects.get_or_create(resource=house.desks, day=MONDAY + timedelta(days=number))
    with django_assert_num_queries(LOADING_QUERIES):
        found = counting.numbers(house.space, MONDAY, MONDAY)
    assert found.tally.whole.bookings == count
    client = browser_of(house.clerk)
    client.get(NUMBERS, THAT_DAY)
    with django_assert_num_queries(REPORT_QUERIES):
        client.get(NUMBERS, THAT_DAY)


# What the public reads -----------------------------------------------------------------------


@pytest.mark.usefixtures("_evening")
def test_the_public_reads_only_what_enough_stand_behind(house: House, rf: Any) -> None:
    cache.clear()

    def told() -> list[int]:
        with translation.override("en"):
            figures = gather("portal_figures", rf.get("/"))
            return [one.value for one in figures if "shared spaces" in str(one.label)]

    def of_another(resource: Any, starts: str, ends: str) -> None:
        whose = OrganisationFactory(owner=house.founder)
        used(house, resource, starts, ends, organisation=whose, by=house.clerk)

    for number in range(4):
        of_another(house.desks, "08:00", "18:00")
        assert told() == [], number
    used(house, house.room, "08:00", "10:00", organisation=None, by=house.clerk)
    assert told() == [42]
    of_another(house.room, "10:00", "12:00")
    assert told() == [44, 5]
    long_ago: datetime = moment("08:00") - timedelta(days=400)
    Booking.objects.update(starts=long_ago, ends=long_ago + timedelta(hours=1))
    assert told() == []
