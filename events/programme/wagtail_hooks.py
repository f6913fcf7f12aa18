"""What events answer to the hooks of home, search, the audit log and the back office."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from events.programme import listing, searching
from events.programme.permissions import may_read_events
from events.programme.policies import POLICIES
from events.programme.viewsets import VIEWSETS
from portal.core import auditing
from portal.core.extension_points import SearchDocument, Upcoming
from portal.pages.row_office import RowViewSet

MENU_HOOK = "register_events_menu_item"
NEXT = 6
"""Events that the home page may choose from."""

for _model, _policy in POLICIES.items():
    register_permission_policy(_model, _policy)

_viewsets = [viewset() for viewset in VIEWSETS]


@hooks.register("register_admin_viewset")
def lists() -> list[RowViewSet]:
    return _viewsets


class EventsMenuItem(MenuItem):
    """An item of the menu "Sự kiện"."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_read_events(request.user))


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Events"),
        Menu(register_hook_name=MENU_HOOK),
        name="events",
        icon_name="calendar-alt",
        order=170,
    )


def _register_item(place: int, label: Any, url: Callable[[], str], name: str, icon: str) -> None:
    hooks.register(
        MENU_HOOK,
        lambda: EventsMenuItem(label, url(), name=name, icon_name=icon, order=place),
    )


for _place, _viewset in enumerate(_viewsets):
    # The address is asked for when the menu is drawn: addresses are not known yet.
    _address = partial(getattr, _viewset, "menu_url")
    _register_item(100 + _place, _viewset.menu_label, _address, _viewset.name, _viewset.icon)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "programme.called_off": _("Event called off"),
            "programme.held_after_all": _("Event takes place after all"),
        },
    )


@hooks.register("portal_search_documents")
def event_documents(
    language: str, things: Collection[str] | None = None
) -> Iterable[SearchDocument]:
    return searching.documents(language, things)


@hooks.register("portal_upcoming")
def upcoming_events(request: HttpRequest) -> Sequence[Upcoming]:
    pages = listing.upcoming(get_language() or "vi")[:NEXT]
    return [
        Upcoming(
            title=page.title,
            at=page.event.starts,
            kind=str(page.event.get_kind_display()),
            url=page.get_url(request) or "",
            detail=page.event.shown_venue,
        )
        for page in pages
    ]
