"""Days: a month of events with what the rest of the portal has in it, and an event's agenda."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from events.programme.listing import Filters, ShownStage, narrowed, shown_stage
from events.programme.models.events import Event, Session, Speaker
from portal.core import clock
from portal.core.extension_points import CalendarDate, gather
from portal.core.languages import in_reader_language
from portal.core.models import CalendarDay

if TYPE_CHECKING:
    from events.programme.models.pages import EventPage, EventPageQuerySet

FIRST, LAST = date(2000, 1, 1), date(2199, 11, 1)
"""Months that the calendar can still turn over."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on one day."""

    title: str
    url: str
    kind: str
    starts: datetime | None
    """None on the days after the first, and for what lasts all day."""
    ends: datetime | None
    place: str
    stage: ShownStage | None = None
    """Of events; None for what the rest of the portal puts there."""


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    lines: Sequence[Line]
    inside: bool
    """Does it belong to the month, or does it only fill the first or last week?"""
    today: bool
    free: str
    """The name of the day off; empty on others."""


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: Sequence[Sequence[Day]]
    before: str
    after: str
    """Months as addresses name them (2026-12); empty at the ends of the calendar."""
    is_now: bool
    number: int
    """Things in the month, each counted once."""

    @property
    def days(self) -> list[Day]:
        """Those of the month on which something happens."""
        return [day for week in self.weeks for day in week if day.inside and day.lines]

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"


def month(request: HttpRequest, pages: "EventPageQuerySet", filters: Filters, asked: str) -> Month:
    """The month that the address asks ("2026-12"), else the running one.

    The other dates of the portal stand in it unless somebody looks for certain events.
    """
    today = clock.today()
    first = _month_asked(asked) or today.replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begin, end = _midnight(weeks[0][0]), _midnight(weeks[-1][-1] + timedelta(days=1))
    found = list(pages.filter(event__starts__lt=end, event__ends__gt=begin))
    spans = [*_of_events(narrowed(found, filters))]
    if not filters.narrowed:
        language = get_language() or "vi"
        spans += _of_dates(gather("portal_calendar", request, language, begin, end))
    spans.sort(key=lambda span: (span[0], span[1]))
    held = CalendarDay.objects.filter(
        day__range=(weeks[0][0], weeks[-1][-1]), kind=CalendarDay.Kind.OFF
    )
    off = {one.day: in_reader_language(one.name, one.name_en) for one in held}
    return Month(
        first,
        [
            [
                Day(
                    day,
                    list(_lines_on(day, spans)),
                    day.month == first.month,
                    day == today,
                    off.get(day, ""),
                )
                for day in week
            ]
            for week in weeks
        ],
        _named(first - timedelta(days=1)),
        _named(first + timedelta(days=31)),
        first == today.replace(day=1),
        sum(span[0] < _midnight_after(first) and span[1] > _midnight(first) for span in spans),
    )


Span = tuple[datetime, datetime, Line]


def _of_events(pages: Iterable["EventPage"]) -> Iterator[Span]:
    for page in pages:
        event = page.event
        yield (
            event.starts,
            event.ends,
            Line(
                page.title,
                page.get_url() or "",
                str(event.get_kind_display()),
                event.starts,
                event.ends,
                event.shown_venue,
                shown_stage(event),
            ),
        )


def _of_dates(dates: Iterable[CalendarDate]) -> Iterator[Span]:
    for one in dates:
        ends = one.ends or one.starts + timedelta(minutes=1)
        line = Line(str(one.title), one.url, str(one.kind), one.starts, one.ends, str(one.detail))
        yield one.starts, ends, line


def _lines_on(day: date, spans: Iterable[Span]) -> Iterator[Line]:
    """What happens on a day; the time of the first day is not that of the days after it."""
    begin, end = _midnight(day), _midnight(day + timedelta(days=1))
    for starts, ends, line in spans:
        if starts < end and ends > begin:
            first, last = starts >= begin, ends <= end
            yield Line(
                line.title,
                line.url,
                line.kind,
                line.starts if first else None,
                line.ends if last else None,
                line.place,
                line.stage,
            )


def _month_asked(asked: str) -> date | None:
    year, _dash, month = asked.partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return None
    if len(year) != 4 or not 1 <= int(month[:3]) <= 12:
        return None
    try:
        first = date(int(year), int(month[:3]), 1)
    except ValueError:
        return None
    return first if FIRST <= first <= LAST else None


def _named(day: date) -> str:
    first = day.replace(day=1)
    return f"{first:%Y-%m}" if FIRST <= first <= LAST else ""


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def _midnight_after(first: date) -> datetime:
    return _midnight((first + timedelta(days=31)).replace(day=1))


# The agenda of one event ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgendaDay:
    day: date
    sessions: Sequence[Session]
    several_rooms: bool


def days_of(event: Event) -> list[AgendaDay]:
    """The agenda by day, each in the order of time and room. Two queries."""
    by_day: dict[date, list[Session]] = {}
    for session in event.sessions.prefetch_related("speakers"):
        by_day.setdefault(timezone.localdate(session.starts), []).append(session)
    return [
        AgendaDay(day, sessions, len({session.room for session in sessions}) > 1)
        for day, sessions in by_day.items()
    ]


def speakers_of(event: Event) -> list[Speaker]:
    """Everybody who speaks, in the order in which they do first."""
    found: dict[int, Speaker] = {}
    speakers = Speaker.objects.filter(sessions__event=event).select_related("photo")
    for speaker in speakers.order_by("sessions__starts", "sessions__pk", "name", "pk"):
        found.setdefault(speaker.pk, speaker)
    return list(found.values())
