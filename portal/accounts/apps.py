from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from portal.accounts.granting import after_migrate, groups_changed
        from portal.accounts.models import Membership, Organisation, User
        from portal.accounts.policies import Restricted

        # Organisations are not deleted; memberships are only looked at.
        register_permission_policy(
            Organisation, Restricted(Organisation, without=["add", "delete"])
        )
        register_permission_policy(
            Membership, Restricted(Membership, without=["add", "change", "delete"])
        )
        post_migrate.connect(after_migrate, dispatch_uid="accounts.grant_roles")
        m2m_changed.connect(
            groups_changed, sender=User.groups.through, dispatch_uid="accounts.mark_staff"
        )


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with the forms of our own user model."""

    default = False
    user_viewset = "portal.accounts.viewsets.StaffViewSet"
    group_viewset = "portal.accounts.viewsets.RoleViewSet"

    def ready(self) -> None:
        super().ready()
        from wagtail.permissions import register_permission_policy

        from portal.accounts.models import User
        from portal.accounts.policies import Restricted

        # In place of Wagtail's own policy: people are set inactive, not deleted.
        register_permission_policy(User, Restricted(User, without=["delete"]))
