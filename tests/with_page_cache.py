"""`pytest -p tests.with_page_cache …`: any tests with the page cache on.

Most tests run inside one transaction that is never committed; here pages are forgotten when
something is written. Tests that count queries or look into `response.context` fail then on a hit.
"""

from typing import Any

import pytest


@pytest.fixture
def page_cache_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from portal.core import page_cache

    later = BaseDatabaseWrapper.on_commit

    def on_commit(connection: Any, func: Any, robust: bool = False) -> None:
        if func is page_cache._renew:
            func()
        else:
            later(connection, func, robust)

    settings.PAGE_CACHE = True
    monkeypatch.setattr(BaseDatabaseWrapper, "on_commit", on_commit)


@pytest.fixture(autouse=True)
def page_cache_on_everywhere(page_cache_on: None) -> None:
    """For `-p`; a module that imports `page_cache_on` asks for it by name."""
