"""What the back office offers for records that people keep: no deleting, some only to read."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class Restricted(ModelPermissionPolicy):
    """Django's permissions, without some actions for anybody, superusers included."""

    def __init__(self, model: Any, *, without: Iterable[str]) -> None:
        super().__init__(model)
        self.without = frozenset(without)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.without and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        return self.user_has_any_permission(user, actions)
