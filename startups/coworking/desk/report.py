"""The numbers of a period put in the words, tables and drawings of the report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Organisation
from portal.core import charts
from portal.core.periods import Period
from startups.coworking.counting import HOUR, NOTHING, Cell, Group, Numbers, Use, numbers
from startups.coworking.models import OpeningHours, Resource, Space
from startups.coworking.rules import hours_and_minutes

SHORT_WEEKDAYS = (
    *(gettext_lazy("Mon"), gettext_lazy("Tue"), gettext_lazy("Wed"), gettext_lazy("Thu")),
    *(gettext_lazy("Fri"), gettext_lazy("Sat"), gettext_lazy("Sun")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: bookings that belong together, their people and their hours."""

    label: str
    group: Group
    use: Use

    @property
    def used_hours(self) -> int:
        return whole_hours(self.use.used)

    @property
    def usable_hours(self) -> int:
        return whole_hours(self.use.usable)


@dataclass(frozen=True, slots=True)
class HoursRow:
    """An hour of the day with its use on each weekday; None where the house is closed."""

    hour: int
    uses: Sequence[Use | None]

    @property
    def label(self) -> str:
        return f"{self.hour:02d}–{self.hour + 1:02d}"


@dataclass(frozen=True)
class Report:
    """Everything the screen and the Excel file tell of a period."""

    space: Space
    shown: Numbers

    @cached_property
    def weekdays(self) -> list[int]:
        """Weekdays on which the house was open at all."""
        return sorted({day for (day, _hour), _use in self._open_cells})

    @property
    def weekday_names(self) -> list[str]:
        return [str(OpeningHours.Weekday(day).label) for day in self.weekdays]

    @cached_property
    def hours(self) -> list[HoursRow]:
        """Hours below each other, from the first to the last that the house was open."""
        cells = dict(self._open_cells)
        open_at = sorted({hour for _day, hour in cells})
        span = range(open_at[0], open_at[-1] + 1) if open_at else ()
        return [HoursRow(hour, [cells.get((day, hour)) for day in self.weekdays]) for hour in span]

    @property
    def _open_cells(self) -> list[tuple[Cell, Use]]:
        return [pair for pair in self.shown.occupancy.cells.items() if pair[1].usable]

    @cached_property
    def heat(self) -> charts.HeatMap:
        """The drawing of `hours`."""
        shares = {
            (column, row): use.share if use else None
            for row, line in enumerate(self.hours)
            for column, use in enumerate(line.uses)
        }
        return charts.heat_map(
            _("Occupancy in per cent, by hour and weekday"),
            self._busiest(shares),
            [str(SHORT_WEEKDAYS[day]) for day in self.weekdays],
            [line.label for line in self.hours],
            shares,
        )

    def _busiest(self, shares: Mapping[tuple[int, int], int | None]) -> str:
        if not any(shares.values()):
            return _("Nothing was used in these hours.")
        column, row = at = max(shares, key=lambda field: shares[field] or 0)
        return _("Busiest on %(day)s, %(hours)s o'clock: %(share)s.") % {
            "day": self.weekday_names[column],
            "hours": self.hours[row].label,
            "share": per_cent(shares[at]),
        }

    @property
    def busiest(self) -> str:
        return self.heat.summary

    @cached_property
    def kinds(self) -> list[Line]:
        """By kind of resource, those that the space has."""
        uses, groups = self.shown.occupancy.kinds, self.shown.tally.kinds
        return [
            Line(
                str(kind.label),
                groups.get(kind.value, Group()),
                uses.get(kind.value, Use()),
            )
            for kind in Resource.Kind
            if kind.value in uses or kind.value in groups
        ]

    @property
    def kind_bars(self) -> list[dict[str, Any]]:
        return [
            {"label": line.label, "value": per_cent(line.use.share), "share": line.use.share or 0}
            for line in self.kinds
        ]

    @cached_property
    def organisations(self) -> list[Line]:
        """By kind of organisation, the most hours first."""
        hours, groups = self.shown.occupancy.organisations, self.shown.tally.organisations
        labels = {str(kind.value): str(kind.label) for kind in Organisation.Kind}
        labels[""] = _("People without an organisation")
        found = sorted({*groups, *hours}, key=lambda kind: (-hours.get(kind, NOTHING), kind))
        return [
            Line(labels.get(kind, kind), groups.get(kind, Group()), Use(hours.get(kind, NOTHING)))
            for kind in found
        ]

    @property
    def figures(self) -> list[dict[str, Any]]:
        return [{"label": one, "value": value, "unit": unit} for one, value, unit in self.told()]

    def told(self) -> Iterator[tuple[str, int | str, str]]:
        counted = self.shown.tally
        yield _("Occupancy"), per_cent(self.shown.occupancy.whole.share), ""
        yield _("Bookings"), counted.whole.bookings, ""
        yield _("People"), counted.whole.people, ""
        yield _("Came without a booking"), counted.walk_ins, ""
        yield _("Cancelled"), counted.cancelled, ""
        share = self.shown.no_show_share
        yield _("Nobody came"), counted.no_shows, "" if share is None else f"({per_cent(share)})"
        yield _("Refused for lack of room"), self.shown.refused, ""

    @property
    def leads(self) -> list[tuple[str, str]]:
        """Lead time in words: a quarter, half and three quarters are booked so shortly before."""
        lead = self.shown.lead
        if lead is None:
            return []
        return [
            (_("A quarter at most"), ahead(lead.lower)),
            (_("Half at most (median)"), ahead(lead.median)),
            (_("Three quarters at most"), ahead(lead.upper)),
        ]

    @property
    def outside(self) -> str:
        """Hours used when the house was not open; empty when there are none."""
        length = self.shown.occupancy.outside
        return hours_and_minutes(int(length.total_seconds() // 60)) if length else ""


def report_of(space: Space, period: Period) -> Report:
    return Report(space, numbers(space, period.first, period.last))


def whole_hours(length: timedelta) -> int:
    return round(length / HOUR)


def per_cent(share: int | None) -> str:
    return "–" if share is None else f"{share} %"


def ahead(length: timedelta) -> str:
    """Days once there are two, hours and minutes below."""
    if length < timedelta(days=2):
        return hours_and_minutes(int(length.total_seconds() // 60))
    return _("%(n)s days") % {"n": round(length / timedelta(days=1))}
