"""What waits: returned profiles for their owners, sent ones for the editors."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from portal.accounts.models import Membership, User
from portal.core.extension_points import Task
from portal.core.templatetags.portal import moment
from portal.pages.permissions import own_approval
from portal.pages.review import ReviewTask
from startups.directory.models import ProfileStanding, StartupProfile
from startups.directory.telling import edit_address

SHOWN = 30
GROUP = _("Startup directory")


def tasks_for(user: User) -> Sequence[Task]:
    """For "Việc của tôi"."""
    return [*_returned_to(user), *(_for_review_by(user) if user.is_staff else [])]


def _returned_to(user: User) -> list[Task]:
    """Two queries: what this person's organisations own, and which of it came back."""
    owned = ProfileStanding.objects.filter(
        organisation__memberships__user=user,
        organisation__memberships__role=Membership.Role.OWNER,
        organisation__memberships__state=Membership.State.ACTIVE,
    )
    keys = owned.annotate(key=Cast("profile_id", CharField())).values("key")
    returned = (
        WorkflowState.objects.filter(
            base_content_type=_of_profiles(),
            object_id__in=keys,
            status=WorkflowState.STATUS_NEEDS_CHANGES,
        )
        .select_related("current_task_state")
        .order_by("created_at", "pk")[:SHOWN]
    )
    comments = {state.object_id: state.current_task_state for state in returned}
    if not comments:
        return []
    standings = owned.filter(profile__in=comments).select_related("organisation").order_by("pk")
    return [
        Task(
            title=_("Correct the profile of “%(name)s”") % {"name": standing.organisation},
            detail=_said(comments[str(standing.profile_id)]),
            url=reverse("directory:profile", args=[standing.organisation_id]),
            action=_("Open"),
            group=GROUP,
            urgent=True,
        )
        for standing in standings
    ]


def _said(state: TaskState | None) -> str:
    comment = truncatechars(state.comment, 200) if state else ""
    return comment or str(_("Returned for changes."))


def _for_review_by(user: User) -> list[Task]:
    theirs = ReviewTask.objects.filter(active=True, groups__in=user.groups.all())
    states = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task__in=theirs.values("pk"),
            workflow_state__base_content_type=_of_profiles(),
        )
        .select_related("workflow_state__requested_by", "revision")
        .defer("revision__content")
        .order_by("started_at", "pk")[:SHOWN]
    )
    own = any(state.workflow_state.requested_by_id == user.pk for state in states)
    barred = own and not own_approval(None)
    return [
        Task(
            title=_("Review the profile of “%(name)s”") % {"name": state.revision.object_str},
            detail=_("Sent by %(person)s, %(time)s.")
            % {
                "person": state.workflow_state.requested_by or "—",
                "time": moment(state.started_at),
            },
            url=edit_address(state.workflow_state.object_id),
            action=_("Review"),
            group=GROUP,
        )
        for state in states
        if not (barred and state.workflow_state.requested_by_id == user.pk)
    ]


def _of_profiles() -> ContentType:
    return ContentType.objects.get_for_model(StartupProfile)
