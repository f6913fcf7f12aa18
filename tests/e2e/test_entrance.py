"""Coming in by mailed codes, and pages that say no politely."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import gettext as say
from playwright.sync_api import expect

from tests.e2e.entrance import sign_in_by_code, sign_up
from tests.e2e.mails import code_to
from tests.e2e.marks import in_browser
from tests.e2e.people import Person

pytestmark = [*in_browser, pytest.mark.any_database]

HANH = "hanh@demo.example"


def test_sign_up_with_a_code_by_mail_and_in_again(person: Callable[..., Person]) -> None:
    founder = person()
    sign_up(founder, "Nguyễn Thị Hạnh", HANH)
    assert founder.path == "/workspace/"
    founder.reads(say("My work"), "Nguyễn Thị Hạnh")

    same_at_home = person(width=390)
    sign_in_by_code(same_at_home, HANH)
    assert same_at_home.path == "/workspace/"


def test_a_mistyped_address_is_corrected_and_a_wrong_code_explained(
    person: Callable[..., Person],
) -> None:
    founder = person(width=390)
    page = founder.go(reverse("account_signup"))
    page.get_by_label(say("Full name")).fill("Nguyễn Thị Hạnh")
    page.get_by_label(say("Email")).fill("hnah@demo.example")
    page.get_by_label(say("Password")).fill("Bà Đen 986 mét")
    page.get_by_role("checkbox").check()
    founder.press(say("Sign Up"))
    founder.reads("hnah@demo.example")

    page.locator(".change-address summary").click()
    page.locator(".change-address input[type=email]").fill(HANH)
    page.locator(".change-address button[value=change]").click()
    founder.reads(HANH)

    page.locator("[name=code]").fill("SAI-SAI1")
    founder.press(say("Confirm"))
    expect(page.locator(".error-summary")).to_be_focused()
    # Pasted with blanks around it, as mail programs give it.
    page.locator("[name=code]").fill(f" {code_to(HANH)} ")
    founder.press(say("Confirm"))
    expect(page.get_by_role("heading", level=1)).to_have_text(say("My work"))


def test_an_unknown_address_says_what_it_is_and_leads_on(person: Callable[..., Person]) -> None:
    visitor = person(width=390)
    with visitor.expecting(404):
        visitor.go("/khong-co-trang-nay/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        say("This page does not exist")
    )
    assert visitor.barriers() == []
    visitor.press(say("To the home page"))
    assert visitor.path == "/"


def test_a_work_page_leads_over_signing_in_and_back(person: Callable[..., Person]) -> None:
    founder = person()
    sign_up(founder, "Nguyễn Thị Hạnh", HANH)
    later = person()
    later.go(reverse("core:notices"))
    assert later.path == reverse("account_login")
    sign_in_by_code(later, HANH)
    assert later.path == reverse("core:notices")
