"""What booking answers to the hooks of home, search, "Việc của tôi" and the audit log."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from portal.accounts.models import User
from portal.core import auditing, clock
from portal.core.extension_points import CalendarDate, Door, Figure, SearchDocument, Task
from portal.core.page_cache.parts import kept_part
from startups.coworking import counting, front_page, searching, waiting

YEAR = timedelta(days=365)


@hooks.register("portal_doors")
def booking_doors(request: HttpRequest) -> Sequence[Door]:
    return front_page.doors(request, get_language() or "vi")


@hooks.register("portal_calendar")
def closures(
    request: HttpRequest, language: str, begin: datetime, end: datetime
) -> Sequence[CalendarDate]:
    return front_page.closures(request, language, begin, end)


@hooks.register("portal_tasks")
def booking_tasks(user: User) -> Sequence[Task]:
    return waiting.tasks_of(user)


@hooks.register("portal_search_documents")
def space_documents(
    language: str, things: Collection[str] | None = None
) -> Iterable[SearchDocument]:
    return searching.documents(language, things)


@hooks.register("register_log_actions")
def feed_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "coworking.feed_opened": _("Calendar address made"),
            "coworking.feed_revoked": _("Calendar address taken back"),
        },
    )


@hooks.register("portal_figures")
def figures(request: HttpRequest) -> Sequence[Figure]:
    """What the spaces were used for in a year; what too few stand behind is left out."""
    now = clock.now()
    used = kept_part(("use of spaces",), lambda: counting.public_use(now - YEAR, now))
    found = [
        (_("hours of work in the shared spaces in 12 months"), used.hours),
        (_("organisations that used the shared spaces in 12 months"), used.organisations),
    ]
    return [Figure(label, value) for label, value in found if value is not None]
