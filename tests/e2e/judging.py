"""A panel at work: invited, assigned, marking, and handing in; and the officer around it."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as say
from playwright.sync_api import Locator, expect

from tests.e2e.entrance import enter_code
from tests.e2e.mails import link_to
from tests.e2e.people import Person


def open_round(officer: Person, stage: str, tab: str) -> None:
    """Open one page of a round's judging: `stage` as "Vòng hồ sơ · Ý tưởng", `tab` as in paths."""
    officer.go("/admin/judging/")
    first, track = stage.split(" · ")
    row = officer.page.get_by_role("row").filter(has_text=first).filter(has_text=track)
    row.get_by_role("link").first.click()
    tabs = officer.page.get_by_role("navigation", name=say("Pages of this round"))
    tabs.locator(f"a[href$='/{tab}/']").click()
    expect(officer.page).to_have_url(re.compile(f"/{tab}/"))
    officer.page.wait_for_load_state()


def invite(officer: Person, stage: str, full_name: str, position: str, email: str) -> None:
    open_round(officer, stage, "panel")
    page = officer.page
    page.locator("[name$=email]").fill(email)
    page.locator("[name$=full_name]").fill(full_name)
    page.locator("[name$=title]").fill(position)
    officer.press(say("Send the invitation"))
    expect(page.get_by_role("row").filter(has_text=email)).to_be_visible()


def come_in(judge: Person, email: str) -> None:
    """From the invitation's mail over a mailed code to the desk: no form, no password."""
    judge.go(link_to(email, "/judging/"))
    field = judge.page.get_by_label(say("Email"))
    if not field.input_value():
        field.fill(email)
    judge.press(say("Send me the code"))
    enter_code(judge, email)
    expect(judge.page).to_have_url(re.compile(r"/judging/"))


def accept_invitation(judge: Person) -> None:
    """Both promises, none of them ticked beforehand."""
    if "/accept/" not in judge.path:
        judge.press(say("Read and answer the invitation"))
    for promise in (
        say("I promise to judge impartially."),
        say("I promise to keep the dossiers confidential."),
    ):
        box = judge.page.get_by_label(promise)
        assert not box.is_checked(), "a promise was ticked beforehand"
        box.check()
    judge.press(say("Accept the invitation"))
    judge.reads(say("Thank you. Your place in the panel is confirmed."))


def assign_everything(officer: Person, stage: str) -> int:
    """Tick every judge for every entry that allows it; answers how many ticks there were."""
    open_round(officer, stage, "assign")
    boxes = officer.page.locator("[name=pair]").all()
    for box in boxes:
        box.check()
    officer.press(say("Save the assignment"))
    return len(boxes)


def open_marking(officer: Person, stage: str) -> None:
    open_round(officer, stage, "progress")
    officer.press(say("Open marking"))


def close_marking(officer: Person, stage: str) -> None:
    open_round(officer, stage, "progress")
    officer.press(say("Close marking"))


def open_sheet(judge: Person, code: str) -> None:
    judge.go("/judging/")
    judge.page.locator(f"[data-card='{code}']").get_by_role("link").click()
    expect(judge.page.locator("#score-sheet")).to_be_visible()
    judge.reads(code)


def marks(judge: Person) -> Locator:
    return judge.page.locator("[data-score]")


def type_marks(judge: Person, typed: Sequence[str]) -> None:
    """Type one mark after the other; Enter goes on to the next field, as on a calculator."""
    fields = marks(judge)
    expect(fields).to_have_count(len(typed))
    fields.first.focus()
    for number, mark in enumerate(typed):
        expect(fields.nth(number)).to_be_focused()
        judge.page.keyboard.type(mark)
        judge.page.keyboard.press("Enter")
    expect(judge.page.locator("[data-score-next]")).to_be_focused()


def expect_total(judge: Person, total: str) -> None:
    expect(judge.page.locator("[data-score-total]")).to_have_text(total)


def comment(judge: Person, text: str) -> None:
    judge.page.get_by_label(say("Comment to the team")).fill(text)


def complete_sheet(judge: Person, code: str) -> None:
    judge.page.locator("button[value=complete]").click()
    judge.reads(say("The sheet of %(entry)s is complete.") % {"entry": code})


def hand_in(judge: Person) -> None:
    judge.go("/judging/")
    judge.press(say("Compare and hand in all sheets"))
    judge.press(say("Hand in all sheets"))
    judge.reads(say("All sheets have been handed in."))
