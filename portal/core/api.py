"""Open data: what everybody may read on the pages, for programs. Read only, without a key.

An app that has something to give writes a `Router` in its `api.py`, and `portal.urls` adds it.
`/api/v1/openapi.json` describes everything, and the page “Dữ liệu mở” tells it to people from the
same description. There is no page that lets one try it: Swagger's needs inline scripts, which our
content policy does not allow.
"""

import hashlib
import math
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Schema
from ninja.renderers import JSONRenderer
from ninja.throttling import SimpleRateThrottle

from portal.core.api_tables import as_csv, asked_for

VERSION = "1"
FRESH_SECONDS = 60


class ReadableJSON(JSONRenderer):
    """Vietnamese letters as themselves."""

    json_dumps_params = {"ensure_ascii": False}


class PerClient(SimpleRateThrottle):
    """So many requests in a while for each address, as `OPEN_DATA_RATE` says.

    Two at the very same moment may both count as one: the limit keeps a clumsy program from
    wearing out the portal, it is no gate.
    """

    scope = "open_data"

    def __init__(self) -> None:
        super().__init__(settings.OPEN_DATA_RATE)

    def get_cache_key(self, request: HttpRequest) -> str:
        told = f"{self.scope}:{self.get_ident(request)}"
        return f"open-data:{hashlib.sha256(told.encode()).hexdigest()[:32]}"

    def allow_request(self, request: HttpRequest) -> bool:
        self.num_requests, self.duration = self.parse_rate(settings.OPEN_DATA_RATE)
        return super().allow_request(request)

    def throttle_failure(self) -> bool:
        self.wait_for = max(1.0, self.duration - (self.now - self.history[-1]))
        return False

    def wait(self) -> float:
        return float(math.ceil(self.wait_for))


class ErrorOut(Schema):
    """Why there is no answer."""

    detail: Any


def read_anywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let pages of other sites read the description, as they may read the data."""

    def described(request: HttpRequest, **options: Any) -> HttpResponse:
        response = view(request, **options)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return described


REFUSALS = {422: "A parameter cannot be read.", 429: "Too many requests in a short time."}
"""What any address may answer besides its own, with an `ErrorOut`."""
NOT_PUBLIC = "There is no such public record."


class OpenData(NinjaAPI):
    """Answers that a page of another site may read too, and that are not sent twice."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """What each address says of itself, and what any of them may answer besides."""
        described = super().get_openapi_schema(**options)
        for path, operations in described["paths"].items():
            refusals = {**REFUSALS, 404: NOT_PUBLIC} if "{" in path else REFUSALS
            for operation in operations.values():
                for status, why in refusals.items():
                    operation["responses"].setdefault(status, {"description": why})
        return described

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        code = temporal_response.status_code if temporal_response else status
        columns = asked_for(request)
        if code == 200 and columns is not None and isinstance(data, dict) and "items" in data:
            response = as_csv(data["items"], columns, request.path.rsplit("/", 1)[-1])
            if temporal_response and "Link" in temporal_response:
                response["Link"] = temporal_response["Link"]
        else:
            response = super().create_response(
                request, data, status=status, temporal_response=temporal_response
            )
        if code == 200:
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
            answered = get_conditional_response(request, response["ETag"], response=response)
            response = answered or response
        response["Access-Control-Allow-Origin"] = "*"  # nothing here depends on who asks
        response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        return response


api = OpenData(
    title="Open data of the innovation portal",
    version=VERSION,
    description=(
        "The technology market, competitions, published results, startups, news and official "
        "documents, as the public pages show them. Times carry their offset; amounts are in đồng; "
        "English fields are empty where there is no English. Lists are walked by following `next` "
        "until it is null; `format=csv` answers the same rows as a table. Owners who are not "
        "named on the pages are not named here, and contacts never are."
    ),
    renderer=ReadableJSON(),
    docs_url=None,
    docs_decorator=read_anywhere,
    urls_namespace="api",
    throttle=PerClient(),
)


def absolute(path: str | None) -> str:
    """The whole address of a path of the portal."""
    return f"{settings.SITE_URL}{path}" if path and path.startswith("/") else path or ""
