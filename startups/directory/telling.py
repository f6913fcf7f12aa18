"""What follows when a profile goes live, is taken down, sent or returned: notices, search, logo."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, task_submitted, unpublished, workflow_rejected

from portal.accounts.models import Membership, Organisation, User
from portal.core.noticing import tell
from portal.core.pictures import LOGO_RENDITION
from portal.pages.review import ReviewTask
from portal.search.keeping_true import index_after_commit
from startups.directory.models import ProfileStanding, StartupProfile
from startups.directory.searching import thing
from startups.directory.writing import free_slug

WAITING = "directory.waiting"
RETURNED = "directory.returned"
PUBLISHED = "directory.published"
TAKEN_DOWN = "directory.taken_down"

logger = logging.getLogger(__name__)


def connect() -> None:
    """Called when the app is ready."""
    for signal, receiver, sender in (
        (published, profile_published, StartupProfile),
        (unpublished, profile_taken_down, StartupProfile),
        (workflow_rejected, tell_of_changes, WorkflowState),
        (task_submitted, tell_reviewers, TaskState),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"directory.{receiver.__name__}")


def profile_published(instance: StartupProfile, **_signal: Any) -> None:
    """An editor has approved it: its address stands now, search finds it, the owners are told."""
    standing = ProfileStanding.objects.select_related("organisation").get(profile=instance.pk)
    if instance.first_published_at == instance.last_published_at:
        # Until now nobody knew its address: take it from the name that was approved.
        ProfileStanding.objects.filter(pk=standing.pk).update(slug=free_slug(instance))
    index_after_commit([thing(instance.pk)])
    if logo_id := instance.logo_id:
        transaction.on_commit(lambda: make_logo.enqueue(logo_id))
    tell(
        owners(standing.organisation),
        PUBLISHED,
        subject=_("The profile of “%(name)s” is public") % {"name": instance.name},
        body=_("An editor has approved it. What you change from now on is reviewed again."),
        url=_workspace(standing.organisation_id),
        action_label=_("Open"),
    )


def profile_taken_down(instance: StartupProfile, **_signal: Any) -> None:
    """It is no longer public; the owners may change it and send it again."""
    standing = ProfileStanding.objects.select_related("organisation").get(profile=instance.pk)
    index_after_commit([thing(instance.pk)])
    tell(
        owners(standing.organisation),
        TAKEN_DOWN,
        subject=_("The profile of “%(name)s” was taken down") % {"name": instance.name},
        body=_("An editor has taken it out of the public directory. Your draft is kept."),
        url=_workspace(standing.organisation_id),
        action_label=_("Open"),
    )


def tell_of_changes(instance: WorkflowState, user: User | None = None, **_signal: Any) -> None:
    """The draft goes back to its owners, with what the editor said."""
    if instance.base_content_type != _of_profiles():
        return
    standing = ProfileStanding.objects.select_related("organisation").get(
        profile=instance.object_id
    )
    said = instance.current_task_state.comment if instance.current_task_state else ""
    body = _("An editor asks for changes before the profile is published.")
    tell(
        owners(standing.organisation),
        RETURNED,
        subject=_("Returned for changes: the profile of “%(name)s”")
        % {"name": standing.organisation},
        body=lambda _person: f"{body}\n\n{said}" if said else str(body),
        url=_workspace(standing.organisation_id),
        action_label=_("Open"),
    )


def tell_reviewers(instance: TaskState, user: User | None = None, **_signal: Any) -> None:
    """A draft waits for the members of the task's groups."""
    review = instance.workflow_state
    if review.base_content_type != _of_profiles():
        return
    review_task = instance.task.specific
    if not isinstance(review_task, ReviewTask):
        return
    reviewers = User.objects.filter(groups__in=review_task.groups.all(), is_active=True).distinct()
    tell(
        reviewers.exclude(pk__in=[one.pk for one in (review.requested_by, user) if one]),
        WAITING,
        subject=_("Waiting for review: the profile of “%(name)s”")
        % {"name": instance.revision.object_str},
        body=_("%(person)s has sent this startup profile for review.")
        % {"person": review.requested_by or "—"},
        url=edit_address(review.object_id),
        action_label=_("Review"),
    )


def owners(organisation: Organisation) -> list[User]:
    """Who is told of a profile: the owners of the organisation's account."""
    return list(
        User.objects.filter(
            memberships__organisation=organisation,
            memberships__role=Membership.Role.OWNER,
            memberships__state=Membership.State.ACTIVE,
        )
    )


def edit_address(profile_id: Any) -> str:
    """Where editors read a profile and decide."""
    return reverse("wagtailsnippets_directory_startupprofile:edit", args=[profile_id])


@task()
def make_logo(image_id: int) -> None:
    """Make the rendition that pages show, so that no reader waits for it."""
    image = get_image_model().objects.filter(pk=image_id).first()
    try:
        if image is not None:
            image.get_rendition(LOGO_RENDITION)
    except OSError:  # a lost or damaged original: the page shows the gap
        logger.exception("No rendition of logo %s", image_id)


def _of_profiles() -> ContentType:
    return ContentType.objects.get_for_model(StartupProfile)


def _workspace(organisation_id: int) -> Callable[[User], str]:
    """In the language of whoever is told."""
    return lambda _person: reverse("directory:profile", args=[organisation_id])
