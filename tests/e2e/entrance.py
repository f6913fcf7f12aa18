"""The way in: accounts are made and opened by codes that come by mail."""

import re

from django.utils.translation import gettext as say
from playwright.sync_api import expect

from tests.e2e.mails import code_to
from tests.e2e.people import Person

PASSWORD = "Bà Đen 986 mét"


def sign_up(person: Person, full_name: str, email: str) -> None:
    """Make an account: from the sign-up page the person is on, or straight from there."""
    if not person.path.startswith("/accounts/signup/"):
        person.go("/accounts/signup/")
    page = person.page
    page.get_by_label(say("Full name")).fill(full_name)
    page.get_by_label(say("Email")).fill(email)
    page.get_by_label(say("Password")).fill(PASSWORD)
    terms = page.get_by_role("checkbox")
    assert not terms.is_checked(), "a consent was ticked beforehand"
    terms.check()
    person.press(say("Sign Up"))
    enter_code(person, email)


def sign_in_by_code(person: Person, email: str) -> None:
    """Come in without a password."""
    if not person.path.startswith("/accounts/login/"):
        person.go("/accounts/login/")
    person.press(say("Send me a sign-in code"))
    person.page.get_by_label(say("Email")).fill(email)
    person.press(say("Request Code"))
    enter_code(person, email)


def enter_code(person: Person, email: str) -> None:
    """Type the newest code; ends on the page the person was going to."""
    person.page.locator("[name=code]").fill(code_to(email))
    person.press(say("Confirm"))
    expect(person.page).not_to_have_url(re.compile("/accounts/"))
