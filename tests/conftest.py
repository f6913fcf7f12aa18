"""Fixtures that every wing's tests use."""

import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client, SimpleTestCase, TransactionTestCase
from django.utils import translation
from django.utils.timezone import get_default_timezone

from portal.core.page_cache.storing import pages
from tests import migrated
from tests.committed import MigratedRows, Step

NO_SEARCH_SERVER = "No real OpenSearch was tried: TEST_SEARCH_URL names no server"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="Leave out what a second database cannot change: tests that ask none, or say so.",
    )


def pytest_sessionstart() -> None:
    """Look for garbage less often, and not among what was imported: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long stories first, so that no core waits for one at the end."""
    if config.getoption("--database-only"):
        apart = [item for item in items if not _asks_database(item)]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if _asks_database(item)]
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what this run proves nothing about."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_SEARCH_SERVER in str(report.longrepr) for report in skipped):
        terminalreporter.section("OpenSearch", yellow=True)
        terminalreporter.line(f"{NO_SEARCH_SERVER} (docs/running.md).", yellow=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Coverage is measured by the quick tests: tracing doubles the time of the slow ones.

    pytest-cov's own mark leaves out neither fixtures, such as the loading of the demo, nor itself
    where --no-cov is given. A wrapper around the whole test cannot do it: the tracer that it set
    at its end was not there for the next test (Python 3.11).
    """
    if controller := _coverage_paused_for(item):
        controller.pause()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    if controller := _coverage_paused_for(item):
        controller.resume()


def _coverage_paused_for(item: pytest.Item) -> Any:
    plugin = item.config.pluginmanager.getplugin("_cov")
    slow = item.get_closest_marker("browser") or item.get_closest_marker("walk")
    return slow and plugin and plugin.cov_controller


def _asks_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_database"):
        return False
    fixtures: set[str] = set(getattr(item, "fixturenames", ()))
    of_django = isinstance(getattr(item, "cls", None), type) and issubclass(
        item.cls,  # type: ignore[attr-defined]
        SimpleTestCase,
    )
    marked = item.get_closest_marker("django_db") is not None
    return marked or of_django or not fixtures.isdisjoint({"db", "transactional_db"})


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings_parallel_suffix: None,
) -> bool:
    """Go on from a kept database where there is one that fits."""
    return django_db_keepdb or (not django_db_createdb and migrated.copy_kept(request.config.cache))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database, as migrated again after each test that commits."""
    with django_db_blocker.unblock():
        migrated.keep(request.config.cache)
        rows = MigratedRows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: rows.put_back())
        yield


@pytest.fixture(autouse=True)
def vietnamese_and_clean_caches() -> Iterator[None]:
    """Every test starts in Vietnamese, with empty caches."""
    for cache in caches.all():
        cache.clear()
    pages.cache_clear()
    with translation.override("vi"):
        yield


@pytest.fixture
def at() -> Iterator[Callable[[str], datetime]]:
    """Move the clock: `at("2026-11-23 17:00:00")`, local time of the province. It stands still."""
    travellers: list[Any] = []

    def travel(moment: str) -> datetime:
        while travellers:
            travellers.pop().stop()
        when = datetime.fromisoformat(moment).replace(tzinfo=get_default_timezone())
        traveller = time_machine.travel(when, tick=False)
        traveller.start()
        travellers.append(traveller)
        return when

    yield travel
    while travellers:
        travellers.pop().stop()


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture(scope="session")
def founding() -> Step:
    """Founding takes a third of a second, and every fourth test begins with it."""
    from portal.pages.founding import found_site

    return Step(lambda: found_site("localhost", 80))


@pytest.fixture
def site(db: None, founding: Step) -> Any:
    """The default site, founded: its root page is our home page, in both languages."""
    from wagtail.models import Site

    founding.take()
    return Site.objects.get(is_default_site=True)
