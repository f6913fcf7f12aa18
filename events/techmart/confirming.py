"""Freshness: owners say that their records are still true, or that they are over; the clock asks.

A record goes through stages after each confirmation: asked, unconfirmed, warned, hidden
(`models.shared.Freshness`). At eight in the morning everybody for whom a stage was reached since
gets one letter with everything of theirs that is due or soon will be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.techmart import closing, trust_telling
from events.techmart.going_public import thing
from events.techmart.links import Invitation
from events.techmart.models import Demand, DemandEnd, Expert, Freshness, MarketRecord, Standing
from events.techmart.models.shared import HIDDEN_AFTER, confirmed_for, hidden_before
from events.techmart.models.trust import ABOUT
from events.techmart.permissions import may_decide
from events.techmart.writing import STANDINGS
from portal.accounts.models import Membership, Organisation, User
from portal.core import auditing, clock
from portal.core.templatetags.portal import day
from portal.core.verdicts import Refused
from portal.search.keeping_true import index_after_commit

if TYPE_CHECKING:
    from portal.core.extension_points import Text

HOUR = time(8)
"""Letters go out in the morning, once a day."""
WARNED_BEFORE = timedelta(days=7)
CLOSED_LATELY = timedelta(days=30)
"""For so long the page offers to take back that something is over."""
BATCH = 500


def lead() -> timedelta:
    """How long before a confirmation runs out its owner is asked: 30 days of 180."""
    return confirmed_for() / 6


class Stage(Enum):
    """What a record has reached since it was confirmed, in this order."""

    ASKED = "asked"
    UNCONFIRMED = "unconfirmed"
    WARNED = "warned"
    HIDDEN = "hidden"

    @property
    def after(self) -> timedelta:
        """How long after a confirmation it is reached."""
        match self:
            case Stage.ASKED:
                return confirmed_for() - lead()
            case Stage.UNCONFIRMED:
                return confirmed_for()
            case Stage.WARNED:
                return confirmed_for() + HIDDEN_AFTER - WARNED_BEFORE
            case _:
                return confirmed_for() + HIDDEN_AFTER

    def said(self, standing: Standing) -> str:
        """For the letter."""
        last = standing.last_confirmed_at
        if last is None:
            return ""
        hidden_on = day(last + Stage.HIDDEN.after)
        match self:
            case Stage.ASKED:
                return _("confirmed on %(last)s, please confirm before %(until)s") % {
                    "last": day(last),
                    "until": day(last + Stage.UNCONFIRMED.after),
                }
            case Stage.UNCONFIRMED:
                return _("now marked “Not confirmed again”; it is hidden from %(day)s on") % {
                    "day": hidden_on
                }
            case Stage.WARNED:
                return _("will be hidden on %(day)s") % {"day": hidden_on}
            case _:
                return _("hidden since %(day)s; one confirmation shows it again") % {
                    "day": hidden_on
                }


def stage_of(standing: Standing, at: datetime) -> Stage | None:
    """The last stage reached; None while it is fresh."""
    last = standing.last_confirmed_at
    if last is None:
        return None
    reached = [stage for stage in Stage if last + stage.after <= at]
    return reached[-1] if reached else None


def morning(now: datetime) -> datetime:
    """The last eight o'clock."""
    local = timezone.localtime(now)
    today = timezone.make_aware(datetime.combine(local.date(), HOUR))
    return today if today <= now else today - timedelta(days=1)


# What owners say ------------------------------------------------------------------------------


