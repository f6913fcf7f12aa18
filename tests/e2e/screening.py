"""The officer's part between deadline and marking: dossiers are read and decided on."""

from django.utils.translation import gettext as say
from playwright.sync_api import Locator

from tests.e2e.people import Person


def open_dossier(officer: Person, title: str) -> None:
    """From the list of all dossiers to the one with this title."""
    officer.go("/admin/entries/")
    officer.press(title, officer.page.get_by_role("table"))


def _act(officer: Person, name: str) -> Locator:
    act = officer.page.locator("details").filter(has=officer.page.locator("summary", has_text=name))
    act.locator("summary").click()
    return act


def ask_to_complete(officer: Person, title: str, what: str, day: str, time: str) -> None:
    """Say what is missing and until when (`day` as 2026-11-29)."""
    open_dossier(officer, title)
    act = _act(officer, say("Ask to complete"))
    act.locator("[name$=what]").fill(what)
    act.locator("[name$=until_day]").fill(day)
    act.locator("[name$=until_time]").fill(time)
    officer.press(say("Send the request"), act)


def mark_eligible(officer: Person, title: str) -> None:
    open_dossier(officer, title)
    officer.press(say("Eligible"), officer.page.get_by_role("complementary"))
