"""Who writes below a news index, and who approves it."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage, WorkflowTask

from portal.accounts import roles
from portal.news.models import NewsIndexPage
from portal.pages.review import ReviewTask

WRITERS = (roles.OFFICERS, roles.CONTRIBUTORS)
NAME = "Biên tập viên duyệt"
"""Of the workflow that is made, and of its only step; administrators may call it otherwise."""


@transaction.atomic
def open_newsroom(index: NewsIndexPage) -> None:
    """Let the writers add articles below `index`, and editors approve them in one step.

    Safe to run again; an index that has a workflow of its own keeps it.
    """
    add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    for name in WRITERS:
        group, _made = Group.objects.get_or_create(name=name)
        GroupPagePermission.objects.get_or_create(group=group, page_id=index.pk, permission=add)
    if not WorkflowPage.objects.filter(page_id=index.pk).exists():
        WorkflowPage.objects.create(page_id=index.pk, workflow=by_editors())


def open_when_first_published(instance: Any, **_signal: Any) -> None:
    """A new index is open at once; what an administrator changes there later stays."""
    if instance.first_published_at == instance.last_published_at:
        open_newsroom(instance)


def by_editors() -> Workflow:
    """The workflow of one step in which editors approve; made where there is none."""
    return approved_by(roles.EDITORS, NAME)


def approved_by(role: str, name: str) -> Workflow:
    """The workflow of one step in which people of a role approve; made, as `name`, if need be."""
    group, _made = Group.objects.get_or_create(name=role)
    task = ReviewTask.objects.filter(active=True, groups=group).order_by("pk").first()
    if task is None:
        task = ReviewTask.objects.create(name=name)
        task.groups.add(group)
    workflow = Workflow.objects.filter(active=True, workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
