"""What the directory gives to home, search, workspace and the back office."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from portal.accounts.models import User
from portal.core import auditing
from portal.core.extension_points import (
    Figure,
    NoticeKind,
    OrganisationLink,
    SearchDocument,
    Task,
)
from portal.core.page_cache.parts import kept_part
from portal.pages.owned_records import where
from startups.directory import searching, telling, waiting
from startups.directory.models import StartupProfile
from startups.directory.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)


@hooks.register("portal_tasks")
def tasks(user: User) -> Sequence[Task]:
    return waiting.tasks_for(user)


@hooks.register("portal_search_documents")
def startup_documents(
    language: str, things: Collection[str] | None = None
) -> Iterable[SearchDocument]:
    return searching.documents(language, things)


@hooks.register("portal_figures")
def figures(request: HttpRequest) -> Sequence[Figure]:
    """How many startups are public; nothing while there is none."""
    count = kept_part(("public startups",), lambda: StartupProfile.objects.public().count())
    return [Figure(_("startups"), count)] if count else []


@hooks.register("portal_organisation_links")
def profile_links(
    user: User, organisation_ids: Sequence[int]
) -> Mapping[int, Sequence[OrganisationLink]]:
    profiles = StartupProfile.objects.filter(standing__organisation__in=organisation_ids)
    found = {one.standing.organisation_id: one for one in profiles.select_related("standing")}
    return {
        pk: [
            OrganisationLink(
                _("Profile in the startup directory"),
                reverse("directory:profile", args=[pk]),
                where(found[pk]).label if pk in found else _("Not begun yet"),
            )
        ]
        for pk in organisation_ids
    }


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind(telling.WAITING, gettext_lazy("A startup profile waits for review")),
        NoticeKind(telling.RETURNED, gettext_lazy("Your startup profile was returned")),
        NoticeKind(telling.PUBLISHED, gettext_lazy("Your startup profile is public")),
        NoticeKind(telling.TAKEN_DOWN, gettext_lazy("Your startup profile was taken down")),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "directory.started": gettext_lazy("Profile begun"),
            "directory.saved": gettext_lazy("Draft saved by its owner"),
            "directory.sent": gettext_lazy("Profile sent for review"),
            "directory.taken_back": gettext_lazy("Profile taken back"),
        },
    )
