"""The officer's list, a dossier, decisions, Excel."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from openpyxl import load_workbook

from competitions.entries.admin.exporting import safe
from competitions.entries.models import Entry
from portal.accounts.roles import DIRECTORS
from portal.core import clock
from portal.core.models import Notice
from tests.factories.accounts import OrganisationFactory
from tests.factories.entries import EntryFactory, FounderFactory, OpenCompetitionFactory
from tests.factories.entries import officer as make_officer
from tests.reading import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def browser(officer, signed_in):
    return signed_in(officer)


@pytest.fixture
def director():
    user = FounderFactory(full_name="Lê Lãnh Đạo", is_staff=True)
    user.groups.add(Group.objects.get(name=DIRECTORS))
    return user


def rows(response):
    table = page_of(response).select("table.listing tbody tr")
    return [row.select_one("th").get_text(strip=True) for row in table]


def text(response):
    return " ".join(page_of(response, None).get_text(" ").split())


def listed(browser, **query):
    return rows(browser.get(reverse("entries_admin:list"), query))


def test_drafts_are_never_listed(browser):
    EntryFactory(filled=True, title="Bản nháp kín")
    EntryFactory(submitted=True, title="Đã nộp")
    assert listed(browser) == ["Đã nộp"]


def test_filters_live_in_the_address(browser):
    one, two = OpenCompetitionFactory(), OpenCompetitionFactory()
    EntryFactory(competition=one, eligible=True, title="A")
    EntryFactory(competition=one, track=one.tracks.last(), submitted=True, title="B")
    EntryFactory(competition=two, submitted=True, title="C")
    assert listed(browser, competition=one.pk, sort="title") == ["A", "B"]
    assert listed(browser, competition=one.pk, state="eligible") == ["A"]
    assert listed(browser, track=one.tracks.last().pk) == ["B"]
    assert listed(browser, competition="abc", track="9" * 30, state="x", sort="y", page="z") == [
        "C",
        "B",
        "A",
    ]


def test_search_finds_title_code_person_and_organisation_without_accents(browser):
    organisation = OrganisationFactory(name="Hợp tác xã Mãng Cầu Bà Đen")
    entry = EntryFactory(
        submitted=True,
        title="Đổi mới nông nghiệp",
        captain__full_name="Nguyễn Thị Đượm",
        applicant=Entry.Applicant.ORGANISATION,
        organisation=organisation,
    )
    EntryFactory(submitted=True)
    for words in ("doi moi", "ĐỔI MỚI", entry.code.lower(), "duom", "mang cau ba den"):
        assert listed(browser, q=words) == ["Đổi mới nông nghiệp"], words
    assert listed(browser, q="không có đâu") == []
    assert "Không có hồ sơ nào phù hợp" in text(
        browser.get(reverse("entries_admin:list"), {"q": "không có đâu"})
    )


def test_counts_stand_beside_each_state(browser):
    EntryFactory(submitted=True)
    EntryFactory(eligible=True)
    page = browser.get(reverse("entries_admin:list"), {"state": "eligible"})
    assert "Tất cả 2" in text(page)
    assert "Hợp lệ 1" in text(page)


@pytest.mark.parametrize("count", [1, 3, 100])
def test_queries_of_the_list_do_not_grow(browser, count, django_assert_num_queries):
    competition = OpenCompetitionFactory()
    for _number in range(count):
        EntryFactory(competition=competition, submitted=True)
    address = reverse("entries_admin:list")
    browser.get(address)
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(address)
    assert len(rows(page)) == min(count, 50)


LIST_QUERIES = 15


def test_the_dossier_shows_what_judges_read_and_contacts_beside(browser):
    entry = EntryFactory(submitted=True)
    page = browser.get(reverse("entries_admin:entry", args=[entry.pk]))
    assert "Trả lời về tóm tắt" in text(page)
    assert entry.captain.email in text(page)
    assert entry.submissions.get().receipt in text(page)
    dossier = page_of(page, None).select_one(".dossier")
    assert entry.captain.email not in dossier.get_text()


def act(browser, entry, name, **fields):
    data = {"act": name, **{f"{name}-{field}": value for field, value in fields.items()}}
    return browser.post(reverse("entries_admin:screen", args=[entry.pk]), data)


def test_an_officer_decides_in_each_way(browser):
    entry = EntryFactory(submitted=True)
    day = (clock.today() + timedelta(days=3)).isoformat()
    assert act(browser, entry, "ask", what="Thiếu phụ lục", until_day=day, until_time="17:00")
    entry.refresh_from_db()
    assert entry.state == Entry.State.ASKED
    act(browser, entry, "ineligible", reason="Không bổ sung")
    entry.refresh_from_db()
    assert entry.state == Entry.State.INELIGIBLE
    act(browser, entry, "again", reason="Đã xem lại")
    act(browser, entry, "eligible")
    entry.refresh_from_db()
    assert entry.state == Entry.State.ELIGIBLE
    assert Notice.objects.filter(recipient=entry.captain).count() == 4
    page = text(browser.get(reverse("entries_admin:entry", args=[entry.pk])))
    assert "Không bổ sung" in page
    assert "Yêu cầu bổ sung" in page


def test_only_what_may_be_decided_now_is_offered(browser):
    entry = EntryFactory(eligible=True)
    address = reverse("entries_admin:entry", args=[entry.pk])
    assert "Kiểm tra lại hồ sơ" in text(browser.get(address))
    entry.track.round_tracks.update(state="marking")
    page = text(browser.get(address))
    assert "Kiểm tra lại hồ sơ" not in page
    assert "Đã bắt đầu chấm điểm, không thể kiểm tra lại hồ sơ" in page


def test_a_decision_without_its_reason_or_day_is_explained(browser):
    entry = EntryFactory(submitted=True)
    assert act(browser, entry, "ineligible", reason=" ").status_code == 422
    answer = act(browser, entry, "ask", what="Giữ lại câu này", until_day="31/02/2026")
    assert answer.status_code == 422
    assert "Giữ lại câu này" in text(answer)
    past = act(browser, entry, "ask", what="A", until_day="2020-01-01", until_time="10:00")
    assert "thời điểm trong tương lai" in text(past)
    entry.refresh_from_db()
    assert entry.state == Entry.State.SUBMITTED


def test_an_impossible_decision_is_refused_with_a_sentence(browser):
    entry = EntryFactory(eligible=True)
    answer = act(browser, entry, "eligible")
    assert answer.status_code == 422
    assert "không ở trạng thái chờ quyết định" in text(answer)
    assert act(browser, entry, "nonsense").status_code == 302


def test_a_director_reads_and_decides_nothing(director, signed_in):
    entry = EntryFactory(submitted=True)
    browser = signed_in(director)
    page = browser.get(reverse("entries_admin:entry", args=[entry.pk]))
    assert page.status_code == 200
    assert not page_of(page, None).select("button[name=act]")
    assert act(browser, entry, "eligible").status_code == 403
    assert listed(browser) == [entry.title]
    browser.post(reverse("entries_admin:mark_several"), {"entry": [entry.pk]})
    entry.refresh_from_db()
    assert entry.state == Entry.State.SUBMITTED


@pytest.mark.parametrize("sent", ["²", "x", "9" * 40, ""])
def test_a_tick_that_is_no_number_marks_nothing(browser, sent):
    entry = EntryFactory(submitted=True)
    answer = browser.post(reverse("entries_admin:mark_several"), {"entry": [sent]}, follow=True)
    assert answer.status_code == 200
    entry.refresh_from_db()
    assert entry.state == Entry.State.SUBMITTED


def test_several_are_marked_at_once_and_refusals_are_named(browser):
    fine, done = EntryFactory(submitted=True), EntryFactory(eligible=True)
    answer = browser.post(
        reverse("entries_admin:mark_several"),
        {"entry": [fine.pk, done.pk, "x", "9" * 30]},
        follow=True,
    )
    assert "Đã xác nhận hợp lệ 1 hồ sơ" in text(answer)
    assert done.code in text(answer)
    fine.refresh_from_db()
    assert fine.state == Entry.State.ELIGIBLE
    assert "đánh dấu chọn hồ sơ" in text(
        browser.post(reverse("entries_admin:mark_several"), follow=True)
    )


# Excel --------------------------------------------------------------------------------------


def workbook(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    heading, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in lines]


def test_excel_has_one_row_an_entry_and_one_column_a_question(browser, director, signed_in):
    competition = OpenCompetitionFactory()
    EntryFactory(competition=competition, eligible=True, title='=HYPERLINK("http://x")')
    EntryFactory(competition=competition, submitted=True, title="Trà")
    EntryFactory(submitted=True, title="Cuộc thi khác")
    address = reverse("entries_admin:export")
    response = browser.get(address, {"competition": competition.pk, "sort": "code"})
    assert "attachment" in response["Content-Disposition"]
    first, second = workbook(response)
    assert first["Tên"] == '\'=HYPERLINK("http://x")'
    assert second["Tên"] == "Trà"
    assert second["Tóm tắt"] == "Trả lời về tóm tắt."
    assert second["Lĩnh vực"] == "Nông nghiệp"
    assert second["Mã xác thực hồ sơ"] == Entry.objects.get(title="Trà").submissions.get().receipt
    assert signed_in(director).get(address).status_code == 200


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(text):
    assert safe(text).startswith("'")


def test_cells_are_kept_within_what_excel_takes():
    assert safe("a\x01b") == "ab"
    assert len(safe("x" * 40_000)) == 32_000
    assert safe(12) == 12


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_of_the_export_do_not_grow(browser, count, django_assert_max_num_queries):
    competition = OpenCompetitionFactory()
    for _number in range(count):
        EntryFactory(competition=competition, submitted=True)
    with django_assert_max_num_queries(26):
        browser.get(reverse("entries_admin:export"), {"competition": competition.pk})
