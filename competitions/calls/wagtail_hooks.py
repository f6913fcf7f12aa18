"""What calls tells Wagtail and the workspace."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from competitions.calls import views
from competitions.calls.announcing import readiness
from competitions.calls.models import Competition, RoundTrack
from competitions.calls.permissions import may_read_competitions
from competitions.calls.queries import loaded, taking_entries
from competitions.calls.viewsets import SET_UP_MODELS, VIEWSETS, RowViewSet, SetUpPolicy
from portal.accounts.roles import is_officer
from portal.core import clock
from portal.core.auditing import declare
from portal.core.extension_points import Task

for model in SET_UP_MODELS:
    register_permission_policy(model, SetUpPolicy(model))

_viewsets = [viewset() for viewset in VIEWSETS]


@hooks.register("register_admin_viewset")
def lists() -> list[RowViewSet]:
    return _viewsets


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    acts = [
        path(
            f"form/<int:pk>/{name}/" if act.on_form else f"<int:pk>/{name}/",
            views.ActView.as_view(act=name),
            name=name,
        )
        for name, act in views.ACTS.items()
    ]
    own = [
        path("<int:pk>/", views.OverviewView.as_view(), name="overview"),
        path("<int:pk>/copy/", views.CopyView.as_view(), name="copy"),
        path("form/<int:pk>/", views.FormView.as_view(), name="form"),
        *acts,
    ]
    return [path("calls/", include((own, "calls_admin"), namespace="calls_admin"))]


class SetUpMenuItem(MenuItem):
    """An item of the menu "Cuộc thi"; only readers of the set-up see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_read_competitions(request.user))


# Other apps of the competition put their lists into the same menu.
MENU_HOOK = "register_competitions_menu_item"


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Competitions"),
        Menu(register_hook_name=MENU_HOOK),
        name="competitions",
        icon_name="calendar-check",
        order=150,
    )


def _register_item(place: int, viewset: RowViewSet) -> None:
    hooks.register(
        MENU_HOOK,
        lambda: SetUpMenuItem(
            viewset.menu_label,
            viewset.menu_url,
            name=viewset.name,
            icon_name=viewset.icon,
            order=100 + place,
        ),
    )


for _place, _viewset in enumerate(_viewsets):
    _register_item(_place, _viewset)

SOON = timedelta(days=7)


@hooks.register("portal_tasks")
def tasks(user: Any) -> Sequence[Task]:
    """For officers: competitions that miss something, entries and marking that close soon."""
    if not is_officer(user):
        return []
    return [*_unfinished(), *_closing_soon()]


def _unfinished() -> list[Task]:
    found = []
    for competition in loaded().filter(state=Competition.State.DRAFT)[:20]:
        missing = [
            str(check.text) for check in readiness(competition) if check.required and not check.done
        ]
        found.append(
            Task(
                title=competition.local_title,
                detail=gettext("Still missing: %(list)s") % {"list": "; ".join(missing)}
                if missing
                else _("Everything stands; it can be announced."),
                url=reverse("calls_admin:overview", args=[competition.pk]),
                action=_("Go on setting up") if missing else _("Look and announce"),
                group=_("Competitions"),
                count=len(missing) or 1,
            )
        )
    return found


def _closing_soon() -> list[Task]:
    now = clock.now()
    closing = taking_entries(now).filter(closes_at__lte=now + SOON)
    marking = RoundTrack.objects.filter(
        round__competition__state=Competition.State.ANNOUNCED,
        state=RoundTrack.State.MARKING,
        marking_closes_at__range=(now, now + SOON),
    )
    found = []
    for rows, title, column in (
        (closing, _("Entries close soon"), "closes_at"),
        (marking, _("Marking closes soon"), "marking_closes_at"),
    ):
        for stage in rows.select_related("round__competition", "track").order_by(column)[:20]:
            found.append(
                Task(
                    title=title,
                    detail=f"{stage.competition}: {stage}",
                    url=reverse("calls_admin:overview", args=[stage.competition.pk]),
                    action=_("Open the overview"),
                    group=_("Competitions"),
                    due=getattr(stage, column),
                    urgent=getattr(stage, column) <= now + timedelta(days=1),
                )
            )
    return found


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    declare(
        actions,
        {
            "calls.row_added": _("Competition set-up: added"),
            "calls.row_changed": _("Competition set-up: changed"),
            "calls.row_deleted": _("Competition set-up: deleted"),
            "calls.set_up": _("Standard season set up"),
            "calls.copied": _("Copied from an earlier competition"),
            "calls.form_copied": _("New version of the entry form"),
            "calls.form_used": _("Entry form put in use"),
            "calls.announced": _("Competition announced"),
            "calls.archived": _("Competition archived"),
            "calls.brought_back": _("Competition brought back"),
        },
    )
