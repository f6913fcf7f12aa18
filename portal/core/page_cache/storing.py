"""Kept pages: ready to send in each encoding, in memory and, where there is one, in Redis."""

import gzip
import hashlib
import logging
import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache as once
from typing import NamedTuple

import brotli  # comes with whitenoise[brotli]
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from portal.core.page_cache.stamp import Stamp

logger = logging.getLogger(__name__)

SHARED = "pages"
"""The name of the cache in Redis; without one each process has only its memory."""
_COMPRESSED = ("text/", "application/json", "application/xml", "application/atom+xml")
_WORTH_COMPRESSING = 1024

# A browser or a proxy may keep the page, but asks each time whether it still holds: nobody could
# tell them that it changed. The answer is mostly a 304 without a body.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class Key(NamedTuple):
    """What decides how a page looks. The path decides its language."""

    stamp: str
    scheme: str
    host: str
    path: str
    query: str

    def shared(self) -> str:
        """The name under which Redis keeps it: short, and without anything a visitor wrote."""
        told = "\n".join((self.scheme, self.host, self.path, self.query))
        return f"{self.stamp}:{hashlib.sha256(told.encode()).hexdigest()}"


class Variant(NamedTuple):
    """A body in one encoding and all headers that go with it."""

    body: bytes
    headers: Mapping[str, str]


class Kept(NamedTuple):
    """One page with its encodings ("" is plain), and until when it may be shown."""

    variants: Mapping[str, Variant]
    until: datetime

    @property
    def size(self) -> int:
        return sum(len(variant.body) for variant in self.variants.values())


def good_until(now: datetime) -> datetime:
    """Until when a page drawn now may be shown: a minute begins, or its first second ends.

    Deadlines are whole minutes, so something opens, closes or loses a "minute left" when a minute
    begins; and as the closing second itself still counts, again when that second is over.
    """
    minute = now.replace(second=0, microsecond=0)
    return minute + timedelta(seconds=60 if now >= minute + timedelta(seconds=1) else 1)


def kept_from(response: HttpResponse, until: datetime) -> Kept:
    """The answer as it will be given to everybody."""
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    body = response.content
    tag = hashlib.sha256(body).hexdigest()[:32]
    variants = {
        encoding: Variant(encoded, _headers(response, tag, encoding, len(encoded)))
        for encoding, encoded in _encodings(body, response.headers.get("Content-Type", "")).items()
    }
    return Kept(variants, until)


def _encodings(body: bytes, content_type: str) -> dict[str, bytes]:
    """The body in every encoding, the smallest first: made once, sent many times.

    There is no secret in a page that everybody gets, so compressing gives nothing away (BREACH).
    """
    if len(body) < _WORTH_COMPRESSING or not content_type.startswith(_COMPRESSED):
        return {"": body}
    return {
        "br": brotli.compress(body, quality=5),
        "gzip": gzip.compress(body, compresslevel=6, mtime=0),
        "": body,
    }


def _headers(response: HttpResponse, tag: str, encoding: str, length: int) -> dict[str, str]:
    headers = dict(response.items())
    headers["Content-Length"] = str(length)
    # Strong: each encoding is another sequence of bytes, so it has a tag of its own.
    headers["ETag"] = f'"{tag}-{encoding}"' if encoding else f'"{tag}"'
    if encoding:
        headers["Content-Encoding"] = encoding
    return headers


class Memory:
    """Pages in this process, the least recently asked for going first when there is no room.

    A dictionary of our own, because Django's memory cache copies each page when it is read.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self.size = 0

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._take_out(key)
            self._pages[key] = kept
            self.size += kept.size
            while self.size > self._limit:
                self._take_out(next(iter(self._pages)))

    def _take_out(self, key: Key) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self.size -= gone.size


class Pages:
    """The kept pages of one process."""

    def __init__(self, memory_bytes: int, stamp: Stamp | None = None) -> None:
        self.stamp = stamp or Stamp()
        self._memory = Memory(memory_bytes)

    def find(self, key: Key, now: datetime) -> Kept | None:
        """The page, when there is one that may still be shown."""
        kept = self._memory.get(key)
        if kept is None or kept.until <= now:
            kept = _shared_get(key)
            if kept is not None:
                self._memory.put(key, kept)
        return kept if kept is not None and now < kept.until else None

    def keep(self, key: Key, kept: Kept, now: datetime) -> None:
        self._memory.put(key, kept)
        _shared_set(key, kept, (kept.until - now).total_seconds())


def _shared_get(key: Key) -> Kept | None:
    if SHARED not in settings.CACHES:
        return None
    try:
        found: Kept | None = caches[SHARED].get(key.shared())
    except Exception:  # then the page is drawn
        logger.exception("A kept page cannot be read")
        return None
    return found


def _shared_set(key: Key, kept: Kept, seconds: float) -> None:
    if SHARED not in settings.CACHES:
        return
    try:
        caches[SHARED].set(key.shared(), kept, math.ceil(seconds))
    except Exception:
        logger.exception("A page cannot be kept")


@once
def pages() -> Pages:
    """This process's pages. `pages.cache_clear()` starts anew, as a new process would."""
    return Pages(settings.PAGE_CACHE_MEMORY_MB * 1024 * 1024)
