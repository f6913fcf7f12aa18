"""Giving anonymous visitors a kept page before anything else is asked."""

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response

from portal.core import clock
from portal.core.page_cache import READ_KEYS
from portal.core.page_cache.storing import Kept, Key, good_until, kept_from, pages

GetResponse = Callable[[HttpRequest], HttpResponse]

MAX_BYTES = 512 * 1024
"""Larger answers are made anew each time: one of them must not push out a hundred pages."""
MAX_QUERY = 300

_languages = "|".join(code for code, _name in settings.LANGUAGES)
_not_public = (
    "admin|workspace|accounts|judging|api|documents|media|static|_util|demo|healthz|readyz"
)
NOT_PUBLIC = re.compile(rf"/(?:(?:{_languages})/)?(?:{_not_public})(?:/|$)")
# With other than these a page differs by something that is not in its key.
_KNOWN_VARY = frozenset({"cookie", "accept-encoding"})
_KEPT_BY_NOBODY = frozenset({"private", "no-store", "no-cache"})


class PageCache:
    """Stands before sessions and languages, inside what sets the headers of every answer.

    A kept page costs a look into a dictionary: no database, no session, no template.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request):
            return self.get_response(request)
        query = drop_unread_keys(request)
        stamp = pages().stamp.current() if settings.PAGE_CACHE and len(query) < MAX_QUERY else ""
        if not stamp:
            return self.get_response(request)
        key = Key(stamp, request.scheme or "", request.get_host(), request.path, query)
        now = clock.now()
        kept = pages().find(key, now)
        if kept is not None:
            return _answer(request, kept, "hit")
        # The stamp was read before the page is drawn: a page of what stood before a change can
        # only be kept under the stamp from before it.
        response = self.get_response(request)
        if not may_be_kept(request, response):
            return response
        kept = kept_from(response, good_until(now))
        pages().keep(key, kept, now)
        return _answer(request, kept, "miss")


def is_public(request: HttpRequest) -> bool:
    """Somebody unknown reads a public address, and nothing that is only theirs waits for them."""
    if request.method not in {"GET", "HEAD"} or NOT_PUBLIC.match(request.path_info):
        return False
    if getattr(request, "is_dummy", False):  # Wagtail's previews pass through all middleware
        return False
    return "HTTP_AUTHORIZATION" not in request.META and not (
        request.META.get("HTTP_COOKIE")
        and (request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.COOKIES.get("messages"))
    )


def drop_unread_keys(request: HttpRequest) -> str:
    """Take out of `request.GET` what no public view reads, such as `fbclid`; answer the rest.

    What is not in the key must not show in the page. So it is taken away also where the cache is
    off: a view whose key is missing in `reads()` fails in its first test and not later.
    """
    if not request.META.get("QUERY_STRING"):
        return ""
    kept = QueryDict(mutable=True)
    for name in sorted(READ_KEYS & request.GET.keys()):
        kept.setlist(name, request.GET.getlist(name))
    query = kept.urlencode()
    request.GET = QueryDict(query)
    return query


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """The whole answer to a GET, the same for everybody.

    Errors and redirects are not kept: their addresses are without number, and both are cheap.
    """
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not _is_personal(request)
        and _directives(response, "Cache-Control").isdisjoint(_KEPT_BY_NOBODY)
        and _directives(response, "Vary") <= _KNOWN_VARY
        and not response.has_header("Content-Encoding")
        and len(response.content) <= MAX_BYTES
    )


def _is_personal(request: HttpRequest) -> bool:
    """Did the view write to the session, leave a message or put a token into a form?"""
    session = getattr(request, "session", None)
    messages = getattr(request, "_messages", None)
    return bool(
        request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or (session is not None and session.modified)
        or (messages is not None and messages.added_new)
    )


def _directives(response: HttpResponse, header: str) -> set[str]:
    told = response.headers.get(header, "").lower().split(",")
    return {name for one in told if (name := one.partition("=")[0].strip())}


def _answer(request: HttpRequest, kept: Kept, state: str) -> HttpResponse:
    accepted = _accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    variant = next(variant for encoding, variant in kept.variants.items() if encoding in accepted)
    body = variant.body if request.method == "GET" else b""
    response = HttpResponse(body, headers=variant.headers)
    if not settings.PRODUCTION:
        response.headers["X-Cache"] = state
    if "HTTP_IF_NONE_MATCH" in request.META:
        response = get_conditional_response(request, variant.headers["ETag"], response=response)
    return response


@lru_cache(maxsize=200)
def _accepted(header: str) -> frozenset[str]:
    """The encodings a browser takes; plain always."""
    found = {""}
    for one in header.lower().split(","):
        name, _separator, weight = one.partition(";")
        if weight.strip().rstrip("0.") != "q=":
            found.add(name.strip())
    return frozenset(found)
