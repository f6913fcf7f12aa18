"""Who may do what with spaces and bookings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts import roles
from portal.accounts.models import Organisation
from portal.accounts.permissions import active_role
from portal.core.verdicts import YES, Verdict, no
from startups.coworking.models import (
    Booking,
    CalendarFeed,
    Followed,
    Resource,
    Space,
    WaitingEntry,
)


def is_front_desk(user: Any) -> bool:
    """The front desk and officers run the space."""
    return roles.has_role(user, roles.FRONT_DESK, roles.OFFICERS)


def may_run_space(user: Any) -> Verdict:
    if is_front_desk(user):
        return YES
    return no(_("Only the front desk and officers run the space."))


def may_set_up_spaces(user: Any) -> Verdict:
    if roles.is_officer(user):
        return YES
    return no(_("Only programme officers set up spaces."))


def may_read_space(user: Any) -> Verdict:
    """Directors read what the front desk works with."""
    if is_front_desk(user) or roles.is_director(user):
        return YES
    return no(_("Only people of the department can see this page."))


def may_book_for(user: Any, organisation: Organisation | None) -> Verdict:
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to book."))
    if organisation is None or active_role(user, organisation):
        return YES
    return no(_("You can only book for organisations that you belong to."))


def is_theirs(user: Any, booking: Booking | WaitingEntry) -> bool:
    """Is it of an organisation the person belongs to now, or without one the person's own?"""
    if not user.is_authenticated or not user.is_active:
        return False
    if booking.organisation is not None:
        return bool(active_role(user, booking.organisation))
    return bool(booking.person_id == user.pk)


def may_read_booking(user: Any, booking: Booking) -> Verdict:
    if is_theirs(user, booking) or may_read_space(user):
        return YES
    return no(_("This booking belongs to somebody else."))


def runs_for_others(user: Any, person: Any, organisation: Organisation | None) -> bool:
    """Does the front desk act for somebody else? For themselves its people are like all others."""
    if not is_front_desk(user):
        return False
    if organisation is not None:
        return not active_role(user, organisation)
    return person is None or person.pk != user.pk


def may_decide(user: Any, booking: Booking) -> Verdict:
    """Answer a request with yes? Nobody does so for themselves or their own organisation."""
    if not (runs := may_run_space(user)):
        return runs
    if runs_for_others(user, booking.person, booking.organisation):
        return YES
    return no(_("This is your own request: somebody else has to approve it."), code="own")


def may_change_booking(user: Any, booking: Booking) -> Verdict:
    if is_theirs(user, booking) or is_front_desk(user):
        return YES
    return no(_("This booking belongs to somebody else."))


def may_leave_waiting(user: Any, entry: WaitingEntry) -> Verdict:
    if is_theirs(user, entry) or is_front_desk(user):
        return YES
    return no(_("This place on the list belongs to somebody else."))


def may_follow(user: Any, followed: Followed) -> Verdict:
    """May this calendar be followed? Asked when an address is made, and whenever it is read."""
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to follow a calendar."))
    if isinstance(followed, Resource | Space):
        return may_read_space(user)
    if isinstance(followed, Organisation):
        theirs = bool(active_role(user, followed))
    else:
        theirs = followed == user
    if theirs:
        return YES
    return no(_("You can only follow your own bookings and those of your organisations."))


def may_revoke_feed(user: Any, feed: CalendarFeed) -> Verdict:
    if user.is_authenticated and user.is_active and feed.person_id == user.pk:
        return YES
    return no(_("This address belongs to somebody else."))
