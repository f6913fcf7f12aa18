"""The search box by keys: suggestions come, are walked through, chosen and sent away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.factories.pages import StandardPageFactory, home
from tests.factories.search import document

pytestmark = [*in_browser, pytest.mark.any_database]


def test_suggestions_are_a_combobox(person: Callable[..., Person]) -> None:
    about = StandardPageFactory(parent=home(), title="Khởi nghiệp xanh")
    document("a:1:vi", "Khởi nghiệp xanh")
    document("a:2:vi", "Khởi nghiệp số", url=about.get_url())
    document("a:3:vi", "Chương trình khởi nghiệp")
    page = person().go("/")
    box = page.locator("#site-search")
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    page.keyboard.type("khoi ngh")
    options = page.locator("#site-search-suggestions [role=option]")
    expect(options).to_have_text(["Khởi nghiệp xanh", "Khởi nghiệp số", "Chương trình khởi nghiệp"])
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("khoi ngh")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "site-search-suggestions-1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(about.get_url())


def test_enter_without_a_choice_searches(person: Callable[..., Person]) -> None:
    document("a:1:vi", "Khởi nghiệp xanh")
    page = person().go("/")
    page.locator("#site-search").fill("xanh")
    expect(page.locator("#site-search-suggestions [role=option]")).to_have_count(1)
    page.locator("#site-search").press("Enter")
    expect(page).to_have_url("/tim-kiem/?q=xanh")
    expect(page.locator(".row__title mark")).to_have_text("xanh")
