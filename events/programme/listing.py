"""Lists of events: read what was asked, narrow, and say how each event stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, When
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.http import urlencode

from events.programme.models.events import Event, Stage
from portal.core import clock
from portal.core.text import clean_line, fold

if TYPE_CHECKING:
    from events.programme.models.pages import EventPage, EventPageQuerySet

PARAMETERS = ("loai", "q", "thang", "nam")
"""What addresses of lists say: kind, words, month (2026-12), year."""
MOST = 200
OTHERS = 4
LOOKS: Mapping[Stage, tuple[str, str]] = {
    Stage.COMING: ("info", "calendar"),
    Stage.OPEN: ("ok", "user-plus"),
    Stage.FULL: ("warn", "users"),
    Stage.UNDER_WAY: ("ok", "circle-dot"),
    Stage.OVER: ("plain", "circle-check"),
    Stage.CALLED_OFF: ("danger", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for."""

    kind: str = ""
    words: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.words)

    @property
    def query(self) -> str:
        """For links that keep the filters: "" or "&loai=fair"."""
        asked = {"loai": self.kind, "q": self.words}
        held = {name: value for name, value in asked.items() if value}
        return f"&{urlencode(held)}" if held else ""


@dataclass(frozen=True, slots=True)
class ShownStage:
    """How an event stands now: words, the tone and the icon of the chip."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Row:
    page: "EventPage"
    event: Event
    url: str
    stage: ShownStage


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows, and how many there are without the filters."""

    rows: Sequence[Row]
    total: int
    year: int = 0
    years: Sequence[int] = ()


def read(asked: Mapping[str, str]) -> Filters:
    """What the address asks; what no list knows is not asked."""
    kind = asked.get("loai", "")
    words = clean_line(asked.get("q", ""))[:100]
    return Filters(kind if kind in Event.Kind.values else "", words)


def shown_stage(event: Event) -> ShownStage:
    stage = event.stage
    tone, icon = LOOKS[stage]
    return ShownStage(str(stage.label), tone, icon)


def rows_of(pages: Iterable["EventPage"]) -> list[Row]:
    return [Row(page, page.event, page.get_url() or "", shown_stage(page.event)) for page in pages]


def narrowed(pages: Iterable["EventPage"], filters: Filters) -> list["EventPage"]:
    """Those of the kind that hold every word, accents apart."""
    words = fold(filters.words).split()
    return [
        page
        for page in pages
        if (not filters.kind or page.event.kind == filters.kind)
        and all(word in _folded(page) for word in words)
    ]


def _folded(page: "EventPage") -> str:
    event = page.event
    series = str(event.series) if event.series else ""
    said = (page.title, page.summary, event.title, event.venue, event.address, event.host, series)
    return fold(" ".join(said))


def coming(pages: "EventPageQuerySet", filters: Filters) -> Listed:
    """What is not over, the next first. One query."""
    found = list(pages.filter(event__ends__gt=clock.now())[:MOST])
    return Listed(rows_of(narrowed(found, filters)), len(found))


def past(pages: "EventPageQuerySet", filters: Filters, asked_year: str) -> Listed:
    """What is over in a year (the latest unless the address names one), the latest first."""
    over = pages.filter(event__ends__lte=clock.now())
    years = sorted(
        set(over.order_by().values_list(ExtractYear("event__starts"), flat=True)), reverse=True
    )
    named = int(asked_year) if asked_year.isascii() and asked_year.isdigit() else 0
    year = named if named in years else (years[0] if years else 0)
    if not year:
        return Listed([], 0)
    found = list(over.filter(_within(year)).order_by("-event__starts", "-pk")[:MOST])
    return Listed(rows_of(narrowed(found, filters)), len(found), year, years)


def _within(year: int) -> Q:
    zone = timezone.get_default_timezone()
    first, after = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    return Q(event__starts__gte=first, event__starts__lt=after)


def others(pages: "EventPageQuerySet", page: "EventPage") -> list[Row]:
    """Other events of the same series: what comes next, then the latest. One query."""
    behind = Q(event__ends__lte=clock.now())
    found = pages.exclude(pk=page.pk).order_by(
        Case(When(behind, then=1), default=0),
        Case(When(~behind, then=F("event__starts"))),
        "-event__starts",
        "pk",
    )
    return rows_of(found[:OTHERS])


def upcoming(language: str) -> "EventPageQuerySet":
    """Public pages of events that are still ahead."""
    from events.programme.models.pages import EventPage

    shown: Any = EventPage.objects.shown()
    found: EventPageQuerySet = shown.filter(
        locale__language_code=language,
        event__starts__gt=clock.now(),
        event__called_off_because="",
    )
    return found
