"""Everything by keys alone: no mouse is touched in this file."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import gettext as say
from playwright.sync_api import Page, expect

from competitions.judging.models import Scorecard
from tests.e2e import judging
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.factories.entries import EntryFactory, OpenCompetitionFactory
from tests.factories.judging import make_round
from tests.factories.pages import NewsIndexFactory, home

pytestmark = [*in_browser, pytest.mark.any_database]


def tab_to(page: Page, selector: str, limit: int = 60) -> None:
    """Press Tab until the focus stands on the element; fails when it cannot be reached."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"Tab never came to {selector}")


def test_skip_link_is_first_and_leads_to_the_content(person: Callable[..., Person]) -> None:
    page = person().go("/")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_menu_opens_closes_and_gives_the_focus_back(person: Callable[..., Person]) -> None:
    NewsIndexFactory(parent=home(), show_in_menus=True)
    page = person(width=390).go("/")
    button = page.locator("[data-menu-button]")
    link = page.get_by_role("navigation").get_by_role("link", name="Tin tức")
    expect(link).to_be_hidden()
    tab_to(page, "[data-menu-button]")
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "#site-nav a")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/tin-tuc/")


def test_a_sheet_is_scored_and_completed(person: Callable[..., Person]) -> None:
    marking = make_round(judges=1, entries=2)
    marking.assign_all()
    marking.open()
    judge = person(marking.judges[0].user)
    card = marking.card(marking.judges[0], marking.entries[0])
    page = judge.go(reverse("judging:scorecard", args=[card.key]))

    tab_to(page, "[data-score]")
    page.keyboard.type("45")
    page.keyboard.press("Enter")
    first = judging.marks(judge).first
    expect(first).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Shift+Tab")
    tab_back_to_first(page)
    page.keyboard.press("Control+A")
    page.keyboard.type("32,5")
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-invalid", "false")
    page.keyboard.type("20.5")
    page.keyboard.press("Enter")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    # 32,5 and 20,5, and 8 of 10 with weight 3.
    judging.expect_total(judge, "77,00")
    expect(page.locator("[data-score-next]")).to_be_focused()
    page.keyboard.press("Enter")
    judge.reads(say("The sheet of %(entry)s is complete.") % {"entry": card.entry.code})
    card.refresh_from_db()
    assert card.state == Scorecard.State.COMPLETE


def tab_back_to_first(page: Page) -> None:
    """Go back until the first mark has the focus."""
    first = "[data-score]"
    for _press in range(10):
        at_first = page.evaluate(
            "selector => document.activeElement === document.querySelector(selector)", first
        )
        if at_first:
            return
        page.keyboard.press("Shift+Tab")
    pytest.fail("the first mark was not reached backwards")


def test_a_section_is_written_and_saved(person: Callable[..., Person]) -> None:
    entry = EntryFactory(draft=True)
    section = entry.form.sections.order_by("order").first()
    founder = person(entry.captain, width=390)
    page = founder.go(reverse("entries:section", args=[entry.key, section.pk]))
    tab_to(page, "#answers textarea")
    page.keyboard.type("Bánh tráng giữ được sáu tháng.")
    page.keyboard.press("Tab")
    page.keyboard.type("Hàng trả về vì mốc.")
    tab_to(page, "#answers input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "#answers button:not([name])")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(
        founder.address + reverse("entries:section", args=[entry.key, section.pk])
    )
    answers = {answer.question.key: answer.text for answer in entry.answers.all()}
    assert answers == {
        "tom-tat": "Bánh tráng giữ được sáu tháng.",
        "van-de": "Hàng trả về vì mốc.",
        "linh-vuc": "nong-nghiep",
    }


def test_the_focus_goes_to_the_error_summary_and_on_to_the_field(
    person: Callable[..., Person],
) -> None:
    competition = OpenCompetitionFactory()
    founder = person(competition.created_by)
    page = founder.go(reverse("entries:start", args=[competition.pk]))
    tab_to(page, "main form button[type=submit]")
    with founder.expecting(422):
        page.keyboard.press("Enter")
        summary = page.locator(".error-summary")
        expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
