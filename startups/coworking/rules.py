"""The rules of booking, one function each, asked in the order in which a reader would.

Each rule gets the `Case` and answers a sentence when it says no, else None. They are asked under
the lock; nothing is written here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import Membership
from portal.core.extension_points import gather
from portal.core.verdicts import Refused
from startups.coworking.hours import Hours, day_of
from startups.coworking.models import (
    Booking,
    HouseRules,
    Resource,
    RulesAcceptance,
    Strike,
)
from startups.coworking.quotas import Account, Used
from startups.coworking.slots import Range, on_grid


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody wants a resource for a time. `existing` is the booking that would be moved."""

    resource: Resource
    wanted: Range
    people: int
    account: Account
    now: datetime
    hours: Hours
    quotas: Sequence[Used]
    at_desk: bool = False
    """The front desk books on behalf: notice, horizon and first-time rules are its own matter."""
    accepts_rules: bool = False
    existing: Booking | None = None

    @property
    def minutes(self) -> int:
        return int(self.wanted.length.total_seconds() // 60)


class BookingRefused(Refused):
    """A rule said no. `code` is the rule's name; `full` tells that only room was missing."""

    @property
    def full(self) -> bool:
        return self.code == "taken"


Rule = Callable[[Case], str | None]


def hours_and_minutes(minutes: int) -> str:
    """ "45 minutes", "2 h", "2 h 30"."""
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    whole, rest = divmod(minutes, 60)
    return _("%(h)s h %(m)02d") % {"h": whole, "m": rest} if rest else _("%(h)s h") % {"h": whole}


def clock_time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def bookable(case: Case) -> str | None:
    if case.resource.is_active and case.resource.space.is_open:
        return None
    return _("This place cannot be booked at present.")


def in_order(case: Case) -> str | None:
    if case.wanted.ends > case.wanted.starts:
        return None
    return _("The end must be after the beginning.")


def fits_grid(case: Case) -> str | None:
    step = case.resource.slot_minutes
    # Who comes at 10:07 gets the place from 10:00: the front desk is bound by the finest grid.
    step = 15 if case.at_desk else step
    if on_grid(case.wanted.starts, step) and on_grid(case.wanted.ends, step):
        return None
    return _("Bookings begin and end every %(n)s minutes.") % {"n": step}


def not_past(case: Case) -> str | None:
    begun = case.existing is not None and case.existing.starts == case.wanted.starts
    earliest = case.now - timedelta(minutes=case.resource.slot_minutes)
    if case.wanted.starts >= earliest and case.wanted.ends > case.now:
        return None
    if begun and case.wanted.ends > case.now:
        return None
    return _("This time has passed.")


def added_from(case: Case) -> datetime | None:
    """When the first hours begin that the booking does not have already; None without any."""
    mine = case.existing
    if mine is None or mine.resource_id != case.resource.pk:
        return case.wanted.starts
    if Range(mine.starts, mine.ends).holds(case.wanted):
        return None
    return mine.ends if mine.starts <= case.wanted.starts < mine.ends else case.wanted.starts


def with_notice(case: Case) -> str | None:
    notice = timedelta(minutes=case.resource.notice_minutes)
    if case.at_desk or not notice:
        return None
    added = added_from(case)
    if added is None or added >= case.now + notice:
        return None
    return _("Book this at least %(length)s before.") % {
        "length": hours_and_minutes(case.resource.notice_minutes)
    }


def within_horizon(case: Case) -> str | None:
    last = day_of(case.now) + timedelta(days=case.resource.horizon_days)
    if case.at_desk or day_of(case.wanted.starts) <= last:
        return None
    return _("This can be booked until %(day)s.") % {"day": f"{last:%d/%m/%Y}"}


def long_enough(case: Case) -> str | None:
    if case.at_desk or case.minutes >= case.resource.min_minutes:
        return None
    return _("The shortest booking is %(length)s.") % {
        "length": hours_and_minutes(case.resource.min_minutes)
    }


def short_enough(case: Case) -> str | None:
    if case.minutes <= case.resource.max_minutes:
        return None
    return _("The longest booking is %(length)s.") % {
        "length": hours_and_minutes(case.resource.max_minutes)
    }


def while_open(case: Case) -> str | None:
    day = day_of(case.wanted.starts)
    opening = case.hours.opening(day)
    if any(stretch.holds(case.wanted) for stretch in opening):
        return None
    if not opening:
        return _("Closed on %(day)s: %(reason)s") % {
            "day": f"{day:%d/%m/%Y}",
            "reason": case.hours.why_closed(day),
        }
    times = ", ".join(f"{clock_time(one.starts)}–{clock_time(one.ends)}" for one in opening)
    return _("On %(day)s the space is open %(times)s.") % {
        "day": f"{day:%d/%m/%Y}",
        "times": times,
    }


def not_closed(case: Case) -> str | None:
    closure = case.hours.closed_by(case.wanted, case.resource.pk)
    if closure is None:
        return None
    return _("Closed until %(until)s: %(reason)s") % {
        "until": f"{timezone.localtime(closure.ends):%H:%M %d/%m/%Y}",
        "reason": closure.shown_reason,
    }


def enough_seats(case: Case) -> str | None:
    if 1 <= case.people <= case.resource.capacity:
        return None
    return ngettext(
        "There is room for %(n)s person.", "There is room for %(n)s people.", case.resource.capacity
    ) % {"n": case.resource.capacity}


def for_their_organisation(case: Case) -> str | None:
    """Where hours are counted, members of an organisation use its hours: nobody has them twice."""
    account = case.account
    if case.at_desk or case.existing or account.organisation is not None or account.person is None:
        return None
    if not case.quotas:
        return None
    memberships = Membership.objects.filter(user=account.person, state=Membership.State.ACTIVE)
    if not memberships.exists():
        return None
    return _("You belong to an organisation: book for it, its hours count.")


def one_of_those(case: Case) -> str | None:
    """Who may book, as the resource says."""
    if case.at_desk:
        return None
    organisation, resource = case.account.organisation, case.resource
    kinds = resource.organisation_kinds
    if organisation is not None and kinds and organisation.kind not in kinds:
        return _("Only these can book it: %(kinds)s.") % {
            "kinds": ", ".join(resource.kinds_of_organisations)
        }
    if resource.bookers == Resource.Bookers.ANYBODY and not resource.organisation_kinds:
        return None
    if resource.bookers == Resource.Bookers.ENTRANTS:
        return _entrants_only(case)
    if organisation is None:
        return _("Book this for an organisation that you belong to.")
    if resource.bookers == Resource.Bookers.VERIFIED and organisation.verified_at is None:
        return _("Only organisations that the office has checked can book this.")
    return None


def _entrants_only(case: Case) -> str | None:
    organisation, person = case.account.organisation, case.account.person
    if organisation is not None and organisation.verified_at is not None:
        return None
    if person is not None and person.pk in set(gather("portal_season_entrants", [person.pk])):
        return None
    return _("Only teams of the current season and checked organisations can book this.")


def first_visit(case: Case) -> str | None:
    """An organisation the office has not checked may book once, and is checked at its arrival."""
    organisation = case.account.organisation
    if case.at_desk or organisation is None or organisation.verified_at is not None:
        return None
    before = Booking.objects.counted().filter(organisation=organisation)
    if case.existing is not None:
        before = before.exclude(pk=case.existing.pk)
    if not before.exists():
        return None
    return _(
        "Your organisation has one booking already. The front desk checks it when you come; then "
        "you can book more."
    )


def no_pause(case: Case) -> str | None:
    """Too many no-shows that still count pause booking, where the space says so."""
    limit = case.resource.space.strike_limit
    if not limit or case.at_desk:
        return None
    standing = Strike.objects.filter(
        case_of(case.account),
        booking__resource__space=case.resource.space,
        pardoned_at__isnull=True,
        expires_at__gt=case.now,
    ).order_by("expires_at")
    expiring = list(standing.values_list("expires_at", flat=True))
    if len(expiring) < limit:
        return None
    # With each one that expires there is one less.
    again = expiring[len(expiring) - limit]
    return _("After %(n)s bookings nobody came to, booking pauses until %(day)s.") % {
        "n": len(expiring),
        "day": f"{day_of(again):%d/%m/%Y}",
    }


def case_of(account: Account) -> models.Q:
    """Whose strikes count."""
    if account.organisation is not None:
        return models.Q(booking__organisation=account.organisation)
    return models.Q(booking__organisation__isnull=True, booking__person=account.person)


def within_week(case: Case) -> str | None:
    for one in case.quotas:
        left = one.week_left
        if left is not None and case.wanted.length > left:
            return _("At most %(limit)s h a week; %(left)s are left in this week.") % {
                "limit": one.quota.hours_a_week,
                "left": hours_and_minutes(int(left.total_seconds() // 60)),
            }
    return None


def within_month(case: Case) -> str | None:
    for one in case.quotas:
        left = one.month_left
        if left is not None and case.wanted.length > left:
            return _("At most %(limit)s h a month; %(left)s are left in this month.") % {
                "limit": one.quota.hours_a_month,
                "left": hours_and_minutes(int(left.total_seconds() // 60)),
            }
    return None


def few_at_once(case: Case) -> str | None:
    for one in case.quotas:
        most = one.quota.at_once
        if most is not None and one.at_once + 1 > most:
            return ngettext(
                "At most %(n)s place at the same time.",
                "At most %(n)s places at the same time.",
                most,
            ) % {"n": most}
    return None


def rules_accepted(case: Case) -> str | None:
    person = case.account.person
    if case.at_desk or case.accepts_rules or person is None:
        return None
    if case.existing and case.existing.resource.space_id == case.resource.space_id:
        return None  # a booking that is only changed was made under the rules of its day
    rules = rules_in_force(case.resource.space_id, case.now)
    if rules is None or RulesAcceptance.objects.filter(rules=rules, person=person).exists():
        return None
    return _("Read the rules of the house and agree to them.")


def rules_in_force(space_id: int, now: datetime) -> HouseRules | None:
    """The newest version that has come into force."""
    return (
        HouseRules.objects.filter(space=space_id, valid_from__lte=now).order_by("-version").first()
    )


RULES: Sequence[tuple[str, str | None, Rule]] = (
    ("not_bookable", None, bookable),
    ("order", "ends", in_order),
    ("grid", "starts", fits_grid),
    ("past", "starts", not_past),
    ("notice", "starts", with_notice),
    ("horizon", "starts", within_horizon),
    ("too_short", "ends", long_enough),
    ("too_long", "ends", short_enough),
    ("not_open", "starts", while_open),
    ("closed", "starts", not_closed),
    ("capacity", "people", enough_seats),
    ("for_organisation", "organisation", for_their_organisation),
    ("who", "organisation", one_of_those),
    ("first_visit", "organisation", first_visit),
    ("paused", None, no_pause),
    ("quota_week", "ends", within_week),
    ("quota_month", "ends", within_month),
    ("quota_at_once", None, few_at_once),
    ("rules", "accepts_rules", rules_accepted),
)
"""Stable code, form field, and the rule."""


def require(case: Case) -> None:
    """Raise `BookingRefused` with the first rule that says no."""
    for code, field, rule in RULES:
        reason = rule(case)
        if reason is not None:
            raise BookingRefused(reason, code=code, field=field)
