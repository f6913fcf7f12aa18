"""The inbox in the back office, the tasks it gives, the mails it sends."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from portal.core import auditing, clock
from portal.core.extension_points import NoticeKind, Task
from portal.enquiries import admin_urls
from portal.enquiries.models import Enquiry
from portal.enquiries.permissions import may_answer, may_read_enquiries


@hooks.register("register_admin_urls")
def inbox_urls() -> list[object]:
    return [path("enquiries/", include((admin_urls, "enquiries_admin"), "enquiries_admin"))]


class EnquiriesMenuItem(MenuItem):
    """Shown to those who may read enquiries."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_read_enquiries(request.user))


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> MenuItem:
    return EnquiriesMenuItem(
        gettext_lazy("Enquiries"),
        reverse("enquiries_admin:list"),
        name="enquiries",
        icon_name="mail",
        order=330,
    )


@hooks.register("portal_tasks")
def tasks(user: Any) -> Sequence[Task]:
    """One task for all that waits, due when the first of them is."""
    if not may_answer(user):
        return []
    waiting = Enquiry.objects.waiting().aggregate(count=Count("pk"), due=Min("due_on"))
    count, due = waiting["count"], waiting["due"]
    if not count:
        return []
    words = ngettext("%(count)s enquiry waits", "%(count)s enquiries wait", count)
    return [
        Task(
            title=words % {"count": count},
            detail=_("The nearest answer is due first."),
            url=reverse("enquiries_admin:list"),
            action=_("Open the inbox"),
            group=_("Enquiries"),
            due=clock.end_of_day(due),
            urgent=due <= clock.today(),
            count=count,
        )
    ]


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind("enquiry_received", gettext_lazy("Somebody asks the department something")),
        NoticeKind("enquiry_receipt", gettext_lazy("Receipt of an enquiry"), always_mailed=True),
        NoticeKind("enquiry_answered", gettext_lazy("Answer to an enquiry"), always_mailed=True),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "enquiries.received": gettext_lazy("Enquiry received"),
            "enquiries.answered": gettext_lazy("Enquiry answered"),
            "enquiries.closed": gettext_lazy("Enquiry closed"),
            "enquiries.taken_up": gettext_lazy("Enquiry taken up again"),
        },
    )