class Answer(Enum):
    STILL_TRUE = "true"
    GONE = "gone"
    TO_CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the answers."""

    confirmed: int
    closed: int
    to_change: Sequence[MarketRecord]


def answer(records: Iterable[MarketRecord], answers: Mapping[str, Answer], by: User) -> Outcome:
    """Do what was said of each record (`key_of`). What nobody spoke about stays as it is.

    Saying it twice does nothing more. Raises Refused when one of them is not theirs; then nothing
    was done.
    """
    confirmed = closed = 0
    to_change = []
    with transaction.atomic():
        for record in records:
            match answers.get(key_of(record)):
                case Answer.STILL_TRUE:
                    confirmed += confirm(record, by)
                case Answer.GONE:
                    closed += close(record, by)
                case Answer.TO_CHANGE:
                    to_change.append(record)
    return Outcome(confirmed, closed, to_change)


def confirm(record: MarketRecord, by: User) -> bool:
    """It is still true; False when it is not public or closed. Raises Refused: not theirs."""
    may_decide(by, record).require()
    standings = STANDINGS[type(record)]._base_manager
    with transaction.atomic():
        open_ones = standings.filter(
            pk=record.standing.pk, closed_at__isnull=True, record__live=True
        )
        if not open_ones.update(last_confirmed_at=clock.now(), asked_to_confirm_at=None):
            return False
        auditing.record("techmart.confirmed", record, user=by)
        index_after_commit([thing(record)])
    return True


def close(record: MarketRecord, by: User) -> bool:
    """It is over: shown no more, a demand as no longer needed. False when it was closed before.

    Raises Refused: not theirs.
    """
    try:
        closing.close(
            record, by, ended_as=DemandEnd.WITHDRAWN if isinstance(record, Demand) else ""
        )
    except Refused as refused:
        if refused.code != "closed":
            raise
        return False
    return True


# Whose they are -------------------------------------------------------------------------------


def key_of(record: MarketRecord) -> str:
    """Names a record in forms: "offer-12"."""
    return thing(record).replace(":", "-")


@dataclass(frozen=True, slots=True)
class Group:
    """What one letter is about: an organisation's records, or an expert's own page."""

    organisation: Organisation | None
    open: Sequence[MarketRecord]
    closed: Sequence[MarketRecord]

    @property
    def key(self) -> str:
        return str(self.organisation.pk) if self.organisation else "me"


def groups_of(person: User) -> list[Group]:
    """Everything a person may confirm, in a fixed number of queries."""
    organisations = list(
        Organisation.objects.filter(
            memberships__user=person,
            memberships__role=Membership.Role.OWNER,
            memberships__state=Membership.State.ACTIVE,
        ).order_by("name", "pk")
    )
    by_organisation: dict[int | None, list[MarketRecord]] = defaultdict(list)
    for record in _records(Q(standing__organisation__in=organisations), Expert):
        by_organisation[record.standing.organisation_id].append(record)
    own = list(_records_of(Expert, Q(standing__person=person)))
    groups = [_group(one, by_organisation[one.pk]) for one in organisations]
    groups += [_group(None, own)] if own else []
    return [group for group in groups if group.open or group.closed]


def group_behind(invitation: Invitation) -> tuple[User, Group]:
    """Who holds a link, and what is still open of what they were asked about.

    Raises Refused ("not_theirs") when they no longer speak for the organisation.
    """
    person = User.objects.filter(pk=invitation.person_id, is_active=True).first()
    groups = groups_of(person) if person else []
    wanted = invitation.organisation_id
    for group in groups:
        if (group.organisation.pk if group.organisation else None) == wanted and person:
            return person, Group(
                group.organisation,
                [one for one in group.open if _before(one, invitation.at)],
                [],
            )
    if person and _still_owns(person, wanted):
        organisation = Organisation.objects.filter(pk=wanted).first() if wanted else None
        return person, Group(organisation, [], [])
    raise Refused(
        _("This link belongs to somebody who no longer answers for this organisation."),
        code="not_theirs",
    )


def _still_owns(person: User, organisation_id: int | None) -> bool:
    if organisation_id is None:
        return bool(getattr(person, "expert_standing", None))
    return Membership.objects.filter(
        user=person,
        organisation=organisation_id,
        role=Membership.Role.OWNER,
        state=Membership.State.ACTIVE,
    ).exists()


def _before(record: MarketRecord, at: datetime) -> bool:
    last = record.standing.last_confirmed_at
    return last is None or last < at


def _group(organisation: Organisation | None, records: Sequence[MarketRecord]) -> Group:
    since = clock.now() - CLOSED_LATELY
    return Group(
        organisation,
        [one for one in records if one.standing.closed_at is None],
        [one for one in records if one.standing.closed_at and one.standing.closed_at >= since],
    )


def _records(wanted: Q, *left_out: type[MarketRecord]) -> list[MarketRecord]:
    found: list[MarketRecord] = []
    for model in ABOUT.values():
        if model not in left_out:
            found += _records_of(model, wanted)
    return found


def _records_of(model: type[MarketRecord], wanted: Q) -> QuerySet[Any]:
    """Public once and not taken down: what an officer took down is no owner's to confirm."""
    records = model._base_manager.filter(wanted, live=True).select_related("standing__organisation")
    return records.order_by("standing__last_confirmed_at", "pk")


# The clock ------------------------------------------------------------------------------------


def note_hidden(now: datetime) -> int:
    """Search forgets what has just become hidden. Answers how many."""
    noted = 0
    for model, standings in STANDINGS.items():
        gone = standings._base_manager.filter(
            Q(hidden_noted_at__isnull=True) | Q(hidden_noted_at__lt=F("last_confirmed_at")),
            record__live=True,
            closed_at__isnull=True,
            last_confirmed_at__lt=hidden_before(now),
        )
        for standing in gone.order_by("pk")[:BATCH]:
            noted += _note_hidden(model, standing, now)
    return noted


def _note_hidden(model: type[MarketRecord], standing: Standing, now: datetime) -> bool:
    with transaction.atomic():
        unchanged = type(standing)._base_manager.filter(
            pk=standing.pk,
            last_confirmed_at=standing.last_confirmed_at,
            hidden_noted_at=standing.hidden_noted_at,
        )
        if not unchanged.update(hidden_noted_at=now):
            return False
        record = model._base_manager.get(pk=standing.record_id)  # type: ignore[attr-defined]
        auditing.record("techmart.lapsed", record, user=None)
        index_after_commit([thing(record)])
    return True


