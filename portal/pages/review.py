"""The step of a workflow in which somebody else reads a page and approves it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import GroupApprovalTask, TaskState

from portal.core import secrecy
from portal.core.verdicts import Verdict

Refusals = list[tuple[str | None, str | Promise]]
"""The field of a form, or None, and what is wrong there."""


class ApprovalForm(TaskStateCommentForm):
    """The dialogue of whoever approves: the tick and, if wanted, a comment."""

    no_state_secret = secrecy.Tick()
    field_order = (secrecy.FIELD, "comment")


class ReviewTask(GroupApprovalTask):
    """Members of the groups approve with the tick, or ask for changes.

    Nobody approves what they submitted, unless the site's settings allow it.
    """

    class Meta:
        verbose_name = _("review by a group")
        verbose_name_plural = _("reviews by groups")

    @classmethod
    def get_description(cls) -> str | Promise:
        return _("Members of the chosen groups review and approve; not what they sent themselves.")

    def verdict(self, page: Any, user: Any) -> Verdict:
        """May this person put the page live, as far as this review is concerned?"""
        from portal.pages.permissions import may_approve

        return may_approve(user, page)

    def refusals(
        self, page: Any, user: Any, action: str, said: Mapping[str, Any] | None = None
    ) -> Refusals:
        """What stands against "approve" or "publish", for the form that wants to do it."""
        if action not in {"approve", "publish"}:
            return []
        allowed = self.verdict(page, user)
        found: Refusals = [] if allowed else [(None, allowed.reason)]
        if action == "approve" and not (isinstance(said, Mapping) and said.get(secrecy.FIELD)):
            found.append((secrecy.FIELD, secrecy.MISSING))
        return found

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Both by a dialogue: approving asks for the tick."""
        offered = {
            name: words for name, words, _dialogue in reversed(super().get_actions(obj, user))
        }
        if "approve" in offered and not self.verdict(obj, user):
            del offered["approve"]
        return [(name, offered[name], True) for name in ("reject", "approve") if name in offered]

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        return ApprovalForm if action == "approve" else TaskStateCommentForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        ticked = {secrecy.FIELD: kwargs.pop(secrecy.FIELD, False)}
        page = task_state.workflow_state.content_object
        for _field, reason in self.refusals(page, user, action_name, ticked):
            raise PermissionDenied(str(reason))
        with secrecy.ticked_by(user):
            super().on_action(task_state, user, action_name, **kwargs)
