"""What writing and reviewing records answer to the hooks of the shared apps."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

from events.techmart import telling, waiting
from events.techmart.presenting.workspace import counted_for
from portal.accounts.models import User
from portal.core.extension_points import NoticeKind, OrganisationLink, Task


@hooks.register("portal_tasks")
def tasks(user: User) -> Sequence[Task]:
    return waiting.tasks_for(user)


@hooks.register("portal_organisation_links")
def market_links(
    user: User, organisation_ids: Sequence[int]
) -> Mapping[int, Sequence[OrganisationLink]]:
    counts = counted_for(organisation_ids)
    return {
        pk: [
            OrganisationLink(
                _("Records in the technology market"),
                reverse("techmart:records"),
                ngettext("%(count)s record", "%(count)s records", counts[pk])
                % {"count": counts[pk]}
                if counts[pk]
                else _("Not begun yet"),
            )
        ]
        for pk in organisation_ids
    }


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind(telling.WAITING, gettext_lazy("A record of the market waits for review")),
        NoticeKind(telling.RETURNED, gettext_lazy("Your record in the market was returned")),
        NoticeKind(telling.PUBLISHED, gettext_lazy("Your record in the market is public")),
        NoticeKind(telling.TAKEN_DOWN, gettext_lazy("Your record in the market was taken down")),
        NoticeKind(telling.READY, gettext_lazy("A colleague asks you to send a record")),
    ]
