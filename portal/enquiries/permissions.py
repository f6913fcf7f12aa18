"""Who may read and answer what people ask."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts import roles
from portal.core.verdicts import YES, Verdict, no


def may_read_enquiries(user: Any) -> Verdict:
    if roles.has_role(user, roles.OFFICERS, roles.FRONT_DESK, roles.DIRECTORS):
        return YES
    return no(_("Only the people of the department read enquiries."))


def may_answer(user: Any) -> Verdict:
    if roles.has_role(user, roles.OFFICERS, roles.FRONT_DESK):
        return YES
    return no(_("Only officers and the front desk answer enquiries."))
