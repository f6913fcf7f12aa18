"""A cache before the portal is told when pages change: a real one, as far as it listens."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import transaction
from django_tasks import default_task_backend

from portal.core.page_cache import forget
from portal.core.page_cache.front import forget_in_front, tell_front_caches
from tests.factories.pages import home

pytestmark = pytest.mark.django_db


class Front:
    """A server that notes what it is asked, and answers with `status`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        front = self

        class Handler(BaseHTTPRequestHandler):
            def do_BAN(self) -> None:
                front.asked.append((self.command, self.path))
                self.send_response(front.status)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def front(settings: Any) -> Iterator[Front]:
    made = Front()
    running = threading.Thread(target=made.server.serve_forever)
    running.start()
    settings.FRONT_CACHE_URLS = [made.address]
    yield made
    made.server.shutdown()
    made.server.server_close()
    running.join()


def test_publishing_a_page_tells_it(
    site: Any, front: Front, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        home().save_revision().publish()
    # Once for the page, once for the search, which is brought up to date after it.
    assert front.asked == [("BAN", "/")] * 2


def test_what_is_rolled_back_tells_nothing(
    front: Front, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        forget()
        transaction.set_rollback(True)
    assert front.asked == []


def test_a_burst_of_changes_asks_for_one_telling(front: Front, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    forget_in_front()
    forget_in_front()
    assert len(default_task_backend.results) == 1
    assert tell_front_caches.func() == 1
    forget_in_front()
    assert len(default_task_backend.results) == 2


def test_one_that_refuses_or_is_away_is_logged_and_the_others_are_told(
    front: Front, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.FRONT_CACHE_URLS = ["http://127.0.0.1:9/", front.address]
    assert tell_front_caches.func() == 1
    assert "127.0.0.1:9" in caplog.text
    front.status = 403
    assert tell_front_caches.func() == 0
    assert front.address in caplog.text


def test_a_shared_cache_that_is_down_loses_nothing(
    front: Front, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    redis = "django.core.cache.backends.redis.RedisCache"
    working = settings.CACHES
    settings.CACHES = {"default": {"BACKEND": redis, "LOCATION": "redis://127.0.0.1:9/0"}}
    forget_in_front()
    settings.CACHES = working
    assert front.asked == [("BAN", "/")]
    assert "is not known" in caplog.text


def test_without_any_nothing_is_done(settings: Any) -> None:
    settings.FRONT_CACHE_URLS = []
    assert tell_front_caches.func() == 0
    forget()
