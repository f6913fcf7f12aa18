"""Imports from Excel: each fault named, all or nothing, twice the same changes nothing."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events.techmart.importing import running, templates
from events.techmart.importing.columns import COLUMNS
from events.techmart.models import Demand, ImportedRow, ImportRun, Offer
from portal.accounts.models import Organisation, User
from portal.core.verdicts import Refused
from tests.factories import core as files
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db

TAX_CODE = "3999900012"
GOOD = {
    "Mã số thuế đơn vị": TAX_CODE,
    "Tên công nghệ": "Máy ép cọng lục bình",
    "Loại đối tượng": "Thiết bị, dây chuyền",
    "Vấn đề giải quyết": "Lục bình vớt lên để thối, không ai mua.",
    "Tóm tắt": "Máy ép khô cọng lục bình trong ngày.",
    "Ưu điểm so với cách đang làm": "Không phải phơi năm ngày.",
    "Mức độ phát triển": "Đã thương mại hóa",
    "Hình thức chuyển giao": "Mua bán máy móc, thiết bị kèm theo",
    "Cây trồng, vật nuôi, sản phẩm": "Lúa; Mía",
    "Giá từ": "30 triệu",
    "Giá đến": "1,2 tỷ",
    "Đầu mối": "Ngô Thị Mẫu",
    "Điện thoại đầu mối": "0912345678",
}
HEADINGS = {kind: [column.heading for column in columns] for kind, columns in COLUMNS.items()}


@pytest.fixture
def company(db: None) -> Organisation:
    return OrganisationFactory(name="Cơ khí Lục Bình", tax_code=TAX_CODE)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def row(number: int, **changed: Any) -> dict[str, Any]:
    """A sound row with a name and a key of its own."""
    own = {"Tên công nghệ": f"Máy ép cọng lục bình số {number}", "Mã ở nguồn": f"LB-{number}"}
    return GOOD | own | {name.replace("_", " "): value for name, value in changed.items()}


def workbook(rows: Sequence[dict[str, Any]], kind: str = "offer") -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Dữ liệu")
    sheet.append(HEADINGS[kind])
    for one in rows:
        sheet.append([one.get(heading) for heading in HEADINGS[kind]])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(content: bytes, by: User, *, pictures: bytes | None = None, **options: Any) -> ImportRun:
    """Sent and checked, as the background does it."""
    zipped = SimpleUploadedFile("anh.zip", pictures) if pictures else None
    sent = running.send(
        SimpleUploadedFile("chao-ban.xlsx", content),
        zipped,
        options.pop("kind", "offer"),
        options.pop("source", "Excel Sở"),
        by,
        **options,
    )
    running.check.func(sent.pk)
    sent.refresh_from_db()
    return sent


def imported(run: ImportRun, by: User, *, tick: bool = False) -> ImportRun:
    running.carry_out(run, by, no_state_secret=tick)
    running.bring_in.func(run.pk, by.pk)
    run.refresh_from_db()
    return run


def findings(run: ImportRun) -> set[tuple[int, str, str]]:
    return {(one["row"], one["column"], one["code"]) for one in run.report if one["is_fault"]}


FAULTS: Sequence[tuple[str, Any, str]] = (
    ("Tên công nghệ", None, "required"),
    ("Tên công nghệ", "ă" * 201, "too_long"),
    ("Loại đối tượng", "Thiết bị bay", "unknown_word"),
    ("Mã số thuế đơn vị", "0000000000", "unknown_owner"),
    ("Giá từ", "rẻ lắm", "not_money"),
    ("Mức sẵn sàng (TRL)", 12, "not_trl"),
    ("Xã, phường", "Xã Không Có", "unknown_unit"),
    ("Email đầu mối", "khong-phai-thu", "not_an_email"),
    ("Đường dẫn gốc", "javascript:alert(1)", "not_an_address"),
    ("Ẩn danh bên cung", "có lẽ", "not_yes_or_no"),
)
"""(column, what is typed, code of the fault)."""


def test_two_hundred_faults_among_five_thousand_rows_are_each_named(
    company: Organisation, officer: User
) -> None:
    rows = [row(number) for number in range(5_000)]
    expected = set()
    for place in range(200):
        at = place * 25 + 7
        column, typed, code = FAULTS[place % len(FAULTS)]
        rows[at][column] = typed
        expected.add((at + 2, column, code))
    run = send(workbook(rows), officer)
    assert (run.state, run.rows, run.faulty) == ("checked", 5_000, 200)
    assert findings(run) == expected
    assert all(len(one["text"]) > 10 for one in run.report)
    with pytest.raises(Refused) as no:
        running.carry_out(run, officer, no_state_secret=True)
    assert no.value.code == "faulty"
    assert not Offer.objects.exists()
    assert not ImportedRow.objects.exists()


def test_ten_times_the_rows_take_no_more_memory(company: Organisation, officer: User) -> None:
    def peak(size: int) -> int:
        content = workbook([row(number) for number in range(size)])
        tracemalloc.start()
        try:
            send(content, officer)
            return tracemalloc.get_traced_memory()[1] - len(content)
        finally:
            tracemalloc.stop()

    peak(50)  # what is loaded once
    assert peak(2_000) < 2.5 * peak(200)


def test_the_same_file_twice_changes_nothing(company: Organisation, officer: User) -> None:
    content = workbook([row(number) for number in range(12)])
    first = imported(send(content, officer), officer)
    assert (first.state, first.new, first.changed, first.same) == ("done", 12, 0, 0)
    made = Offer.objects.select_related("standing").get(standing__external_id="LB-3")
    draft = made.get_latest_revision_as_object()
    assert (draft.title, draft.price_min, draft.price_max) == (
        "Máy ép cọng lục bình số 3",
        30_000_000,
        1_200_000_000,
    )
    assert sorted(term.label for term in draft.crops.all()) == ["Lúa", "Mía"]
    assert not made.live
    assert made.standing.organisation == company
    assert made.standing.source == "Excel Sở"
    revisions = set(Offer.objects.values_list("pk", "latest_revision"))
    again = imported(send(content, officer), officer)
    assert (again.state, again.new, again.changed, again.same) == ("done", 0, 0, 12)
    assert set(Offer.objects.values_list("pk", "latest_revision")) == revisions
    rows = [row(number) for number in range(12)]
    rows[3]["Giá đến"] = "1,5 tỷ"
    third = imported(send(workbook(rows), officer), officer)
    assert (third.new, third.changed, third.same) == (0, 1, 11)
    made = Offer.objects.get(pk=made.pk)
    assert made.get_latest_revision_as_object().price_max == 1_500_000_000


def test_what_has_changed_since_the_check_stops_all_of_it(
    company: Organisation, officer: User
) -> None:
    run = send(workbook([row(1), row(2)]), officer)
    Organisation.objects.filter(pk=company.pk).update(tax_code="3999900037")
    done = imported(run, officer)
    assert done.state == "refused"
    assert done.report[0]["code"] == "changed_meanwhile"
    assert not Offer.objects.exists()


def test_new_records_go_live_only_with_the_tick(company: Organisation, officer: User) -> None:
    run = send(workbook([row(1)]), officer, publish=True)
    with pytest.raises(Refused) as no:
        running.carry_out(run, officer, no_state_secret=False)
    assert no.value.code == "not_secrecy_checked"
    imported(run, officer, tick=True)
    assert Offer.objects.public().get().title == "Máy ép cọng lục bình số 1"
    lacking = row(2)
    del lacking["Tóm tắt"]
    assert findings(send(workbook([lacking]), officer, publish=True)) == {
        (2, "Tóm tắt", "required")
    }


def test_demands_come_in_too(officer: User) -> None:
    told = {
        "Tên nhu cầu": "Xử lý mùi trại heo",
        "Bài toán cần giải quyết": "Dân phản ánh mỗi chiều.",
        "Ngân sách từ": "30 triệu",
        "Cần trước ngày": "31/12/2027",
        "Mã ở nguồn": "NC-1",
    }
    run = imported(send(workbook([told], "demand"), officer, kind="demand"), officer)
    assert run.state == "done"
    draft = Demand.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.budget_min, str(draft.needed_by)) == (
        "Xử lý mùi trại heo",
        30_000_000,
        "2027-12-31",
    )


def test_pictures_come_from_the_zip_and_need_words(company: Organisation, officer: User) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("anh/may-ep.png", files.picture())
        archive.writestr("hong.png", b"not a picture")
    with_picture = row(1, Ảnh="may-ep.png", Mô_tả_ảnh="Máy ép bên bờ kênh")
    lost = row(2, Ảnh="khong-co.png", Mô_tả_ảnh="Không có")
    silent = row(3, Ảnh="may-ep.png")
    broken = row(4, Ảnh="hong.png", Mô_tả_ảnh="Ảnh hỏng")
    run = send(workbook([with_picture, lost, silent, broken]), officer, pictures=held.getvalue())
    assert {(number, column) for number, column, _code in findings(run)} == {
        (3, "Ảnh"),
        (4, "Mô tả ảnh"),
        (5, "Ảnh"),
    }
    imported(send(workbook([with_picture]), officer, pictures=held.getvalue()), officer)
    draft = Offer.objects.get().get_latest_revision_as_object()
    assert [picture.alt for picture in draft.pictures.all()] == ["Máy ép bên bờ kênh"]


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


BOOK = {"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}
DANGEROUS = {
    "an old .xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
    "no archive": (b"MZ nothing of Excel", "damaged"),
    "a Word file": (_zip({"word/document.xml": b"<d/>"}), "wrong_type"),
    "macros": (_zip(BOOK | {"xl/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (_zip(BOOK | {"[Content_Types].xml": b"<T>macroEnabled</T>"}), "macros"),
    "another program's object": (_zip(BOOK | {"xl/embeddings/a.bin": b"x"}), "embedded"),
    "entities": (
        _zip(BOOK | {"xl/sharedStrings.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}),
        "entities",
    ),
    "a bomb": (_zip(BOOK | {"xl/worksheets/sheet1.xml": b"0" * 40_000_000}), "bomb"),
}


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_is_dangerous_is_not_opened(officer: User, what: str) -> None:
    content, code = DANGEROUS[what]
    with pytest.raises(Refused) as no:
        send(content, officer)
    assert no.value.code == code
    assert not ImportRun.objects.exists()


def test_a_formula_is_no_value(company: Organisation, officer: User) -> None:
    run = send(workbook([row(1), row(2, Tóm_tắt='=HYPERLINK("http://x")')]), officer)
    assert findings(run) == {(3, "Tóm tắt", "formula")}
    report = openpyxl.load_workbook(io.BytesIO(templates.report(run))).active
    assert [cell.value for cell in report[2]][:2] == [3, "Tóm tắt"]


def test_the_template_is_read_as_it_is(company: Organisation, officer: User) -> None:
    for kind in COLUMNS:
        book = openpyxl.load_workbook(io.BytesIO(templates.template(kind)))
        assert book.sheetnames == ["Dữ liệu", "Cách điền", "Danh mục"]
        said = send(templates.template(kind), officer, kind=kind)
        assert (said.state, said.rows, said.faulty) == ("checked", 0, 0)


# Screens ------------------------------------------------------------------------------------


@pytest.fixture
def office(officer: User, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(officer)


def test_the_whole_way_through_the_pages(
    site: object,
    company: Organisation,
    office: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    address = reverse("techmart_import:runs")
    page = page_of(office.get(address))
    assert page.select_one("form[enctype]")
    upload = SimpleUploadedFile("sai.xlsx", b"MZ", "application/octet-stream")
    facts = {"kind": "offer", "source": "Excel Sở", "workbook": upload}
    refused = page_of(office.post(address, facts), 422)
    assert "Excel" in words(refused)
    assert refused.select_one("[name=source]")["value"] == "Excel Sở"
    sent = office.post(
        address, facts | {"workbook": SimpleUploadedFile("tot.xlsx", workbook([row(1)]))}
    )
    run = ImportRun.objects.get()
    assert sent["Location"] == reverse("techmart_import:run", args=[run.key])
    waiting = office.get(sent["Location"])
    assert waiting["Refresh"] == "3"
    running.check.func(run.pk)
    checked = page_of(office.get(sent["Location"]))
    with django_capture_on_commit_callbacks(execute=False):
        assert office.post(checked.select("form[action*=import]")[-1]["action"]).status_code == 302
    running.bring_in.func(run.pk, run.started_by_id)
    done = office.get(sent["Location"])
    assert "Refresh" not in done
    assert "Đã nhập" in words(page_of(done))
    assert Offer.objects.get().title == "Máy ép cọng lục bình số 1"
    listed = page_of(office.get(address))
    assert "tot.xlsx" in words(listed)
    book = office.get(reverse("techmart_import:report", args=[run.key]))
    assert book["Content-Type"].endswith("sheet")


def test_progress_is_shown_while_it_runs(
    site: object, company: Organisation, officer: User, office: Client
) -> None:
    run = send(workbook([row(number) for number in range(250)]), officer)
    ImportRun.objects.filter(pk=run.pk).update(state="checking")
    page = words(page_of(office.get(reverse("techmart_import:run", args=[run.key]))))
    assert "đã đọc 200 dòng" in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same(
    site: object, office: Client, officer: User, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        ImportRun.objects.create(
            kind="offer", name=f"{number}.xlsx", source="Excel Sở", started_by=officer
        )
    address = reverse("techmart_import:runs")
    office.get(address)
    with django_assert_max_num_queries(20):
        assert len(page_of(office.get(address)).select("tbody tr")) == count


def test_others_import_nothing(site: object, signed_in: Callable[[Any], Client]) -> None:
    editor = UserFactory(editor=True)
    with pytest.raises(Refused) as no:
        running.send(SimpleUploadedFile("a.xlsx", b"x"), None, "offer", "x", editor)
    assert no.value.code == "not_officer"
