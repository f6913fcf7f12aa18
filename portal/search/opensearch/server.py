"""Talking to the server: a handful of requests, with short limits.

Over `requests` and not with OpenSearch's own client for Python: that needs a package which is
imported as `events`, like one of our wings.
"""

import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from uuid import uuid4

import requests
from django.conf import settings
from django.core.cache import cache

from portal.search.opensearch.address import Address, address_of

logger = logging.getLogger(__name__)

CONNECTING = 1
"""Seconds to find the server."""
SEARCHING = 2
"""Seconds in which a search is answered; then the database is asked."""
WRITING = 30
PAUSE = 15
"""Seconds for which nobody waits again for a server that was away, in this process."""
BEHIND = "search-opensearch-behind"
"""Stands in the shared cache from a write that failed until `mend` has looked at everything."""

UNKNOWN = "unknown"


class Away(Exception):
    """The server is not there, or did not answer as it should."""


class Server:
    """The server of one address."""

    def __init__(self, address: Address) -> None:
        self.index = address.index
        self._address = address
        self._of_thread = threading.local()
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self._away_until

    def search(
        self, body: dict[str, Any], index: str = "", seconds: float = SEARCHING
    ) -> dict[str, Any]:
        """Ask for documents; all shards must answer, for numbers that are true. Raises Away."""
        path = f"/{index or self.index}/_search?allow_partial_search_results=false"
        told = self.ask("POST", path, body, seconds=seconds)
        if "hits" not in told:
            raise self._away(f"{self._address.root} is no OpenSearch")
        return told

    def ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | str | None = None,
        *,
        seconds: float = WRITING,
        or_nothing: bool = False,
    ) -> dict[str, Any]:
        """Send JSON, or lines of it, and read the answer: {} for what is not there, if allowed.

        Raises Away.
        """
        sent = json.dumps(body) if isinstance(body, dict) else body
        kind = "application/x-ndjson" if isinstance(body, str) else "application/json"
        try:
            answer = self._session.request(
                method,
                f"{self._address.root}{path}",
                data=sent,
                headers={"Content-Type": kind},
                timeout=(CONNECTING, seconds),
                allow_redirects=False,
            )
            told = answer.json()
        except requests.RequestException as error:
            raise self._away(f"{type(error).__name__} at {self._address.root}") from error
        if answer.status_code == 404 and or_nothing:
            return {}
        if answer.status_code // 100 != 2 or not isinstance(told, dict):
            raise self._away(f"{answer.status_code} to {method} {path}: {answer.text[:300]}")
        self._away_until = 0.0
        return told

    @property
    def _session(self) -> requests.Session:
        """Connections that stay open, of each thread its own."""
        if not hasattr(self._of_thread, "session"):
            self._of_thread.session = requests.Session()
            self._of_thread.session.auth = self._address.account
        session: requests.Session = self._of_thread.session
        return session

    def _away(self, why: str) -> Away:
        self._away_until = time.monotonic() + PAUSE
        return Away(why)


@lru_cache(maxsize=4)
def server_at(url: str) -> Server:
    return Server(address_of(url))


def server() -> Server | None:
    """Whom a reader's search is to be asked: None where the database answers.

    It does without `SEARCH_URL`, while the server is away, and while documents are missing there.
    """
    if not settings.SEARCH_URL:
        return None
    named = server_at(settings.SEARCH_URL)
    return None if named.is_away or is_behind() else named


@contextmanager
def or_the_database() -> Iterator[None]:
    """Go on after it when the server is away."""
    try:
        yield
    except Away as away:
        logger.warning("OpenSearch cannot answer, the database does: %s", away)


def ask_opensearch() -> None:
    """Raises Away when readers are answered by the database."""
    named = server_at(settings.SEARCH_URL)
    named.ask("GET", f"/_alias/{named.index}", seconds=SEARCHING)
    if is_behind():
        raise Away("documents are missing there; the hourly rebuild writes them")


# What could not be written ------------------------------------------------------------------------


def is_behind() -> bool:
    return lack() is not None


def lack() -> str | None:
    """Which failed write was the last, if one is still to be made up for."""
    try:
        found: str | None = cache.get(BEHIND)
    except Exception:  # the database knows everything
        return UNKNOWN
    return found


def note_lack() -> None:
    try:
        cache.set(BEHIND, uuid4().hex, None)
    except Exception:  # what was published stands all the same
        logger.exception("Until the next rebuild, readers may not find what was changed last")


def forget_lack(noted: str | None) -> None:
    """Everything is there again, unless another write failed meanwhile."""
    if noted not in {None, UNKNOWN} and lack() == noted:
        cache.delete(BEHIND)
