"""What waits: returned and unsent drafts for their owners, sent ones for the officers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from events.techmart.models import ExpertStanding
from events.techmart.telling import content_types, edit_address
from portal.accounts.models import Membership, User
from portal.core.extension_points import Task
from portal.core.templatetags.portal import moment
from portal.pages.permissions import own_approval
from portal.pages.review import ReviewTask

SHOWN = 30
GROUP = _("Technology market")


def tasks_for(user: User) -> Sequence[Task]:
    """For "Việc của tôi"."""
    return [*_of_owners(user), *(_for_review_by(user) if user.is_staff else [])]


def _of_owners(user: User) -> list[Task]:
    """What came back, and what was begun and never sent. Six queries, however many there are."""
    held = _held_by(user)
    if not held:
        return []
    states = {
        (state.base_content_type_id, state.object_id): state
        for state in WorkflowState.objects.filter(
            _any_of(held),
            status__in=(WorkflowState.STATUS_NEEDS_CHANGES, WorkflowState.STATUS_IN_PROGRESS),
        ).select_related("current_task_state")
    }
    returned, unsent = [], []
    for kind, (model, records) in held.items():
        for record in records:
            state = states.get((kind, str(record.pk)))
            address = reverse("techmart:record", args=[model._meta.model_name, record.pk])
            name = record.latest_revision.object_str if record.latest_revision else str(record)
            if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                returned.append(
                    Task(
                        title=_("Correct “%(name)s”") % {"name": name},
                        detail=_said(state.current_task_state),
                        url=address,
                        action=_("Open"),
                        group=GROUP,
                        urgent=True,
                    )
                )
            elif state is None and not record.live:
                unsent.append(
                    Task(
                        title=_("Finish and send “%(name)s”") % {"name": name},
                        detail=_("Begun %(time)s. It is not sent yet.")
                        % {"time": moment(record.standing.started_at)},
                        url=address,
                        action=_("Go on"),
                        group=GROUP,
                    )
                )
    return [*returned, *unsent][:SHOWN]


def _held_by(user: User) -> dict[int, tuple[Any, list[Any]]]:
    """Records that this person may send and that are not simply public, by content type."""
    owned = Q(
        standing__organisation__memberships__user=user,
        standing__organisation__memberships__role=Membership.Role.OWNER,
        standing__organisation__memberships__state=Membership.State.ACTIVE,
    )
    found: dict[int, tuple[Any, list[Any]]] = {}
    for kind, model in content_types().items():
        of_person = model._meta.get_field("standing").related_model is ExpertStanding
        theirs = Q(standing__person=user) if of_person else owned
        records = list(
            model._base_manager.filter(theirs, standing__closed_at__isnull=True)
            .filter(Q(live=False) | Q(has_unpublished_changes=True))
            .select_related("standing", "latest_revision")
            .defer("latest_revision__content")
            .order_by("pk")[: 2 * SHOWN]
        )
        if records:
            found[kind] = (model, records)
    return found


def _any_of(held: dict[int, tuple[Any, list[Any]]]) -> Q:
    wanted = Q()
    for kind, (_model, records) in held.items():
        wanted |= Q(base_content_type=kind, object_id__in=[str(one.pk) for one in records])
    return wanted


def _said(state: TaskState | None) -> str:
    comment = truncatechars(state.comment, 200) if state else ""
    return comment or str(_("Returned for changes."))


def _for_review_by(user: User) -> Iterable[Task]:
    theirs = ReviewTask.objects.filter(active=True, groups__in=user.groups.all())
    models = content_types()
    states = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task__in=theirs.values("pk"),
            workflow_state__base_content_type__in=models,
        )
        .select_related("workflow_state__requested_by", "revision")
        .defer("revision__content")
        .order_by("started_at", "pk")[:SHOWN]
    )
    own = any(state.workflow_state.requested_by_id == user.pk for state in states)
    barred = own and not own_approval(None)
    for state in states:
        review = state.workflow_state
        if barred and review.requested_by_id == user.pk:
            continue
        model = models[review.base_content_type_id]
        yield Task(
            title=_("Review “%(name)s” (%(kind)s)")
            % {"name": state.revision.object_str, "kind": model._meta.verbose_name},
            detail=_("Sent by %(person)s, %(time)s.")
            % {"person": review.requested_by or "—", "time": moment(state.started_at)},
            url=edit_address(model, review.object_id),
            action=_("Review"),
            group=GROUP,
        )
