"""What a page costs a reader: its bytes by kind, as they travel."""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Page

KB = 1024
MOST = {"HTML": 60 * KB, "CSS": 30 * KB, "JS": 30 * KB, "fonts": 60 * KB, "first view": 300 * KB}
"""Compressed. The first view is everything together, with its pictures."""
KINDS = {"css": "CSS", "js": "JS", "woff2": "fonts"}
LOADED = """() => performance.getEntriesByType("resource").map(
  (entry) => [entry.name, entry.encodedBodySize])"""


def too_heavy(page: Page, html: str) -> Iterator[str]:
    """A line for each kind of which the page, open in a browser, loaded more than it may."""
    weights = weights_of(page, html)
    for kind, most in MOST.items():
        if weights[kind] > most:
            yield f"{kind}: {weights[kind]} bytes, of at most {most}"


def weights_of(page: Page, html: str) -> dict[str, int]:
    """Bytes by kind. Text is weighed as gzip makes it: a little more than brotli would."""
    page.wait_for_load_state()
    weights: dict[str, int] = defaultdict(int)
    weights["HTML"] = len(gzip.compress(html.encode()))
    for address, size in page.evaluate(LOADED):
        path = urlsplit(address).path
        kind = KINDS.get(path.rpartition(".")[2], "pictures")
        weights[kind] += _compressed(path) if kind in {"CSS", "JS"} else size
    weights["first view"] = sum(weights.values())
    return weights


def _compressed(path: str) -> int:
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), f"{path} is no static file of ours"
    with open(found, "rb") as file:
        return len(gzip.compress(file.read()))
