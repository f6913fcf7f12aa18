"""Counting what people search for, without knowing who they are.

A search only leaves a line in the cache; the clock adds the lines up in the database. Searches that
the page cache answers are added up in memory first, because a line costs more than such an answer.
Lines may be lost (a cache that was emptied, a process that ends, more than `SLOTS` searches between
two runs of the clock): these are numbers for editors, not for accounts.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from portal.core import clock
from portal.core.text import fold
from portal.search.finding import Query
from portal.search.models import QueryCount

SLOTS = 500
DAYS_KEPT = 400
MOST_A_DAY = 5000
"""Different queries counted on one day: a machine that types on and on fills no disk."""
MANY_DIGITS = 9
"""As many as a phone number or an identity card has."""

_TICKET = "search.counted.ticket"
_SLOT = "search.counted.{}"
_BUSY = "search.counted.busy"
_WAITING_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Line:
    """One search, as it waits in the cache."""

    day: date
    language: str
    folded: str
    shown: str
    hits: int
    times: int = 1

    @property
    def key(self) -> tuple[date, str, str]:
        return self.day, self.language, self.folded


def names_somebody(text: str) -> bool:
    """Does it look like an address of mail, or like the number of a phone or identity card?

    Read without accents and in plain digits, so that other scripts' signs do not pass.
    """
    plain = fold(text)
    return "@" in plain or sum(sign.isdigit() for sign in plain) >= MANY_DIGITS


def note(query: Query, language: str, hits: int) -> None:
    """Remember one search until the clock comes; nothing that names somebody."""
    if line := _line(query, language, hits):
        _leave(line)


def _line(query: Query, language: str, hits: int) -> Line | None:
    if not query.words or names_somebody(query.text):
        return None
    return Line(clock.today(), language, query.phrase[:200], query.text, hits)


def _leave(line: Line) -> None:
    cache.set(_SLOT.format(_ticket() % SLOTS), line, _WAITING_SECONDS)


class Kept:
    """Searches of this process that the page cache answered, until they are left for the clock."""

    WAIT = 10.0
    """Seconds between two times that lines are left."""
    MOST = 200
    """Different searches kept; more wait no longer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: Counter[Line] = Counter()
        self._left_at = 0.0

    def note(self, query: Query, language: str, hits: int) -> None:
        """As the function `note`, at the cost of a look into a dictionary."""
        line = _line(query, language, hits)
        if line is None:
            return
        with self._lock:
            self._lines[line] += 1
            now = time.monotonic()
            if len(self._lines) < self.MOST and now - self._left_at < self.WAIT:
                return
            self._left_at = now
        self.leave()

    def leave(self) -> None:
        """Leave a line for each different search."""
        with self._lock:
            lines, self._lines = self._lines, Counter()
        for line, times in lines.items():
            _leave(replace(line, times=times))


kept = Kept()


def _ticket() -> int:
    try:
        return cache.incr(_TICKET)
    except ValueError:  # there is no ticket yet, or it was thrown away
        cache.add(_TICKET, 0, None)
        return 0


def flush() -> int:
    """Add up in the database what waits in the cache. Returns how many lines."""
    kept.leave()
    if not cache.add(_BUSY, 1, 60):
        return 0
    try:
        waiting = cache.get_many([_SLOT.format(slot) for slot in range(SLOTS)])
        cache.delete_many(list(waiting))
        add_up(waiting.values())
    finally:
        cache.delete(_BUSY)
    return len(waiting)


def add_up(lines: Iterable[Line]) -> None:
    """Write lines into the table: how often, and what was typed and found the last time."""
    same: dict[tuple[date, str, str], list[Line]] = {}
    for line in lines:
        same.setdefault(line.key, []).append(line)
    with transaction.atomic():
        for key in sorted(same):  # in order, so that two never lock each other
            _add(same[key])


def _add(lines: Sequence[Line]) -> None:
    last, times = lines[-1], sum(line.times for line in lines)
    rows = QueryCount.objects.filter(day=last.day, language=last.language, folded=last.folded)
    if rows.update(times=F("times") + times, hits=last.hits, shown=last.shown):
        return
    if QueryCount.objects.filter(day=last.day).count() < MOST_A_DAY:
        QueryCount.objects.create(
            day=last.day,
            language=last.language,
            folded=last.folded,
            shown=last.shown,
            hits=last.hits,
            times=times,
        )


def forget_old(now: datetime) -> int:
    """Delete what is older than `DAYS_KEPT` days."""
    until = timezone.localdate(now) - timedelta(days=DAYS_KEPT)
    gone, _rows = QueryCount.objects.filter(day__lt=until).delete()
    return gone


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the report: what was searched for in a period."""

    shown: str
    language: str
    times: int
    days: int
    hits: int

    @property
    def url(self) -> str:
        """The search itself, as its readers saw it."""
        with translation.override(self.language):
            return f"{reverse('search:results')}?{urlencode({'q': self.shown})}"


def most_asked(first: date, last: date, *, in_vain: bool = False, most: int = 50) -> list[Asked]:
    """What was searched for most from day to day; only what found nothing when `in_vain`."""
    rows = QueryCount.objects.filter(day__range=(first, last))
    if in_vain:
        rows = rows.filter(hits=0)
    counted = (
        rows.values("folded", "language")
        .annotate(asked=Sum("times"), days=Count("day"))
        .order_by("-asked", "folded", "language")[:most]
    )
    sums = list(counted)
    latest = _latest(rows.filter(folded__in=[one["folded"] for one in sums]))
    found = []
    for one in sums:
        row = latest[one["folded"], one["language"]]
        found.append(Asked(row.shown, row.language, one["asked"], one["days"], row.hits))
    return found


def _latest(rows: Iterable[QueryCount]) -> dict[tuple[str, str], QueryCount]:
    """The row of the last day for each query and language."""
    latest: dict[tuple[str, str], QueryCount] = {}
    for row in rows:
        key = (row.folded, row.language)
        if key not in latest or latest[key].day < row.day:
            latest[key] = row
    return latest
