"""Open data about events."""

from datetime import date, datetime, time
from typing import Annotated, Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from events.programme.models import Event, EventPage
from portal.core.api import absolute
from portal.core.api_tables import TABLE, Keyset

router = Router(tags=["events"])
EARLIEST, LATEST = date(1970, 1, 1), date(9000, 1, 1)


class EventOut(Schema):
    """An event with a public page."""

    key: str
    title: str
    title_en: str
    kind: Event.Kind
    series: str
    starts: datetime
    ends: datetime
    venue: str
    venue_en: str
    address: str
    commune: str
    host: str
    called_off: bool
    page: str
    calendar: str

    @staticmethod
    def resolve_key(event: Event) -> str:
        return str(event.key)

    @staticmethod
    def resolve_series(event: Event) -> str:
        return event.series.name if event.series else ""

    @staticmethod
    def resolve_commune(event: Event) -> str:
        return event.unit.full_name if event.unit else ""

    @staticmethod
    def resolve_called_off(event: Event) -> bool:
        return event.is_called_off

    @staticmethod
    def resolve_page(event: Any) -> str:
        return absolute(event.public_pages[0].get_url())

    @staticmethod
    def resolve_calendar(event: Any) -> str:
        page = event.public_pages[0]
        return absolute(f"{page.get_url()}{page.reverse_subpage('calendar')}")


@router.get(
    "",
    response=list[EventOut],
    openapi_extra=dict(TABLE),
    summary="Events, the latest beginning first",
)
@paginate(Keyset, columns=EventOut, day="starts")
def events(
    request: HttpRequest,
    kind: Annotated[Event.Kind, Query(None)],
    starts_since: Annotated[date, Query(None)],
) -> QuerySet[Event]:
    pages = EventPage.objects.shown().filter(locale__language_code="vi")
    found = (
        Event.objects.filter(pk__in=pages.order_by().values("event"))
        .select_related("series", "unit")
        .prefetch_related(Prefetch("pages", queryset=pages, to_attr="public_pages"))
    )
    if kind is not None:
        found = found.filter(kind=kind)
    if starts_since is not None:
        day = min(max(starts_since, EARLIEST), LATEST)
        found = found.filter(starts__gte=timezone.make_aware(datetime.combine(day, time.min)))
    return found
