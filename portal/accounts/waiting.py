"""What waits for a person: invitations to their address, requests to join what they own."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.accounts.models import Invitation, Membership, User
from portal.core import clock
from portal.core.extension_points import Task

State = Membership.State


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Open invitations to any confirmed address of this person."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True).values("email")
    return (
        Invitation.objects.filter(
            Q(email=user.email) | Q(email__in=confirmed),
            state=Invitation.State.SENT,
            expires_at__gt=clock.now(),
        )
        .select_related("organisation", "invited_by")
        .order_by("expires_at")
    )


def tasks_for(user: User) -> Sequence[Task]:
    """For "Việc của tôi"."""
    tasks = [
        Task(
            title=_("Invitation to join %(organisation)s") % {"organisation": i.organisation},
            detail=_("From %(person)s.") % {"person": i.invited_by},
            url=reverse("accounts:organisations"),
            action=_("Open"),
            group=_("Organisations"),
            due=i.expires_at,
        )
        for i in invitations_for(user)
    ]
    return tasks + _requests_to(user)


def _requests_to(user: User) -> list[Task]:
    owned = Membership.objects.filter(
        user=user, role=Membership.Role.OWNER, state=State.ACTIVE
    ).values("organisation")
    asked = (
        Membership.objects.filter(organisation__in=owned, state=State.REQUESTED)
        .values("organisation_id", "organisation__name")
        .annotate(count=Count("pk"))
        .order_by("organisation__name")
    )
    return [
        Task(
            title=ngettext_lazy(
                "%(count)s person asks to join %(organisation)s",
                "%(count)s people ask to join %(organisation)s",
                row["count"],
            )
            % {"count": row["count"], "organisation": row["organisation__name"]},
            detail=_("Accept only people you know."),
            url=reverse("accounts:organisation", args=[row["organisation_id"]]),
            action=_("Answer"),
            group=_("Organisations"),
            count=row["count"],
        )
        for row in asked
    ]
