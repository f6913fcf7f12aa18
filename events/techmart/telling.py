"""Who is told when a record is sent, returned, approved or taken down; what "ready" asks."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, task_submitted, unpublished, workflow_rejected

from events.techmart.models import (
    Demand,
    Expert,
    ExpertStanding,
    MarketRecord,
    Offer,
    Standing,
    Supplier,
)
from portal.accounts.models import Membership, User
from portal.core.models import Notice
from portal.core.noticing import tell
from portal.core.verdicts import Refused
from portal.pages.review import ReviewTask

WAITING = "techmart.waiting"
RETURNED = "techmart.returned"
PUBLISHED = "techmart.published"
TAKEN_DOWN = "techmart.taken_down"
READY = "techmart.ready"

MODELS: dict[str, type[MarketRecord]] = {
    model._meta.model_name or "": model for model in (Offer, Demand, Expert, Supplier)
}
"""The kinds of records by the name that their addresses use."""


def connect() -> None:
    """Called when the app is ready."""
    for model in MODELS.values():
        for signal, receiver in ((published, tell_of_approval), (unpublished, tell_of_taking_down)):
            signal.connect(
                receiver,
                sender=model,
                dispatch_uid=f"techmart.{receiver.__name__}.{model.__name__}",
            )
    for signal, receiver, sender in (
        (workflow_rejected, tell_of_changes, WorkflowState),
        (task_submitted, tell_reviewers, TaskState),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"techmart.{receiver.__name__}")


def tell_of_approval(instance: MarketRecord, **_signal: Any) -> None:
    """An officer has put it live."""
    tell(
        owners(_standing(instance)),
        PUBLISHED,
        subject=_("“%(name)s” is public in the technology market") % {"name": instance},
        body=_(
            "An officer has approved it. What you change from now on is reviewed again; until then "
            "this version stays."
        ),
        url=_workspace(instance),
        action_label=_("Open"),
    )


def tell_of_taking_down(instance: MarketRecord, **_signal: Any) -> None:
    """It is no longer public; the owners may change it and send it again."""
    tell(
        owners(_standing(instance)),
        TAKEN_DOWN,
        subject=_("“%(name)s” was taken out of the technology market") % {"name": instance},
        body=_("An officer has taken it down. Your draft is kept."),
        url=_workspace(instance),
        action_label=_("Open"),
    )


def tell_of_changes(instance: WorkflowState, **_signal: Any) -> None:
    """The draft goes back to its owners, with what the officer said."""
    record = _record_of(instance)
    if record is None:
        return
    said = instance.current_task_state.comment if instance.current_task_state else ""
    body = _("An officer asks for changes before it is published.")
    tell(
        owners(_standing(record)),
        RETURNED,
        subject=_("Returned for changes: “%(name)s”") % {"name": _draft_name(record)},
        body=lambda _person: f"{body}\n\n{said}" if said else str(body),
        url=_workspace(record),
        action_label=_("Open"),
    )


def tell_reviewers(instance: TaskState, user: User | None = None, **_signal: Any) -> None:
    """A draft waits for the members of the task's groups."""
    review = instance.workflow_state
    task = instance.task.specific
    if not isinstance(task, ReviewTask) or (record := _record_of(review)) is None:
        return
    people = User.objects.filter(groups__in=task.groups.all(), is_active=True).distinct()
    tell(
        people.exclude(pk__in=[one.pk for one in (review.requested_by, user) if one]),
        WAITING,
        subject=_("Waiting for review: “%(name)s”") % {"name": instance.revision.object_str},
        body=_("%(person)s has sent this record of the technology market for review.")
        % {"person": review.requested_by or "—"},
        url=edit_address(type(record), record.pk),
        action_label=_("Review"),
    )


def ask_owner(record: MarketRecord, by: User) -> None:
    """A member has finished a draft. Raises Refused: "no_owner", "asked"."""
    address = reverse("techmart:record", args=[record._meta.model_name, record.pk])
    people = [person for person in owners(record.standing) if person.pk != by.pk]
    if not people:
        raise Refused(
            _("Nobody owns your organisation's account. Write to the department."), code="no_owner"
        )
    asked = Notice.objects.filter(kind=READY, url__endswith=address, recipient__in=people)
    saved = record.latest_revision
    if saved and asked.filter(created_at__gte=saved.created_at).exists():
        raise Refused(_("They have been asked already."), code="asked")
    tell(
        people,
        READY,
        subject=_("Ready to be sent: “%(name)s”") % {"name": _draft_name(record)},
        body=_("%(person)s has finished the draft and asks you to read and send it.")
        % {"person": by},
        url=_workspace(record),
        action_label=_("Read and send"),
    )


def owners(standing: Standing) -> list[User]:
    """Who is told of a record: the owners of the organisation's account, or the expert."""
    if isinstance(standing, ExpertStanding) and standing.person is not None:
        return [standing.person]
    if standing.organisation_id is None:
        return []
    return list(
        User.objects.filter(
            memberships__organisation=standing.organisation_id,
            memberships__role=Membership.Role.OWNER,
            memberships__state=Membership.State.ACTIVE,
            is_active=True,
        )
    )


def edit_address(model: type[MarketRecord], pk: Any) -> str:
    """Where officers read a record and decide."""
    return reverse(f"wagtailsnippets_techmart_{model._meta.model_name}:edit", args=[pk])


def content_types() -> dict[int, type[MarketRecord]]:
    """The kinds of records by the key of their content type."""
    models = list(MODELS.values())
    found = ContentType.objects.get_for_models(*models)
    return {found[model].pk: model for model in models}


def _record_of(review: WorkflowState) -> MarketRecord | None:
    """The record of a review, when it is one of the market."""
    model = content_types().get(review.base_content_type_id)
    if model is None:
        return None
    records = model._base_manager.select_related("standing", "latest_revision")
    return records.filter(pk=review.object_id).first()


def _standing(record: MarketRecord) -> Standing:
    """As the database has it: Wagtail publishes a copy that knows only what the revision held."""
    standings = type(record)._meta.get_field("standing").related_model
    found: Standing = standings._base_manager.get(record=record.pk)
    return found


def _draft_name(record: MarketRecord) -> str:
    return record.latest_revision.object_str if record.latest_revision else str(record)


def _workspace(record: MarketRecord) -> Callable[[User], str]:
    """In the language of whoever is told."""
    kind, pk = record._meta.model_name, record.pk
    return lambda _person: reverse("techmart:record", args=[kind, pk])
