"""What the season gives to home, search and the back office."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from competitions.season import admin_urls, awards, front_page, public_pages, searching
from portal.accounts.models import User
from portal.accounts.roles import reads_everything
from portal.core.extension_points import (
    Award,
    CalendarDate,
    Door,
    Figure,
    Milestone,
    SearchDocument,
    Series,
    Task,
    Upcoming,
)


@hooks.register("register_admin_urls")
def season_urls() -> list[object]:
    return [path("season/", include((admin_urls, "season_admin"), namespace="season_admin"))]


class SeasonMenuItem(MenuItem):
    """Shown to those who read everything."""

    def is_shown(self, request: HttpRequest) -> bool:
        return reads_everything(request.user)


@hooks.register("register_admin_menu_item")
def season_menu_item() -> MenuItem:
    return SeasonMenuItem(
        _("Season overview"),
        reverse("season_admin:index"),
        name="season",
        icon_name="clipboard-list",
        order=90,
    )


@hooks.register("portal_doors")
def season_doors(request: HttpRequest) -> Sequence[Door]:
    return front_page.doors(request, get_language() or "vi")


@hooks.register("portal_milestones")
def season_steps(request: HttpRequest) -> Sequence[Milestone]:
    return front_page.season_milestones(request, get_language() or "vi")


@hooks.register("portal_tasks")
def season_tasks(user: User) -> Sequence[Task]:
    return public_pages.tasks_for(user)


@hooks.register("portal_figures")
def season_figures(request: HttpRequest) -> Sequence[Figure]:
    return front_page.figures(request)


@hooks.register("portal_series")
def season_series(request: HttpRequest) -> Sequence[Series]:
    return front_page.series(request)


@hooks.register("portal_upcoming")
def season_upcoming(request: HttpRequest) -> Sequence[Upcoming]:
    return front_page.upcoming(request, get_language() or "vi")


@hooks.register("portal_calendar")
def season_calendar(
    request: HttpRequest, language: str, begin: datetime, end: datetime
) -> Sequence[CalendarDate]:
    return front_page.calendar(request, language, begin, end)


@hooks.register("portal_search_documents")
def season_documents(
    language: str, things: Collection[str] | None = None
) -> Iterable[SearchDocument]:
    return searching.documents(language, things)


@hooks.register("portal_awards")
def season_awards(organisation_ids: Collection[int]) -> Mapping[int, Sequence[Award]]:
    return awards.awards_for(organisation_ids)
