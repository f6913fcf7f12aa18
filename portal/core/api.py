"""Open data: what everybody may read on the pages, for programs. Read only, without a key.

An app that has something to give writes a `Router` in its `api.py`, and `portal.urls` adds it.
`/api/v1/openapi.json` describes everything. There is no page that lets one try it: Swagger's needs
inline scripts, which our content policy does not allow.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

VERSION = "1"


class ReadableJSON(JSONRenderer):
    """Vietnamese letters as themselves."""

    json_dumps_params = {"ensure_ascii": False}


class OpenData(NinjaAPI):
    """Answers that a page of another site may read too."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"  # nothing here depends on who asks
        return response


api = OpenData(
    title="Open data of the innovation portal",
    version=VERSION,
    description=(
        "Competitions, published results, news and official documents, as the public pages show "
        "them. Times carry their offset; amounts are in đồng; English fields are empty where there "
        "is no English."
    ),
    renderer=ReadableJSON(),
    docs_url=None,
    urls_namespace="api",
)


def absolute(path: str | None) -> str:
    """The whole address of a path of the portal."""
    return f"{settings.SITE_URL}{path}" if path and path.startswith("/") else path or ""
