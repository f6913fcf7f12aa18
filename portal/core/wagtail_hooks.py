"""The hooks that the ground floor answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from portal.core import auditing, secrecy
from portal.core.content_checks import PortalChecker
from portal.core.design_views import design
from portal.core.extension_points import DueWork
from portal.core.link_words import about_vague_links
from portal.core.pages import BasePage
from portal.core.viewsets import POLICIES, RegistersGroup

for model, policy in POLICIES.items():
    register_permission_policy(model, policy)


@hooks.register("register_admin_viewset")
def registers() -> RegistersGroup:
    return RegistersGroup()


@hooks.register("insert_global_admin_css")
def back_office_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/admin.css"))


@hooks.register("register_admin_urls")
def design_url() -> list[object]:
    return [path("design/", design, name="design_system")]


@hooks.register("register_help_menu_item")
def design_menu_item() -> MenuItem:
    return MenuItem(
        _("Design system"), reverse("design_system"), name="design", icon_name="view", order=900
    )


@hooks.register("construct_wagtail_userbar")
def our_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """In the editor and in its preview alike."""
    items[:] = [
        PortalChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "consent.given": _("Consent given"),
            "consent.withdrawn": _("Consent withdrawn"),
            "units.opened": _("Administrative unit opened"),
            "units.closed": _("Administrative unit ended"),
            "units.corrected": _("Administrative unit corrected"),
            "calendar.pasted": _("Calendar day pasted"),
            "secrecy.checked": secrecy.LABEL,
        },
    )


@hooks.register("before_publish_page")
def keep_tick_of_editor(request: HttpRequest, page: Page) -> None:
    """The editor's form was refused without the tick; without one here the gate refuses."""
    if isinstance(page, BasePage) and secrecy.is_ticked(request.POST):
        secrecy.confirm(page, page.latest_revision, by=request.user)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_vague_links(request: HttpRequest, page: Page) -> None:
    """A word to the editor, never a refusal: some sentences carry the meaning around the link.

    What saves by itself while somebody writes is not answered: it shows no screen.
    """
    if request.accepts("text/html") and (warning := about_vague_links(page)):
        messages.warning(request, warning)


@hooks.register("portal_run_due")
def forget_what_is_over(now: datetime) -> Sequence[DueWork]:
    """Tasks that are done carry addresses and links, sessions what was typed: neither stays."""
    sessions, _rows = Session.objects.filter(expire_date__lt=now).delete()
    tasks, _rows = (
        DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=7)).delete()
    )
    return [DueWork("expired sessions", sessions), DueWork("old task results", tasks)]
