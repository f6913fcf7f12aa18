"""The officer's and director's pages: panel, assignment, marking, ranking, outcomes, result."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from competitions.calls.models import Prize, RoundTrack
from competitions.entries.models import Entry
from competitions.judging import assigning, scoring
from competitions.judging.models import Judge, ResultDecision, Scorecard
from portal.core import clock
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.judging import decision_pdf, person
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db
PAGES = ("panel", "assign", "progress", "ranking", "decide", "result")


def url(made, page, *more):
    return "/".join(["/admin/judging", str(made.round_track.pk), page, *map(str, more)]) + "/"


@pytest.fixture
def officer(panel, signed_in):
    return signed_in(panel.officer)


@pytest.fixture
def director(panel, signed_in):
    return signed_in(panel.director)


# Who may come here ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_officers_and_directors_read_every_page(marking, officer, director, page):
    for browser in (officer, director):
        heading = page_of(browser.get(url(marking, page))).select_one("h2.judging-title")
        assert heading


@pytest.mark.parametrize("page", [*PAGES, "sheets/1"])
def test_nobody_else_reads_them(marking, signed_in, client, page):
    strangers = (person(editor=True), person(front_desk=True), person(), marking.judges[0].user)
    for stranger in strangers:
        response = signed_in(stranger).get(url(marking, page))
        assert response.status_code in (302, 403)
    assert client.get(url(marking, page)).status_code == 302
    assert signed_in(strangers[0]).get(f"{url(marking, '')[:-1]}scores.xlsx").status_code != 200
    assert signed_in(strangers[0]).get("/admin/judging/").status_code in (302, 403)


def test_a_director_reads_but_does_not_act(marking, director):
    for page in ("panel", "assign", "progress"):
        assert not page_of(director.get(url(marking, page))).select("main form button[name=action]")
    director.post(url(marking, "progress"), {"action": "close"})
    director.post(url(marking, "panel"), {"action": "remove", "judge": marking.judges[0].pk})
    marking.round_track.refresh_from_db()
    assert marking.round_track.state == "marking"
    assert Judge.objects.filter(state="removed").count() == 0


def test_the_index_lists_rounds_with_their_progress(marking, officer):
    marking.score(marking.judges[0], marking.entries[0], "20", "15", "8")
    [row] = page_of(officer.get("/admin/judging/")).select("tbody tr")
    assert "1/6" in words(row)
    assert row.select_one("a")["href"] == url(marking, "progress")


def test_an_unknown_round_is_a_404(panel, officer):
    assert officer.get("/admin/judging/999999/panel/").status_code == 404


# Panel ------------------------------------------------------------------------------------------


def test_inviting_shows_the_seat(panel, officer):
    data = {
        "action": "invite",
        "invite-email": "moi@gmail.com",
        "invite-full_name": "Lê Mới",
        "invite-title": "Tiến sĩ",
        "invite-is_chair": "on",
    }
    assert officer.post(url(panel, "panel"), data).status_code == 302
    row = page_of(officer.get(url(panel, "panel"))).select_one("tbody tr")
    assert "Lê Mới" in words(row)
    assert "Trưởng ban" in words(row)
    again = page_of(officer.post(url(panel, "panel"), data))
    assert "đã có tên" in words(again.select_one("#id_invite-email_error"))
    assert again.select_one("[name=invite-full_name]")["value"] == "Lê Mới"


def test_bad_facts_are_said_beside_the_field(panel, officer):
    page = page_of(officer.post(url(panel, "panel"), {"action": "invite", "invite-email": "x"}))
    assert page.select_one("#id_invite-email_error")
    assert page.select_one("#id_invite-full_name_error")


def test_seats_are_changed_by_buttons(panel, officer):
    judge = panel.judges[0]
    officer.post(url(panel, "panel"), {"action": "chair", "judge": judge.pk})
    judge.refresh_from_db()
    assert judge.is_chair
    officer.post(url(panel, "panel"), {"action": "remove", "judge": judge.pk})
    judge.refresh_from_db()
    assert judge.state == Judge.State.REMOVED
    seat = panel.judge(accepted=False)
    assert officer.post(url(panel, "panel"), {"action": "resend", "judge": seat.pk}).status_code
    for number in ("x", "999999", "9" * 30, ""):
        response = officer.post(url(panel, "panel"), {"action": "remove", "judge": number})
        assert response.status_code == 404


# Assignment -------------------------------------------------------------------------------------


def pair(judge, entry):
    return f"{judge.pk}-{entry.pk}"


def test_ticks_are_assigned_and_unticked_ones_taken_back(panel, officer):
    first, second = panel.judges
    one, two, three = panel.entries
    officer.post(url(panel, "assign"), {"pair": [pair(first, one), pair(second, two)]})
    assert Scorecard.objects.count() == 2
    page = page_of(officer.get(url(panel, "assign")))
    ticked = [box["value"] for box in page.select("input[name=pair][checked]")]
    assert sorted(ticked) == sorted([pair(first, one), pair(second, two)])
    assert "1 phiếu" in words(page.select("thead th")[2])
    assert "còn thiếu" in words(page.select_one("tbody tr"))
    officer.post(
        url(panel, "assign"),
        {"pair": [pair(first, three)], "was": [pair(first, one)]},
    )
    left = {(card.judge, card.entry) for card in Scorecard.objects.all()}
    assert left == {(first, three), (second, two)}, "what the page did not show stays"


def test_conflicts_are_shown_with_their_reason_and_refused(panel, officer):
    judge = panel.judges[0]
    organisation = OrganisationFactory()
    MembershipFactory(user=judge.user, organisation=organisation)
    entry = panel.entry(applicant=Entry.Applicant.ORGANISATION, organisation=organisation)
    page = page_of(officer.get(url(panel, "assign")))
    assert not page.select(f'input[value="{pair(judge, entry)}"]')
    assert "Cùng tổ chức" in words(page.select("tbody tr")[-1])
    response = officer.post(url(panel, "assign"), {"pair": [pair(judge, entry)]}, follow=True)
    assert "không được chấm" in words(page_of(response).select_one(".messages"))
    assert Scorecard.objects.get(judge=judge, entry=entry).state == "conflicted"
    assert "Cùng tổ chức" in words(
        page_of(officer.get(url(panel, "assign"))).select("tbody tr")[-1]
    )


def test_a_warning_is_said(panel, officer):
    judge = panel.judge(user=person(email="gs@vien.vn"))
    entry = panel.entry(captain=person(email="a@vien.vn"))
    response = officer.post(url(panel, "assign"), {"pair": [pair(judge, entry)]}, follow=True)
    assert "cùng tên miền" in words(page_of(response).select_one(".messages"))
    assert Scorecard.objects.get(judge=judge, entry=entry).state == "assigned"


@pytest.mark.parametrize("value", ["x", "1-", "-1", "9" * 40, "1-2-3", "99999-99999", "０-１"])
def test_a_tampered_pair_does_nothing(panel, officer, value):
    assert officer.post(url(panel, "assign"), {"pair": [value], "was": [value]}).status_code == 302
    assert not Scorecard.objects.exists()


def test_a_sheet_that_was_begun_has_no_box(marking, officer):
    judge, entry = marking.judges[0], marking.entries[0]
    marking.score(judge, entry, "20", "15", "8")
    page = page_of(officer.get(url(marking, "assign")))
    assert not page.select(f'input[value="{pair(judge, entry)}"]')
    response = officer.post(url(marking, "assign"), {"was": [pair(judge, entry)]}, follow=True)
    assert "đã bắt đầu chấm" in words(page_of(response).select_one(".messages"))


def test_an_empty_panel_or_round_says_what_to_do(panel, officer):
    Entry.objects.update(state="ineligible")
    assert "hồ sơ hợp lệ" in words(page_of(officer.get(url(panel, "assign"))).select_one("main"))
    Judge.objects.update(state="removed")
    assert "mời giám khảo" in words(page_of(officer.get(url(panel, "assign"))).select_one("main"))


# Marking ----------------------------------------------------------------------------------------


def test_marking_is_opened_reminded_and_closed(panel, officer):
    panel.assign_all()
    page = page_of(officer.get(url(panel, "progress")))
    assert page.select("button[value=open]")
    officer.post(url(panel, "progress"), {"action": "open"})
    page = page_of(officer.get(url(panel, "progress")))
    assert len(page.select("button[value=remind]")) == 2
    officer.post(url(panel, "progress"), {"action": "remind", "judge": panel.judges[0].pk})
    assert "đã nhắc" in words(page_of(officer.get(url(panel, "progress"))).select_one("tbody tr"))
    response = officer.post(url(panel, "progress"), {"action": "close"}, follow=True)
    assert "chưa hoàn thành" in words(page_of(response).select_one(".messages"))
    panel.score_all()
    officer.post(url(panel, "progress"), {"action": "close"})
    panel.round_track.refresh_from_db()
    assert panel.round_track.state == "deliberating"


def test_marking_is_prolonged_with_a_vietnamese_date(marking, officer):
    data = {"action": "prolong", "prolong-until": "31/02/2027 17:00", "prolong-reason": "Mất điện"}
    page = page_of(officer.post(url(marking, "progress"), data))
    assert page.select_one("#id_prolong-until_error")
    assert page.select_one("[name=prolong-reason]").text.strip() == "Mất điện"
    until = timezone.localtime(clock.now() + timedelta(days=30)).replace(second=0, microsecond=0)
    data["prolong-until"] = until.strftime("%d/%m/%Y %H:%M")
    assert officer.post(url(marking, "progress"), data).status_code == 302
    marking.round_track.refresh_from_db()
    assert marking.round_track.marking_closes_at == until
    data["prolong-until"] = "01/01/2020 10:00"
    page = page_of(officer.post(url(marking, "progress"), data))
    assert "tương lai" in words(page.select_one("#id_prolong-until_error"))


def test_a_sheet_shows_every_change_and_can_be_reopened(marking, officer, director):
    judge = marking.judges[0]
    for entry in marking.entries:
        marking.score(judge, entry, "20", "15", "8", comment="Khá")
    card = marking.card(judge, marking.entries[0])
    scoring.save(
        card, judge.user, card.version, {marking.criteria[0].pk: Decimal(21)}, private_note="RIÊNG"
    )
    scoring.hand_in_all(judge, judge.user)
    address = url(marking, "sheets", card.pk)
    page = page_of(officer.get(address))
    assert "20 → 21" in words(page)
    assert "RIÊNG" not in words(page), "the judge's own note is nobody else's"
    assert not page_of(director.get(address)).select("button[value=reopen]")
    assert page_of(officer.post(address, {"action": "reopen"})).select("#id_reopen-reason_error")
    officer.post(address, {"action": "reopen", "reopen-reason": "Cộng nhầm"})
    assert "Cộng nhầm" in words(page_of(officer.get(address)))
    conflict = {"action": "conflict", "conflict-kind": "family", "conflict-note": "Chị họ"}
    director.post(address, conflict)
    card.refresh_from_db()
    assert card.state == Scorecard.State.STARTED
    officer.post(address, conflict)
    card.refresh_from_db()
    assert card.state == Scorecard.State.CONFLICTED
    assert officer.get(url(marking, "sheets", 999_999)).status_code == 404


# Ranking ----------------------------------------------------------------------------------------


@pytest.fixture
def ranked(marking):
    """Means 59, 69, 69 and one entry without enough sheets."""
    late = marking.entry()
    assigning.assign(marking.judges[0], [late], marking.officer)
    for judge in marking.judges:
        for entry, mark in zip(marking.entries, ("20", "30", "30"), strict=False):
            marking.score(judge, entry, mark, "15", "8", comment="=1+1")
    marking.score(marking.judges[0], late, "40", "30", "10")
    return marking


def test_the_ranking_has_judges_as_columns_and_says_in_words_what_to_know(ranked, officer):
    RoundTrack.objects.update(minimum_total=60)
    page = page_of(officer.get(url(ranked, "ranking")))
    assert "xem trước" in words(page.select_one(".help-info"))
    lines = [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    codes = [entry.code for entry in ranked.entries]
    places = {line[1].split()[0]: line[0] for line in lines}
    assert places == {codes[0]: "3", codes[1]: "1", codes[2]: "1", codes[3]: "–"}
    remarks = {line[1].split()[0]: line[-1] for line in lines}
    assert remarks[codes[0]] == "dưới điểm đạt"
    assert remarks[codes[1]] == "đồng hạng"
    assert remarks[codes[3]] == "mới có 1/2 phiếu"
    assert lines[0][2:5] == ["69,00", "69,00", "69,00"]


def test_a_withdrawn_entry_is_left_out_by_name(ranked, officer):
    Entry.objects.filter(pk=ranked.entries[1].pk).update(state="withdrawn")
    page = page_of(officer.get(url(ranked, "ranking")))
    assert not page.select(f'[data-entry="{ranked.entries[1].code}"]')
    assert ranked.entries[1].code in words(page.select(".office-muted")[-1])


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_ranking_takes_the_same_queries_however_many_entries(
    panel, officer, count, django_assert_num_queries
):
    for _number in range(count - len(panel.entries)):
        panel.entry()
    for surplus in panel.entries[count:]:
        Entry.objects.filter(pk=surplus.pk).update(state="ineligible")
    panel.entries = panel.entries[:count]
    panel.assign_all()
    panel.open()
    for entry in panel.entries[:10]:
        panel.score(panel.judges[0], entry, "20", "15", "8")
    officer.get(url(panel, "ranking"))
    with django_assert_num_queries(RANKING_QUERIES):
        response = officer.get(url(panel, "ranking"))
    assert response.content.count(b"data-entry") == count


# Six are the ranking itself, the others who is asking and Wagtail's own menu.
RANKING_QUERIES = 16


def test_scores_as_excel_hold_every_mark_and_no_formula(ranked, officer):
    response = officer.get(f"/admin/judging/{ranked.round_track.pk}/scores.xlsx")
    book = load_workbook(BytesIO(response.content))
    ranking, marks = book.worksheets
    head = [cell.value for cell in ranking[1]]
    assert head[:3] == ["Hạng", "Mã hồ sơ" if "Mã hồ sơ" in head else head[1], head[2]]
    assert [row[0].value for row in ranking.iter_rows(min_row=2)] == [1, 1, 3, None]
    rows = list(marks.iter_rows(min_row=2))
    assert len(rows) == 7
    cells = [cell for row in rows for cell in row if cell.value == "=1+1"]
    assert len(cells) == 6
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    assert sorted({row[4].value for row in rows if row[4].value is not None}) == [20, 30, 40]


def test_a_control_character_does_not_break_the_file(ranked, officer):
    Scorecard.objects.update(comment="xấu \x0b\x01")
    response = officer.get(f"/admin/judging/{ranked.round_track.pk}/scores.xlsx")
    assert load_workbook(BytesIO(response.content))


# Outcomes and result ----------------------------------------------------------------------------


@pytest.fixture
def closed(marking):
    marking.score_all("20", "15", "8")
    marking.close()
    return marking


def outcomes(made, *states, prize=""):
    data = {f"state-{entry.pk}": state for entry, state in zip(made.entries, states, strict=True)}
    data[f"prize-{made.entries[0].pk}"] = prize
    return data


def test_outcomes_are_saved_then_settled(closed, officer):
    prize = Prize.objects.get(title="Giải Nhất")
    data = outcomes(closed, "advanced", "not_advanced", "pending", prize=prize.pk)
    officer.post(url(closed, "decide"), {**data, "action": "save"})
    page = page_of(officer.get(url(closed, "decide")))
    assert page.select_one(f"#prize-{closed.entries[0].pk} option[selected]")["value"]
    response = officer.post(url(closed, "decide"), {**data, "action": "settle"}, follow=True)
    assert "chưa có kết quả" in words(page_of(response).select_one(".messages"))
    data = outcomes(closed, "advanced", "not_advanced", "not_advanced", prize=prize.pk)
    officer.post(url(closed, "decide"), {**data, "action": "settle"})
    closed.round_track.refresh_from_db()
    assert closed.round_track.state == "decided"
    page = page_of(officer.post(url(closed, "decide"), {"action": "reconsider"}))
    assert page.select_one("#id_reconsider-reason_error")
    again = {"action": "reconsider", "reconsider-reason": "Nhầm giải"}
    officer.post(url(closed, "decide"), again)
    closed.round_track.refresh_from_db()
    assert closed.round_track.state == "deliberating"


def test_refused_outcomes_stay_on_the_page_as_typed(closed, officer):
    data = outcomes(closed, "advanced", "winner", "not_advanced", prize="99999999")
    page = page_of(officer.post(url(closed, "decide"), {**data, "action": "save"}))
    assert page.select(".messages .error")
    selected = page.select_one(f"#state-{closed.entries[0].pk} option[selected]")
    assert selected["value"] == "advanced"


def test_places_suggest_and_a_tie_on_the_line_is_the_panels(closed, officer):
    RoundTrack.objects.update(places=2)
    page = page_of(officer.get(url(closed, "decide")))
    assert words(page).count("Ban Giám khảo quyết định") == 3


def prepare(made, browser, **changes):
    data = {
        "action": "prepare",
        "decision-number": "123/QĐ-SKHCN",
        "decision-decided_on": clock.today().strftime("%d/%m/%Y"),
        "decision-signatory": "Nguyễn Thị Ký",
        "decision-file": decision_pdf(),
        **changes,
    }
    return browser.post(url(made, "result"), data)


@pytest.fixture
def decided(closed, officer):
    data = outcomes(closed, "advanced", "not_advanced", "not_advanced")
    officer.post(url(closed, "decide"), {**data, "action": "settle"})
    return closed


def test_the_result_goes_from_officer_to_director_to_the_public(decided, officer, director):
    address = url(decided, "result")
    assert prepare(decided, officer).status_code == 302
    officer.post(address, {"action": "propose"})
    page = page_of(officer.get(address))
    assert not page.select("button[value=approve]")
    officer.post(address, {"action": "approve"})
    assert ResultDecision.objects.get().state == "proposed"
    assert page_of(director.get(address)).select("button[value=approve]")
    assert page_of(director.post(address, {"action": "send_back"})).select("#id_back-reason_error")
    director.post(address, {"action": "send_back", "back-reason": "Sai ngày"})
    assert "Sai ngày" in words(page_of(officer.get(address)))
    without_file = {"decision-file": ""}
    assert prepare(decided, officer, **without_file).status_code == 302
    officer.post(address, {"action": "propose"})
    director.post(address, {"action": "approve"})
    officer.post(address, {"action": "publish"})
    assert ResultDecision.objects.get().state == "published"
    page = page_of(officer.get(address))
    assert not page.select("main form button[name=action]")
    response = officer.get(f"{address}decision.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    response.close()


def test_bad_facts_of_the_decision_stay_typed(decided, officer):
    changes = {"decision-decided_on": "31/02/2026", "decision-file": ""}
    page = page_of(prepare(decided, officer, **changes))
    assert page.select_one("#id_decision-decided_on_error")
    assert page.select_one("[name=decision-number]")["value"] == "123/QĐ-SKHCN"
    page = page_of(prepare(decided, officer, **{"decision-file": ""}))
    assert page.select_one("#id_decision-file_error")


def test_before_it_is_decided_there_is_no_decision_file(marking, officer):
    assert officer.get(f"{url(marking, 'result')}decision.pdf").status_code == 404
    officer.post(url(marking, "result"), {"action": "publish"})
    assert "chốt kết quả" in words(page_of(officer.get(url(marking, "result"))).select_one("main"))
