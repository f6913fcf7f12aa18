"""Lists of the open data: pages that stay in step while records come and go, and tables.

A page begins behind a record, not at a number: what is added or taken away meanwhile moves nothing
that was not read yet. Whoever follows `next` reads everything that stood there all the time, once.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema
from ninja.pagination import PaginationBase

from portal.core.spreadsheets import safe

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Sixteen digits of microseconds end in 2286, and sixteen of a key fit every column.
CURSOR = r"^([0-9]{1,16}(-[0-9]{1,16})?)?$"
_MICROSECOND = timedelta(microseconds=1)


class Keyset(PaginationBase):
    """The newest first, by the key of the record or by a moment of it and then the key.

    `columns` is the schema of a row, for tables; `day` names the column of the moment, if any.
    """

    class Input(Schema):
        limit: int = Field(settings.NINJA_PAGINATION_PER_PAGE, ge=1, le=100)
        after: str = Field(
            "", pattern=CURSOR, description="Taken from `next`; says where the last page ended."
        )
        format: Literal["json", "csv"] = "json"

    class Output(Schema):
        items: list[Any]
        count: int = Field(description="How many there are in all at this moment.")
        next: str | None = Field(None, description="The address of the next page; null at the end.")

    def __init__(self, *, columns: type[Schema], day: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns, self.day = columns, day

    def paginate_queryset(
        self, queryset: QuerySet, pagination: Any, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        count = queryset.order_by().count()
        rows = queryset.filter(self._behind(pagination.after)).order_by(*self._order())
        found = list(rows[: pagination.limit + 1])
        items = found[: pagination.limit]
        more = len(found) > pagination.limit
        if pagination.format == "csv":
            request.open_data_columns = self.columns  # type: ignore[attr-defined]
        return {
            "items": items,
            "count": count,
            "next": self._address(request, self._cursor(items[-1])) if more else None,
        }

    def _order(self) -> Sequence[str]:
        return (f"-{self.day}", "-pk") if self.day else ("-pk",)

    def _cursor(self, record: Any) -> str:
        if not self.day:
            return str(record.pk)
        return f"{(getattr(record, self.day) - EPOCH) // _MICROSECOND}-{record.pk}"

    def _behind(self, cursor: str) -> Q:
        if not cursor:
            return Q()
        first, _dash, key = cursor.partition("-")
        if not self.day:
            return Q(pk__lt=int(first))
        moment = EPOCH + timedelta(microseconds=int(first))
        return Q(**{f"{self.day}__lt": moment}) | Q(**{self.day: moment, "pk__lt": int(key or 0)})

    def _address(self, request: HttpRequest, cursor: str) -> str:
        query = request.GET.copy()
        query["after"] = cursor
        return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


TABLE: Mapping[str, Any] = {
    "responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
}
"""For `openapi_extra` of a list: it answers tables too."""


def asked_for(request: HttpRequest) -> type[Schema] | None:
    """The columns of the table that this request asks for; None when it asks for none."""
    return getattr(request, "open_data_columns", None)


def as_csv(items: Iterable[Mapping[str, Any]], columns: type[Schema], name: str) -> HttpResponse:
    """Rows as a table that Excel opens with its accents; no cell is ever a formula."""
    headings = list(columns.model_fields)
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(headings)
    for item in items:
        table.writerow([safe(_cell(item.get(heading))) for heading in headings])
    response = HttpResponse(f"\ufeff{written.getvalue()}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name or "data"}.csv"'
    return response


def _cell(value: Any) -> Any:
    """A cell says a word by its label, and several words behind one another."""
    if isinstance(value, Mapping):
        return next((value[key] for key in ("label", "name") if key in value), "")
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_cell(one)) for one in value)
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else value
