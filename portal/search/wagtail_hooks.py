"""What search knows of pages, and when it looks again."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from portal.core.extension_points import DueWork, SearchDocument, keys_among
from portal.core.pages import BasePage
from portal.search import opensearch
from portal.search.admin_views import SearchReport, may_read_report
from portal.search.counting import flush, forget_old
from portal.search.indexing import rebuild
from portal.search.models import IndexState
from portal.search.viewsets import SearchGroup

LOOK_AGAIN = timedelta(hours=1)


@hooks.register("register_admin_viewset")
def search_viewsets() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_admin_urls")
def search_urls() -> list[Any]:
    own = [path("", SearchReport.as_view(), name="report")]
    return [path("reports/searches/", include((own, "search_admin"), namespace="search_admin"))]


class ReportMenuItem(MenuItem):
    """Shown to those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_report(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReportMenuItem(
        SearchReport.page_title,
        reverse("search_admin:report"),
        name="searches",
        icon_name=SearchReport.header_icon,
        order=900,
    )


@hooks.register("portal_search_documents")
def pages(language: str, things: Collection[str] | None = None) -> Iterable[SearchDocument]:
    """Every live public page that describes itself, in its own language; or those of things."""
    keys = keys_among(things, "page")
    if keys == []:
        return
    live = Page.objects.live().public().filter(locale__language_code=language, depth__gt=1)
    if keys is not None:
        live = live.filter(translation_key__in=keys)
    for page in live.specific().iterator(chunk_size=100):
        if isinstance(page, BasePage) and page.search_kind:
            yield SearchDocument(
                key=f"page:{page.translation_key}:{language}",
                kind=page.search_kind,
                language=language,
                title=page.title,
                summary=page.summary,
                body=page.body_text(),
                url=page.get_url() or "",
                day=page.shown_day,
            )


@hooks.register("portal_services")
def services() -> Mapping[str, Callable[[], None]]:
    return {"opensearch": opensearch.ask_opensearch} if settings.SEARCH_URL else {}


@hooks.register("portal_run_due")
def index_again(now: datetime) -> Sequence[DueWork]:
    """The clock keeps the table true when an event was missed: once an hour, not each minute."""
    last = IndexState.objects.values_list("rebuilt_at", flat=True).first()
    if last is not None and now - last < LOOK_AGAIN:
        return []
    return [DueWork("search.documents", rebuild())]


@hooks.register("portal_run_due")
def count_searches(now: datetime) -> Sequence[DueWork]:
    """What was searched for since the last run goes into the table; what is old leaves it."""
    return [
        DueWork("search.counted", flush()),
        DueWork("search.counts_forgotten", forget_old(now)),
    ]
