"""Roles of the department's people. Each is a Django group made by migration."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ADMINISTRATORS = "Administrators"
DIRECTORS = "Directors"
EDITORS = "Editors"
OFFICERS = "Officers"
FRONT_DESK = "Front desk"
CONTRIBUTORS = "Contributors"
"""They write news and send it for review, and do nothing else."""

ALL = (ADMINISTRATORS, DIRECTORS, EDITORS, OFFICERS, FRONT_DESK, CONTRIBUTORS)


def has_role(user: Any, *roles: str) -> bool:
    """Does this person hold one of the roles? Administrators and superusers hold all.

    The groups are read once per user object: a page asks this many times.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    held = getattr(user, "_held_roles", None)
    if held is None:
        held = frozenset(user.groups.values_list("name", flat=True))
        user._held_roles = held
    return ADMINISTRATORS in held or not held.isdisjoint(roles)


def is_officer(user: Any) -> bool:
    return has_role(user, OFFICERS)


def is_director(user: Any) -> bool:
    return has_role(user, DIRECTORS)


def reads_everything(user: Any) -> bool:
    """Officers and directors read all dossiers; only officers act on them."""
    return has_role(user, OFFICERS, DIRECTORS)


LABELS = {
    ADMINISTRATORS: _("Administrators"),
    DIRECTORS: _("Directors"),
    EDITORS: _("Editors"),
    OFFICERS: _("Officers"),
    FRONT_DESK: _("Front desk"),
    CONTRIBUTORS: _("Contributors"),
}


def label(name: str) -> str:
    """A role's name in the reader's language; other groups keep the name they were given."""
    return str(LABELS.get(name, name))


def labels(user: Any) -> str:
    """The person's roles, in words."""
    return ", ".join(label(group.name) for group in user.groups.all())
