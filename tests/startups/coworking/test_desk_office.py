"""The back office of co-working: setting up spaces, and the list of bookings."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from portal.core import clock
from portal.core.models import CalendarDay
from startups.coworking.models import (
    Booking,
    HouseRules,
    OpeningHours,
    Quota,
    Resource,
    Space,
    Unit,
)
from tests.factories.coworking import UnitFactory
from tests.reading import page_of, words
from tests.startups.coworking.desk_world import House, browser_of, moment

pytestmark = pytest.mark.django_db

RESOURCE = {
    "kind": "room",
    "name": "Phòng mới",
    "slug": "phong-moi",
    "description": "",
    "capacity": "6",
    "slot_minutes": "30",
    "min_minutes": "30",
    "max_minutes": "240",
    "buffer_before": "0",
    "buffer_after": "15",
    "notice_minutes": "0",
    "horizon_days": "60",
    "approval_hours": "48",
    "bookers": "organisations",
    "organisation_kinds": ["enterprise", "school"],
    "is_active": "on",
    "order": "5",
}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with clock.held_at(moment("07:45")):
        yield


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def officer(house: House) -> Any:
    return browser_of(house.officer)


def test_an_officer_enters_a_resource_with_kinds_of_organisations(
    house: House, officer: Any
) -> None:
    address = reverse("spaces_resource:add")
    page = page_of(officer.get(address))
    assert len(page.select("[name=organisation_kinds][type=checkbox]")) == 8
    answer = officer.post(address, RESOURCE | {"space": house.space.pk})
    assert answer.status_code == 302
    made = Resource.objects.get(slug="phong-moi")
    assert made.organisation_kinds == ["enterprise", "school"]
    edit = page_of(officer.get(reverse("spaces_resource:edit", args=[made.pk])))
    ticked = edit.select("[name=organisation_kinds][checked]")
    assert [one["value"] for one in ticked] == ["enterprise", "school"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"min_minutes": "10"}, "min_minutes"),
        ({"max_minutes": "15"}, "max_minutes"),
        ({"buffer_before": "300"}, "buffer_before"),
        ({"slot_minutes": "20"}, "slot_minutes"),
        ({"organisation_kinds": ["circus"]}, "organisation_kinds"),
        ({"slug": "phong"}, None),
    ],
)
def test_a_wrong_resource_is_explained(
    house: House, officer: Any, wrong: dict[str, Any], field: str | None
) -> None:
    address = reverse("spaces_resource:add")
    page = page_of(officer.post(address, RESOURCE | {"space": house.space.pk} | wrong))
    assert page.select(".error-message")
    if field:
        assert page.select(
            f"#panel-child-{field}-section .error-message, [id*={field}] .error-message"
        )
    assert not Resource.objects.filter(name="Phòng mới").exists()


def test_units_are_added_many_at_once(house: House, officer: Any) -> None:
    address = reverse("spaces_unit:add")
    officer.post(address, {"resource": house.room.pk, "label": "08", "count": "3"})
    labels = list(house.room.units.order_by("order").values_list("label", flat=True))
    assert labels == ["01", "08", "09", "10"]
    page = page_of(officer.post(address, {"resource": house.room.pk, "label": "07", "count": "2"}))
    assert "08" in words(page.select_one(".error-message"))
    assert house.room.units.count() == 4


def test_what_is_in_use_stays_with_a_sentence(house: House, officer: Any) -> None:
    house.booked(house.room)
    unit = house.room.units.get()
    for name, row in (("unit", unit), ("resource", house.room), ("space", house.space)):
        answer = officer.post(reverse(f"spaces_{name}:delete", args=[row.pk]))
        assert answer.status_code == 302
        said = [str(one) for one in get_messages(answer.wsgi_request)][-1]
        assert str(row) in said
    assert Unit.objects.filter(pk=unit.pk).exists()
    free = UnitFactory(resource=house.room, label="Thừa")
    officer.post(reverse("spaces_unit:delete", args=[free.pk]))
    assert not Unit.objects.filter(pk=free.pk).exists()


def test_opening_hours_and_exceptions_are_rows_of_their_own(house: House, officer: Any) -> None:
    address = reverse("spaces_openinghours:add")
    typed = {"space": house.space.pk, "weekday": "6", "opens": "09:00", "closes": "12:00"}
    assert officer.post(address, typed).status_code == 302
    assert OpeningHours.objects.filter(space=house.space, weekday=6).count() == 1
    wrong = page_of(officer.post(address, typed | {"opens": "13:00"}))
    assert wrong.select(".error-message")
    exception = reverse("spaces_openingexception:add")
    typed = {"space": house.space.pk, "day": "2026-12-24", "opens": "08:00", "reason": "Họp"}
    assert page_of(officer.post(exception, typed)).select(".error-message")
    assert officer.post(exception, typed | {"opens": ""}).status_code == 302


def test_one_quota_for_a_kind_and_an_organisation(house: House, officer: Any) -> None:
    address = reverse("spaces_quota:add")
    typed = {"space": house.space.pk, "kind": "room", "hours_a_week": "10"}
    assert officer.post(address, typed).status_code == 302
    assert page_of(officer.post(address, typed)).select(".help-critical .error-message")
    assert Quota.objects.count() == 1


def test_rules_in_force_are_frozen_and_a_copy_is_the_next_version(
    house: House, officer: Any
) -> None:
    address = reverse("spaces_houserules:add")
    typed = {"space": house.space.pk, "text": "Giữ yên lặng.", "valid_from": "2026-11-30 07:00"}
    assert officer.post(address, typed).status_code == 302
    first = HouseRules.objects.get()
    assert first.version == 1
    edit = reverse("spaces_houserules:edit", args=[first.pk])
    assert officer.get(edit)["Location"].endswith(f"/inspect/{first.pk}/")
    officer.post(edit, typed | {"text": "Khác."})
    first.refresh_from_db()
    assert first.text == "Giữ yên lặng."
    copy = reverse("spaces_houserules:copy", args=[first.pk])
    page = page_of(officer.get(copy))
    assert "Giữ yên lặng." in page.select_one("[name=text]").text
    later = typed | {"text": "Giữ yên lặng hơn.", "valid_from": "2026-12-30 07:00"}
    assert officer.post(copy, later).status_code == 302
    second = HouseRules.objects.get(version=2)
    assert officer.get(reverse("spaces_houserules:edit", args=[second.pk])).status_code == 200


def test_the_list_of_bookings_is_filtered_and_exported(house: House, officer: Any) -> None:
    booking = house.booked(house.desks)
    other = house.booked(house.room, day=moment("08:00").date() + timedelta(days=1))
    address = reverse("spaces_booking:index")
    listed = words(page_of(officer.get(address)))
    assert booking.code in listed
    assert other.code in listed
    filters = (
        {"day": "2026-11-30"},
        {"resource": house.desks.pk},
        {"day": "2026-11-30", "organisation": "mia giay", "space": house.space.pk},
    )
    for asked in filters:
        page = words(page_of(officer.get(address, asked)))
        assert booking.code in page
        assert other.code not in page
    assert booking.code not in words(page_of(officer.get(address, {"state": "cancelled"})))
    answer = officer.get(address, {"export": "xlsx", "resource": house.desks.pk})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 2
    assert rows[1][0] == booking.code
    assert house.company.name in [str(cell) for cell in rows[1]]


def test_what_was_typed_is_no_formula_in_a_spreadsheet(house: House, officer: Any) -> None:
    booking = house.booked(house.desks)
    Booking.objects.filter(pk=booking.pk).update(purpose="=HYPERLINK(1)")
    answer = officer.get(reverse("spaces_booking:index"), {"export": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_bookings_and_closures_are_only_read(house: House, officer: Any) -> None:
    booking = house.booked(house.desks)
    for act in ("edit", "delete"):
        assert officer.get(reverse(f"spaces_booking:{act}", args=[booking.pk])).status_code == 403
    assert officer.get(reverse("spaces_booking:add")).status_code == 403
    assert officer.get(reverse("spaces_closure:add")).status_code == 403
    inspected = officer.get(reverse("spaces_booking:inspect", args=[booking.pk]))
    assert booking.code in words(page_of(inspected))


def test_the_front_desk_and_directors_read_the_lists(house: House) -> None:
    for person in (house.clerk, house.director):
        client = browser_of(person)
        assert client.get(reverse("spaces_booking:index")).status_code == 200
        assert client.get(reverse("spaces_space:index")).status_code == 200
        assert client.get(reverse("spaces_space:add")).status_code == 403
    assert Space.objects.count() == 1
    assert not Booking.objects.exists()


def test_calendar_days_are_entered_with_the_day_they_replace(officer: Any) -> None:
    address = reverse("calendar_days:add")
    typed = {"day": "2027-02-13", "kind": "working", "name": "Làm bù Tết", "instead_of": ""}
    assert page_of(officer.post(address, typed)).select(".error-message")
    assert officer.post(address, typed | {"instead_of": "2027-02-08"}).status_code == 302
    off = {"day": "2027-02-08", "kind": "off", "name": "Tết", "instead_of": "2027-02-13"}
    assert page_of(officer.post(address, off)).select(".error-message")
    assert CalendarDay.objects.get().instead_of is not None


YEAR = """01/01/2027 Tết Dương lịch | New Year's Day

