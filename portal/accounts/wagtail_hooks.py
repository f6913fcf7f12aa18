"""What accounts answers: tasks, kinds of notices, audit actions, the back office."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from portal.accounts.models import Organisation, User
from portal.accounts.organisation_facts import checked_by_kind
from portal.accounts.viewsets import MembershipViewSet, OrganisationViewSet
from portal.accounts.waiting import tasks_for
from portal.core.auditing import declare
from portal.core.extension_points import NoticeKind, Point, Series
from portal.core.page_cache.parts import kept_part

hooks.register("portal_tasks", tasks_for)


@hooks.register("portal_notice_kinds")
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        NoticeKind("accounts.invitation", gettext_lazy("Invitations"), always_mailed=True),
        NoticeKind("accounts.invitation_accepted", gettext_lazy("A colleague has joined")),
        NoticeKind("accounts.join_requested", gettext_lazy("Somebody asks to join")),
        NoticeKind("accounts.join_decided", gettext_lazy("Your request to join is answered")),
        NoticeKind("accounts.membership_ended", gettext_lazy("Your membership has ended")),
        NoticeKind("accounts.handed_over", gettext_lazy("You own an organisation's account")),
        NoticeKind(
            "accounts.account_made", gettext_lazy("An account was made"), always_mailed=True
        ),
    ]


@hooks.register("portal_series", order=100)  # what the wings count stands first
def organisations_by_kind(request: HttpRequest) -> Sequence[Series]:
    """The organisations that the office has checked; only how many, of each kind."""
    counted = kept_part(("organisations by kind",), checked_by_kind)
    points = [Point(Organisation.Kind(kind).label, count) for kind, count in counted]
    return [Series(_("Organisations on the portal"), _("organisations"), points)]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    declare(
        actions,
        {
            "accounts.organisation_created": gettext_lazy("Organisation entered"),
            "accounts.organisation_changed": gettext_lazy("Organisation changed"),
            "accounts.organisation_verified": gettext_lazy("Organisation confirmed"),
            "accounts.invited": gettext_lazy("Colleague invited"),
            "accounts.invitation_revoked": gettext_lazy("Invitation taken back"),
            "accounts.invitation_accepted": gettext_lazy("Invitation accepted"),
            "accounts.join_requested": gettext_lazy("Asked to join"),
            "accounts.join_decided": gettext_lazy("Request to join answered"),
            "accounts.left": gettext_lazy("Left the organisation"),
            "accounts.removed": gettext_lazy("Membership ended by an owner"),
            "accounts.handed_over": gettext_lazy("Account handed over"),
            "accounts.person_added": gettext_lazy("Person added"),
            "accounts.person_changed": gettext_lazy("Person changed"),
        },
    )


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [OrganisationViewSet(), MembershipViewSet()]


@hooks.register("before_bulk_action")
def keep_people(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Wagtail's bulk actions ask neither for our policy nor who is a superuser."""
    if not objects or not isinstance(objects[0], User):
        return None
    superusers = any(person.is_superuser for person in objects)
    if action_type == "delete" or (superusers and not request.user.is_superuser):
        messages.error(request, _("People are not deleted. Set them inactive instead."))
        return redirect("wagtailusers_users:index")
    return None
