"""Lists as Atom (RFC 4287): what is new, for readers of feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a feed. `url` is its whole address and its name for ever."""

    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str = ""
    author: str = ""
    category: tuple[str, str] | None = None
    """Name for programs, and label."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own whole address, the page it is of, and its entries, the newest first."""

    address: str
    about: str
    title: str
    language: str
    updated: datetime
    entries: Sequence[Entry]
    subtitle: str = ""


def atom(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed as programs read it."""
    return render(request, "components/atom.xml", {"feed": feed}, content_type=CONTENT_TYPE)
