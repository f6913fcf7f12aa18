"""What each role may do, and who counts as staff. Runs after every migrate, and may run often.

The permissions named here always come back; an administrator may add others to a group by hand
and they stay.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.accounts import roles
from portal.accounts.models import User
from portal.accounts.terms import write_first_terms
from portal.core.models import ConsentText

OPEN_BACK_OFFICE = Q(content_type__app_label="wagtailadmin", codename="access_admin")
PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Who may add a file may change their own.
OWN_FILES = ("add_image", "choose_image", "add_document", "choose_document")
EVERY_FILE = (*OWN_FILES, "change_image", "change_document")


def _on(app_label: str, *actions: str, models: Iterable[str] = ()) -> Q:
    """Permissions for `actions` (add, change, delete, view) on models of an app, or on all."""
    wanted = Q()
    for action in actions:
        wanted |= Q(codename__startswith=f"{action}_")
    wanted &= Q(content_type__app_label=app_label)
    if models:
        wanted &= Q(content_type__model__in=list(models))
    return wanted


EVERY_ACTION = ("add", "change", "delete", "view")

# The screens of entries and judging ask for the role, not for these permissions; there they only
# open Wagtail's own lists and histories.
GRANTS: dict[str, Q] = {
    roles.ADMINISTRATORS: Q(),
    roles.DIRECTORS: (
        OPEN_BACK_OFFICE
        | _on("calls", "view")
        | _on("entries", "view")
        | _on("judging", "view")
        | _on("regulations", "view")
        | _on("directory", "view")
        | _on("techmart", "view")
        | _on("accounts", "view", models=["organisation", "membership"])
        | _on("core", "view", models=["administrativeunit", "unitchange", "consenttext"])
    ),
    roles.EDITORS: (
        OPEN_BACK_OFFICE
        | _on("pages", *EVERY_ACTION)
        | _on("news", *EVERY_ACTION)
        | _on("regulations", *EVERY_ACTION)
        | _on("directory", *EVERY_ACTION, "publish", "lock", "unlock")
        | _on("portal_search", *EVERY_ACTION, models=["synonyms", "promotion"])
        | _on("portal_search", "view", models=["querycount"])
        | _on("wagtailredirects", *EVERY_ACTION)
        | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    ),
    roles.OFFICERS: (
        OPEN_BACK_OFFICE
        | _on("calls", *EVERY_ACTION)
        | _on("entries", "view", "change")
        | _on("judging", "view", "change")
        | _on("directory", "view")
        | _on("directory", *EVERY_ACTION, models=["recognition"])
        | _on("techmart", *EVERY_ACTION, "publish", "lock", "unlock")
        | _on("accounts", "view", "add", "change", models=["organisation"])
        | _on("accounts", "view", models=["membership"])
        | _on("core", "view", models=["administrativeunit", "unitchange", "consenttext"])
    ),
    roles.FRONT_DESK: OPEN_BACK_OFFICE,
    roles.CONTRIBUTORS: OPEN_BACK_OFFICE,
}
# A director approves pages in the workflow, and Wagtail publishes them in the director's name.
PAGE_ROLES: dict[str, tuple[str, ...]] = {
    roles.ADMINISTRATORS: PAGE_ACTIONS,
    roles.EDITORS: PAGE_ACTIONS,
    roles.DIRECTORS: ("publish_page",),
}
FILE_ROLES: dict[str, tuple[str, ...]] = {
    roles.ADMINISTRATORS: EVERY_FILE,
    roles.EDITORS: EVERY_FILE,
    # Who writes news below an index that is open to them (portal.pages.newsroom).
    roles.OFFICERS: OWN_FILES,
    roles.CONTRIBUTORS: OWN_FILES,
}


def grant_roles() -> None:
    """Give every role its permissions, pages and collections. Nothing is taken away."""
    for name, wanted in GRANTS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(wanted))
    for name, actions in PAGE_ROLES.items():
        _grant_pages(Group.objects.get(name=name), actions)
    for name, actions in FILE_ROLES.items():
        _grant_files(Group.objects.get(name=name), actions)


def _grant_pages(group: Group, actions: tuple[str, ...]) -> None:
    """Pages from the root down. A database without a root (in tests) is left alone."""
    root = Page.objects.filter(depth=1).first()
    if root is not None:
        of_pages = Permission.objects.filter(
            content_type__app_label="wagtailcore",
            content_type__model="page",
            codename__in=actions,
        )
        for permission in of_pages:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _grant_files(group: Group, actions: tuple[str, ...]) -> None:
    """Pictures and documents from the root collection down, where there is one."""
    collection = Collection.objects.filter(depth=1).first()
    if collection is not None:
        of_files = Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=actions
        )
        for permission in of_files:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def after_migrate(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Grant once, after the last app: by then every permission exists."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label and _tables_stand(using):
        grant_roles()
        write_first_terms()


def _tables_stand(using: str) -> bool:
    """Not while only a part of the apps is migrated."""
    there = connections[using].introspection.table_names()
    needed = (User, ConsentText, GroupPagePermission, GroupCollectionPermission)
    return all(model._meta.db_table in there for model in needed)


def mark_staff(user_ids: Iterable[int]) -> None:
    """Keep `is_staff` true for exactly the superusers and those who hold a role."""
    people = User.objects.filter(pk__in=list(user_ids))
    holders = Q(is_superuser=True) | Q(groups__name__in=roles.ALL)
    staff = set(people.filter(holders).values_list("pk", flat=True))
    people.filter(pk__in=staff, is_staff=False).update(is_staff=True)
    people.exclude(pk__in=staff).filter(is_staff=True).update(is_staff=False)


def groups_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Somebody was put into a group or taken out of one, whichever side it came from."""
    if reverse and action == "pre_clear":
        instance._leaving = list(instance.user_set.values_list("pk", flat=True))
    if not action.startswith("post_"):
        return
    if reverse:
        mark_staff(pk_set or getattr(instance, "_leaving", []))
    else:
        instance.__dict__.pop("_held_roles", None)
        mark_staff([instance.pk])
        instance.refresh_from_db(fields=["is_staff"])
