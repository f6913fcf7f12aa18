"""The report of translations, and the task it gives to editors."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, get_page_content_types

from portal.core.extension_points import Task
from portal.pages.permissions import may_see_translations
from portal.pages.translations import State, pages_behind, pages_with_translations


class TranslationFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices)
    title = django_filters.CharFilter(
        label=gettext_lazy("Title of the page"), lookup_expr="icontains"
    )
    content_type = ContentTypeFilter(
        label=gettext_lazy("Kind of page"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields = ["state", "title", "content_type"]


def _share(page: Any) -> str:
    """12 of 20 (60 %); a page written by hand has no segments."""
    if not page.segments:
        return _("By hand") if page.english_id else "–"
    share = page.segments_done * 100 // page.segments
    return _("%(done)s of %(all)s (%(share)s%%)") % {
        "done": page.segments_done,
        "all": page.segments,
        "share": share,
    }


def _next_step(page: Any) -> SafeString:
    """The link to where this page's translation goes on."""
    if page.english_id is None:
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        label = _("Translate")
    elif page.translation_source_id and page.taken_at < page.last_published_at:
        url = reverse("wagtail_localize:update_translations", args=[page.translation_source_id])
        label = _("Take over the new text")
    else:
        url = reverse("wagtailadmin_pages:edit", args=[page.english_id])
        label = _("Open the translation")
    name = page.get_admin_display_title()
    return format_html('<a href="{}">{}<span class="w-sr-only">: {}</span></a>', url, label, name)


class TranslationReport(ReportView):
    """Each Vietnamese page with its state in English; what is behind stands first."""

    page_title = gettext_lazy("Translations into English")
    header_icon = "site"
    index_url_name = "translation_report"
    index_results_url_name = "translation_report_results"
    filterset_class = TranslationFilterSet
    model = Page
    columns = (
        TitleColumn(
            "title",
            label=gettext_lazy("Page"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("kind", label=gettext_lazy("Kind of page"), accessor="page_type_display_name"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda page: State(page.state).label,
            primary=lambda page: page.state == State.CURRENT,
        ),
        Column("segments", label=gettext_lazy("Segments translated"), accessor=_share),
        DateColumn(
            "last_published_at",
            label=gettext_lazy("Published in Vietnamese"),
            accessor="last_published_at",
        ),
        DateColumn(
            "english_published_at",
            label=gettext_lazy("Published in English"),
            accessor="english_published_at",
        ),
        Column("next", label=gettext_lazy("Next step"), accessor=_next_step),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allowed = may_see_translations(request.user)
        if not allowed:
            raise PermissionDenied(str(allowed.reason))
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Page]:
        return pages_with_translations().select_related("content_type").order_by("path")


def tasks(user: Any) -> Sequence[Task]:
    """For editors: one task for all live English pages that are behind their source."""
    if not may_see_translations(user):
        return []
    count = pages_behind().count()
    if not count:
        return []
    words = ngettext(
        "%(count)s English page is behind its source",
        "%(count)s English pages are behind their source",
        count,
    )
    return [
        Task(
            title=words % {"count": count},
            detail=_("The Vietnamese page was published again after its translation."),
            url=f"{reverse('translation_report')}?state={State.BEHIND}",
            action=_("Open the report"),
            group=_("Translations"),
            count=count,
        )
    ]
