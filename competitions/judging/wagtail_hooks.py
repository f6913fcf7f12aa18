"""What judging answers to the hooks of the portal and of the back office."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from competitions.judging import due, permissions, tasks
from portal.accounts.models import User
from portal.core.auditing import declare
from portal.core.extension_points import DueWork, NoticeKind, Task


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind("judge_invited", _("Invitations to a panel"), always_mailed=True),
        NoticeKind("judge_assigned", _("Dossiers to score")),
        NoticeKind("judge_reminder", _("Reminders before marking closes")),
        NoticeKind("judge_reopened", _("A sheet of yours was reopened")),
        NoticeKind("judge_declined", _("A judge declined an invitation")),
        NoticeKind("judge_conflict", _("A judge will not score an entry")),
        NoticeKind("result_proposed", _("Results that wait for approval")),
        NoticeKind("result_approved", _("A result was approved")),
        NoticeKind("result_returned", _("A result was sent back")),
        NoticeKind("result_published", _("Results of your entries"), always_mailed=True),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    declare(
        actions,
        {
            "judging.invited": _("Judge invited"),
            "judging.invited_again": _("Invitation sent again"),
            "judging.chair": _("Chair given"),
            "judging.accepted": _("Invitation accepted"),
            "judging.declined": _("Invitation declined"),
            "judging.removed": _("Judge removed"),
            "judging.reminded": _("Judge reminded"),
            "judging.assigned": _("Entry assigned"),
            "judging.unassigned": _("Assignment taken back"),
            "judging.conflict": _("Conflict of interest recorded"),
            "judging.sheet_declined": _("Sheet declined"),
            "judging.opened": _("Marking opened"),
            "judging.closed": _("Marking closed"),
            "judging.prolonged": _("Marking prolonged"),
            "judging.completed": _("Sheet completed"),
            "judging.handed_in": _("Sheets handed in"),
            "judging.reopened": _("Sheet reopened"),
            "judging.outcomes_set": _("Outcomes set"),
            "judging.settled": _("Outcomes settled"),
            "judging.reconsidered": _("Outcomes taken up again"),
            "judging.result_prepared": _("Decision prepared"),
            "judging.result_proposed": _("Result proposed"),
            "judging.result_approved": _("Result approved"),
            "judging.result_returned": _("Result sent back"),
            "judging.result_published": _("Result published"),
            "judging.exported": _("Scores exported"),
        },
    )


@hooks.register("portal_tasks")
def portal_tasks(user: User) -> Sequence[Task]:
    return tasks.tasks_of(user)


@hooks.register("portal_run_due")
def run_due(now: datetime) -> Sequence[DueWork]:
    return due.run(now)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("judging/", include("competitions.judging.admin.urls"))]


class JudgingMenuItem(MenuItem):
    """Shown to those who read everything."""

    def is_shown(self, request):
        return bool(permissions.may_read_judging(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return JudgingMenuItem(
        _("Judging"), reverse("judging_admin:index"), name="judging", icon_name="list-ol", order=320
    )