def remind(now: datetime) -> int:
    """Write to everybody who has to confirm something. Answers how many letters went out.

    Each record is claimed by the moment it is told of, so that a second run, or a second clock at
    the same time, finds nothing to tell.
    """
    at = morning(now)
    due: dict[tuple[str, int], bool] = {}
    for model in ABOUT.values():
        for owner in _owners_with_due(model, at):
            due[owner] = True
    return sum(_write_to(kind, pk, at, now) for kind, pk in due)


def _owners_with_due(model: type[MarketRecord], at: datetime) -> Iterable[tuple[str, int]]:
    found = _due(model, at)
    if model is Expert:
        people = found.filter(person__isnull=False).values_list("person", flat=True)
        return [("person", pk) for pk in people.order_by("person").distinct()[:BATCH]]
    owners = found.filter(organisation__isnull=False).values_list("organisation", flat=True)
    return [("organisation", pk) for pk in owners.order_by("organisation").distinct()[:BATCH]]


def _due(model: type[MarketRecord], at: datetime) -> QuerySet[Any]:
    """Standings that reached a stage by `at` of which nobody was told."""
    untold = Q()
    for stage in Stage:
        moment = ExpressionWrapper(
            F("last_confirmed_at") + Value(stage.after - _early(stage)),
            output_field=DateTimeField(),
        )
        untold |= Q(last_confirmed_at__lte=at - stage.after) & (
            Q(asked_to_confirm_at__isnull=True) | Q(asked_to_confirm_at__lt=moment)
        )
    standings: QuerySet[Any] = STANDINGS[model]._base_manager.filter(
        untold, record__live=True, closed_at__isnull=True
    )
    return standings


def _early(stage: Stage) -> timedelta:
    """How much earlier a letter that goes out anyway may ask, so that fewer letters are needed."""
    return lead() / 2 if stage is Stage.ASKED else timedelta(0)


def _write_to(kind: str, pk: int, at: datetime, now: datetime) -> bool:
    with transaction.atomic():
        if kind == "person":
            person = User.objects.filter(pk=pk).first()
            organisation, wanted = None, Q(standing__person=pk)
            records = list(_records_of(Expert, wanted))
            people = [person] if person and person.is_active else []
        else:
            organisation = Organisation.objects.get(pk=pk)
            records = _records(Q(standing__organisation=pk), Expert)
            people = trust_telling.owners_of(organisation)
        asked = [told for record in records if (told := _claim(record, at, now))]
        if not asked:
            return False
        for one in people:
            trust_telling.ask_to_confirm(one, organisation, asked)
    return bool(people)


def _claim(
    record: MarketRecord, at: datetime, now: datetime
) -> tuple[MarketRecord, Standing, Stage] | None:
    """Take a record into the letter that is being written, unless it was told of already."""
    standing = record.standing
    last, told = standing.last_confirmed_at, standing.asked_to_confirm_at
    if standing.closed_at is not None or last is None:
        return None
    stage = stage_of(standing, at)
    if stage is None and last + Stage.ASKED.after - _early(Stage.ASKED) <= at:
        stage = Stage.ASKED
    if stage is None or (told and told >= last + stage.after - _early(stage)):
        return None
    unchanged = type(standing)._base_manager.filter(
        pk=standing.pk, last_confirmed_at=last, asked_to_confirm_at=told
    )
    if not unchanged.update(asked_to_confirm_at=now):
        return None
    return record, standing, stage


# For officers ---------------------------------------------------------------------------------

FRESHNESS_LABELS: "Mapping[str, Text]" = {
    "soon": gettext_lazy("To be confirmed soon"),
    Freshness.UNCONFIRMED: gettext_lazy("Not confirmed again"),
    Freshness.HIDDEN: gettext_lazy("Hidden until confirmed"),
}


def _spans(now: datetime) -> dict[str, Q]:
    last = "standing__last_confirmed_at"
    unconfirmed, hidden = now - confirmed_for(), hidden_before(now)
    return {
        "soon": Q(**{f"{last}__lte": unconfirmed + lead(), f"{last}__gte": unconfirmed}),
        Freshness.UNCONFIRMED: Q(**{f"{last}__lt": unconfirmed, f"{last}__gte": hidden}),
        Freshness.HIDDEN: Q(**{f"{last}__lt": hidden}),
    }


def out_of_date(which: str, now: datetime) -> list[QuerySet[Any]]:
    """Records of each kind, in the order of `ABOUT`, that are due soon, unconfirmed or hidden."""
    span = _spans(now)[which]
    return [
        model._base_manager.filter(span, live=True, standing__closed_at__isnull=True)
        for model in ABOUT.values()
    ]


def count_out_of_date(now: datetime) -> dict[str, int]:
    """How many there are of each. Four queries."""
    counted: dict[str, int] = defaultdict(int)
    asked = {str(name): Count("pk", filter=span) for name, span in _spans(now).items()}
    for model in ABOUT.values():
        open_ones = model._base_manager.filter(live=True, standing__closed_at__isnull=True)
        for name, count in open_ones.aggregate(**asked).items():
            counted[name] += count
    return counted
