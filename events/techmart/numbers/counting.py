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

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import WorkflowState

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
from events.techmart.models.shared import hidden_before, shown, unconfirmed_before
from portal.core import clock
from portal.core.models import AdministrativeUnit
from portal.core.periods import Period

States = ConnectionRequest.State
RECORDS = (Offer, Demand, Expert, Supplier)


@dataclass(frozen=True, slots=True)
class Signed:
    """Outcomes of one kind: how many, and what those are worth whose value is known, in đồng.

    Approved and not yet approved ones are never added together: a second officer has looked at the
    former only.
    """

    approved: int = 0
    open: int = 0
    value: int = 0
    """Of approved ones."""
    value_public: int = 0
    """What of `value` the sides let stand in public totals."""
    value_open: int = 0
    unvalued: int = 0
    """How many, approved or not, name no value."""


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
class Waiting:
    """What the desk has in hand now."""

    states: dict[str, int]
    """Requests that have not ended, by state; every such state is a key."""
    late: int
    """Requests whose next step is overdue."""
    needs: int
    needs_late: int


@dataclass(frozen=True, slots=True)
class Spread:
    """What is public now by one list of words: (word, offers, demands), the most first."""

    name: str
    """Of the field of offers and demands: "fields", "crops" or "unit"."""
    rows: Sequence[tuple[Term | AdministrativeUnit, int, int]]


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands in the market now, for one kind of record."""

    model: type[Any]
    shown: int
    drafts: int
    in_review: int
    """Not public yet and sent to the office; changes of public records are not among them."""
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
    approved = Q(approved_at__isnull=False)
    rows = (
        outcomes.order_by()
        .values("kind")
        .annotate(
            approved=Count("pk", filter=approved),
            open=Count("pk", filter=~approved),
            worth=Sum("value", filter=approved, default=0),
            worth_public=Sum("value", filter=approved & Q(value_public=True), default=0),
            worth_open=Sum("value", filter=~approved, default=0),
            unvalued=Count("pk", filter=Q(value__isnull=True)),
        )
    )
    return {
        row["kind"]: Signed(
            *(row["approved"], row["open"], row["worth"], row["worth_public"]),
            *(row["worth_open"], row["unvalued"]),
        )
        for row in rows
    }


def waiting() -> Waiting:
    """What the desk has in hand now; two queries."""
    late = Q(due_on__lt=clock.today())
    rows = (
        ConnectionRequest.objects.open()
        .order_by()
        .values_list("state")
        .annotate(held=Count("pk"), late=Count("pk", filter=late))
    )
    counted = {state: (count, overdue) for state, count, overdue in rows}
    going = [state for state in States.values if state not in ConnectionRequest.ENDED]
    needs = Need.objects.open().aggregate(open=Count("pk"), late=Count("pk", filter=late))
    return Waiting(
        {state: counted.get(state, (0, 0))[0] for state in going},
        sum(overdue for _count, overdue in counted.values()),
        needs["open"],
        needs["late"],
    )


def spreads() -> list[Spread]:
    """What is public now by field, crop and commune; three queries each."""
    return [_spread("fields", Term), _spread("crops", Term), _spread("unit", AdministrativeUnit)]


def _spread(name: str, words: type[Term] | type[AdministrativeUnit]) -> Spread:
    counts: dict[int, list[int]] = {}
    for place, model in enumerate((Offer, Demand)):
        rows = (
            model._base_manager.filter(shown(), **{f"{name}__isnull": False})
            .order_by()
            .values_list(name)
            .annotate(Count("pk", distinct=True))
        )
        for key, count in rows:
            counts.setdefault(key, [0, 0])[place] = count
    named = words._base_manager.in_bulk(list(counts))
    rows_of = [(named[key], offers, demands) for key, (offers, demands) in counts.items()]
    return Spread(name, sorted(rows_of, key=lambda row: (-row[1] - row[2], str(row[0]))))


def in_review(model: type[Any]) -> Exists:
    """The filter on records of a kind: somebody has sent a version that waits for an officer."""
    return Exists(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=ContentType.objects.get_for_model(model),
            object_id=Cast(OuterRef("pk"), CharField(max_length=255)),
        )
    )


def stock() -> list[Stock]:
    """What stands in the market now; one query for each kind of record."""
    fresh, seen = unconfirmed_before(), hidden_before()
    stands = Q(live=True, standing__closed_at__isnull=True)
    public = shown()
    unseen = Q(live=False, standing__closed_at__isnull=True)
    found = []
    for model in RECORDS:
        row = model._base_manager.aggregate(
            shown=Count("pk", filter=public),
            drafts=Count("pk", filter=unseen & ~Q(in_review(model))),
            in_review=Count("pk", filter=unseen & Q(in_review(model))),
            unconfirmed=Count("pk", filter=public & Q(standing__last_confirmed_at__lt=fresh)),
            hidden=Count("pk", filter=stands & ~Q(standing__last_confirmed_at__gte=seen)),
            closed=Count("pk", filter=Q(standing__closed_at__isnull=False)),
            **{
                f"level_{level}": Count("pk", filter=public & Q(standing__verification=level))
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
