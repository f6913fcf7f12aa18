"""Every public and work screen of the demo season: looked at by axe and by a ruler, its markup
read and its bytes weighed.

With PORTAL_SCREENSHOTS=folder a picture of each is kept, at 390 and 1280 px, light and dark.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from portal.core.models import PrivateFile
from portal.core.page_pictures import make_page_pictures
from portal.demo.loading import load, moment_of
from tests.e2e import demo_screens, weighing
from tests.e2e.demo_screens import Screen
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.markup import faults as markup_faults

pytestmark = [*in_browser, pytest.mark.any_database]

TODAY = "2026-11-23"
NARROW = 360
"""Pixels: nothing may have to be scrolled sideways from here on."""
LOOKS = ((1280, False), (390, True))
"""What axe sees: every screen wide and light, and narrow and dark."""
FURTHER_LOOKS = ((1280, True), (390, False))
"""Only photographed, when pictures are wanted."""


@pytest.fixture
def demo(server: str, db: None, settings: Any, clock_at: Callable[..., Any]) -> Iterator[str]:
    """The demo season on a working day, two files of it with pictures of their pages."""
    tasks = settings.TASKS
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = server
    with clock_at(f"{TODAY} 10:00"):
        load(moment_of(TODAY), hostname="127.0.0.1", port=int(server.rsplit(":", 1)[1]))
        for file in PrivateFile.objects.filter(kind="pdf").order_by("-pk")[:2]:
            make_page_pictures.func(file.pk)
        settings.TASKS = tasks
        yield server


def test_public_screens(visit: Callable[..., list[str]]) -> None:
    faults = visit(demo_screens.public_screens())
    assert not faults, "\n".join(faults)


def test_work_screens(visit: Callable[..., list[str]]) -> None:
    screens = [
        *demo_screens.own_screens(),
        *demo_screens.founder_screens(),
        *demo_screens.lately_screens(),
        *demo_screens.judge_screens(),
        *demo_screens.office_screens(),
    ]
    faults = visit(screens)
    assert not faults, "\n".join(faults)


def test_screens_of_spaces_and_startups(visit: Callable[..., list[str]]) -> None:
    faults = visit([*demo_screens.space_screens(), *demo_screens.startup_screens()])
    assert not faults, "\n".join(faults)


def test_screens_of_events(visit: Callable[..., list[str]]) -> None:
    faults = visit([*demo_screens.event_screens()])
    assert not faults, "\n".join(faults)


def test_screens_of_the_market(visit: Callable[..., list[str]]) -> None:
    faults = visit([*demo_screens.market_screens(), *demo_screens.market_work_screens()])
    assert not faults, "\n".join(faults)


@pytest.fixture
def visit(
    demo: str, newcomer: Callable[..., Person], pictures: Path | None
) -> Callable[..., list[str]]:
    """Look at screens in every way; answers what is wrong, a line for each fault."""

    def look_at(screens: Iterator[Screen]) -> list[str]:
        listed = list(screens)
        faults: list[str] = []
        for width, dark in LOOKS + (FURTHER_LOOKS if pictures else ()):
            people: dict[int | None, Person] = {}
            for screen in listed:
                key = screen.user.pk if screen.user else None
                if key not in people:
                    people[key] = newcomer(screen.user, width=width, dark=dark)
                examined = (width, dark) in LOOKS
                look = f"{screen.name} at {width}{' dark' if dark else ''}"
                found = _look(people[key], screen, pictures, examined=examined)
                faults += [f"{look}: {fault}" for fault in found]
            for person in people.values():
                person.leave()
        return faults

    return look_at


def _look(
    person: Person, screen: Screen, pictures: Path | None, *, examined: bool
) -> Iterator[str]:
    with person.expecting(screen.status):
        answer = person.page.goto(screen.path)
    assert answer is not None
    if answer.status != screen.status:
        yield f"answered {answer.status}"
        return
    width = person.page.viewport_size["width"]  # type: ignore[index]
    theme = "dark" if person.dark else "light"
    person.photograph(pictures, f"{screen.name}-{width}-{theme}")
    if not examined:
        return
    yield from person.barriers(within="main" if screen.back_office else None)
    yield from _structure(person.page)
    if (width, person.dark) == LOOKS[0] and not screen.back_office:
        html = answer.text()
        yield from markup_faults(html, language="en" if screen.path.startswith("/en/") else "vi")
        if screen.user is None:
            yield from weighing.too_heavy(person.page, html)
            yield from _languages(person, html)
    if width < 1000 and not screen.back_office:
        yield from _overflow(person.page)


def _structure(page: Page) -> Iterator[str]:
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    if page.get_by_role("main").count() != 1:
        yield "no single main landmark"
    if not page.title():
        yield "no title"


def _languages(person: Person, html: str) -> Iterator[str]:
    """The same page in each language is there, and tells of the others as this one does."""
    told = _alternates(html)
    for language, address in told.items():
        other = person.context.request.get(address)
        if other.status != 200 or _alternates(other.text()) != told:
            yield f"hreflang={language} to {address}: {other.status}, which does not point back"


def _alternates(html: str) -> dict[str, str]:
    links = BeautifulSoup(html, "html.parser").select("link[rel=alternate][hreflang]")
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def _overflow(page: Page) -> Iterator[str]:
    """Measured at the narrowest width that has to work."""
    page.set_viewport_size({"width": NARROW, "height": 780})
    wide = page.evaluate(WIDER_THAN_THE_WINDOW)
    page.set_viewport_size({"width": 390, "height": 900})
    if wide:
        yield f"scrolls sideways at {NARROW} px: {wide}"


WIDER_THAN_THE_WINDOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const guilty = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > room + 1);
  return guilty.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(" | ") || "page";
}"""
