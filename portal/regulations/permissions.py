"""Who may keep the register: whoever holds the permissions that `granting` gives to editors."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.core.verdicts import YES, Verdict, no
from portal.regulations.models import OfficialDocument

if TYPE_CHECKING:
    from portal.accounts.models import User


def may_save(user: "User", document: OfficialDocument) -> Verdict:
    action = "add" if document._state.adding else "change"
    return _holds(user, action)


def may_delete(user: "User", document: OfficialDocument) -> Verdict:
    """The right alone; a document that others relate to stays whoever asks."""
    if not (held := _holds(user, "delete")):
        return held
    if document.inverse_relations.exists():
        return no(
            _("Other documents relate to this one. Remove those relations first."), code="related"
        )
    return YES


def _holds(user: "User", action: str) -> Verdict:
    if user.has_perm(f"regulations.{action}_officialdocument"):
        return YES
    return no(_("Only editors keep the register of official documents."), code="not_editor")
