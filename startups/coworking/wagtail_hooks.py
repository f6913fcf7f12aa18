"""What co-working answers to the hooks of the shared apps."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from portal.core import auditing
from portal.core.extension_points import DueWork, NoticeKind
from startups.coworking import booking_hooks, desk_hooks, due, telling

__all__ = ["booking_hooks", "desk_hooks"]  # what people who book, and the desk, answer


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    """Answers, offers and closures are mailed whatever the preference says."""
    return [
        NoticeKind(telling.BOOKED, _("Confirmation of a booking")),
        NoticeKind(telling.ANSWERED, _("Answer to a booking request"), always_mailed=True),
        NoticeKind(telling.OFFERED, _("A place became free for you"), always_mailed=True),
        NoticeKind(telling.CLOSED, _("A booked place is closed"), always_mailed=True),
        NoticeKind(telling.GUEST, _("Invitation of a guest"), always_mailed=True),
        NoticeKind(telling.NO_SHOW, _("A booking nobody came to")),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "coworking.booked": _("Booked"),
            "coworking.changed": _("Booking changed"),
            "coworking.cancelled": _("Booking cancelled"),
            "coworking.approved": _("Request approved"),
            "coworking.declined": _("Request declined"),
            "coworking.expired": _("Expired without an answer"),
            "coworking.offer_taken": _("Offer taken"),
            "coworking.waits": _("Joined the waiting list"),
            "coworking.left_waiting": _("Left the waiting list"),
            "coworking.checked_in": _("Checked in"),
            "coworking.check_in_undone": _("Check-in undone"),
            "coworking.left": _("Left early"),
            "coworking.invited": _("Guest invited"),
            "coworking.uninvited": _("Invitation taken back"),
            "coworking.stayed": _("Stays longer"),
            "coworking.seated": _("Given another place"),
            "coworking.walked_in": _("Came without a booking"),
            "coworking.no_show": _("Nobody came"),
            "coworking.pardoned": _("No-show pardoned"),
            "coworking.repeated": _("Weekly booking kept"),
            "coworking.closed": _("Closure announced"),
            "coworking.lifted": _("Closure lifted"),
            "coworking.wall_renewed": _("Address of the wall display renewed"),
            "coworking.closed_out": _("Ended by a closure"),
        },
    )


@hooks.register("portal_run_due")
def run_due(now: datetime) -> Sequence[DueWork]:
    return due.run(now)
