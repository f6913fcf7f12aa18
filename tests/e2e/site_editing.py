"""The editor's part: pages are made and published in Wagtail's page editor."""

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import expect

from tests.e2e.people import Person


def publish_page(
    editor: Person,
    under: Sequence[str],
    kind: str,
    facts: Mapping[str, str],
    choices: Mapping[str, str] | None = None,
) -> None:
    """Add a page of `kind` ("app/model") at the end of a path of titles, and publish it.

    `facts` are typed, `choices` are chosen by their words; both by the names of the fields.
    """
    page = editor.page
    editor.go(f"/admin/pages/add/{kind}/{find_page(editor, under)}/")
    for name, text in facts.items():
        page.locator(f"[name={name}]").fill(text)
    for name, words in (choices or {}).items():
        page.locator(f"select[name={name}]").select_option(label=words)
    page.locator("[name=no_state_secret]").check()
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def find_page(editor: Person, titles: Sequence[str]) -> int:
    """Walk down the page tree by titles; answers the number of the last page."""
    editor.go("/admin/pages/")
    number = 0
    for title in titles:
        link = editor.page.get_by_role("main").get_by_role("link", name=title).first
        found = re.search(r"/admin/pages/(\d+)/", link.get_attribute("href") or "")
        assert found, f"no page {title!r} here"
        number = int(found.group(1))
        editor.go(f"/admin/pages/{number}/")
    return number
