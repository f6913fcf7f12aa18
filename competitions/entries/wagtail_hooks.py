"""What entries answer to the hooks of the shared apps, and their place in the back office."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from competitions.entries import telling
from competitions.entries.permissions import may_list_dossiers
from competitions.entries.queries import entrants_among
from competitions.entries.reminding import remind_drafts
from competitions.entries.waiting import tasks_of
from portal.accounts.models import User
from portal.core import auditing
from portal.core.extension_points import DueWork, NoticeKind, Task


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    """Receipts, requests and decisions are mailed whatever the preference says."""
    return [
        NoticeKind(telling.SUBMITTED, _("Receipt of an entry"), always_mailed=True),
        NoticeKind(telling.ASKED, _("Request to complete an entry"), always_mailed=True),
        NoticeKind(telling.DECIDED, _("Decision about an entry"), always_mailed=True),
        NoticeKind(telling.DEADLINE, _("Reminder before entries close")),
        NoticeKind(telling.MEMBER, _("Being named in a team"), always_mailed=True),
        NoticeKind(telling.RESUBMITTED, _("An entry was completed (for officers)"), by_mail=False),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "entries.started": _("Draft begun"),
            "entries.basics_saved": _("Title and applicant saved"),
            "entries.submitted": _("Entry submitted"),
            "entries.withdrawn": _("Entry withdrawn"),
            "entries.eligible": _("Marked eligible"),
            "entries.ineligible": _("Marked not eligible"),
            "entries.asked": _("Asked to complete"),
            "entries.screened_again": _("To be screened again"),
            "entries.member_named": _("Team member named"),
            "entries.member_changed": _("Team member changed"),
            "entries.member_removed": _("Team member removed"),
            "entries.member_asked": _("Team member asked again"),
            "entries.member_agreed": _("Team member agreed"),
            "entries.member_declined": _("Team member declined"),
            "entries.file_added": _("File added"),
            "entries.file_removed": _("File removed"),
            "entries.file_restored": _("File brought back"),
            "entries.exported": _("Entries exported"),
        },
    )


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLResolver]:
    return [path("entries/", include("competitions.entries.admin.urls"))]


class DossiersMenuItem(MenuItem):
    """Officers and directors only."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_list_dossiers(request.user))


@hooks.register("register_admin_menu_item")
def dossiers_menu_item() -> MenuItem:
    return DossiersMenuItem(
        _("Dossiers"),
        reverse("entries_admin:list"),
        name="dossiers",
        icon_name="folder-open-inverse",
        order=160,
    )


@hooks.register("portal_tasks")
def tasks(user: User) -> Sequence[Task]:
    return tasks_of(user)


@hooks.register("portal_season_entrants")
def season_entrants(user_ids: Sequence[int]) -> Sequence[int]:
    return entrants_among(user_ids)


@hooks.register("portal_run_due")
def run_due(now: datetime) -> Sequence[DueWork]:
    return [DueWork("entries: drafts reminded", remind_drafts(now))]
