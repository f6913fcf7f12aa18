"""Announced competitions whose public page is missing, and who has to write it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from competitions.calls.models import Competition
from competitions.season.models import (
    CompetitionIndexPage,
    CompetitionPage,
    CompetitionPageQuerySet,
)
from portal.accounts.models import User
from portal.accounts.roles import EDITORS, has_role
from portal.core.extension_points import Task


def has_page(competition: Competition) -> bool:
    """Can the public read about it in the portal's first language?"""
    return _pages().filter(competition=competition).exists()


def tasks_for(user: User) -> Sequence[Task]:
    """For editors: a page to write for each announced competition that has none."""
    if not has_role(user, EDITORS):
        return []
    waiting = Competition.objects.filter(state=Competition.State.ANNOUNCED).exclude(
        pk__in=_pages().values("competition")
    )
    return [_task(competition) for competition in waiting.order_by("-year", "pk")[:20]]


def _pages() -> CompetitionPageQuerySet:
    return CompetitionPage.objects.live().public().filter(locale=Locale.get_default())


def _task(competition: Competition) -> Task:
    draft = (
        CompetitionPage.objects.filter(competition=competition, locale=Locale.get_default())
        .order_by("pk")
        .first()
    )
    return Task(
        title=competition.local_title,
        detail=_("Announced, but the public has no page of it yet."),
        url=_address(draft),
        action=_("Go on with the page") if draft else _("Write its page"),
        group=gettext_lazy("Competitions"),
        urgent=True,
    )


def _address(draft: CompetitionPage | None) -> str:
    if draft is not None:
        return reverse("wagtailadmin_pages:edit", args=[draft.pk])
    index = CompetitionIndexPage.objects.filter(locale=Locale.get_default()).order_by("pk").first()
    if index is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=["season", "competitionpage", index.pk])
