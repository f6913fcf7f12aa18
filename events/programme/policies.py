"""Wagtail's question, answered by the roles."""

from typing import Any

from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy

from events.programme.models import (
    Event,
    EventSeries,
    Session,
    SignUp,
    SignUpQuestion,
    Speaker,
)
from events.programme.permissions import may_read_events, may_set_up_events


class EventPolicy(BasePermissionPolicy):
    """Officers and editors set up, the department reads."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "view":
            return bool(may_read_events(user))
        return bool(may_set_up_events(user))

    def users_with_any_permission(self, actions: Any) -> models.QuerySet:
        raise NotImplementedError("Nobody asks for lists of people by these permissions.")


MODELS = (Event, EventSeries, Session, Speaker, SignUp, SignUpQuestion)
POLICIES = {model: EventPolicy(model) for model in MODELS}
