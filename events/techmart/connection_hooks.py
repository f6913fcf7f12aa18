"""What the desk and the sides of connections answer to hooks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from events.techmart import connection_due
from events.techmart import connection_letters as letters
from events.techmart.connection_permissions import may_read_desk, may_run_desk
from events.techmart.models import ConnectionRequest, Need
from events.techmart.views.connections import come_to, sent_by
from portal.core import auditing, clock
from portal.core.extension_points import DueWork, NoticeKind, Task

GROUP = _("Technology market")
States = ConnectionRequest.State


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_read_desk(request.user))


@hooks.register("register_admin_menu_item")
def desk() -> MenuItem:
    return DeskMenuItem(
        _("Connection desk"),
        reverse("techmart_desk:home"),
        name="market-desk",
        icon_name="group",
        order=281,
    )


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind(letters.STEP, _("Steps of my connection requests"), always_mailed=True),
        NoticeKind(letters.MESSAGE, _("Messages in connection requests")),
        NoticeKind(letters.NEED, _("For officers: a need was voiced")),
        NoticeKind(letters.OFFICE, _("For officers: connection requests")),
        NoticeKind(letters.DIGEST, _("For officers: what is overdue at the market's desk")),
    ]


@hooks.register("portal_run_due")
def run_due(now: datetime) -> Sequence[DueWork]:
    return connection_due.run(now)


@hooks.register("portal_tasks")
def tasks(user: Any) -> Sequence[Task]:
    """The desk's, the owner's, and how one's own requests stand."""
    return [*_desk_tasks(user), *_side_tasks(user)]


def _desk_tasks(user: Any) -> list[Task]:
    if not may_run_desk(user):
        return []
    today = clock.today()
    mine = ConnectionRequest.objects.filter(
        Q(officer__isnull=True) | Q(officer=user), state__in=[States.NEW, States.RECEIVED]
    )
    counted = [
        (mine, "new", _requests),
        (Need.objects.filter(state=Need.State.NEW), "needs", _needs),
    ]
    found = []
    for rows, tab, words in counted:
        days = list(rows.order_by("due_on").values_list("due_on", flat=True))
        if days:
            due = clock.end_of_day(days[0]) if days[0] else None
            found.append(
                Task(
                    title=words(len(days)),
                    detail=_("Connection desk"),
                    url=f"{reverse('techmart_desk:home')}?tab={tab}",
                    action=_("Open the desk"),
                    group=GROUP,
                    due=due,
                    urgent=bool(days[0] and days[0] <= today),
                    count=len(days),
                )
            )
    return found


def _requests(count: int) -> str:
    return ngettext(
        "%(count)s connection request to pass on",
        "%(count)s connection requests to pass on",
        count,
    ) % {"count": count}


def _needs(count: int) -> str:
    return ngettext("%(count)s need to take up", "%(count)s needs to take up", count) % {
        "count": count
    }


def _side_tasks(user: Any) -> list[Task]:
    waiting = come_to(user).filter(state=States.PASSED_ON)[:20]
    following = sent_by(user).filter(
        state__in=[States.ACCEPTED, States.IN_CONTACT, States.NEGOTIATING], next_step__gt=""
    )[:20]
    today = clock.today()
    return [
        Task(
            title=_("Answer a connection request: %(title)s") % {"title": one.record},
            detail=one.presented_as,
            url=reverse("techmart_connections:request", args=[one.key]),
            action=_("Read and answer"),
            group=GROUP,
            due=clock.end_of_day(one.due_on) if one.due_on else None,
            urgent=bool(one.due_on and one.due_on <= today),
        )
        for one in waiting
    ] + [
        Task(
            title=one.next_step,
            detail=f"{one.code} · {one.record}",
            url=reverse("techmart_connections:request", args=[one.key]),
            action=_("Open the request"),
            group=GROUP,
            due=clock.end_of_day(one.due_on) if one.due_on else None,
            urgent=bool(one.due_on and one.due_on <= today),
        )
        for one in following
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "techmart.need_received": _("Need received"),
            "techmart.need_moved": _("State of a need changed"),
            "techmart.need_answered": _("Source suggested for a need"),
            "techmart.need_became_demand": _("Need became a demand"),
            "techmart.connection_asked": _("Connection asked for"),
            "techmart.connection_moved": _("State of a connection changed"),
            "techmart.connection_assigned": _("Connection given to an officer"),
            "techmart.message_relayed": _("Message passed on"),
            "techmart.outcome_recorded": _("Outcome recorded"),
            "techmart.outcome_corrected": _("Outcome corrected"),
            "techmart.outcome_approved": _("Outcome approved"),
            "techmart.outcome_annulled": _("Outcome annulled"),
            "techmart.numbers_exported": _("Numbers of the market exported"),
        },
    )
