"""The officer's part before entries come: a competition is set up, dated and announced."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as say
from playwright.sync_api import expect

from tests.e2e.people import Person


def create_competition(officer: Person, facts: Mapping[str, str]) -> str:
    """Create an empty competition in the back office; answers the path of its overview."""
    officer.go(reverse("calls_competition:add"))
    fill_row(officer, facts)
    save_row(officer)
    officer.reads(facts["title"])
    return officer.path


def set_up_standard_season(officer: Person, overview: str) -> None:
    """Tracks, rounds, form, criteria and prizes by one button, then the form is put in use."""
    officer.go(overview)
    officer.press(say("Standard set-up"))
    officer.press(say("Set up"))
    officer.reads(say("The standard season stands. Now fill in the dates."))
    officer.press(say("Version %(version)s") % {"version": 1})
    officer.press(say("Put in use"))
    officer.press(say("Put in use"))
    officer.reads(say("This version is in use now."))


def give_dates(officer: Person, overview: str, stage: str, facts: Mapping[str, str]) -> None:
    """Type the dates and rules of one round of one track (`stage`: "Vòng hồ sơ · Ý tưởng")."""
    officer.go(overview)
    row = officer.page.get_by_role("row").filter(has_text=stage)
    row.get_by_role("link", name=say("Dates and rules")).click()
    fill_row(officer, facts)
    save_row(officer)


def announce(officer: Person, overview: str) -> None:
    officer.go(overview)
    officer.press(say("Announce"))
    officer.press(say("Announce"))
    officer.reads(say("The competition has been announced."))


def fill_row(officer: Person, facts: Mapping[str, str]) -> None:
    """Fill the fields of a back-office form by their names."""
    for name, text in facts.items():
        officer.page.locator(f"[name={name}]").fill(text)


def save_row(officer: Person) -> None:
    before = urlsplit(officer.page.url).path
    officer.page.locator("form .footer [type=submit], footer [type=submit]").first.click()
    expect(officer.page).not_to_have_url(re.compile(re.escape(before) + r"$"))
