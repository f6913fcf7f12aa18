"""The editor's part: pages are made and published in Wagtail's page editor."""

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.e2e.people import Person


def publish_page(
    editor: Person, parent: str, kind: str, facts: Mapping[str, str], choices: Mapping[str, str]
) -> None:
    """Add a page of `kind` ("app/model") under the page titled `parent`, and publish it."""
    page = editor.page
    editor.go("/admin/pages/")
    open_in_explorer(editor, parent)
    parent_id = editor.path.rstrip("/").rsplit("/", 1)[1]
    editor.go(f"/admin/pages/add/{kind}/{parent_id}/")
    for name, text in facts.items():
        page.locator(f"[name={name}]").fill(text)
    for name, label in choices.items():
        page.locator(f"select[name={name}]").select_option(label=label)
    menu = page.locator("footer [data-w-dropdown-target=toggle]")
    if menu.count():
        menu.first.click()
    page.locator("[name=action-publish]:visible").click()
    expect(page.locator(".messages .success")).to_be_visible()


def open_in_explorer(editor: Person, title: str) -> None:
    """Find a page by its title, as editors do, and open the list below it."""
    editor.go(f"/admin/pages/search/?q={title}")
    editor.page.get_by_role("link", name=title, exact=True).first.click()
