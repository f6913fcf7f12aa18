"""An expired session loses no typing: what was posted is kept and offered back after sign-in.

A work view is decorated with `login_required_keeping`. When somebody who is no longer signed in
posts to it, the text fields wait in the anonymous session under a one-time key, and the way leads
over signing in to the page of the form. That page asks `kept_post(request)` and fills its form
with the answer. Passwords, codes and files are never kept.
"""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, overload

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from portal.core import clock

PARAMETER = "kept"
"""Name of the GET parameter that carries the key."""
_SESSION_KEY = "portal_kept_posts"
_MAX_BYTES = 1_048_576
_MAX_POSTS = 3
_LIFETIME = 7200
"""Seconds. The next person at a shared computer must not find it tomorrow."""
_SECRET = re.compile(r"passw|csrf|token|secret|otp|(^|[_-])(pin|code)$", re.IGNORECASE)

View = Callable[..., HttpResponseBase]
WayBack = Callable[..., str]


@overload
def login_required_keeping(view: View) -> View: ...


@overload
def login_required_keeping(*, back_to: str | WayBack) -> Callable[[View], View]: ...


def login_required_keeping(
    view: View | None = None, *, back_to: str | WayBack = ""
) -> View | Callable[[View], View]:
    """Let signed-in people pass; keep what others posted, and send them to sign in.

    `back_to` names the page with the form when it is not the address that was posted to: a URL
    name (resolved with the view's own arguments) or a function of request and arguments.
    """

    def decorate(inner: View) -> View:
        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated:
                return inner(request, *args, **kwargs)
            way_back = _way_back(request, back_to, args, kwargs)
            if request.method == "POST":
                way_back = _keep(request, way_back)
            return _to_login(request, way_back)

        return guarded

    return decorate(view) if view else decorate


def kept_post(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once: asking takes it out. Says so to the reader.

    None when nothing was kept, it was kept for another page, or too long ago.
    """
    kept = request.session.get(_SESSION_KEY, {})
    found = kept.get(request.GET.get(PARAMETER, ""))
    if not found or found["path"] != request.path:
        return None
    del kept[request.GET[PARAMETER]]
    request.session[_SESSION_KEY] = kept
    if clock.now().timestamp() - found["at"] > _LIFETIME:
        return None
    messages.info(request, _("We kept what you typed. Check it, then send it again."))
    return QueryDict(found["fields"])


def saved(request: HttpRequest, text: str, key: str) -> None:
    """Say on the next page that a form was saved, and let the device forget what it kept of it.

    `key` is the form's `data-keep`. A form that saves over htmx answers HX-Trigger: saved instead.
    """
    messages.success(request, text, extra_tags=key)


def _way_back(
    request: HttpRequest, back_to: str | WayBack, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> str:
    if callable(back_to):
        return back_to(request, *args, **kwargs)
    if back_to:
        return resolve_url(back_to, *args, **kwargs)
    return request.get_full_path()


def _keep(request: HttpRequest, way_back: str) -> str:
    """Stash the typed fields; answer the way back with the key that opens them."""
    typed = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if not _SECRET.search(name):
            typed.setlist(name, values)
    encoded = typed.urlencode()
    if not typed or len(encoded) > _MAX_BYTES:
        return way_back
    path, _mark, query = way_back.partition("?")
    key = secrets.token_urlsafe(12)
    kept = dict(list(request.session.get(_SESSION_KEY, {}).items())[1 - _MAX_POSTS :])
    while kept and sum(len(post["fields"]) for post in kept.values()) + len(encoded) > _MAX_BYTES:
        kept.pop(next(iter(kept)))
    kept[key] = {"path": path, "fields": encoded, "at": clock.now().timestamp()}
    request.session[_SESSION_KEY] = kept
    parameters = QueryDict(query, mutable=True)
    parameters[PARAMETER] = key
    return f"{path}?{parameters.urlencode()}"


def _to_login(request: HttpRequest, way_back: str) -> HttpResponse:
    answer = redirect_to_login(way_back)
    if request.headers.get("HX-Request") == "true":
        # htmx would put the sign-in page into a corner of this one.
        whole_page = HttpResponse(status=204)
        whole_page["HX-Redirect"] = answer.url
        return whole_page
    return answer
