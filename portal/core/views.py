"""Error pages, liveness and readiness, public media."""

import logging
import mimetypes
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousFileOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import connection
from django.db.models import Min
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_safe
from django_tasks_db.models import DBTaskResult

from portal.core import clock
from portal.core.extension_points import providers
from portal.core.models import ConsentText
from portal.core.serving import PDF_READER_POLICY, SANDBOX_POLICY

logger = logging.getLogger(__name__)

# Error pages ------------------------------------------------------------------------------

_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def _error_page(
    request: HttpRequest | None, template: str, status: int, **context: Any
) -> HttpResponse:
    """An error page that never causes a second error.

    The request may be half made (refused before sessions or sign-in were read), so a page that
    cannot be drawn with it is drawn without, and at last as one plain line.
    """
    for known in (request, None):
        try:
            content = render_to_string(template, context, request=known)
        except TemplateDoesNotExist:
            break
        except Exception:
            logger.exception("The error page %s could not be drawn", template)
            continue
        return HttpResponse(content, status=status)
    return HttpResponse(str(status), status=status, content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 when the post was larger than the portal reads."""
    if isinstance(exception, _TOO_BIG):
        return _error_page(request, "413.html", 413)
    return _error_page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; `reason` is the sentence that a permission function gave, when there is one."""
    return _error_page(request, "403.html", 403, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not sent from a page of this browser, or cookies are off."""
    return _error_page(request, "403_csrf.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the request: whatever broke may break again."""
    return _error_page(None, "500.html", 500)


def consent_text_page(request: HttpRequest, purpose: str) -> HttpResponse:
    """The text of a consent that is in force. In English where there is an English text."""
    return render(request, "core/consent_text.html", {"text": ConsentText.current(purpose)})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Asked for by programs that read no page, such as readers of feeds."""
    return redirect(static("portal/img/favicon-32.png"))


# Liveness and readiness -------------------------------------------------------------------

_LAGGING_SECONDS = 300
"""A task that waits longer means that no worker runs, or too few."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of database or cache."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Can this process serve? 503 when not.

    A lagging queue, and a service that the portal can do without, are told, but pages still work.
    """
    parts = {
        "database": _works(_ask_database),
        "cache": _works(_ask_cache),
        "storage": _works(_ask_storage),
    }
    serves = all(parts.values())
    lag = _queue_lag() if parts["database"] else None
    in_time = lag is not None and lag < _LAGGING_SECONDS
    status = "unready" if not serves else ("ready" if in_time else "lagging")
    beside = {
        name: _works(ask)
        for services in providers("portal_services")
        for name, ask in services().items()
    }
    answer = {"status": status, **parts, **beside, "queue": in_time, "queue_lag_seconds": lag}
    return JsonResponse(answer, status=200 if serves else 503)


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever is wrong with a service: it is not ready, and the log says why
        logger.exception("Not ready: %s", ask.__name__)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    key, value = f"readyz-{uuid.uuid4().hex}", "ok"
    cache.set(key, value, 10)
    if cache.get(key) != value:
        raise OSError("the cache forgets")
    cache.delete(key)


def _ask_storage() -> None:
    private = storages["private"]
    name = private.save(f"readyz/{uuid.uuid4().hex}", ContentFile(b"ok"))
    private.delete(name)


def _queue_lag() -> int:
    """Seconds that the oldest waiting task has been waiting."""
    moment = clock.now()
    waiting = DBTaskResult.objects.ready()
    # A task for later counts from its hour; one for now has an hour that never comes.
    since = [
        waiting.filter(run_after__gt=moment).aggregate(first=Min("enqueued_at"))["first"],
        waiting.filter(run_after__lte=moment).aggregate(first=Min("run_after"))["first"],
    ]
    known = [first for first in since if first]
    return max(0, int((moment - min(known)).total_seconds())) if known else 0


# Public media -----------------------------------------------------------------------------

_SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""What may be shown in the browser. Everything else (SVG and HTML above all) is for saving."""
# Wagtail hands these out itself, after asking who may read them.
_NOT_HERE = ("documents/",)


def _modified(request: HttpRequest, path: str) -> datetime | None:
    try:
        if not default_storage.exists(path):
            return None
        return default_storage.get_modified_time(path)
    except (OSError, ValueError, SuspiciousFileOperation):
        return None


@require_safe
@condition(last_modified_func=_modified)
def public_media(request: HttpRequest, path: str) -> FileResponse:
    """One public upload: `nosniff`, nothing active inline, nothing outside MEDIA_ROOT."""
    # The storage would resolve "./" and "../", and so walk around the folders that are shut.
    if path.startswith(_NOT_HERE) or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise Http404(path)
    try:
        opened = default_storage.open(path, "rb")
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404(path) from error
    name = path.rsplit("/", 1)[-1]
    suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    shown = _SHOWN.get(suffix)
    response = FileResponse(
        opened,
        as_attachment=shown is None,
        filename=name,
        content_type=shown or _harmless_type(name),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_READER_POLICY if suffix == ".pdf" else SANDBOX_POLICY
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _harmless_type(name: str) -> str:
    """The type for saving; what a browser could run is named as plain bytes."""
    guessed, _encoding = mimetypes.guess_type(name)
    if guessed and guessed.startswith(("audio/", "video/")):
        return guessed
    return "application/octet-stream"
