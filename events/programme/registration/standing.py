"""How registration for an event stands now, in the words of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.programme.models.registrations import SignUp
from portal.core.templatetags.portal import weekday_moment


@dataclass(frozen=True, slots=True)
class Standing:
    """`open`: may people register, be it for the waiting list? `full`: is no seat left?"""

    open: bool
    full: bool
    words: str


def standing_of(sign_up: SignUp, now: datetime) -> Standing:
    full = sign_up.free <= 0
    if sign_up.event.is_called_off:
        return Standing(False, full, "")
    if now >= sign_up.closes:
        return Standing(False, full, _("Registration is closed."))
    if sign_up.opens_at and now < sign_up.opens_at:
        said = _("Registration opens %(when)s.") % {"when": weekday_moment(sign_up.opens_at)}
        return Standing(False, full, said)
    if full and not sign_up.waiting_list:
        return Standing(False, True, _("All seats are taken."))
    if full:
        return Standing(True, True, _("All seats are taken; the waiting list is open."))
    words = ngettext(
        "%(count)s of %(all)s seat is free.", "%(count)s of %(all)s seats are free.", sign_up.free
    ) % {"count": sign_up.free, "all": sign_up.capacity}
    return Standing(True, False, words)
