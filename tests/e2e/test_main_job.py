"""One season from an empty database to the published result, by eight people in browsers.

Nobody touches the shell: only the roles, the founded site and three staff accounts are there.
The clock is moved between the phases, because a season takes weeks.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core import mail
from django.utils.translation import gettext as say
from openpyxl import load_workbook
from playwright.sync_api import expect

from competitions.calls.models import Competition
from tests.e2e import calling, deciding, entering, judging, screening
from tests.e2e.entrance import sign_in_by_code, sign_up
from tests.e2e.mails import link_to, newest_to
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.e2e.site_editing import publish_page
from tests.factories.accounts import UserFactory
from tests.factories.core import pdf

pytestmark = in_browser

COMPETITION = "Cuộc thi Khởi nghiệp đổi mới sáng tạo Tây Ninh năm 2026"
PAGE = "/cuoc-thi/cuoc-thi-khoi-nghiep-doi-moi-sang-tao-tay-ninh-nam-2026/"
"""What the portal makes of the titles that the editor typed."""
TRACK = "Ý tưởng"
STAGE = f"Vòng hồ sơ · {TRACK}"
OTHER_STAGE = "Vòng hồ sơ · Dự án"
DATES = {
    "opens_at": "23/11/2026 08:00",
    "closes_at": "27/11/2026 17:00",
    "marking_opens_at": "28/11/2026 08:00",
    "marking_closes_at": "02/12/2026 17:00",
    "results_at": "04/12/2026 09:00",
    "places": "1",
    "judges_per_entry": "2",
}
CASSAVA = "Màng sinh học từ bã khoai mì"
CUSTARD = "Sổ tay vườn mãng cầu"
OFFICER, DIRECTOR = "chuyenvien@demo.example", "lanhdao@demo.example"
EDITOR = "bientap@demo.example"
HANH, TAM = "hanh@demo.example", "tam@demo.example"
LAN, PHUC = "lan@demo.example", "phuc@demo.example"


class Cast:
    """The eight: three of the department, two founders, two judges, and a citizen."""

    def __init__(self, person: Callable[..., Person]) -> None:
        for role, email, full_name in (
            ("officer", OFFICER, "Ngô Thị Thu"),
            ("director", DIRECTOR, "Võ Minh Đức"),
            ("editor", EDITOR, "Đặng Hải Yến"),
        ):
            UserFactory(email=email, full_name=full_name, **{role: True})
        self.officer, self.director, self.editor = person(), person(width=390), person()
        self.hanh, self.tam = person(), person(width=390)
        self.lan, self.phuc = person(), person(width=820)
        self.visitor = person(width=390)


def test_a_season_from_call_to_published_result(
    person: Callable[..., Person], clock_at: Callable[..., Any]
) -> None:
    cast = Cast(person)
    with clock_at("2026-11-23 09:00"):
        the_officer_calls(cast)
        the_editor_tells(cast)
        everybody_reads_the_call(cast)
    with clock_at("2026-11-24 14:00"):
        key = hanh_applies(cast)
        tam_joins_and_enters_too(cast, key)
    with clock_at("2026-11-27 16:00"):
        hanh_submits_again(cast, key)
    with clock_at("2026-11-27 17:05"):
        nobody_is_late(cast)
        the_officer_screens(cast)
    with clock_at("2026-11-28 09:00"):
        tam_completes(cast)
        the_officer_forms_the_panel(cast)
    with clock_at("2026-11-30 19:30"):
        the_judges_mark(cast)
    with clock_at("2026-12-03 08:00"):
        the_panel_decides(cast)
        the_result_is_approved_and_published(cast)
        everybody_reads_the_result(cast)


def the_officer_calls(cast: Cast) -> None:
    officer = cast.officer
    sign_in_by_code(officer, OFFICER)
    overview = calling.create_competition(
        officer, {"title": COMPETITION, "year": "2026", "code_prefix": "KN2026"}
    )
    calling.set_up_standard_season(officer, overview)
    calling.give_dates(officer, overview, STAGE, DATES)
    calling.give_dates(officer, overview, OTHER_STAGE, DATES)
    officer.go(overview)
    officer.reads("Tính mới, tính sáng tạo", "Giải nhất")
    calling.announce(officer, overview)
    assert Competition.objects.get().state == Competition.State.ANNOUNCED


def the_editor_tells(cast: Cast) -> None:
    editor = cast.editor
    sign_in_by_code(editor, EDITOR)
    home = say("Innovation portal")
    publish_page(editor, [home], "season/competitionindexpage", {"title": "Cuộc thi"})
    publish_page(
        editor,
        [home, "Cuộc thi"],
        "season/competitionpage",
        {"title": COMPETITION, "summary": "Hai bảng thi, nộp hồ sơ trực tuyến."},
        {"competition": COMPETITION},
    )
    publish_page(editor, [home], "news/newsindexpage", {"title": "Tin tức"})
    publish_page(
        editor,
        [home, "Tin tức"],
        "news/articlepage",
        {"title": "Phát động cuộc thi năm 2026", "summary": "Nhận hồ sơ đến hết ngày 27/11/2026."},
    )


def everybody_reads_the_call(cast: Cast) -> None:
    visitor = cast.visitor
    visitor.go("/")
    visitor.reads("Phát động cuộc thi năm 2026")
    visitor.go(PAGE)
    visitor.reads(say("Timeline"), "17:00 27/11/2026", "Tính mới, tính sáng tạo", "30.000.000")
    expect(visitor.page.locator(".timeline [aria-current]")).to_have_count(1)
    visitor.go("/tin-tuc/phat-dong-cuoc-thi-nam-2026/")
    visitor.reads("Nhận hồ sơ đến hết ngày 27/11/2026.")


def hanh_applies(cast: Cast) -> str:
    hanh = cast.hanh
    hanh.go(PAGE)
    hanh.press(say("Enter the competition"))
    hanh.press(say("Sign Up"))
    sign_up(hanh, "Nguyễn Thị Hạnh", HANH)
    key = entering.begin_entry(hanh, COMPETITION, TRACK, CASSAVA, entering.GROUP)
    entering.fill_in(hanh, key, entering.IDEA)
    entering.open_section(hanh, key, "Tài liệu")
    entering.add_file(hanh, "Giấy chứng nhận", "Kết quả thử nghiệm.pdf", pdf(2))
    entering.name_member(hanh, key, "Trần Văn Tâm", "Công nghệ", TAM)
    entering.submit(hanh, key)
    hanh.reads("KN2026-001", say("The entry was received"))
    receipt = newest_to(HANH, "KN2026-001")
    shown = hanh.page.locator(".hash").inner_text().replace(" ", "").replace("\n", "")
    assert shown in str(receipt.body).replace(" ", "").replace("\n", "")
    return key


def tam_joins_and_enters_too(cast: Cast, key: str) -> None:
    tam = cast.tam
    sign_up(tam, "Trần Văn Tâm", TAM)
    entering.agree_to_be_named(tam, TAM)
    assert tam.path == key
    entering.open_section(tam, key, "Vấn đề và giải pháp")
    entering.answer(tam, {"Vấn đề cần giải quyết": "Bã khoai mì gây ô nhiễm rạch; tốn phí xử lý."})
    entering.save_section(tam)

    own = entering.begin_entry(tam, COMPETITION, TRACK, CUSTARD, entering.ALONE)
    entering.fill_in(tam, own, entering.IDEA)
    entering.submit(tam, own)
    tam.reads("KN2026-002")


def hanh_submits_again(cast: Cast, key: str) -> None:
    hanh = cast.hanh
    hanh.go(key)
    hanh.reads(say("Changes not yet submitted"))
    hanh.go(f"{key}review/")
    hanh.reads("tốn phí xử lý", "Trần Văn Tâm")
    entering.submit(hanh, key, again=True)
    hanh.reads("KN2026-001")
    expect(hanh.page.locator("dd", has_text="2").first).to_be_visible()


def nobody_is_late(cast: Cast) -> None:
    """Five minutes after the deadline: a clear refusal, and the entry stays readable."""
    cast.tam.go("/workspace/entries/")
    cast.tam.does_not_read(say("Taking entries now"))
    competition = Competition.objects.get()
    cast.tam.go(f"/workspace/entries/new/{competition.pk}/")
    cast.tam.reads(say("No track of this competition takes entries now"))
    cast.visitor.go(PAGE)
    cast.visitor.does_not_read(say("Enter the competition"))


def the_officer_screens(cast: Cast) -> None:
    officer = cast.officer
    officer.go("/admin/entries/")
    officer.reads("KN2026-001", "KN2026-002")
    rows = workbook_rows(officer.downloads(say("Excel")).read_bytes())
    assert {CASSAVA, CUSTARD} <= {str(cell) for row in rows for cell in row}
    screening.mark_eligible(officer, CASSAVA)
    screening.ask_to_complete(
        officer, CUSTARD, "Nêu rõ khách hàng đã thử nghiệm.", "2026-11-29", "17:00"
    )


def tam_completes(cast: Cast) -> None:
    tam = cast.tam
    tam.go(link_to(TAM, "Nêu rõ khách hàng đã thử nghiệm."))
    tam.reads("Nêu rõ khách hàng đã thử nghiệm.")
    entry = tam.path
    entering.open_section(tam, entry, "Thị trường và mô hình kinh doanh")
    entering.answer(tam, {"Khách hàng và thị trường": "Mười hai nhà vườn ở Tân Hưng đã dùng thử."})
    entering.save_section(tam)
    entering.submit(tam, entry, again=True)
    screening.mark_eligible(cast.officer, CUSTARD)


def the_officer_forms_the_panel(cast: Cast) -> None:
    officer = cast.officer
    judging.invite(officer, STAGE, "Lê Thị Lan", "Trưởng khoa Công nghệ", LAN)
    judging.invite(officer, STAGE, "Phạm Văn Phúc", "Giám đốc quỹ", PHUC)
    for judge, email in ((cast.lan, LAN), (cast.phuc, PHUC)):
        judging.come_in(judge, email)
        judging.accept_invitation(judge)
        judge.does_not_read(CASSAVA, CUSTARD)
    assert judging.assign_everything(officer, STAGE) == 4
    judging.open_marking(officer, STAGE)


def the_judges_mark(cast: Cast) -> None:
    lan, phuc = cast.lan, cast.phuc
    lan.go("/judging/")
    lan.reads(CASSAVA, CUSTARD)

    judging.open_sheet(lan, "KN2026-001")
    lan.reads("tốn phí xử lý", "Kết quả thử nghiệm.pdf")
    lan.does_not_read(HANH, TAM)
    judging.type_marks(lan, ["22,5", "20.5", "18", "12,5", "13"])
    judging.expect_total(lan, "86,50")
    judging.comment(lan, "Ý tưởng rõ, nên thử thêm với nhà máy lớn.")
    judging.complete_sheet(lan, "KN2026-001")
    judging.open_sheet(lan, "KN2026-002")
    judging.type_marks(lan, ["15", "14", "12", "10", "9"])
    judging.complete_sheet(lan, "KN2026-002")
    judging.hand_in(lan)

    judging.open_sheet(phuc, "KN2026-001")
    judging.type_marks(phuc, ["21", "20", "17", "12", "12"])
    judging.complete_sheet(phuc, "KN2026-001")
    judging.open_sheet(phuc, "KN2026-002")
    judging.type_marks(phuc, ["16", "15", "13", "11", "10"])
    judging.expect_total(phuc, "65,00")
    judging.complete_sheet(phuc, "KN2026-002")
    judging.hand_in(phuc)


def the_panel_decides(cast: Cast) -> None:
    officer = cast.officer
    judging.close_marking(officer, STAGE)
    judging.open_round(officer, STAGE, "ranking")
    first, second = officer.page.locator("tr[data-entry]").all()
    expect(first).to_contain_text("84,25")
    expect(second).to_contain_text("62,50")
    rows = workbook_rows(officer.downloads(say("Scores as an Excel file")).read_bytes())
    assert any("KN2026-001" in map(str, row) for row in rows)
    deciding.settle(officer, STAGE, {"KN2026-001": "advanced", "KN2026-002": "not_advanced"})


def the_result_is_approved_and_published(cast: Cast) -> None:
    cast.visitor.go(PAGE)
    with cast.visitor.expecting(404):
        cast.visitor.go(f"{PAGE}ket-qua/")
    facts = {
        "number": "128/QĐ-SKHCN",
        "decided_on": "02/12/2026",
        "signatory": "Võ Minh Đức, Giám đốc Sở",
    }
    deciding.prepare_decision(cast.officer, STAGE, facts, pdf())
    sign_in_by_code(cast.director, DIRECTOR)
    deciding.approve(cast.director, STAGE)
    mail.outbox.clear()
    deciding.publish(cast.officer, STAGE)


def everybody_reads_the_result(cast: Cast) -> None:
    visitor = cast.visitor
    visitor.go(PAGE)
    visitor.page.get_by_role("link", name=say("See the results")).first.click()
    visitor.reads("128/QĐ-SKHCN", CASSAVA, CUSTARD, "84,25", "Nguyễn Thị Hạnh")
    visitor.does_not_read("Phạm Văn Phúc")
    expect(visitor.page.get_by_role("link", name="Quyết định.pdf")).to_be_visible()

    hanh = cast.hanh
    hanh.go(link_to(HANH, "/feedback/"))
    hanh.reads("Ý tưởng rõ, nên thử thêm với nhà máy lớn.", "84,25")
    cast.tam.go(link_to(TAM, "/feedback/"))
    cast.tam.reads("62,5")


def workbook_rows(content: bytes) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(content), read_only=True)
    try:
        return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()
