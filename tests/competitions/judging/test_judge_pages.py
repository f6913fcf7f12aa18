"""A judge's way through the pages: invited, on the desk, scoring, handing in."""

import re
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from competitions.entries.models import Entry, Submission
from competitions.judging import assigning, scoring
from competitions.judging.models import Judge, Mark, Scorecard
from portal.core import clock
from portal.core.models import PageImage, PrivateFile
from tests.factories.judging import person
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(marking) -> Judge:
    return marking.judges[0]


@pytest.fixture
def browser(judge, signed_in):
    return signed_in(judge.user)


@pytest.fixture
def card(marking, judge) -> Scorecard:
    return marking.card(judge, marking.entries[0])


def address(card, tail=""):
    return f"/judging/{card.key}/{tail}"


def sheet(made, card, *values, **extra):
    marks = {
        f"mark-{criterion.pk}": value
        for criterion, value in zip(made.criteria, values, strict=False)
    }
    return {"version": card.version, "comment": "", "private_note": "", **marks, **extra}


# The way in -------------------------------------------------------------------------------------


def test_an_unsigned_visitor_is_led_to_a_code_with_the_address_filled_in(client, db):
    page = page_of(client.get("/judging/?email=gk%40gmail.com"))
    [field] = page.select("input[name=email]")
    assert field["value"] == "gk@gmail.com"
    [form] = page.select("main form")
    assert form["action"] == "/accounts/login/code/"
    assert form.select_one("input[name=next]")["value"] == "/judging/"


def test_a_strange_address_or_way_back_is_not_echoed(client, db):
    page = page_of(client.get("/judging/?email=%22%3E%3Cscript%3E&next=https://evil.example/"))
    assert page.select_one("input[name=email]")["value"] == ""
    assert page.select_one("input[name=next]")["value"] == "/judging/"


