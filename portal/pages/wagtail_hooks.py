"""The registers of the department, the report on what is missing and that of translations."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from portal.core.extension_points import NoticeKind
from portal.core.pages import BasePage
from portal.pages import admin_views, publishing_views, translation_views
from portal.pages.models import DepartmentUnit, Officer
from portal.pages.permissions import may_see_translations
from portal.pages.review import ReviewTask
from portal.pages.translation_views import TranslationReport
from portal.pages.waiting import tasks_for

hooks.register("portal_tasks", tasks_for)
hooks.register("portal_tasks", translation_views.tasks)
# Before wagtail-localize's own, and after Wagtail's own: ours stand in their place.
hooks.register("before_edit_page", publishing_views.publish_translation, order=-1)
hooks.register("register_bulk_action", publishing_views.PublishMany, order=1)


class UnitViewSet(ModelViewSet):
    model = DepartmentUnit
    name = "department_units"
    url_prefix = "department/units"
    icon = "group"
    menu_label = _("Units")
    list_display = ["name", "parent", "order"]
    list_filter = ["parent"]
    search_fields = ["name", "name_en"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


class OfficerViewSet(ModelViewSet):
    model = Officer
    name = "department_officers"
    url_prefix = "department/officers"
    icon = "user"
    menu_label = _("Officers of the department")
    list_display = [
        "full_name",
        "position",
        "unit",
        "email",
        BooleanColumn("focal", label=_("Gives information to the public")),
    ]
    list_filter = ["unit", "focal"]
    search_fields = ["full_name", "position"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


class DepartmentGroup(ViewSetGroup):
    items = (UnitViewSet, OfficerViewSet)
    menu_label = _("The department")
    menu_icon = "group"
    menu_order = 700


@hooks.register("register_admin_viewset")
def department() -> DepartmentGroup:
    return DepartmentGroup()


@hooks.register("register_admin_urls")
def report_urls() -> list[object]:
    results = TranslationReport.as_view(results_only=True)
    return [
        path("reports/completeness/", admin_views.completeness, name="completeness_report"),
        path("reports/english/", TranslationReport.as_view(), name="translation_report"),
        path("reports/english/results/", results, name="translation_report_results"),
    ]


class CompletenessMenuItem(MenuItem):
    """Shown to those who can put right what is missing."""

    def is_shown(self, request: HttpRequest) -> bool:
        return admin_views.may_see_completeness(request.user)


@hooks.register("register_reports_menu_item")
def completeness_menu_item() -> MenuItem:
    return CompletenessMenuItem(
        _("What the portal must show"),
        reverse("completeness_report"),
        name="completeness",
        icon_name="clipboard-list",
        order=50,
    )


class TranslationsMenuItem(MenuItem):
    """Shown to those who translate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_see_translations(request.user))


@hooks.register("register_reports_menu_item")
def translations_menu_item() -> MenuItem:
    return TranslationsMenuItem(
        _("Translations"),
        reverse("translation_report"),
        name="translation-report",
        icon_name="site",
        order=60,
    )


@hooks.register("construct_reports_menu")
def one_report_of_translations(request: HttpRequest, menu_items: list[Any]) -> None:
    """wagtail-localize's own knows neither missing translations nor sources that changed."""
    theirs = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != theirs]


@hooks.register("register_admin_urls", order=-1)
def translation_urls() -> list[object]:
    """Stands before wagtail-localize's own, and so answers at its address."""
    view = publishing_views.UpdateTranslations.as_view()
    path_ = "localize/update/<int:translation_source_id>/"
    return [path(path_, view, name="update_translations_ticked")]


@hooks.register("before_edit_page")
def why_not_your_own(request: HttpRequest, page: Page) -> None:
    """Whoever may not approve what they sent is told so, instead of missing a button."""
    if request.method != "GET" or not isinstance(page, BasePage):
        return
    task = page.current_workflow_task
    if isinstance(task, ReviewTask) and task.get_actions(page, request.user):
        verdict = task.verdict(page, request.user)
        if not verdict:
            messages.info(request, verdict.reason)


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind("pages.submitted", _("A page waits for your review")),
        NoticeKind("pages.returned", _("A page of yours is returned for changes")),
        NoticeKind("pages.approved", _("A page of yours is approved")),
    ]
