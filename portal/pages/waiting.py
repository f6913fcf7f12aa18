"""What waits in reviews: pages for those who approve them, returned ones for their writers.

Reviewed records wait in the lists of their own apps.
"""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from portal.accounts.models import User
from portal.core.extension_points import Task
from portal.core.templatetags.portal import moment
from portal.pages.permissions import where_others_approve
from portal.pages.review import ReviewTask

SHOWN = 30
GROUP = _("News and pages")


def tasks_for(user: User) -> Sequence[Task]:
    """For "Việc của tôi"; only people of the department write and review pages."""
    return [*_returned_to(user), *_for_review_by(user)] if user.is_staff else []


def _for_review_by(user: User) -> list[Task]:
    theirs = ReviewTask.objects.filter(active=True, groups__in=user.groups.all())
    states = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task__in=theirs.values("pk"),
            workflow_state__base_content_type=_of_pages(),
        )
        .select_related("workflow_state__requested_by", "revision")
        .defer("revision__content")
        .order_by("started_at", "pk")[:SHOWN]
    )
    barred = _own_that_others_approve(user, states)
    return [
        Task(
            title=_("Review “%(title)s”") % {"title": state.revision.object_str},
            detail=_("Sent by %(person)s, %(time)s.")
            % {
                "person": state.workflow_state.requested_by or "—",
                "time": moment(state.started_at),
            },
            url=_edit(state),
            action=_("Review"),
            group=GROUP,
        )
        for state in states
        if state.revision.object_id not in barred
    ]


def _own_that_others_approve(user: User, states: list[TaskState]) -> set[str]:
    """Keys of pages that this person submitted, on sites where a colleague has to approve them."""
    own = [
        state.revision.object_id
        for state in states
        if state.workflow_state.requested_by_id == user.pk
    ]
    return {str(page.pk) for page in where_others_approve(Page.objects.filter(pk__in=own))}


def _returned_to(user: User) -> list[Task]:
    states = (
        TaskState.objects.filter(
            workflowstate__requested_by=user,
            workflowstate__status=WorkflowState.STATUS_NEEDS_CHANGES,
            workflowstate__base_content_type=_of_pages(),
        )
        .select_related("revision")
        .defer("revision__content")
        .order_by("finished_at", "pk")[:SHOWN]
    )
    return [
        Task(
            title=_("Correct “%(title)s”") % {"title": state.revision.object_str},
            detail=truncatechars(state.comment, 200) or _("Returned for changes."),
            url=_edit(state),
            action=_("Open"),
            group=GROUP,
            urgent=True,
        )
        for state in states
    ]


def _of_pages() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _edit(state: TaskState) -> str:
    return reverse("wagtailadmin_pages:edit", args=[state.revision.object_id])
