"""The portal's addresses, and a bare view behind the same middleware with a body of any size."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from portal import urls

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)


@cache
def _body(size: int) -> bytes:
    return b"x" * size


@never_cache
def bare(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(_body(size))


urlpatterns = [path("bench/<int:size>/", bare), *urls.urlpatterns]
