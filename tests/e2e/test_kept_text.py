"""Nothing that is typed is lost: not without a network, not by two people in one answer."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import gettext as say
from playwright.sync_api import Locator, expect

from competitions.entries import commitments
from competitions.entries.models import Answer, Entry, TeamMember
from portal.accounts.models import User
from portal.core import consenting
from tests.e2e import judging
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.factories.entries import EntryFactory, FounderFactory
from tests.factories.judging import make_round

pytestmark = [*in_browser, pytest.mark.any_database]

LABEL = "Tóm tắt"


def first_section(entry: Entry) -> str:
    section = entry.form.sections.order_by("order").first()
    return reverse("entries:section", args=[entry.key, section.pk])


def summary_field(person: Person) -> Locator:
    return person.page.get_by_label(LABEL)


def stored(entry: Entry) -> str:
    return Answer.objects.get(entry=entry, question__label=LABEL).text


def saved_state(person: Person, state: str) -> None:
    expect(person.page.locator("[data-save-state]").first).to_have_attribute("data-state", state)


def second_member(entry: Entry) -> User:
    """Somebody who agreed to be named, and writes too."""
    person = FounderFactory(full_name="Trần Văn Tâm")
    consent = consenting.give(commitments.MEMBER, user=person, about=f"entry:{entry.pk}")
    TeamMember.objects.create(
        entry=entry, user=person, full_name=person.full_name, email=person.email, consent=consent
    )
    return person


def test_without_a_network_the_text_stays_on_the_device_and_is_offered_back(
    person: Callable[..., Person],
) -> None:
    entry = EntryFactory(draft=True)
    founder = person(entry.captain, width=390)
    founder.go(first_section(entry))
    with founder.offline():
        summary_field(founder).press_sequentially("Viết giữa đồng, không có sóng.")
        saved_state(founder, "kept")
        founder.reads(say("Not sent yet, still kept on this device"))
    assert not Answer.objects.exists()

    # The browser was closed and opened again.
    founder.go(first_section(entry))
    expect(summary_field(founder)).to_have_value("")
    founder.page.get_by_role("button", name=say("Restore")).click()
    expect(summary_field(founder)).to_have_value("Viết giữa đồng, không có sóng.")
    saved_state(founder, "saved")
    assert stored(entry) == "Viết giữa đồng, không có sóng."

    founder.go(first_section(entry))
    expect(summary_field(founder)).to_have_value("Viết giữa đồng, không có sóng.")
    expect(founder.page.get_by_role("button", name=say("Restore"))).to_have_count(0)


def test_the_button_pressed_without_a_network_loses_nothing(
    person: Callable[..., Person],
) -> None:
    entry = EntryFactory(draft=True)
    founder = person(entry.captain)
    founder.go(first_section(entry))
    with founder.offline():
        summary_field(founder).press_sequentially("Bấm lưu lúc mất mạng.")
        founder.page.get_by_role("button", name=say("Save"), exact=True).click()
        founder.page.wait_for_load_state()
    founder.go(first_section(entry))
    founder.page.get_by_role("button", name=say("Restore")).click()
    expect(summary_field(founder)).to_have_value("Bấm lưu lúc mất mạng.")


def test_two_members_in_one_answer_lose_nothing(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    hanh, tam = person(entry.captain), person(second_member(entry), width=390)
    for one in (hanh, tam):
        one.go(first_section(entry))
    summary_field(hanh).press_sequentially("Của Hạnh: bánh tráng.")
    saved_state(hanh, "saved")

    summary_field(tam).press_sequentially("Của Tâm: phơi sương.")
    saved_state(tam, "failed")
    tam.reads("Của Hạnh: bánh tráng.", entry.captain.full_name)
    expect(summary_field(tam)).to_have_value("Của Tâm: phơi sương.")
    assert stored(entry) == "Của Hạnh: bánh tráng."

    # He puts both together and keeps that.
    summary_field(tam).fill("Của Hạnh: bánh tráng. Của Tâm: phơi sương.")
    with tam.page.expect_navigation():
        tam.press(say("Keep my text"))
    tam.reads(say("Saved."))
    assert stored(entry) == "Của Hạnh: bánh tráng. Của Tâm: phơi sương."

    # She had gone on typing in the old text: nothing is overwritten silently.
    summary_field(hanh).press_sequentially(" Thêm một câu.")
    saved_state(hanh, "failed")
    hanh.reads("Của Hạnh: bánh tráng. Của Tâm: phơi sương.")
    expect(summary_field(hanh)).to_have_value("Của Hạnh: bánh tráng. Thêm một câu.")
    hanh.press(say("Take the other text"))
    expect(summary_field(hanh)).to_have_value("Của Hạnh: bánh tráng. Của Tâm: phơi sương.")


def test_different_answers_of_one_section_do_not_meet(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    hanh, tam = person(entry.captain), person(second_member(entry))
    for one in (hanh, tam):
        one.go(first_section(entry))
    summary_field(hanh).press_sequentially("Bánh tráng.")
    saved_state(hanh, "saved")
    tam.page.get_by_label("Vấn đề cần giải quyết").press_sequentially("Hàng bị mốc.")
    saved_state(tam, "saved")
    assert sorted(entry.answers.values_list("text", flat=True)) == ["Bánh tráng.", "Hàng bị mốc."]


def test_restored_text_leaves_what_others_wrote_meanwhile(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    hanh, tam = person(entry.captain), person(second_member(entry))
    hanh.go(first_section(entry))
    with hanh.offline():
        summary_field(hanh).press_sequentially("Viết lúc mất mạng.")
        saved_state(hanh, "kept")
        hanh.go("about:blank")
    tam.go(first_section(entry))
    tam.page.get_by_label("Vấn đề cần giải quyết").press_sequentially("Hàng bị mốc.")
    saved_state(tam, "saved")

    hanh.go(first_section(entry))
    hanh.page.get_by_role("button", name=say("Restore")).click()
    saved_state(hanh, "saved")
    texts = sorted(entry.answers.values_list("text", flat=True))
    assert texts == ["Hàng bị mốc.", "Viết lúc mất mạng."]


def test_restored_text_meets_a_newer_answer_as_a_conflict(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    hanh, tam = person(entry.captain), person(second_member(entry))
    hanh.go(first_section(entry))
    with hanh.offline():
        summary_field(hanh).press_sequentially("Của Hạnh.")
        saved_state(hanh, "kept")
        hanh.go("about:blank")
    tam.go(first_section(entry))
    summary_field(tam).press_sequentially("Của Tâm.")
    saved_state(tam, "saved")

    hanh.go(first_section(entry))
    hanh.page.get_by_role("button", name=say("Restore")).click()
    saved_state(hanh, "failed")
    hanh.reads("Của Tâm.")
    expect(summary_field(hanh)).to_have_value("Của Hạnh.")
    assert stored(entry) == "Của Tâm."


def test_a_connection_that_is_back_is_used_at_once(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    founder = person(entry.captain)
    founder.go(first_section(entry))
    with founder.offline():
        summary_field(founder).press_sequentially("Viết giữa đồng.")
        saved_state(founder, "kept")
    saved_state(founder, "saved")
    assert stored(entry) == "Viết giữa đồng."


def test_a_complete_sheet_leaves_nothing_on_the_device(person: Callable[..., Person]) -> None:
    marking = make_round(judges=1, entries=1)
    marking.assign_all()
    marking.open()
    judge = person(marking.judges[0].user)
    judging.open_sheet(judge, marking.entries[0].code)
    for field, mark in zip(judging.marks(judge).all(), ("30", "15", "8"), strict=True):
        field.fill(mark)
    judge.page.get_by_label(say("private note"), exact=False).fill("Bí mật riêng.")
    judge.press(say("Complete the sheet"))
    expect(judge.page).to_have_url(re.compile("/totals/"))
    kept = judge.page.evaluate("Object.keys(localStorage)")
    assert not [key for key in kept if key.startswith("portal-kept:")]


def test_marks_typed_without_a_network_are_kept_and_offered_back(
    person: Callable[..., Person],
) -> None:
    marking = make_round(judges=1, entries=1)
    marking.assign_all()
    marking.open()
    judge = person(marking.judges[0].user, width=390)
    judging.open_sheet(judge, marking.entries[0].code)
    with judge.offline():
        judging.marks(judge).first.press_sequentially("32,5")
        saved_state(judge, "kept")
    judging.open_sheet(judge, marking.entries[0].code)
    expect(judging.marks(judge).first).to_have_value("")
    judge.page.get_by_role("button", name=say("Restore")).click()
    expect(judging.marks(judge).first).to_have_value("32,5")
    saved_state(judge, "saved")
    card = marking.card(marking.judges[0], marking.entries[0])
    assert [str(mark.value) for mark in card.marks.all()] == ["32.50"]


def kept_keys(person: Person) -> list[str]:
    keys: list[str] = person.page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if key.startswith("portal-kept:")]


def test_what_was_sent_is_not_offered_back(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    founder = person(entry.captain)
    founder.go(reverse("entries:team", args=[entry.key]))
    founder.page.get_by_label(say("Full name")).fill("Đặng Thị Mai")
    founder.page.get_by_label(say("Email")).fill("mai@demo.example")
    assert kept_keys(founder)
    founder.press(say("Name and send the link"))
    founder.reads("Đặng Thị Mai")
    expect(founder.page.get_by_role("button", name=say("Restore"))).to_have_count(0)
    assert kept_keys(founder) == []


def test_signing_out_leaves_nothing_on_the_device(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    founder = person(entry.captain, width=390)
    founder.go(first_section(entry))
    with founder.offline():
        summary_field(founder).press_sequentially("Máy dùng chung ở thư viện.")
        saved_state(founder, "kept")
    founder.go(reverse("account_logout"))
    founder.press(say("Sign out"))
    expect(founder.page).not_to_have_url(re.compile("logout"))
    assert kept_keys(founder) == []
