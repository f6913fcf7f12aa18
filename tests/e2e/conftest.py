"""A real Chromium, a real server, and people with browsers of their own.

The server runs in threads of the test process, on the test database: `time_machine` moves its
clock too, and its mails lie in Django's outbox. Chromium is taken from PORTAL_CHROMIUM or PATH;
where there is none these tests are skipped. PORTAL_SCREENSHOTS=folder keeps pictures.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as portal_settings
from django.db import connections
from django.test import Client
from django.utils.timezone import get_default_timezone
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from portal.pages.founding import found_site
from tests.e2e.people import Person

FLAGS = [
    "--no-sandbox",  # tests run as root in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUMS = (os.environ.get("PORTAL_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    return next((found for name in CHROMIUMS if name and (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, loudly, what needs a browser where there is none."""
    if find_chromium() is None:
        reason = "NO CHROMIUM FOUND: set PORTAL_CHROMIUM, or put chromium on PATH."
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="package")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One browser for all; every person has a context of their own in it."""
    path = find_chromium()
    with _database_beside_a_loop(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        with closing(browser), _connection_beside_a_loop():
            yield browser


@contextmanager
def _database_beside_a_loop() -> Iterator[None]:
    """Playwright keeps an event loop in this thread; Django would refuse to be asked beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@contextmanager
def _connection_beside_a_loop() -> Iterator[None]:
    """Beside a loop Django has connections of its own; they end before the loop does."""
    yield
    connections.close_all()


@pytest.fixture(scope="package")
def server(chromium: Browser) -> Iterator[str]:
    """The portal on a free port of this machine; its address without a slash at the end."""
    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()


@pytest.fixture
def portal(server: str, db: None, settings: Any) -> str:
    """An empty portal: roles, consent texts and a home page in two languages, nobody and nothing.

    Mails lead to the test's own server.
    """
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = server
    found_site("127.0.0.1", int(server.rsplit(":", 1)[1]))
    return server


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test failed: its last screens are worth a picture."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def person(portal: str, newcomer: Callable[..., Person]) -> Callable[..., Person]:
    """A visitor of the empty portal: see `newcomer`."""
    return newcomer


@pytest.fixture
def newcomer(
    server: str,
    db: None,
    chromium: Browser,
    request: pytest.FixtureRequest,
    pictures: Path | None,
) -> Iterator[Callable[..., Person]]:
    """Call it for a person with a browser of their own: `newcomer(user, width=390, dark=True)`.

    Without a user nobody is signed in. Whatever went wrong in a browser fails the test.
    """
    people: list[Person] = []

    def arrive(user: Any = None, **options: Any) -> Person:
        somebody = Person(chromium, server, **options)
        people.append(somebody)
        if user is not None:
            _sign_in(somebody, user)
        return somebody

    yield arrive
    for number, one in enumerate(people):
        if request.node.stash.get(FAILED, False):
            one.photograph(pictures, f"failed/{request.node.name}-{number}")
        one.leave()
    complaints = [complaint for one in people for complaint in one.complaints]
    assert not complaints, "Something went wrong in a browser:\n" + "\n".join(complaints)


def _sign_in(somebody: Person, user: Any) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = portal_settings.SESSION_COOKIE_NAME
    somebody.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": somebody.address}]
    )


@pytest.fixture
def clock_at() -> Callable[[str], AbstractContextManager[None]]:
    """Let it be this moment, province time, and let time run on: `with clock_at("2026-…"):`."""

    @contextmanager
    def travel(moment: str) -> Iterator[None]:
        when = datetime.fromisoformat(moment).replace(tzinfo=get_default_timezone())
        with time_machine.travel(when, tick=True):
            yield

    return travel


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where pictures of screens go; None when nobody asked for them."""
    folder = os.environ.get("PORTAL_SCREENSHOTS", "")
    return Path(folder) if folder else None
