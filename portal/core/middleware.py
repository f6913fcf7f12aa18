"""Small middleware of the site: content policy, language of the path, private pages, NUL bytes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.core.exceptions import BadRequest
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import has_vary_header

GetResponse = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """One constant policy for public and work pages, another for Wagtail's back office."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        admin = request.path_info.startswith("/admin/")
        response.headers.setdefault(
            "Content-Security-Policy",
            settings.CONTENT_SECURITY_POLICY_ADMIN if admin else settings.CONTENT_SECURITY_POLICY,
        )
        return response


class PrivatePages:
    """What a signed-in person saw stays on no shared computer.

    Their pages are never stored: the Back button of the next person asks the portal anew. Signing
    out clears what scripts kept on the device, such as text that was not sent yet.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = '"storage"'
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


@receiver(user_logged_out)
def mark_signed_out(request: Any, **kwargs: Any) -> None:
    if request is not None:
        request.signed_out = True


class PathLocale(LocaleMiddleware):
    """The path alone decides the language, so unprefixed pages do not vary by Accept-Language."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        if has_vary_header(response, "Accept-Language"):
            kept = [v.strip() for v in response["Vary"].split(",")]
            kept = [v for v in kept if v.lower() != "accept-language"]
            if kept:
                response["Vary"] = ", ".join(kept)
            else:
                del response["Vary"]
        return response


class RefuseNulBytes:
    """Answer 400 to NUL in the address: PostgreSQL cannot even compare such text."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL byte in the address")
        return self.get_response(request)
