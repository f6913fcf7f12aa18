"""What the front desk and the back office of co-working answer to hooks."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from portal.core import auditing, clock
from portal.core.extension_points import NoticeKind, Task
from portal.pages.row_office import RowViewSet
from startups.coworking import desk_letters
from startups.coworking.models import Booking, Space
from startups.coworking.office.policies import POLICIES
from startups.coworking.office.viewsets import VIEWSETS
from startups.coworking.permissions import is_front_desk, may_read_space

GROUP = _("Spaces")
SOON = timedelta(hours=12)
MENU_HOOK = "register_spaces_menu_item"

for _model, _policy in POLICIES.items():
    register_permission_policy(_model, _policy)

_viewsets = [viewset() for viewset in VIEWSETS]


@hooks.register("register_admin_viewset")
def lists() -> list[RowViewSet]:
    return _viewsets


class SpacesMenuItem(MenuItem):
    """An item of the menu "Không gian"; only people who read what the desk works with see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_read_space(request.user))


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        GROUP, Menu(register_hook_name=MENU_HOOK), name="spaces", icon_name="home", order=160
    )


def _register_item(place: int, label: Any, url: Callable[[], str], name: str, icon: str) -> None:
    hooks.register(
        MENU_HOOK,
        lambda: SpacesMenuItem(label, url(), name=name, icon_name=icon, order=place),
    )


_register_item(
    90, _("Front desk"), lambda: reverse("coworking_desk:home"), "coworking-desk", "desktop"
)
for _place, _viewset in enumerate(_viewsets):
    # The address is asked for when the menu is drawn: addresses are not known yet.
    _address = partial(getattr, _viewset, "menu_url")
    _register_item(100 + _place, _viewset.menu_label, _address, _viewset.name, _viewset.icon)


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind(desk_letters.DAY_LIST, _("For the front desk: bookings of the day")),
        NoticeKind(desk_letters.REQUESTS, _("For the front desk: requests that wait")),
    ]


@hooks.register("portal_tasks")
def tasks(user: Any) -> Sequence[Task]:
    """For the front desk: requests to answer, the first that expires."""
    if not is_front_desk(user):
        return []
    waiting = (
        Booking.objects.filter(state=Booking.State.PENDING)
        .values("resource__space")
        .annotate(count=Count("pk"), first=Min("answer_by"))
    )
    spaces = Space.objects.in_bulk([row["resource__space"] for row in waiting])
    found = []
    for row in waiting:
        space = spaces[row["resource__space"]]
        found.append(
            Task(
                title=ngettext(
                    "%(count)s booking request waits for an answer",
                    "%(count)s booking requests wait for an answer",
                    row["count"],
                )
                % {"count": row["count"]},
                detail=space.shown_name,
                url=reverse("coworking_desk:inbox", args=[space.slug]),
                action=_("Answer the requests"),
                group=GROUP,
                due=row["first"],
                urgent=row["first"] <= clock.now() + SOON,
                count=row["count"],
            )
        )
    return found


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "coworking.placed": _("Floor plan changed"),
            "coworking.units_added": _("Units added"),
            "coworking.numbers_exported": _("Numbers taken as an Excel file"),
        },
    )