13/02/2027 = 08/02/2027 Làm bù Tết Nguyên đán
"""


def test_a_year_of_calendar_days_is_pasted_and_pasted_again(officer: Any) -> None:
    address = reverse("calendar_days:paste")
    assert page_of(officer.get(reverse("calendar_days:index"))).select(f"a[href='{address}']")
    typed = {"lines": YEAR, "legal_basis": "Thông báo 1/TB-BNV"}
    assert officer.post(address, typed).status_code == 302
    corrected = YEAR.replace("Dương lịch |", "Dương lịch 2027 |")
    assert officer.post(address, typed | {"lines": corrected}).status_code == 302
    off, working = CalendarDay.objects.order_by("day")
    assert (off.name, off.name_en, off.kind) == ("Tết Dương lịch 2027", "New Year's Day", "off")
    assert (working.kind, str(working.instead_of)) == ("working", "2027-02-08")
    assert working.legal_basis == "Thông báo 1/TB-BNV"


@pytest.mark.parametrize(
    "line", ["31/02/2027 Không có", "01/01/2027", "2027-01-01 Tết", "01/01/2027 = 99/99/2027 Bù"]
)
def test_a_line_that_is_no_day_is_named_and_nothing_is_stored(officer: Any, line: str) -> None:
    lines = f"02/09/2027 Quốc khánh\n{line}"
    page = page_of(officer.post(reverse("calendar_days:paste"), {"lines": lines}))
    assert line in words(page.select_one(".error-message"))
    assert not CalendarDay.objects.exists()
