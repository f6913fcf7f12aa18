"""The ledger of a period, counted from what happened in it. A fixed number of queries.

A request counts in the period in which it was asked, each further step in the period in which that
step was taken: what was asked in March and signed in June stands in both quarters, once each.
Outcomes count by the day on which they were signed; annulled ones nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from events.techmart.models import (
    ConnectionEvent,
    ConnectionRequest,
    Demand,
    Expert,
    Need,
    Offer,
    Outcome,
    Supplier,
    Term,
    Verification,
)
from events.techmart.models.shared import hidden_before, unconfirmed_before
from portal.core.periods import Period

States = ConnectionRequest.State
RECORDS = (Offer, Demand, Expert, Supplier)


@dataclass(frozen=True, slots=True)
class Signed:
    """Outcomes of one kind: how many, how many of them approved, and what they are worth."""

    count: int = 0
    approved: int = 0
    value: int = 0
    """Whole đồng of those whose value is known, approved or not."""
    valued: int = 0
    """How many of them have a known value."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What happened in a period."""

    period: Period
    needs: int
    needs_answered: int
    asked: int
    passed_on: int
    accepted: int
    declined: int
    failed: int
    done: int
    declines: Sequence[tuple[Term, int]]
    failures: Sequence[tuple[Term, int]]
    channels: Sequence[tuple[Term, int]]
    memoranda: Signed
    contracts: Signed
    days_to_pass_on: float | None
    """Median of those passed on in the period; None where there were none."""
    days_to_answer: float | None


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands in the market now, for one kind of record."""

    model: type[Any]
    shown: int
    waiting: int
    unconfirmed: int
    hidden: int
    closed: int
    levels: dict[str, int] = field(default_factory=dict)


def ledger(period: Period) -> Ledger:
    """Count a period; nine queries, however much happened in it."""
    within = _moments(period)
    requests = ConnectionRequest.objects
    moved = dict(
        ConnectionEvent.objects.filter(kind=ConnectionEvent.Kind.MOVED, at__range=within)
        .order_by()
        .values_list("to_state")
        .annotate(Count("request", distinct=True))
    )
    asked = requests.filter(asked_at__range=within).count()
    needs = Need.objects.filter(received_at__range=within).aggregate(
        came=Count("pk"),
        answered=Count("pk", filter=Q(state__in=[Need.State.ANSWERED, Need.State.DEMAND])),
    )
    passed = requests.filter(passed_on_at__range=within).values_list("asked_at", "passed_on_at")
    answered = requests.filter(answered_at__range=within).values_list("passed_on_at", "answered_at")
    standing = Outcome.objects.standing().filter(signed_on__range=(period.first, period.last))
    signed = _signed(standing)
    ended = requests.filter(ended_at__range=within)
    return Ledger(
        period=period,
        needs=needs["came"],
        needs_answered=needs["answered"],
        asked=asked,
        passed_on=moved.get(States.PASSED_ON, 0),
        accepted=moved.get(States.ACCEPTED, 0),
        declined=moved.get(States.DECLINED, 0),
        failed=moved.get(States.FAILED, 0),
        done=moved.get(States.DONE, 0),
        declines=_by_word(ended.filter(state=States.DECLINED), "decline_reason"),
        failures=_by_word(ended.filter(state=States.FAILED), "failure_reason"),
        channels=_by_word(standing, "channel"),
        memoranda=signed.get(Outcome.Kind.MEMORANDUM, Signed()),
        contracts=signed.get(Outcome.Kind.CONTRACT, Signed()),
        days_to_pass_on=_median_days(passed),
        days_to_answer=_median_days(answered),
    )


def _moments(period: Period) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    first = datetime(period.first.year, period.first.month, period.first.day, tzinfo=zone)
    after = period.last + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=zone)
    return first, end - timedelta(microseconds=1)


def _median_days(pairs: Any) -> float | None:
    lengths = [(until - since).total_seconds() / 86_400 for since, until in pairs if since]
    return median(lengths) if lengths else None


def _by_word(rows: QuerySet[Any], name: str) -> list[tuple[Term, int]]:
    counts = dict(
        rows.filter(**{f"{name}__isnull": False})
        .order_by()
        .values_list(name)
        .annotate(found=Count("pk"))
    )
    terms = Term.objects.in_bulk(list(counts)) if counts else {}
    found = [(terms[key], count) for key, count in counts.items()]
    return sorted(found, key=lambda one: (-one[1], one[0].order, one[0].label))


def _signed(outcomes: QuerySet[Outcome]) -> dict[str, Signed]:
    rows = (
        outcomes.order_by()
        .values("kind")
        .annotate(
            count=Count("pk"),
            approved=Count("pk", filter=Q(approved_at__isnull=False)),
            worth=Sum("value"),
            valued=Count("value"),
        )
    )
    return {
        row["kind"]: Signed(row["count"], row["approved"], row["worth"] or 0, row["valued"])
        for row in rows
    }


def stock() -> list[Stock]:
    """What stands in the market now; one query for each kind of record."""
    fresh, seen = unconfirmed_before(), hidden_before()
    stands = Q(live=True, standing__closed_at__isnull=True)
    shown = stands & Q(standing__last_confirmed_at__gte=seen)
    found = []
    for model in RECORDS:
        row = model._base_manager.aggregate(
            shown=Count("pk", filter=shown),
            waiting=Count("pk", filter=Q(live=False, standing__closed_at__isnull=True)),
            unconfirmed=Count("pk", filter=shown & Q(standing__last_confirmed_at__lt=fresh)),
            hidden=Count("pk", filter=stands & ~Q(standing__last_confirmed_at__gte=seen)),
            closed=Count("pk", filter=Q(standing__closed_at__isnull=False)),
            **{
                f"level_{level}": Count("pk", filter=shown & Q(standing__verification=level))
                for level in Verification.values
            },
        )
        levels = {level: row.pop(f"level_{level}") for level in Verification.values}
        found.append(Stock(model, levels=levels, **row))
    return found


def quarter_of(day: date) -> Period:
    """The quarter in which a day lies."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = (first + timedelta(days=95)).replace(day=1)
    return Period(first, following - timedelta(days=1))


def quarter_before(period: Period) -> Period:
    return quarter_of(period.first - timedelta(days=1))


def before(period: Period) -> Period:
    """As many days as a period has, right before it; of a quarter, the quarter before."""
    if period == quarter_of(period.first):
        return quarter_before(period)
    length = period.last - period.first
    last = period.first - timedelta(days=1)
    return Period(last - length, last)


def year_before(period: Period) -> Period:
    """The same days a year before; the 29th of February becomes the 28th."""
    return Period(_year_less(period.first), _year_less(period.last))


def _year_less(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
