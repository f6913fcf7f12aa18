"""Guests of a booking: inviting them, and taking an invitation back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import auditing, clock
from portal.core.text import clean_line
from portal.core.verdicts import YES, Refused, Verdict, no
from startups.coworking import telling
from startups.coworking.booking import lock_and_refresh
from startups.coworking.locking import once_more_after_deadlock
from startups.coworking.models import Booking, Guest
from startups.coworking.permissions import is_theirs

if TYPE_CHECKING:
    from portal.accounts.models import User


def may_invite(user: "User", booking: Booking) -> Verdict:
    """People whose booking it is, as long as it stands and is not over."""
    if not is_theirs(user, booking):
        return no(_("This booking belongs to somebody else."), code="not_theirs")
    standing = booking.state in (Booking.State.CONFIRMED, Booking.State.CHECKED_IN)
    if not standing or booking.ends <= clock.now():
        return no(
            _("Guests are invited to a booking that is confirmed and not over."), code="state"
        )
    return YES


@once_more_after_deadlock
def invite(booking: Booking, *, name: str, email: str = "", by: "User") -> Guest:
    """Name somebody who comes along; with an address they get the event by mail.

    Raises `Refused` without a name, for an address that is invited already ("twice"), and when no
    seat is left ("capacity"). The number of people who come grows with the guests.
    """
    said, address = clean_line(name)[:150], email.strip().lower()
    if not said:
        raise Refused(_("Enter the guest's name."), code="no_name", field="name")
    with transaction.atomic():
        lock_and_refresh(booking)
        may_invite(by, booking).require()
        guests = list(booking.guests.all())
        if address and any(guest.email == address for guest in guests):
            raise Refused(_("This address is invited already."), code="twice", field="email")
        coming = len(guests) + 2  # the guests so far, this one, and who booked
        most = booking.resource.capacity
        if coming > most:
            raise Refused(
                ngettext("There is room for %(n)s person.", "There is room for %(n)s people.", most)
                % {"n": most},
                code="capacity",
                field="name",
            )
        guest = Guest.objects.create(booking=booking, name=said, email=address)
        if coming > booking.people:
            booking.people = coming
            booking.save(update_fields=["people"])
        auditing.record("coworking.invited", booking, user=by)
        telling.invited(guest, by=by)
        return guest


def take_back(guest: Guest, *, by: "User") -> None:
    """The guest does not come, or should not; who had a mail gets another."""
    if not is_theirs(by, guest.booking):
        raise Refused(_("This booking belongs to somebody else."), code="not_theirs")
    with transaction.atomic():
        telling.not_invited_any_more(guest)
        auditing.record("coworking.uninvited", guest.booking, user=by)
        guest.delete()
