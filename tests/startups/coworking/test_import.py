"""Bookings from an Excel file at the front desk: shown first, then booked row by row."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.core import clock
from portal.core.models import Notice
from startups.coworking.models import Booking, Shortage
from tests.factories.accounts import OrganisationFactory
from tests.reading import page_of, words
from tests.startups.coworking.checking import broken_promises
from tests.startups.coworking.days import moment
from tests.startups.coworking.desk_world import House, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with clock.held_at(moment("07:45")):
        yield


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def clerk(house: House) -> Any:
    return browser_of(house.clerk)


@pytest.fixture
def address(house: House) -> str:
    return reverse("coworking_desk:import", args=[house.space.slug])


def workbook(*rows: Sequence[Any]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Tiêu đề"] * 8)
    for row in rows:
        book.worksheets[0].append(list(row))
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("dat-cho.xlsx", file.getvalue())


def row(house: House, place: str = "Phòng họp", **more: Any) -> list[Any]:
    facts = {"email": house.founder.email, "organisation": "", "place": place}
    facts |= {"day": "30/11/2026", "starts": "09:00", "ends": "10:00", "people": 2, "purpose": ""}
    return list((facts | more).values())


def results(page: Any) -> list[bool]:
    """Which rows are good."""
    return [bool(one.select(".chip--ok")) for one in page.select("tbody tr")]


def test_shown_first_and_then_booked_through_the_same_verb(
    house: House, clerk: Any, address: str
) -> None:
    file = workbook(
        row(house, day=moment("00:00").replace(tzinfo=None), starts=moment("09:00").time()),
        row(house, purpose="Trùng với dòng trên"),
        row(house, "bàn mở", people=1),
        row(house, "Không có"),
        row(house, "Bàn mở", email="ai@example.vn"),
        row(house, "Bàn mở", day="40/11/2026"),
        row(house, "Bàn mở", starts="05:00"),
        row(house, "Bàn mở", people="nhiều"),
    )
    page = page_of(clerk.post(address, {"file": file}))
    assert results(page) == [True, False, True, False, False, False, False, False]
    assert not Booking.objects.exists()
    assert not Notice.objects.exists()
    assert not Shortage.objects.exists()
    sealed = page.select_one("[name=rows]")["value"]
    page = page_of(clerk.post(address, {"rows": sealed}))
    assert results(page)[:3] == [True, False, True]
    made = list(Booking.objects.order_by("pk"))
    assert [one.organisation for one in made] == [house.company] * 2
    assert {one.booked_by for one in made} == {house.clerk}
    assert Notice.objects.filter(recipient=house.founder).count() == 2
    assert broken_promises() == []


def test_the_same_file_twice_books_once(house: House, clerk: Any, address: str) -> None:
    for expected in (True, False):
        page = page_of(clerk.post(address, {"file": workbook(row(house, "Bàn mở", people=1))}))
        assert results(page) == [expected]
        if expected:
            sealed = page.select_one("[name=rows]")["value"]
            clerk.post(address, {"rows": sealed})
            clerk.post(address, {"rows": sealed})
    assert Booking.objects.count() == 1


def test_a_person_of_several_organisations_needs_a_word(
    house: House, clerk: Any, address: str
) -> None:
    OrganisationFactory(owner=house.founder, name="Hợp tác xã Dừa", verified_at=clock.now())
    file = workbook(
        row(house),
        row(house, organisation="hop tac xa dua"),
        row(house, "Bàn mở", organisation="Công ty khác", people=1),
    )
    assert results(page_of(clerk.post(address, {"file": file}))) == [False, True, False]


def packed(content: bytes, name: str = "xl/workbook.xml") -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 half a file",
        b"name,place\n",
        packed(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        packed(b" " * 25_000_000),
        b"0" * 1_000_001,
    ],
    ids=["empty", "cut off", "text", "entities", "bomb", "too long"],
)
def test_what_is_no_harmless_workbook_is_refused_with_a_sentence(
    clerk: Any, address: str, content: bytes
) -> None:
    answer = clerk.post(address, {"file": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code == 422
    assert b"error-summary" in answer.content


def test_formulas_are_text_and_too_many_rows_are_too_many(
    house: House, clerk: Any, address: str
) -> None:
    formula = '=HYPERLINK("http://example.vn")'
    page = page_of(clerk.post(address, {"file": workbook(row(house, purpose=formula))}))
    sealed = page.select_one("[name=rows]")["value"]
    clerk.post(address, {"rows": sealed})
    assert Booking.objects.get().purpose == formula
    many = workbook(*[row(house)] * 201)
    assert clerk.post(address, {"file": many}).status_code == 422


@pytest.mark.parametrize("sealed", ["", "x:y:z", "\x00", "eyJ9:1:abc"])
def test_rows_that_were_not_shown_are_not_booked(clerk: Any, address: str, sealed: str) -> None:
    assert clerk.post(address, {"rows": sealed}).status_code == 422
    assert not Booking.objects.exists()


def test_the_empty_file_names_the_places(house: House, clerk: Any, address: str) -> None:
    answer = clerk.get(reverse("coworking_desk:import_template", args=[house.space.slug]))
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert len(list(book.worksheets[0][1])) == 8
    assert {cell.value for cell in book.worksheets[1]["A"]} == {"Bàn mở", "Phòng họp", "Hội trường"}
    desk = page_of(clerk.get(reverse("coworking_desk:today", args=[house.space.slug])))
    assert words(desk.select_one(f'a[href="{address}"]'))
