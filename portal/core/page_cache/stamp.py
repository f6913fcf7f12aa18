"""The generation of the kept pages: one random value in the cache that all processes share."""

import logging
import threading
import time
import uuid
from collections.abc import Callable

from django.core.cache import cache

logger = logging.getLogger(__name__)

KEY = "page-cache-stamp"
LAG = 1.0
"""Seconds for which a process trusts what it read. Asking costs as much as half a page from memory
(a file) or several (Redis); a page that another process changed shows this much later at most."""


class Stamp:
    """What one process knows of the stamp. Random, so that a lost one never comes back."""

    def __init__(self, lag: float = LAG, timer: Callable[[], float] = time.monotonic) -> None:
        self._lag = lag
        self._timer = timer
        self._lock = threading.Lock()
        self._known = ""
        self._read_at: float | None = None

    def current(self) -> str:
        """The stamp, at most `lag` seconds old; "" when it cannot be known, so nothing is kept."""
        read_at = self._read_at
        if read_at is not None and 0 <= self._timer() - read_at < self._lag:
            return self._known
        with self._lock:
            # Read and noted under one lock: no older value may land on top of `renew()`.
            self._known = _read()
            self._read_at = self._timer()
            return self._known

    def renew(self) -> None:
        """Make every kept page worthless: at once here, within `lag` seconds elsewhere."""
        fresh = uuid.uuid4().hex
        with self._lock:
            self._known, self._read_at = fresh, self._timer()
            try:
                cache.set(KEY, fresh, None)
            except Exception:  # what was published stands; old pages end within the minute
                logger.exception("The other processes could not be told to forget their pages")


def _read() -> str:
    try:
        found = cache.get(KEY)
        if not found:
            cache.add(KEY, uuid.uuid4().hex, None)
            found = cache.get(KEY)
    except Exception:  # a cache that is down makes the portal slower, not silent
        logger.exception("The stamp of the page cache cannot be read")
        return ""
    return found or ""
