"""What the market's trust answers to the hooks of the shared apps."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from events.techmart import due, trust_telling, trust_waiting
from events.techmart.models import MarketRecord
from events.techmart.permissions import may_see_trust
from events.techmart.trust_office import urls as office_urls
from portal.accounts.models import User
from portal.core import auditing
from portal.core.extension_points import DueWork, NoticeKind, Task


@hooks.register("portal_run_due")
def run_due(now: datetime) -> Sequence[DueWork]:
    return due.run(now)


@hooks.register("portal_tasks")
def trust_tasks(user: User) -> Sequence[Task]:
    return trust_waiting.tasks_for(user)


@hooks.register("portal_notice_kinds")
def trust_notice_kinds() -> Sequence[NoticeKind]:
    """Whoever is asked to confirm would lose the record by not hearing of it."""
    return [
        NoticeKind(
            trust_telling.CONFIRM,
            gettext_lazy("Confirm your records in the technology market"),
            always_mailed=True,
        ),
        NoticeKind(trust_telling.VERIFIED, gettext_lazy("Level of verification of your record")),
        NoticeKind(
            trust_telling.FACTS_CHANGED, gettext_lazy("A record was changed after its check")
        ),
        NoticeKind(trust_telling.REPORTED, gettext_lazy("A reader reports a problem")),
        NoticeKind(
            trust_telling.REPORT_RECEIPT, gettext_lazy("Receipt of a report"), always_mailed=True
        ),
        NoticeKind(
            trust_telling.REPORT_ANSWERED, gettext_lazy("Answer to a report"), always_mailed=True
        ),
        NoticeKind(trust_telling.ALERT, gettext_lazy("New in your saved searches")),
    ]


@hooks.register("register_log_actions")
def trust_log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "techmart.verified": gettext_lazy("Level of verification set"),
            "techmart.facts_changed": gettext_lazy("Main facts changed after the check"),
            "techmart.confirmed": gettext_lazy("Confirmed by its owner"),
            "techmart.lapsed": gettext_lazy("Hidden until confirmed"),
            "techmart.reported": gettext_lazy("Problem reported"),
            "techmart.report_dealt": gettext_lazy("Report dealt with"),
            "techmart.report_unfounded": gettext_lazy("Report unfounded"),
            "techmart.report_taken_up": gettext_lazy("Report taken up again"),
        },
    )


@hooks.register("register_admin_urls")
def office() -> list[object]:
    return [path("techmart-trust/", include((office_urls, "techmart_trust"), "techmart_trust"))]


@hooks.register("register_snippet_listing_buttons")
def ladder_button(record: Any, user: User, next_url: str | None = None) -> Iterable[Button]:
    """From the list of records to the ladder of one."""
    if isinstance(record, MarketRecord) and may_see_trust(user):
        yield Button(
            _("Verification"),
            trust_telling.verification_address(record),
            icon_name="check",
            priority=40,
        )


class TrustMenuItem(MenuItem):
    """Shown to those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_see_trust(request.user))


def _item(name: str, label: Any, icon: str, order: int) -> MenuItem:
    return TrustMenuItem(
        label, reverse(f"techmart_trust:{name}"), name=f"market-{name}", icon_name=icon, order=order
    )


@hooks.register("register_admin_menu_item")
def problems_menu_item() -> MenuItem:
    return _item("problems", gettext_lazy("Reports of readers"), "warning", 282)


@hooks.register("register_admin_menu_item")
def freshness_menu_item() -> MenuItem:
    return _item("freshness", gettext_lazy("Freshness of the market"), "history", 283)
