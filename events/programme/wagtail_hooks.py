"""What events answer to the hooks of home, search, the audit log and the back office."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from events.programme import listing, searching
from events.programme.models import Registration
from events.programme.permissions import (
    may_approve_registrations,
    may_read_event_desk,
    may_read_events,
)
from events.programme.policies import POLICIES
from events.programme.registration import due, letters
from events.programme.viewsets import VIEWSETS
from portal.core import auditing, clock
from portal.core.extension_points import DueWork, NoticeKind, SearchDocument, Task, Upcoming
from portal.pages.row_office import RowViewSet

MENU_HOOK = "register_events_menu_item"
SOON = timedelta(days=7)
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


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_read_event_desk(request.user))


@hooks.register(MENU_HOOK)
def desk() -> MenuItem:
    return DeskMenuItem(
        _("Event desk"),
        reverse("event_desk:home"),
        name="event-desk",
        icon_name="group",
        order=90,
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
            "programme.registered": _("Registered for an event"),
            "programme.approved": _("Registration approved"),
            "programme.declined": _("Registration declined"),
            "programme.cancelled": _("Registration cancelled"),
            "programme.seat_taken": _("Offered seat taken"),
            "programme.offer_lapsed": _("Offered seat passed on"),
            "programme.walked_in": _("Came to an event without registration"),
            "programme.admitted": _("Admitted to an event"),
            "programme.admission_undone": _("Admission undone"),
            "programme.invited": _("Invited to an event"),
            "programme.certified": _("Certificate of attendance issued"),
            "programme.certificate_revoked": _("Certificate of attendance taken back"),
            "programme.sign_up_set": _("Registration for an event set up"),
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


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return letters.KINDS


@hooks.register("portal_run_due")
def run_due(now: datetime) -> Sequence[DueWork]:
    return due.run(now)


@hooks.register("portal_tasks")
def tasks(user: Any) -> Sequence[Task]:
    """Seats that are kept for this person, events of the next days, registrations to approve."""
    return [*_own_tasks(user), *_office_tasks(user)]


def _own_tasks(user: Any) -> list[Task]:
    now = clock.now()
    states = Registration.State
    offered = Q(state=states.OFFERED, answer_by__gt=now)
    soon = Q(
        state=states.CONFIRMED,
        sign_up__event__ends__gt=now,
        sign_up__event__starts__lte=now + SOON,
        sign_up__event__called_off_because="",
    )
    found = Registration.objects.drawn().filter(offered | soon, person=user)
    return [
        Task(
            title=one.event.shown_title,
            detail=gettext("A seat is kept for you.") if one.answer_by else one.event.shown_venue,
            url=letters.address(one),
            action=gettext("Take the seat") if one.answer_by else gettext("See the ticket"),
            group=gettext("Events"),
            due=one.answer_by or one.event.starts,
            urgent=bool(one.answer_by),
        )
        for one in sorted(found, key=lambda one: one.answer_by or one.event.starts)
    ]


def _office_tasks(user: Any) -> list[Task]:
    if not may_approve_registrations(user):
        return []
    waiting = (
        Registration.objects.filter(
            state=Registration.State.PENDING, sign_up__event__starts__gt=clock.now()
        )
        .values("sign_up__event__key", "sign_up__event__title")
        .annotate(count=Count("pk"), due=Min("sign_up__event__starts"))
        .order_by("due")
    )
    return [
        Task(
            title=ngettext(
                "%(count)s registration waits for approval",
                "%(count)s registrations wait for approval",
                row["count"],
            )
            % {"count": row["count"]},
            detail=row["sign_up__event__title"],
            url=reverse("event_desk:event", args=[row["sign_up__event__key"]]) + "?view=pending",
            action=gettext("Look at them"),
            group=gettext("Events"),
            due=row["due"],
            count=row["count"],
        )
        for row in waiting
    ]