def test_the_code_leads_an_invited_judge_to_the_desk(panel, client, mailoutbox):
    seat = panel.judge(accepted=False)
    seat.user.set_unusable_password()
    seat.user.save()
    client.post("/accounts/login/code/", {"email": seat.user.email, "next": "/judging/"})
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", mailoutbox[-1].body)
    assert code, mailoutbox[-1].body
    response = client.post(
        "/accounts/login/code/confirm/", {"code": code.group(), "next": "/judging/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/judging/")
    assert page_of(client.get("/judging/")).select(f'a[href="/judging/accept/{seat.pk}/"]')


@pytest.mark.parametrize("tail", ["", "give-back/", "files/1/", "files/1/pages/1/"])
def test_every_other_page_leads_an_unsigned_visitor_back_to_the_desk(client, card, tail):
    response = client.get(address(card, tail))
    assert response.status_code == 302
    assert response["Location"].startswith("/judging/?next=%2Fjudging%2F")


def test_somebody_without_a_seat_sees_an_empty_desk(db, signed_in):
    page = page_of(signed_in(person()).get("/judging/"))
    assert page.select(".empty")


# The invitation ---------------------------------------------------------------------------------


@pytest.fixture
def seat(panel):
    seat = panel.judge(accepted=False)
    panel.assign_all()
    panel.open()
    return seat


def test_promises_are_never_ticked_beforehand(seat, signed_in):
    page = page_of(signed_in(seat.user).get(f"/judging/accept/{seat.pk}/"))
    boxes = page.select("input[type=checkbox]")
    assert [box["name"] for box in boxes] == ["impartial", "confidential"]
    assert not [box for box in boxes if box.has_attr("checked")]


def test_no_title_and_no_dossier_is_shown_before_acceptance(seat, panel, signed_in):
    browser = signed_in(seat.user)
    desk = words(page_of(browser.get("/judging/")))
    assert panel.entries[0].title not in desk
    assert panel.entries[0].code not in desk
    card = panel.card(seat, panel.entries[0])
    response = browser.get(address(card))
    assert (response.status_code, response["Location"]) == (302, f"/judging/accept/{seat.pk}/")
    assert browser.get(address(card, "files/1/")).status_code == 404
    assert browser.get(f"/judging/totals/{seat.pk}/").status_code == 302


def test_both_promises_are_asked_for(seat, signed_in):
    browser, url = signed_in(seat.user), f"/judging/accept/{seat.pk}/"
    page = page_of(browser.post(url, {"answer": "accept", "impartial": "on"}))
    assert page.select_one("#id_confidential_error")
    assert page.select_one("#id_impartial").has_attr("checked"), "what was ticked stays"
    response = browser.post(url, {"answer": "accept", "impartial": "on", "confidential": "on"})
    assert response.status_code == 302
    seat.refresh_from_db()
    assert seat.state == Judge.State.ACCEPTED
    assert browser.get(url).status_code == 302


def test_declining_asks_for_a_reason(seat, signed_in):
    browser, url = signed_in(seat.user), f"/judging/accept/{seat.pk}/"
    assert page_of(browser.post(url, {"answer": "decline"})).select("#id_decline-reason_error")
    browser.post(url, {"answer": "decline", "decline-reason": "Bận"})
    seat.refresh_from_db()
    assert seat.state == Judge.State.DECLINED
    assert browser.get(url).status_code == 404


def test_nobody_opens_another_persons_invitation(seat, signed_in):
    assert signed_in(person()).get(f"/judging/accept/{seat.pk}/").status_code == 404


# The desk ---------------------------------------------------------------------------------------


def test_the_first_line_says_what_is_left_and_until_when(marking, judge, browser):
    marking.score(judge, marking.entries[0], "20", "15", "8")
    page = page_of(browser.get("/judging/"))
    line = words(page.select_one("[data-first-line]"))
    assert re.match(r"Còn 2/3 hồ sơ, hạn \d\d:\d\d (Thứ|Chủ)", line), line
    assert len(page.select("[data-card]")) == 3


def test_the_desk_shows_only_what_is_assigned(marking, browser):
    late = marking.entry()
    assert late.code not in words(page_of(browser.get("/judging/")))


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_desk_takes_the_same_queries_however_many_entries(
    panel, signed_in, count, django_assert_num_queries
):
    for _number in range(count - len(panel.entries)):
        panel.entry()
    wanted = panel.entries[:count]
    for seat in panel.judges:
        assigning.assign(seat, wanted, panel.officer)
    panel.open()
    browser = signed_in(panel.judges[0].user)
    browser.get("/judging/")
    with django_assert_num_queries(DESK_QUERIES):
        response = browser.get("/judging/")
    assert response.content.count(b"data-card") == count


DESK_QUERIES = 9


# The scoring screen -----------------------------------------------------------------------------


def test_other_entries_and_other_judges_sheets_do_not_exist(marking, card, signed_in):
    other = marking.card(marking.judges[1], marking.entries[0])
    browser = signed_in(card.judge.user)
    for tail in ("", "give-back/"):
        assert browser.get(address(other, tail)).status_code == 404
        assert browser.post(address(other, tail), {}).status_code == 404
    assert browser.get("/judging/00000000-0000-4000-8000-000000000000/").status_code == 404
    for stranger in (person(), marking.officer, marking.director):
        assert signed_in(stranger).get(address(card)).status_code == 404


def test_a_withdrawn_entry_leaves_the_desk(marking, card, browser):
    Entry.objects.filter(pk=card.entry_id).update(state="withdrawn", withdrawn_at=clock.now())
    assert browser.get(address(card)).status_code == 404
    page = words(page_of(browser.get("/judging/")))
    assert card.entry.code not in page
    assert "2/2" in page


def test_an_entry_in_conflict_is_closed(marking, card, browser):
    response = browser.post(
        address(card, "give-back/"), {"answer": "conflict", "kind": "family", "note": "Chị họ"}
    )
    assert response.status_code == 302
    assert browser.get(address(card)).status_code == 404
    assert card.entry.code not in words(page_of(browser.get("/judging/")).select_one("main .rows"))


def test_an_entry_is_given_back_with_a_reason(card, browser):
    url = address(card, "give-back/")
    assert page_of(browser.post(url, {"answer": "decline"})).select("#id_decline-reason_error")
    assert page_of(browser.post(url, {"answer": "conflict"})).select("#id_kind_error")
    browser.post(url, {"answer": "decline", "decline-reason": "Ngoài chuyên môn"})
    card.refresh_from_db()
    assert card.state == Scorecard.State.DECLINED


def test_the_screen_has_a_decimal_field_for_each_criterion(marking, card, browser):
    page = page_of(browser.get(address(card)))
    fields = page.select("[data-score]")
    assert [field["name"] for field in fields] == [f"mark-{row.pk}" for row in marking.criteria]
    assert {field["inputmode"] for field in fields} == {"decimal"}
    assert fields[2]["data-weight"] == "30.00000"
    assert page.select_one("form.score-sheet")["data-scale"].startswith("100")
    assert page.select_one("[data-score-total]").text == "–"


@pytest.mark.parametrize(("typed", "stored"), [("7,5", "7.5"), ("7.5", "7.5"), (" 0 ", "0")])
def test_comma_and_point_are_the_same(marking, card, browser, typed, stored):
    response = browser.post(address(card), sheet(marking, card, typed))
    assert response.status_code == 302
    assert Mark.objects.get(scorecard=card).value == Decimal(stored)
    field = page_of(browser.get(address(card))).select_one("[data-score]")
    assert field["value"] == stored.replace(".", ",")


@pytest.mark.parametrize("typed", ["abc", "40,5", "-1", "7,3", "1e5", "٣", "7,5,5", "９"])
def test_what_is_no_mark_is_said_beside_the_field_and_the_rest_is_kept(
    marking, card, browser, typed
):
    response = browser.post(address(card), sheet(marking, card, typed, "15", comment="Ổn"))
    page = page_of(response)
    first, second, _third = marking.criteria
    assert page.select_one(f"#sheet-mark-{first.pk}_error")
    assert page.select_one(f"#sheet-mark-{first.pk}")["value"] == typed
    assert Mark.objects.get(scorecard=card).criterion == second
    card.refresh_from_db()
    assert card.comment == "Ổn"
    # The page carries the new version: correcting and sending again works.
    data = sheet(marking, card, "20", "15", "8", comment="Ổn")
    assert page.select_one("[name=version]")["value"] == str(card.version) == str(data["version"])
    assert browser.post(address(card), data).status_code == 302


def test_completing_leads_to_the_next_sheet_then_to_the_totals(marking, judge, browser):
    cards = [marking.card(judge, entry) for entry in marking.entries]
    for card, following in zip(cards, [*cards[1:], None], strict=True):
        response = browser.post(
            address(card), sheet(marking, card, "20", "15", "8", action="complete")
        )
        expected = address(following) if following else f"/judging/totals/{judge.pk}/"
        assert (response.status_code, response["Location"]) == (302, expected)


def test_completing_with_a_missing_mark_names_the_criterion(marking, card, browser):
    page = page_of(browser.post(address(card), sheet(marking, card, "20", "15", action="complete")))
    third = marking.criteria[2]
    assert page.select_one(f"#sheet-mark-{third.pk}_error")
    assert third.title in words(page.select_one(".error-summary"))
    card.refresh_from_db()
    assert card.state == Scorecard.State.STARTED


HTMX = {"HTTP_HX_REQUEST": "true"}


def test_typing_is_received_by_itself(marking, card, browser):
    response = browser.post(address(card), sheet(marking, card, "20"), **HTMX)
    page = page_of(response)
    assert response["HX-Trigger"] == "saved"
    assert re.match(r"Hệ thống đã nhận lúc \d\d:\d\d", words(page.select_one("#sheet-state")))
    assert page.select_one("#sheet-version")["value"] == "2"


def test_typing_something_wrong_is_said_without_redrawing_the_form(marking, card, browser):
    response = browser.post(address(card), sheet(marking, card, "xyz", "15"), **HTMX)
    page = page_of(response)
    assert "HX-Trigger" not in response
    assert marking.criteria[0].title in words(page.select_one("#sheet-state"))
    assert not page.select("form")


def test_a_stale_window_sees_both_and_decides(marking, card, browser):
    scoring.save(card, card.judge.user, 1, marking.marks("30", "15", "8"), "Bản kia")
    for extra in ({}, HTMX):
        data = sheet(marking, card, "20", "15", "8", comment="Bản này")
        response = browser.post(address(card), {**data, "version": 1}, **extra)
        page = page_of(response)
        box = words(page.select_one(".error-summary"))
        assert "20" in box
        assert "30" in box
        assert page.select_one("[name=version]")["value"] == "2"
        assert "Bản này" in page.select_one("textarea[name=comment]").text
        card.refresh_from_db()
        assert card.comment == "Bản kia", "nothing was overwritten"
    chosen = {**sheet(marking, card, "20", "15", "8", comment="Bản này"), "version": 2}
    assert browser.post(address(card), chosen).status_code == 302
    card.refresh_from_db()
    assert card.comment == "Bản này"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_damaged_version_is_refused_and_nothing_is_lost(marking, card, browser, version):
    data = {**sheet(marking, card, "20", comment="Giữ"), "version": version}
    page = page_of(browser.post(address(card), data))
    assert "Giữ" in page.select_one("textarea[name=comment]").text
    assert not Mark.objects.filter(scorecard=card).exists()


def test_after_handing_in_the_screen_is_read_only(marking, judge, browser):
    for entry in marking.entries:
        marking.score(judge, entry, "20", "15", "8")
    response = browser.post(f"/judging/totals/{judge.pk}/")
    assert response.status_code == 302
    card = marking.card(judge, marking.entries[0])
    page = page_of(browser.get(address(card)))
    assert not page.select("form.score-sheet button")
    assert all(field.has_attr("readonly") for field in page.select("[data-score]"))
    page = page_of(browser.post(address(card), sheet(marking, card, "1", "1", "1")))
    assert Mark.objects.filter(scorecard=card, value=20).exists()


# Totals -----------------------------------------------------------------------------------------


def test_own_totals_stand_side_by_side_and_a_missing_one_is_a_word(marking, judge, browser):
    marking.score(judge, marking.entries[1], "30", "15", "8")
    page = page_of(browser.get(f"/judging/totals/{judge.pk}/"))
    rows = page.select("tbody tr")
    assert words(rows[0].select("td")[0]) == "69"
    assert words(rows[1].select("td")[0]) == "chưa đủ"
    assert not page.select("main form")


def test_handing_in_is_refused_until_all_are_complete(marking, judge, browser):
    response = browser.post(f"/judging/totals/{judge.pk}/", follow=True)
    assert marking.entries[0].code in words(page_of(response).select_one(".notice--danger"))


def test_handing_in_twice_is_no_error(marking, judge, browser):
    for entry in marking.entries:
        marking.score(judge, entry, "20", "15", "8")
    for _press in range(2):
        response = browser.post(f"/judging/totals/{judge.pk}/", follow=True)
    page = page_of(response)
    assert not page.select(".notice--danger")
    assert "Không còn phiếu" in words(page.select_one(".site-messages"))


def test_a_reopened_sheet_says_why_on_the_desk_and_on_the_sheet(marking, judge, browser):
    for entry in marking.entries:
        marking.score(judge, entry, "20", "15", "8")
    scoring.hand_in_all(judge, judge.user)
    assert "đã chấm xong cả" in words(page_of(browser.get("/judging/")))
    card = marking.card(judge, marking.entries[0])
    scoring.reopen(card, marking.officer, "Cộng nhầm ở tiêu chí đội ngũ")
    for url in ("/judging/", address(card)):
        assert "Cộng nhầm ở tiêu chí đội ngũ" in words(page_of(browser.get(url)))


def test_a_token_that_is_none_is_answered_as_a_conflict(marking, judge, browser):
    card = marking.card(judge, marking.entries[0])
    browser.post(address(card), sheet(marking, card, "1", "1", "1"))
    for token in ("x", "", "-1", "9" * 40):
        typed = sheet(marking, card, "2", "2", "2") | {"version": token}
        page = page_of(browser.post(address(card), typed))
        assert "ở cửa sổ khác" in words(page)
    assert not Mark.objects.filter(scorecard=card, value=2).exists()


def test_totals_are_private(marking, judge, signed_in):
    for stranger in (marking.judges[1].user, marking.officer, person()):
        assert signed_in(stranger).get(f"/judging/totals/{judge.pk}/").status_code == 404


# Private files ----------------------------------------------------------------------------------


@pytest.fixture
def attached(marking, card):
    file = PrivateFile(
        name="Trình bày.pdf", kind="pdf", size=4, sha256="0" * 64, uploaded_by=card.entry.captain
    )
    file.file.save("x.pdf", ContentFile(b"%PDF"), save=False)
    file.save()
    image = PageImage(file=file, number=1, width=10, height=10)
    image.image.save("x.webp", ContentFile(b"RIFF"), save=False)
    image.save()
    frozen = {"id": file.pk, "name": file.name, "sha256": "0" * 64, "size": 4, "kind": "pdf"}
    item = {
        "question_id": 1,
        "key": "slides",
        "label": "Bản trình bày",
        "label_en": "",
        "kind": "file",
        "value": None,
        "labels": [],
        "labels_en": [],
        "files": [frozen],
    }
    sections = [{"title": "Hồ sơ", "title_en": "", "items": [item]}]
    snapshot = card.submission.snapshot | {"sections": sections}
    # A submission never changes; the test's was made without files.
    Submission.objects.filter(pk=card.submission.pk).update(snapshot=snapshot)
    return file


def test_a_judge_reads_the_files_of_the_submission(attached, card, browser):
    page = page_of(browser.get(address(card)))
    assert page.select(f'a[href="{address(card, f"files/{attached.pk}/")}"]')
    response = browser.get(address(card, f"files/{attached.pk}/"))
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"%PDF"
    picture = browser.get(address(card, f"files/{attached.pk}/pages/1/"))
    assert picture["Content-Type"] == "image/webp"
    assert b"".join(picture.streaming_content) == b"RIFF"
    assert browser.get(address(card, f"files/{attached.pk}/pages/9/")).status_code == 404


def test_nobody_else_reads_them_this_way(attached, card, marking, signed_in, browser):
    url = address(card, f"files/{attached.pk}/")
    for stranger in (marking.judges[1].user, marking.officer, card.entry.captain, person()):
        assert signed_in(stranger).get(url).status_code == 404
        assert signed_in(stranger).get(f"{url}pages/1/").status_code == 404
    foreign = marking.card(card.judge, marking.entries[1])
    assert browser.get(address(foreign, f"files/{attached.pk}/")).status_code == 404
