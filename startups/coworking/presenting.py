"""What the public pages of a space show. Nobody's name; a bounded number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.languages import in_reader_language
from portal.core.models import CalendarDay
from startups.coworking.addresses import booking_address, hours_as_typed, sensible
from startups.coworking.availability import Free, free_between, free_in_all
from startups.coworking.choosing import (
    DAYS_LOOKED_AHEAD,
    Choice,
    choices,
    first_day,
    free_at_all,
)
from startups.coworking.hours import Hours, day_of, hours_of
from startups.coworking.models import (
    Booking,
    Closure,
    Feature,
    HouseRules,
    OpeningHours,
    Resource,
    Space,
)
from startups.coworking.rules import hours_and_minutes, rules_in_force
from startups.coworking.slots import Range, rounded_up

NEWS_DAYS = 45
"""So far ahead holidays, exceptions and closures are told."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Filters:
    """What stands in the address: a day, and what the places must have."""

    day: date | None = None
    kind: str = ""
    people: int = 0
    step_free: bool = False
    power: bool = False
    height: str = ""
    features: frozenset[int] = frozenset()

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        """Whatever cannot be understood is left out."""
        chosen = query.getlist("co") if hasattr(query, "getlist") else []
        kind, height = query.get("loai", ""), query.get("cao", "")
        return cls(
            day=day_from(query.get("ngay", "")),
            kind=kind if kind in Resource.Kind.values else "",
            people=_number(query.get("nguoi", "")),
            step_free="khong-bac" in query,
            power="dien" in query,
            height=height if height in Resource.Height.values else "",
            features=frozenset(int(one) for one in chosen if one.isdecimal() and len(one) < 9),
        )

    @property
    def narrowed(self) -> bool:
        """Is anything but the day chosen?"""
        return self != Filters(day=self.day)

    def fits(self, resource: Resource) -> bool:
        return (
            (not self.kind or resource.kind == self.kind)
            and resource.capacity >= self.people
            and (resource.step_free or not self.step_free)
            and (resource.has_power or not self.power)
            and (not self.height or resource.height == self.height)
            and self.features <= {feature.pk for feature in resource.features.all()}
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def day_from(text: str) -> date | None:
    """A day as browsers send it, else None."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if sensible(found) else None


@dataclass(frozen=True, slots=True)
class Row:
    """One resource of a list, with what is free of it on a day."""

    resource: Resource
    choices: Sequence[Choice]
    count: int
    ranges: Sequence[Range] = ()
    """When a resource with a single unit is free."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page of a space says about its record."""

    space: Space
    day: date
    today: date
    last_day: date
    filters: Filters
    has_desks: bool
    desks: Sequence[Choice]
    why_closed: str
    rows: Sequence[Row]
    total: int
    features: Sequence[Feature]
    kinds: Sequence[Any]
    weekdays: Sequence[tuple[str, list[str]]]
    news: Sequence["News"]
    rules: HouseRules | None


@dataclass(frozen=True, slots=True)
class News:
    """A day or stretch on which the space is not open as usual."""

    starts: datetime | date
    ends: datetime | date | None
    what: str
    where: str = ""


def resources_of(space: Space) -> list[Resource]:
    """What can be booked in a space, with features, in two queries."""
    active = Resource.objects.filter(space=space, is_active=True)
    found = list(active.select_related("photo").prefetch_related("features"))
    for resource in found:
        resource.space = space
    return found


def present(space: Space, query: Mapping[str, Any]) -> Shown:
    """The space on the day that stands in the address, else on the next one with room."""
    now = clock.now()
    today = day_of(now)
    filters = Filters.read(query)
    resources = resources_of(space)
    coming = hours_of(space, today, today + timedelta(days=NEWS_DAYS))
    desks = [one for one in resources if one.kind == Resource.Kind.DESK]
    day = filters.day or first_day(desks or resources, coming, now)
    day = max(day, today)
    free = free_between(space, resources, day, day)
    shown = [one for one in resources if filters.fits(one)]
    offered = choices(desks, free, day, now)
    return Shown(
        space=space,
        day=day,
        today=today,
        last_day=today + timedelta(days=max((one.horizon_days for one in resources), default=0)),
        filters=filters,
        has_desks=bool(desks),
        desks=offered,
        why_closed="" if free.hours.usable(day) else why_closed(free.hours, day),
        rows=[row_of(one, free, day, now) for one in shown],
        total=len(resources),
        features=sorted(
            {feature for one in resources for feature in one.features.all()},
            key=lambda feature: (feature.order, feature.label),
        ),
        kinds=[kind for kind in Resource.Kind if any(one.kind == kind for one in resources)],
        weekdays=weekdays(coming),
        news=news(space, coming, today),
        rules=rules_in_force(space.pk, now),
    )


def why_closed(hours: Hours, day: date) -> str:
    """The reason for a day on which nothing can be used: its calendar, else a closure."""
    if not hours.opening(day):
        return hours.why_closed(day)
    for closure in hours.closures:
        if closure.resource_id is None:
            return closure.shown_reason
    return ""


def row_of(resource: Resource, free: Free, day: date, now: datetime) -> Row:
    units = free.units.get(resource.pk, ())
    ranges: list[Range] = []
    if len(units) == 1:
        ranges = _still(free.free_ranges(resource, units[0], day), resource, now)
    return Row(resource, choices([resource], free, day, now), len(units), ranges)


def _still(ranges: Iterable[Range], resource: Resource, now: datetime) -> list[Range]:
    """What is left of free ranges from now on, as far as a booking fits."""
    left = [Range(max(one.starts, rounded_up(now)), one.ends) for one in ranges]
    return [one for one in left if one.length >= timedelta(minutes=resource.min_minutes)]


def weekdays(hours: Hours) -> list[tuple[str, list[str]]]:
    """The days of a week with their hours; a day without any is closed."""
    return [
        (
            str(OpeningHours.Weekday(number).label),
            [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours.weekdays.get(number, ())],
        )
        for number in range(7)
    ]


def news(space: Space, hours: Hours, today: date) -> list[News]:
    """Holidays, other hours and closures ahead, in the order of time."""
    found: list[tuple[datetime | date, News]] = []
    for day, official in hours.calendar.items():
        if day not in hours.exceptions:
            found.append((day, _official(day, official)))
    for day, exception in hours.exceptions.items():
        reason = in_reader_language(exception.reason, exception.reason_en)
        if exception.opens and exception.closes:
            times = f"{exception.opens:%H:%M}–{exception.closes:%H:%M}"
            reason = _("Open %(times)s: %(reason)s") % {"times": times, "reason": reason}
        else:
            reason = _("Closed: %(reason)s") % {"reason": reason}
        found.append((day, News(day, None, reason)))
    named = [one.resource_id for one in hours.closures if one.resource_id is not None]
    places = {one.pk: str(one) for one in Resource.objects.filter(pk__in=named)}
    for closure in hours.closures:
        found.append((day_of(closure.starts), _closure(closure, places)))
    return [one for day, one in sorted(found, key=lambda pair: str(pair[0]))]


def _official(day: date, official: CalendarDay) -> News:
    name = in_reader_language(official.name, official.name_en)
    if official.kind == CalendarDay.Kind.OFF:
        return News(day, None, _("Closed: %(reason)s") % {"reason": name})
    return News(day, None, _("Open as on a working day: %(reason)s") % {"reason": name})


def _closure(closure: Closure, places: Mapping[int, str]) -> News:
    where = places.get(closure.resource_id, "") if closure.resource_id else ""
    what = _("Closed: %(reason)s") % {"reason": closure.shown_reason}
    return News(closure.starts, closure.ends, what, where)


# One resource -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownResource:
    resource: Resource
    days: Sequence[tuple[date, Row, str]]
    """A week: the day, what is free, and why the house is closed."""
    typed: Mapping[str, str]
    """Day and hours that the form begins with."""
    last_day: date
    facts: Sequence[dict[str, str]]
    count: int


def present_resource(resource: Resource, query: Mapping[str, Any]) -> ShownResource:
    """A resource in the week that begins with the day in the address."""
    now = clock.now()
    today = day_of(now)
    space = resource.space
    filters = Filters.read(query)
    hours = hours_of(space, today, today + timedelta(days=DAYS_LOOKED_AHEAD))
    first = max(filters.day or first_day([resource], hours, now), today)
    free = free_between(space, [resource], first, first + timedelta(days=WEEK - 1))
    days = []
    for number in range(WEEK):
        day = first + timedelta(days=number)
        closed = "" if free.hours.usable(day, resource.pk) else why_closed(free.hours, day)
        days.append((day, row_of(resource, free, day, now), closed))
    offered = next((one for _day, row, _closed in days for one in row.choices if one.free), None)
    return ShownResource(
        resource=resource,
        days=days,
        typed=hours_as_typed(offered.wanted) if offered else {"day": first.isoformat()},
        last_day=today + timedelta(days=resource.horizon_days),
        facts=facts_of(resource),
        count=len(free.units.get(resource.pk, ())),
    )


def facts_of(resource: Resource) -> list[dict[str, str]]:
    """The rules of booking a resource, in words."""
    lengths = _("from %(least)s to %(most)s") % {
        "least": hours_and_minutes(resource.min_minutes),
        "most": hours_and_minutes(resource.max_minutes),
    }
    facts = {
        _("Room for"): str(resource.capacity),
        _("Fee"): resource.shown_fee or _("Free of charge"),
        _("Length of a booking"): lengths,
        _("How far ahead"): _("%(n)s days") % {"n": resource.horizon_days},
        _("At least before"): hours_and_minutes(resource.notice_minutes)
        if resource.notice_minutes
        else "",
        _("Confirmed"): _("by the front desk, within %(n)s hours") % {"n": resource.approval_hours}
        if resource.needs_approval
        else _("at once"),
        _("Who may book"): who_may(resource),
        _("Height of the desk"): resource.get_height_display(),
    }
    return [{"name": name, "value": value} for name, value in facts.items() if value]


def who_may(resource: Resource) -> str:
    said = str(resource.get_bookers_display())
    kinds = resource.kinds_of_organisations
    return f"{said} ({', '.join(kinds)})" if kinds else said


# Lists and habits ---------------------------------------------------------------------------------


def today_in(spaces: Sequence[Space]) -> dict[int, int]:
    """How many desks are still free today in each space. Seven queries, however many spaces."""
    if not spaces:
        return {}
    now = clock.now()
    today = day_of(now)
    desks = list(Resource.objects.filter(space__in=spaces, kind=Resource.Kind.DESK, is_active=True))
    free = free_in_all(spaces, desks, today, today)
    return {
        space.pk: free_at_all(
            [one for one in desks if one.space_id == space.pk], free[space.pk], today, now
        )
        if space.is_open
        else 0
        for space in spaces
    }


def last_booking(space: Space, user: Any) -> dict[str, Any] | None:
    """The newest booking of this person in a space, and where it is booked once more."""
    if not user.is_authenticated:
        return None
    theirs = Booking.objects.booked_for(user).filter(
        resource__space=space, resource__is_active=True
    )
    found = (
        theirs.select_related("resource", "unit__resource").order_by("-booked_at", "-pk").first()
    )
    if found is None:
        return None
    return {"booking": found, "url": again_address(found), "wanted": next_time(found)}


def next_time(booking: Booking) -> Range:
    """The same weekday and hours, in the first week that is still ahead."""
    weeks = max(1, (clock.now() - booking.starts) // timedelta(weeks=1) + 1)
    shift = timedelta(weeks=weeks)
    return Range(booking.starts + shift, booking.ends + shift)


def again_address(booking: Booking) -> str:
    """The booking page, filled in as this one was."""
    return booking_address(
        booking.resource_id,
        next_time(booking),
        unit=booking.unit_id,
        people=booking.people,
        purpose=booking.purpose,
        organisation=booking.organisation_id,
    )
