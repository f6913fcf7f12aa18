"""Wagtail's question, answered by the roles: officers set up, the department reads."""

from collections.abc import Collection
from typing import Any

from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.core.models import CalendarDay
from startups.coworking.models import (
    Booking,
    Closure,
    Feature,
    HouseRules,
    OpeningException,
    OpeningHours,
    Quota,
    Resource,
    Space,
    Unit,
)
from startups.coworking.permissions import may_read_space, may_set_up_spaces


class SpacePolicy(BasePermissionPolicy):
    """`shut` are actions that nobody has here, because a verb on another screen does them."""

    def __init__(self, model: type[models.Model], shut: Collection[str] = ()) -> None:
        super().__init__(model)
        self.shut = frozenset(shut)

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "view":
            return bool(may_read_space(user))
        return action not in self.shut and bool(may_set_up_spaces(user))

    def users_with_any_permission(self, actions: Any) -> models.QuerySet:
        raise NotImplementedError("Nobody asks for lists of people by these permissions.")


WRITTEN_BY_VERBS = ("add", "change", "delete")
POLICIES: dict[type[models.Model], SpacePolicy] = {
    **{
        model: SpacePolicy(model)
        for model in (
            *(Space, OpeningHours, OpeningException, Feature, Resource, Unit, Quota),
            *(HouseRules, CalendarDay),
        )
    },
    Closure: SpacePolicy(Closure, WRITTEN_BY_VERBS),
    Booking: SpacePolicy(Booking, WRITTEN_BY_VERBS),
}
