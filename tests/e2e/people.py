"""A person with a browser of their own, watched: whatever goes wrong in it fails the test."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    WebError,
    expect,
)

TOP = re.compile(r"^Failed to load resource")
"""The console repeats each refused answer; the answer itself is judged by its status."""
LEFT_BEHIND = "net::ERR_ABORTED"
"""A download, or a page left before its pictures came: nothing is wrong."""
STANDARD = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
HEIGHT = 900
PATIENCE = 30_000
"""Milliseconds before something that does not come is a fault; machines are busy at times."""
expect.set_options(timeout=PATIENCE)


class Person:
    """One browser context: own cookies, own storage, in Vietnamese, in the province's time zone."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        width: int = 1280,
        dark: bool = False,
        javascript: bool = True,
    ) -> None:
        self.address, self.dark, self.javascript = address, dark, javascript
        self.complaints: list[str] = []
        self._forgiven: set[int] = set()
        self._cut_off = False
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._console)
        self.context.on("weberror", self._script_error)
        self.context.on("request", self._request)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._response)
        self.page: Page = self.context.new_page()

    # What goes wrong ----------------------------------------------------------------------

    def _complain(self, text: str) -> None:
        self.complaints.append(f"{text}  (on {self.page.url})")

    def _console(self, message: ConsoleMessage) -> None:
        # A breach of the content policy arrives here too.
        if message.type == "error" and not TOP.match(message.text) and not self._cut_off:
            self._complain(f"console: {message.text}")

    def _script_error(self, error: WebError) -> None:
        self._complain(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        ours = request.url.startswith((f"{self.address}/", "data:", "blob:", "about:"))
        if not ours:
            self._complain(f"request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BEHIND and not self._cut_off:
            self._complain(f"failed: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._forgiven:
            self._complain(f"{response.status}: {response.request.method} {response.url}")

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Inside, answers with these statuses are what the test wants."""
        before, self._forgiven = self._forgiven, self._forgiven | set(statuses)
        try:
            yield
        finally:
            self._forgiven = before

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Inside, this person's network is down, and requests fail without a complaint."""
        # A page whose scripts have not come yet could keep nothing on the device.
        self.page.wait_for_load_state()
        self._cut_off = True
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)
            self._cut_off = False

    # What a person does -------------------------------------------------------------------

    def go(self, path: str) -> Page:
        """Open a path of the portal, or a whole address out of a mail."""
        self.page.goto(path)
        return self.page

    @property
    def path(self) -> str:
        """Where this person is: the path without host and query."""
        return urlsplit(self.page.url).path

    def reads(self, *texts: str) -> None:
        """Each text stands visibly on the page."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def does_not_read(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press the one button, or follow the one link, of this name."""
        place = within or self.page.get_by_role("main")
        either = place.get_by_role("button", name=name, exact=True).or_(
            place.get_by_role("link", name=name, exact=True)
        )
        either.click()

    def downloads(self, name: str | re.Pattern[str], within: Locator | None = None) -> Path:
        """Press it, and answer where the file that came stands on the disk."""
        with self.page.expect_download() as coming:
            self.press(name, within)
        return coming.value.path()

    # What is looked at --------------------------------------------------------------------

    def photograph(self, folder: Path | None, name: str) -> None:
        """Keep a picture of the whole page, when pictures are wanted."""
        if folder is not None and not self.page.is_closed():
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def barriers(self, within: str | None = None) -> list[str]:
        """What axe finds against WCAG 2.2 AA, on the page or `within` a part: rule, and where."""
        found = Axe().run(self.page, within, STANDARD).response["violations"]
        return [
            f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
            for rule in found
            for node in rule["nodes"]
        ]

    def leave(self) -> None:
        self.context.close()
