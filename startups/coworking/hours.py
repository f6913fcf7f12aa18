"""When a space is open: weekdays, the official calendar, exceptions and closures, in this order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.languages import in_reader_language
from portal.core.models import CalendarDay
from startups.coworking.models import Closure, OpeningException, OpeningHours, Space
from startups.coworking.slots import Range, gaps

Times = tuple[time, time]


def at(day: date, moment: time) -> datetime:
    """A time of day in the site's zone, aware."""
    return timezone.make_aware(datetime.combine(day, moment))


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(moment).date()


def closing(day: date, moment: time) -> datetime:
    """When the house closes. A time of day has no 24:00, so 23:59 says midnight."""
    return whole_day(day).ends if moment >= time(23, 59) else at(day, moment)


def until(day: date, moment: time) -> datetime:
    """An end that somebody typed for a day: 00:00 is the midnight after it."""
    return whole_day(day).ends if moment == time.min else at(day, moment)


def whole_day(day: date) -> Range:
    return Range(at(day, time.min), at(day + timedelta(days=1), time.min))


@dataclass(frozen=True, slots=True)
class Hours:
    """Everything that decides when a space is open in a stretch of days; asks nothing more."""

    weekdays: Mapping[int, Sequence[Times]]
    calendar: Mapping[date, CalendarDay] = field(default_factory=dict)
    exceptions: Mapping[date, OpeningException] = field(default_factory=dict)
    closures: Sequence[Closure] = ()

    def opening(self, day: date) -> list[Range]:
        """When the house is open on a day, closures left aside."""
        exception = self.exceptions.get(day)
        if exception is not None:
            if exception.opens is None or exception.closes is None:
                return []
            return [Range(at(day, exception.opens), closing(day, exception.closes))]
        official = self.calendar.get(day)
        like = day
        if official is not None:
            if official.kind == CalendarDay.Kind.OFF:
                return []
            like = official.instead_of or day
        times = self.weekdays.get(like.weekday(), ())
        return [Range(at(day, opens), closing(day, closes)) for opens, closes in times]

    def closed_by(self, wanted: Range, resource_id: int | None) -> Closure | None:
        """The first closure of the house or the resource that a range meets."""
        for closure in self.closures:
            concerns = closure.resource_id is None or closure.resource_id == resource_id
            if concerns and wanted.meets(Range(closure.starts, closure.ends)):
                return closure
        return None

    def usable(self, day: date, resource_id: int | None = None) -> list[Range]:
        """When a resource, or the house, can be used on a day."""
        shut = [
            Range(one.starts, one.ends)
            for one in self.closures
            if one.resource_id is None or one.resource_id == resource_id
        ]
        return gaps(self.opening(day), shut)

    def why_closed(self, day: date) -> str:
        """A sentence for a day without opening hours."""
        exception = self.exceptions.get(day)
        if exception is not None:
            return in_reader_language(exception.reason, exception.reason_en)
        official = self.calendar.get(day)
        if official is not None and official.kind == CalendarDay.Kind.OFF:
            return in_reader_language(official.name, official.name_en)
        return _("The space is closed on this weekday.")


def hours_of(space: Space, first: date, last: date) -> Hours:
    """What decides about the days from `first` to `last`. Four queries, whatever the stretch."""
    return hours_of_all([space], first, last)[space.pk]


def hours_of_all(spaces: Sequence[Space], first: date, last: date) -> dict[int, Hours]:
    """The same for several spaces, by key. Four queries, however many."""
    keys = [space.pk for space in spaces]
    weekdays: dict[int, dict[int, list[Times]]] = {key: defaultdict(list) for key in keys}
    for row in OpeningHours.objects.filter(space__in=keys).order_by("weekday", "opens"):
        weekdays[row.space_id][row.weekday].append((row.opens, row.closes))
    days = Q(day__gte=first, day__lte=last)
    calendar = {row.day: row for row in CalendarDay.objects.filter(days)}
    exceptions: dict[int, dict[date, OpeningException]] = {key: {} for key in keys}
    for exception in OpeningException.objects.filter(days, space__in=keys):
        exceptions[exception.space_id][exception.day] = exception
    stretch = Range(whole_day(first).starts, whole_day(last).ends)
    closures: dict[int, list[Closure]] = {key: [] for key in keys}
    for closure in Closure.objects.filter(
        space__in=keys,
        lifted_at__isnull=True,
        starts__lt=stretch.ends,
        ends__gt=stretch.starts,
    ).order_by("starts", "pk"):
        closures[closure.space_id].append(closure)
    return {key: Hours(weekdays[key], calendar, exceptions[key], closures[key]) for key in keys}


def days_between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
