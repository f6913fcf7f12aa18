"""Calendars that programs follow: making their addresses, taking them back, what they hold."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Organisation, User
from portal.core import auditing, clock
from portal.core.verdicts import Refused
from startups.coworking.calendars import STANDING, TENTATIVE
from startups.coworking.models import Booking, CalendarFeed, Followed, Resource, Space
from startups.coworking.permissions import may_follow, may_read_space, may_revoke_feed

MOST = 20
"""Addresses that one person keeps: some for each device, and no more than can be watched over."""
KEPT = timedelta(days=30)
"""For so long what is over stands in a calendar, and what was cancelled is struck out there."""
SHOWN = (*TENTATIVE, *STANDING)

_KINDS: dict[type[Model], CalendarFeed.Kind] = {
    User: CalendarFeed.Kind.PERSON,
    Organisation: CalendarFeed.Kind.ORGANISATION,
    Resource: CalendarFeed.Kind.RESOURCE,
    Space: CalendarFeed.Kind.SPACE,
}


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def open_feed(followed: Followed, *, by: User) -> tuple[CalendarFeed, str]:
    """Make an address; answer with it the token, which nobody can read again later.

    Raises `Refused` when the calendar is not theirs to follow, or they keep too many already.
    """
    may_follow(by, followed).require()
    User.objects.select_for_update().get(pk=by.pk)  # or two at once would both be the last one
    if open_feeds(by).count() >= MOST:
        raise Refused(
            _("You have %(most)s addresses already. Take back one that you do not use any more.")
            % {"most": MOST},
            code="too_many",
        )
    token = secrets.token_urlsafe(32)
    kind = _KINDS[followed._meta.model]  # the `type` of a request's user is its lazy wrapper
    feed = CalendarFeed.objects.create(
        kind=kind,
        person=by,
        token_hash=token_hash(token),
        **({} if kind == CalendarFeed.Kind.PERSON else {kind.value: followed}),
    )
    auditing.record("coworking.feed_opened", feed, user=by, kind=kind.value, of=followed.pk)
    return feed, token


@transaction.atomic
def revoke(feed: CalendarFeed, *, by: User) -> None:
    """Take an address back: it opens nothing from now on. Raises `Refused` the second time."""
    may_revoke_feed(by, feed).require()
    now = clock.now()
    standing = CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True)
    if not standing.update(revoked_at=now):
        raise Refused(_("This address was taken back already."), code="revoked")
    feed.revoked_at = now
    auditing.record("coworking.feed_revoked", feed, user=by)


def feed_behind(token: str) -> CalendarFeed | None:
    """The calendar that an address opens, as long as who made it may still follow it."""
    found = _read().filter(token_hash=token_hash(token), revoked_at__isnull=True).first()
    return found if found and may_follow(found.person, found.followed) else None


def bookings_in(feed: CalendarFeed, now: datetime) -> QuerySet[Booking]:
    """What a calendar holds: what is booked, and what was until lately.

    In their own calendars people see what was cancelled struck out. Elsewhere it just goes: a
    program that does not know cancelled events would show a free room as taken.
    """
    since = now - KEPT
    stands = Q(state__in=SHOWN)
    if not feed.without_names:
        stands |= Q(changed_at__gt=since)
    found: QuerySet[Booking] = Booking.objects.filter(stands, _of(feed), ends__gt=since)
    return found.select_related("resource__space", "unit__resource")


def _of(feed: CalendarFeed) -> Q:
    match feed.kind:
        case CalendarFeed.Kind.ORGANISATION:
            return Q(organisation=feed.organisation_id)
        case CalendarFeed.Kind.RESOURCE:
            return Q(resource=feed.resource_id)
        case CalendarFeed.Kind.SPACE:
            return Q(resource__space=feed.space_id)
        case _:
            return Q(pk__in=Booking.objects.booked_for(feed.person).values("pk"))


# What the page shows --------------------------------------------------------------------------


def open_feeds(user: User) -> QuerySet[CalendarFeed]:
    """The addresses that a person made and has not taken back, the newest first."""
    return _read().filter(person=user, revoked_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Row:
    """An address in a person's list; `ended` when it opens nothing although it was not revoked."""

    feed: CalendarFeed
    ended: bool


def rows_of(feeds: Iterable[CalendarFeed], user: User) -> list[Row]:
    """The same question as `may_follow`, asked once for the whole list."""
    theirs = {one.pk for one in _organisations(user)}
    reads_spaces = bool(may_read_space(user))

    def ended(feed: CalendarFeed) -> bool:
        if feed.without_names:
            return not reads_spaces
        return feed.organisation_id is not None and feed.organisation_id not in theirs

    return [Row(feed, ended(feed)) for feed in feeds]


Offer = tuple[str, list[tuple[str, Followed]]]


def offers(user: User) -> Iterator[Offer]:
    """What this person may follow, in groups: (title, [(label, what)])."""
    yield _("Mine"), [(_("My bookings"), user)]
    if organisations := list(_organisations(user)):
        yield _("My organisations"), [(str(one), one) for one in organisations]
    if not may_read_space(user):
        return
    active = Resource.objects.filter(is_active=True)
    for space in Space.objects.prefetch_related(Prefetch("resources", active)):
        whole: tuple[str, Followed] = (_("The whole space"), space)
        yield (
            _("%(space)s, without names") % {"space": space.shown_name},
            [whole, *((str(one), one) for one in space.resources.all())],
        )


def _organisations(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        memberships__user=user, memberships__state=Membership.State.ACTIVE
    ).order_by("name")


def _read() -> QuerySet[CalendarFeed]:
    """With everything that a title says."""
    return CalendarFeed.objects.select_related("person", "organisation", "resource__space", "space")
