"""Articles by month, as the province's calendar counts them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.dateformat import format as format_date
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

_FIRST_YEAR, _LAST_YEAR = 1945, 9998


@dataclass(frozen=True, slots=True)
class Month:
    """A month and how many articles it has."""

    first: datetime
    count: int

    @property
    def name(self) -> str:
        return month_name(self.first)


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    months: tuple[Month, ...]


def years(articles: QuerySet) -> list[Year]:
    """The months that have articles, newest first, by year."""
    counted = (
        articles.order_by()
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(count=Count("pk"))
        .order_by("-month")
    )
    months = [Month(row["month"], row["count"]) for row in counted]
    by_year = groupby(months, key=lambda month: month.first.year)
    return [Year(number, tuple(found)) for number, found in by_year]


def span(year: int, month: int) -> tuple[datetime, datetime] | None:
    """Where a month begins and where the next one does; None for what is no month."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    zone = get_current_timezone()
    end = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*end, 1, tzinfo=zone)


def month_name(first: datetime) -> str:
    """Tháng 11/2026; in English November 2026."""
    english = (get_language() or "vi").startswith("en")
    return format_date(first, "F Y") if english else f"Tháng {first.month}/{first.year}"
