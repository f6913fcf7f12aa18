"""Telling people where the review of a page stands, in place of Wagtail's mails.

Wagtail renders and sends its mails inside the request, in English where there is no Vietnamese.
Ours are notices: in "Việc của tôi" and, by preference, mailed by the task queue. Reviewed records
tell of theirs themselves: their owners have no back office.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from portal.accounts.models import User
from portal.core.noticing import tell
from portal.pages.review import ReviewTask


def take_over() -> None:
    """Stand where Wagtail's senders would: by their names they are not connected again.

    Called when this app is ready, which is before Wagtail's back office is.
    """
    tell_reviewers_uid = "group_approval_task_submitted_email_notification"
    task_submitted.connect(tell_reviewers, sender=TaskState, dispatch_uid=tell_reviewers_uid)
    for signal, receiver, name in (
        (workflow_submitted, nobody_else, "submitted"),
        (workflow_rejected, tell_of_changes, "rejected"),
        (workflow_approved, tell_of_approval, "approved"),
    ):
        uid = f"workflow_state_{name}_email_notification"
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=uid)


def tell_reviewers(instance: TaskState, user: User | None = None, **_signal: Any) -> None:
    """A page waits for the members of the task's groups."""
    task = instance.task.specific
    page = instance.workflow_state.content_object
    if not (isinstance(task, ReviewTask) and isinstance(page, Page)):
        return
    writer = instance.workflow_state.requested_by
    reviewers = User.objects.filter(groups__in=task.groups.all(), is_active=True).distinct()
    tell(
        reviewers.exclude(pk__in=[one.pk for one in (writer, user) if one]),
        "pages.submitted",
        subject=_("Waiting for review: “%(title)s”") % {"title": _title(page)},
        body=_("%(person)s has sent this page for review.") % {"person": writer or "—"},
        url=_edit(page),
        action_label=_("Review"),
    )


def tell_of_changes(instance: WorkflowState, user: User | None = None, **_signal: Any) -> None:
    """The page goes back to who submitted it, with what the reviewer said."""
    if not isinstance(instance.content_object, Page):
        return
    task_state = instance.current_task_state
    said = task_state.specific.get_comment() if task_state else ""
    body = _("%(person)s asks for changes before it is published.") % {"person": user or "—"}
    _tell_writer(
        instance,
        user,
        "pages.returned",
        subject=_("Returned for changes: “%(title)s”") % {"title": _title(instance.content_object)},
        body=f"{body}\n\n{said}" if said else body,
        action_label=_("Open"),
    )


def tell_of_approval(instance: WorkflowState, user: User | None = None, **_signal: Any) -> None:
    if not isinstance(instance.content_object, Page):
        return
    _tell_writer(
        instance,
        user,
        "pages.approved",
        subject=_("Approved: “%(title)s”") % {"title": _title(instance.content_object)},
        body=_("%(person)s has approved the page you submitted.") % {"person": user or "—"},
        action_label=_("Open"),
    )


def nobody_else(**_signal: Any) -> None:
    """Wagtail would mail the superusers too; the reviewers know already."""


def _tell_writer(state: WorkflowState, user: User | None, kind: str, **words: Any) -> None:
    writer = state.requested_by
    if writer and writer != user:
        tell([writer], kind, url=_edit(state.content_object), **words)


def _title(page: Page) -> str:
    return str(getattr(page, "draft_title", "") or page)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
