"""The founder's pages, with and without JavaScript, through their addresses."""

from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from competitions.entries.applying import fingerprint
from competitions.entries.models import Answer, Entry, EntryFile
from portal.core import clock
from tests.factories.core import pdf, picture, upload
from tests.factories.entries import EntryFactory, FounderFactory, OpenCompetitionFactory
from tests.reading import page_of

pytestmark = pytest.mark.django_db


def soup(response):
    return page_of(response, None)


def text(response):
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def entry():
    return EntryFactory(title="Trà túi lọc mãng cầu")


@pytest.fixture
def browser(entry, signed_in):
    return signed_in(entry.captain)


def opened(browser, address):
    """Status and type of a file's answer, read to its end as a browser does."""
    response = browser.get(address)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code, response.headers.get("Content-Type")


def question(entry, key):
    return entry.form.sections.filter(questions__key=key).get().questions.get(key=key)


def section_url(entry, key="tom-tat"):
    return reverse("entries:section", args=[entry.key, question(entry, key).section_id])


def at_page(name, entry, *more):
    return reverse(f"entries:{name}", args=[entry.key, *more])


def inputs(response):
    """What the browser would send back from the answers form."""
    form = soup(response).select_one("form#answers")
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        if field.name == "textarea":
            sent[field["name"]] = field.get_text().lstrip("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            sent[field["name"]] = chosen["value"] if chosen else ""
        else:
            sent[field["name"]] = field.get("value", "")
    return sent


# Starting -----------------------------------------------------------------------------------


def test_a_founder_starts_a_draft_with_a_track_only(signed_in):
    competition = OpenCompetitionFactory()
    person = FounderFactory()
    browser = signed_in(person)
    page = browser.get(reverse("entries:start", args=[competition.pk]))
    assert page.status_code == 200
    answer = browser.post(
        reverse("entries:start", args=[competition.pk]),
        {"track": competition.tracks.last().pk, "applicant": "group"},
    )
    entry = Entry.objects.get()
    assert answer.url == reverse(
        "entries:section", args=[entry.key, entry.form.sections.first().pk]
    )
    assert (entry.captain, entry.applicant) == (person, "group")


def test_nothing_starts_after_the_deadline_or_without_a_track(signed_in):
    competition = OpenCompetitionFactory()
    browser = signed_in(FounderFactory())
    address = reverse("entries:start", args=[competition.pk])
    page = browser.post(address, {"applicant": "person", "title": "Giữ tôi lại"})
    [title] = soup(page).select("input[name=title]")
    assert title["value"] == "Giữ tôi lại"
    assert soup(page).select(".error-summary")
    for track in competition.tracks.all():
        track.round_tracks.update(closes_at=clock.now() - timedelta(seconds=2))
    assert "hiện không nhận hồ sơ" in text(browser.get(address))
    assert browser.get(reverse("entries:start", args=[0])).status_code == 404


def test_the_list_says_what_is_next(browser, entry):
    EntryFactory(captain=entry.captain, asked=True, title="Gạch không nung")
    page = browser.get(reverse("entries:list"))
    rows = soup(page).select("ul.rows > li.row")
    assert "Hoàn thiện và nộp trước khi hết hạn" in text(page)
    assert "Ban Tổ chức yêu cầu bổ sung" in text(page)
    assert len(rows) == 2 + 2  # two entries, two open competitions


def test_an_empty_list_says_what_to_do(signed_in):
    page = signed_in(FounderFactory()).get(reverse("entries:list"))
    assert "Bạn chưa có hồ sơ nào" in text(page)


# Writing ------------------------------------------------------------------------------------


def test_a_section_is_saved_by_its_button_and_leads_on(browser, entry):
    sent = inputs(browser.get(section_url(entry)))
    summary = question(entry, "tom-tat")
    answer = browser.post(section_url(entry), {**sent, f"q{summary.pk}": "Chúng tôi làm trà."})
    assert answer.status_code == 302
    assert answer.url.startswith(section_url(entry, "doanh-thu"))
    assert entry.answers.get().text == "Chúng tôi làm trà."
    following = soup(browser.get(answer.url))
    assert following.select("[data-kept-clear]")


def test_typing_is_saved_quietly_with_a_fresh_token(browser, entry):
    sent = inputs(browser.get(section_url(entry)))
    summary = question(entry, "tom-tat")
    answer = browser.post(
        section_url(entry), {**sent, f"q{summary.pk}": "Một"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Trigger"] == "saved"
    assert "Đã lưu lúc" in text(answer)
    [token] = soup(answer).select(f"#id_q{summary.pk}-version")
    assert token["value"] == "1"
    [was] = soup(answer).select(f"#id_q{summary.pk}-was")
    assert was["value"] == fingerprint(["Một"])


def test_two_people_see_both_texts_and_choose(browser, entry, signed_in):
    member = FounderFactory(full_name="Phạm Thành Viên")
    entry.members.create(full_name=member.full_name, email=member.email, user=member)
    theirs = signed_in(member)
    summary = question(entry, "tom-tat")
    address, name = section_url(entry), f"q{summary.pk}"
    mine_sent, theirs_sent = inputs(browser.get(address)), inputs(theirs.get(address))
    theirs.post(address, {**theirs_sent, name: "Của thành viên"})

    page = browser.post(address, {**mine_sent, name: "Của trưởng nhóm"})
    assert page.status_code == 422
    assert "Phạm Thành Viên đã sửa câu trả lời này" in text(page)
    assert inputs(page)[name] == "Của trưởng nhóm"
    assert "Của thành viên" in text(page)

    # Saving again without choosing overwrites nothing.
    page = browser.post(address, inputs(page))
    assert Answer.objects.get().text == "Của thành viên"

    [keep] = soup(page).select("button[name=keep]")
    browser.post(address, {**inputs(page), "keep": keep["value"]})
    assert Answer.objects.get().text == "Của trưởng nhóm"


def test_the_other_text_can_be_taken(browser, entry):
    summary = question(entry, "tom-tat")
    address, name = section_url(entry), f"q{summary.pk}"
    sent = inputs(browser.get(address))
    browser.post(address, {**sent, name: "Ở cửa sổ khác"})
    page = browser.post(address, {**sent, name: "Ở cửa sổ này"})
    [take] = soup(page).select("button[name=take]")
    answer = browser.post(address, {**inputs(page), "take": take["value"]})
    assert answer.status_code == 302
    assert inputs(browser.get(address))[name] == "Ở cửa sổ khác"


def test_a_conflict_while_typing_is_shown_beside_the_field(browser, entry):
    summary = question(entry, "tom-tat")
    address, name = section_url(entry), f"q{summary.pk}"
    sent = inputs(browser.get(address))
    browser.post(address, {**sent, name: "Một"})
    answer = browser.post(address, {**sent, name: "Hai"}, headers={"HX-Request": "true"})
    assert "HX-Trigger" not in answer
    [notes] = soup(answer).select(f"#q{summary.pk}-notes")
    assert "Một" in notes.get_text()


def test_steps_show_what_is_done(browser, entry):
    page = browser.get(section_url(entry))
    states = [link["data-state"] for link in soup(page).select(".steps__link")]
    assert states == ["done", "", "", "done", ""]


def test_basics_are_saved_and_a_second_writer_is_told(browser, entry):
    address = at_page("basics", entry)
    facts = {"track": entry.track_id, "applicant": "person", "version": entry.version}
    assert browser.post(address, {**facts, "title": "Tên mới"}).status_code == 302
    page = browser.post(address, {**facts, "title": "Tên khác"})
    assert "Tên mới" in text(page)
    [version] = soup(page).select("input[name=version]")
    browser.post(address, {**facts, "title": "Tên khác", "version": version["value"]})
    entry.refresh_from_db()
    assert entry.title == "Tên khác"


# Files --------------------------------------------------------------------------------------


def add(browser, entry, content, name="tai-lieu.pdf", key="tai-lieu"):
    return browser.post(
        at_page("add_file", entry, question(entry, key).pk), {"file": upload(name, content)}
    )


def test_a_file_comes_by_itself_and_can_be_removed_and_brought_back(browser, entry):
    answer = add(browser, entry, pdf(2))
    assert answer.status_code == 302
    record = EntryFile.objects.get()
    assert opened(browser, at_page("file", entry, record.file_id)) == (200, "application/pdf")
    page = browser.get(section_url(entry, "tai-lieu"))
    assert "tai-lieu.pdf" in text(page)

    browser.post(at_page("remove_file", entry, record.file_id))
    record.refresh_from_db()
    assert record.removed_at
    page = browser.get(section_url(entry, "tai-lieu"))
    assert "Đã gỡ: tai-lieu.pdf" in text(page)
    browser.post(at_page("restore_file", entry, record.file_id))
    record.refresh_from_db()
    assert record.removed_at is None


@pytest.mark.django_db(transaction=True)
def test_page_pictures_are_shown(signed_in):
    entry = EntryFactory()
    browser = signed_in(entry.captain)
    add(browser, entry, pdf(2))
    record = EntryFile.objects.get()
    page = browser.get(section_url(entry, "tai-lieu"))
    pictures = soup(page).select(".page-pictures img")
    assert len(pictures) == 2
    assert opened(browser, pictures[0]["src"]) == (200, "image/webp")
    assert browser.get(at_page("page", entry, record.file_id, 9)).status_code == 404
    row = browser.get(at_page("file_row", entry, question(entry, "tai-lieu").pk))
    assert len(soup(row).select("img")) == 2


def test_only_so_many_files_fit_and_one_of_one_is_replaced(browser, entry):
    for number in range(2):
        add(browser, entry, pdf(1), f"{number}.pdf")
    page = add(browser, entry, pdf(1), "ba.pdf")
    assert page.status_code == 422
    assert "tối đa 2 tệp" in text(page)
    for number in range(2):
        add(browser, entry, picture(), f"{number}.jpg", key="ban-trinh-bay")
    present = EntryFile.objects.filter(question__key="ban-trinh-bay", removed_at__isnull=True)
    assert [record.file.name for record in present] == ["1.jpg"]


def test_a_file_for_a_question_of_another_form_is_not_found(browser, entry):
    other = EntryFactory()
    address = at_page("add_file", entry, question(other, "tai-lieu").pk)
    assert browser.post(address, {"file": upload("a.pdf", pdf(1))}).status_code == 404
    assert (
        browser.post(at_page("add_file", entry, question(entry, "tom-tat").pk)).status_code == 404
    )


# Review, submit, receipt --------------------------------------------------------------------


def test_the_review_lists_what_is_missing_with_links_to_the_field(browser, entry):
    page = browser.get(at_page("review", entry))
    links = [link["href"] for link in soup(page).select(".error-summary a")]
    assert f"{section_url(entry)}#question-{question(entry, 'tom-tat').pk}" in links
    section = browser.get(section_url(entry))
    assert soup(section).select(f"#question-{question(entry, 'tom-tat').pk}")
    assert "Ai xem được hồ sơ này" in text(page)
    assert not soup(page).select("input[type=checkbox]")


def test_commitments_are_separate_and_never_ticked(signed_in):
    entry = EntryFactory(filled=True)
    page = signed_in(entry.captain).get(at_page("review", entry))
    boxes = soup(page).select("input[type=checkbox]")
    assert [box["name"] for box in boxes] == [
        "entry_truth",
        "entry_ip",
        "entry_data_use",
        "entry_publicity",
    ]
    assert not any(box.has_attr("checked") for box in boxes)


AGREED = {"entry_truth": "on", "entry_ip": "on", "entry_data_use": "on"}


def test_a_founder_submits_and_reads_the_receipt_with_seconds(signed_in, at):
    at("2026-11-23 14:05:09")
    entry = EntryFactory(filled=True)
    browser = signed_in(entry.captain)
    refused = browser.post(at_page("submit", entry), {"entry_truth": "on"})
    assert refused.status_code == 422
    answer = browser.post(at_page("submit", entry), AGREED)
    assert answer.url == at_page("receipt", entry)
    page = browser.get(answer.url)
    entry.refresh_from_db()
    assert entry.code in text(page)
    assert "14:05:09 23/11/2026" in text(page)
    assert entry.submissions.get().receipt in text(page)

    again = browser.post(at_page("submit", entry), AGREED, follow=True)
    assert "đã được nộp và chưa có thay đổi" in text(again)
    assert entry.submissions.count() == 1


def test_changes_after_submitting_are_announced_until_submitted(signed_in):
    entry = EntryFactory(submitted=True)
    browser = signed_in(entry.captain)
    assert "Có thay đổi chưa nộp" not in text(browser.get(at_page("entry", entry)))
    Entry.objects.filter(pk=entry.pk).update(title="Tên mới hẳn")
    assert "Có thay đổi chưa nộp" in text(browser.get(at_page("entry", entry)))
    browser.post(at_page("submit", entry), AGREED)
    page = browser.get(f"{at_page('receipt', entry)}?number=1")
    assert "Đã có lần nộp mới hơn" in text(page)


def test_a_draft_has_no_receipt(browser, entry):
    assert browser.get(at_page("receipt", entry)).status_code == 404


def test_after_the_deadline_everything_is_clear_and_readable(signed_in):
    entry = EntryFactory(filled=True, title="Quá hạn")
    entry.track.round_tracks.update(closes_at=clock.now() - timedelta(seconds=2))
    browser = signed_in(entry.captain)
    page = browser.get(at_page("entry", entry))
    assert "Đã hết hạn nộp hồ sơ" in text(page)
    assert "Trả lời về tóm tắt" in text(page)
    refused = browser.post(at_page("submit", entry), AGREED)
    assert refused.status_code == 422
    assert "Đã hết hạn nộp hồ sơ" in text(refused)

    summary = question(entry, "tom-tat")
    typed = {f"q{summary.pk}": "Gõ lúc hết giờ", f"q{summary.pk}-version": "1"}
    late = browser.post(section_url(entry), typed)
    assert late.status_code == 422
    assert "Gõ lúc hết giờ" in text(late)
    assert browser.get(section_url(entry)).url == at_page("entry", entry)
    assert browser.get(at_page("basics", entry)).status_code == 302
    entry.refresh_from_db()
    assert entry.state == Entry.State.DRAFT


def test_withdrawing_asks_once(signed_in):
    entry = EntryFactory(submitted=True)
    browser = signed_in(entry.captain)
    page = browser.get(at_page("withdraw", entry))
    assert "Những gì sẽ mất" in text(page)
    assert "Hãy đánh dấu" in text(browser.post(at_page("withdraw", entry), {}))
    browser.post(at_page("withdraw", entry), {"sure": "on", "reason": "Bận"})
    entry.refresh_from_db()
    assert entry.state == Entry.State.WITHDRAWN
    assert browser.get(at_page("withdraw", entry)).status_code == 302
    assert "đã được rút" in text(browser.get(at_page("entry", entry)))


def test_decisions_and_reasons_stand_on_the_entry_page(signed_in):
    entry = EntryFactory(ineligible=True)
    page = text(signed_in(entry.captain).get(at_page("entry", entry)))
    assert "Hồ sơ không hợp lệ" in page
    assert "quá 5 năm" in page


# Team pages ---------------------------------------------------------------------------------


def test_the_captain_names_changes_and_removes_a_member(browser, entry):
    named = browser.post(
        at_page("team", entry),
        {"full_name": "Lê Thị B", "email": "b@demo.example", "phone": "0912345678"},
    )
    assert named.status_code == 302
    member = entry.members.get(is_captain=False)
    assert member.phone.as_e164 == "+84912345678"
    browser.post(at_page("member", entry, member.pk), {"full_name": "Lê B", "email": member.email})
    member.refresh_from_db()
    assert member.full_name == "Lê B"
    browser.post(at_page("ask_member", entry, member.pk))
    browser.post(at_page("remove_member", entry, member.pk))
    assert entry.members.count() == 1
    captain = entry.members.get()
    browser.post(at_page("remove_member", entry, captain.pk))
    assert entry.members.count() == 1


def test_a_bad_member_is_explained_and_nothing_typed_is_lost(browser, entry):
    page = browser.post(
        at_page("team", entry), {"full_name": "Lê Thị B", "email": "sai", "phone": "12"}
    )
    assert len(soup(page).select(".field--error")) == 2
    [name] = soup(page).select("input[name=full_name]")
    assert name["value"] == "Lê Thị B"


def test_a_member_reads_the_team_but_no_contacts(entry, signed_in):
    person = FounderFactory()
    entry.members.create(full_name=person.full_name, email=person.email, user=person)
    entry.members.create(full_name="Người Ba", email="ba@demo.example")
    browser = signed_in(person)
    page = text(browser.get(at_page("team", entry)))
    assert "Người Ba" in page
    assert "ba@demo.example" not in page
    other = entry.members.get(email="ba@demo.example")
    assert browser.get(at_page("member", entry, other.pk)).status_code == 302
    changed = browser.post(
        at_page("member", entry, other.pk), {"full_name": "X", "email": "x@demo.example"}
    )
    assert "Chỉ trưởng nhóm" in text(changed)


# Signing in again ---------------------------------------------------------------------------


def test_what_was_typed_survives_an_expired_session(entry):
    summary = question(entry, "tom-tat")
    browser = Client()
    typed = {f"q{summary.pk}": "Gõ khi đã hết phiên", f"q{summary.pk}-version": "0"}
    answer = browser.post(section_url(entry), typed)
    assert "/accounts/login/" in answer.url
    way_back = answer.url.split("next=")[1]
    browser.force_login(entry.captain, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(unquote(way_back))
    assert "Gõ khi đã hết phiên" in text(page)


def test_an_unknown_entry_is_not_found(browser):
    for name in ("entry", "basics", "team", "review", "receipt", "withdraw"):
        assert browser.get(reverse(f"entries:{name}", args=[uuid4()])).status_code == 404
