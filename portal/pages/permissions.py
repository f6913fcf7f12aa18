"""Who may do what with the pages as a whole."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import EDITORS, has_role
from portal.core.verdicts import YES, Verdict, no


def may_see_translations(user: Any) -> Verdict:
    """Those who translate, and administrators."""
    if has_role(user, EDITORS):
        return YES
    return no(_("Only editors look after translations."), code="forbidden")
