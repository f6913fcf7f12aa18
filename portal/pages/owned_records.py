"""Reviewed records between the people who write them and the editors who approve.

A record (`portal.core.reviewed.ReviewedRecord`) has a row beside it, its `standing`, that says
whose it is; the lock on that row makes two who write at once take turns. Approving and returning
are Wagtail's, in the back office (`portal.pages.review.ReviewTask`). Each app asks its own
permissions and says what a public record needs; what happens then is the same for all.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Workflow, WorkflowContentType, WorkflowState

from portal.core import auditing
from portal.core.reviewed import ReviewedRecord
from portal.core.verdicts import Refused, Verdict
from portal.pages.newsroom import by_editors

if TYPE_CHECKING:
    from portal.accounts.models import User

R = TypeVar("R", bound=ReviewedRecord)
Asks = Callable[[Any, R], Verdict]
"""A permission: may this user do it with this record, as it is stored?"""
Missing = list[tuple[str, str | Promise]]
"""Fields that a public record needs and a draft lacks, each with what to do."""


class Where(models.TextChoices):
    """Where a record stands. Follows from its revisions and its review, never stored."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Waiting for review")
    RETURNED = "returned", _("Returned for changes")
    LIVE = "live", _("Public")
    CHANGED = "changed", _("Public, with changes not yet sent")

    @property
    def tone(self) -> str:
        return {
            Where.IN_REVIEW: "info",
            Where.RETURNED: "warn",
            Where.LIVE: "ok",
            Where.CHANGED: "ok",
        }.get(self, "")

    @property
    def icon(self) -> str:
        return {
            Where.DRAFT: "pencil",
            Where.IN_REVIEW: "hourglass",
            Where.RETURNED: "undo-2",
            Where.LIVE: "circle-check",
            Where.CHANGED: "pencil",
        }[self]


def where(record: ReviewedRecord) -> Where:
    """One query at most, for its running review."""
    return where_between(record, record.current_workflow_state)


def where_between(record: ReviewedRecord, review: WorkflowState | None) -> Where:
    """The same for lists, which read the reviews of all their records at once."""
    if review is not None:
        waits = review.status == WorkflowState.STATUS_IN_PROGRESS
        return Where.IN_REVIEW if waits else Where.RETURNED
    if not record.live:
        return Where.DRAFT
    return Where.CHANGED if record.has_unpublished_changes else Where.LIVE


def returned_with(record: ReviewedRecord) -> str:
    """The editor's words with which the draft came back; empty when it did not."""
    review = record.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    return str(review.current_task_state.comment) if review.current_task_state else ""


def draft_of(record: R) -> R:
    """The newest draft: what a form begins with."""
    draft: R = record.get_latest_revision_as_object()
    return draft


def save_draft(draft: R, version: int, by: "User", may_write: Asks[R]) -> None:
    """Keep `draft` as the newest revision; the live version stays as it is.

    `version` is the `draft_version` on which the form was based. Raises Refused: not permitted,
    or somebody has saved since ("stale").
    """
    with transaction.atomic():
        stored = locked(draft)
        may_write(by, stored).require()
        if stored.draft_version != version:
            raise Refused(
                _(
                    "Somebody has saved this since you opened it. What you typed still stands "
                    "here: copy it, open the record anew and put it in."
                ),
                code="stale",
            )
        keep_draft(draft, stored, by)


def keep_draft(draft: R, stored: R, by: "User") -> None:
    """Write a revision under the lock that the caller holds, with its line in the audit log.

    Raises Refused ("invalid") where the model holds something against it.
    """
    draft.clean_words()
    draft.latest_revision = stored.latest_revision
    try:
        draft.save_revision(user=by)
    except ValidationError as error:
        # What no form lets through: a word that was taken away since, a row of a foreign record.
        raise Refused(" ".join(error.messages), code="invalid") from error
    # What is not public yet is found and sorted by its draft, in the back office.
    derived = {name: getattr(draft, name) for name in draft.DERIVED}
    type(draft)._base_manager.filter(pk=draft.pk, live=False).update(**derived)
    auditing.record(_action(draft, "saved"), draft, user=by, revision=draft.latest_revision_id)


def send(
    record: R,
    by: "User",
    may_send: Asks[R],
    missing: Callable[[R], Missing],
    usually: Callable[[], Workflow] = by_editors,
) -> None:
    """Put the newest draft before its reviewers; the live version stays meanwhile.

    `usually` makes the workflow where an administrator has chosen none. Raises Refused: not
    permitted, incomplete ("incomplete", with `details`), or nobody reviews ("no_reviewer").
    """
    with transaction.atomic():
        stored = locked(record)
        may_send(by, stored).require()
        if lacking := missing(draft_of(stored)):
            raise Refused(_("It is not complete yet."), code="incomplete", details=dict(lacking))
        review = stored.current_workflow_state
        workflow = workflow_for(type(stored), usually)
        if review is not None:
            review.resume(user=by)
        elif workflow is not None:
            workflow.start(stored, by)
        else:
            raise Refused(
                _("Nobody reviews this at the moment. Write to the department."),
                code="no_reviewer",
            )
        auditing.record(
            _action(stored, "sent"), stored, user=by, revision=stored.latest_revision_id
        )


def take_back(record: R, by: "User", may_take_back: Asks[R]) -> None:
    """Take the draft out of the review, to go on writing. Raises Refused."""
    with transaction.atomic():
        stored = locked(record)
        may_take_back(by, stored).require()
        stored.current_workflow_state.cancel(user=by)
        auditing.record(_action(stored, "taken_back"), stored, user=by)


def locked(record: R) -> R:
    """The record as it is stored, nobody else writing it until the transaction ends."""
    standings = type(record.standing)._base_manager
    standings.select_for_update().get(pk=record.standing.pk)
    stored: R = (
        type(record)
        ._base_manager.select_related("standing__organisation", "latest_revision")
        .get(pk=record.pk)
    )
    return stored


def workflow_for(
    model: type[ReviewedRecord], usually: Callable[[], Workflow] = by_editors
) -> Workflow | None:
    """Who reviews these: what an administrator chose, else `usually`; None while it is off."""
    kind = ContentType.objects.get_for_model(model)
    chosen = WorkflowContentType.objects.filter(content_type=kind).first()
    if chosen is None:
        chosen = WorkflowContentType.objects.create(content_type=kind, workflow=usually())
    return chosen.workflow if chosen.workflow.active else None


def _action(record: ReviewedRecord, verb: str) -> str:
    return f"{record._meta.app_label}.{verb}"
