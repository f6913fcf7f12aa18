"""The audit log: who did what to which record, in Wagtail's own log."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail.log_actions import LogActionRegistry, log, registry

if TYPE_CHECKING:
    from portal.accounts.models import User


def declare(actions: LogActionRegistry, labels: Mapping[str, str | Promise]) -> None:
    """Declare audit actions; call it in a `register_log_actions` hook."""
    for action, label in labels.items():
        actions.register_action(action, label, label)


def record(action: str, obj: Model, *, user: "User | None", **details: Any) -> None:
    """Write one line of the audit log inside the caller's transaction.

    `details` must be plain data; it is what an auditor reads later. Raises ValidationError when
    the action was never declared.
    """
    plain = {
        name: str(value) if isinstance(value, Promise) else value for name, value in details.items()
    }
    log(obj, action, user=user, data=plain)


def history(obj: Model) -> QuerySet[Any]:
    """The log lines about `obj`, newest first."""
    return registry.get_logs_for_instance(obj).order_by("-timestamp", "-pk")
