"""Other ways when a booking was refused, as buttons: what they say and what they send."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import clock
from startups.coworking import telling
from startups.coworking.booking import Wish, case_of, free_unit
from startups.coworking.hours import day_of
from startups.coworking.models import Booking
from startups.coworking.quotas import Account
from startups.coworking.rules import BookingRefused, require
from startups.coworking.suggesting import Suggestion, suggest

HELPED_BY_ANOTHER_WAY = frozenset(
    {
        *("taken", "not_open", "closed", "past", "notice", "too_long", "too_short"),
        *("capacity", "quota_week", "quota_month", "quota_at_once", "grid"),
    }
)
"""Refusals for which another time, length or place can be the answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """A button: its words, and the wish it sends."""

    label: str
    value: str


def ways_round(
    refused: BookingRefused, wish: Wish, account: Account, existing: Booking | None = None
) -> list[Way]:
    """Up to three buttons; none where another way would not help."""
    if refused.code not in HELPED_BY_ANOTHER_WAY or wish.ends <= wish.starts:
        return []
    case = case_of(wish, account, clock.now(), existing=existing)
    return [_way(found, wish) for found in suggest(case, wish)]


def _way(found: Suggestion, asked: Wish) -> Way:
    wish = found.wish
    when = telling.when(wish.wanted)
    if day_of(wish.starts) == day_of(asked.starts):
        times = f"{timezone.localtime(wish.starts):%H:%M}–{timezone.localtime(wish.ends):%H:%M}"
        when = times
    words = {
        "resource": _("%(place)s instead, %(when)s"),
        "time": _("Another time: %(when)s"),
        "length": _("Shorter: %(when)s"),
    }
    value = f"{wish.resource.pk}|{wish.starts.isoformat()}|{wish.ends.isoformat()}"
    return Way(words[found.kind] % {"place": wish.resource, "when": when}, value)


def refused_one(wishes: list[Wish], account: Account, *, accepts_rules: bool) -> Wish:
    """Of several wishes the first that cannot be had; for saying which one it was."""
    now = clock.now()
    for wish in wishes:
        try:
            require(case_of(wish, account, now, accepts_rules=accepts_rules))
            free_unit(wish.resource, wish.wanted, wanted=wish.unit)
        except BookingRefused:
            return wish
    return wishes[0]
