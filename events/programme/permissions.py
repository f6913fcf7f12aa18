"""Who may do what with events."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts import roles
from portal.core.verdicts import YES, Verdict, no


def may_set_up_events(user: Any) -> Verdict:
    """Officers hold events, editors write of them: both keep when and where."""
    if roles.has_role(user, roles.OFFICERS, roles.EDITORS):
        return YES
    return no(_("Only officers and editors set up events."))


def may_read_events(user: Any) -> Verdict:
    if may_set_up_events(user) or roles.has_role(user, roles.DIRECTORS, roles.FRONT_DESK):
        return YES
    return no(_("Only people of the department can see this page."))


def may_run_event_desk(user: Any) -> Verdict:
    """Officers and the front desk admit people at the door."""
    if roles.has_role(user, roles.OFFICERS, roles.FRONT_DESK):
        return YES
    return no(_("Only officers and the front desk admit people."))


def may_read_event_desk(user: Any) -> Verdict:
    if may_run_event_desk(user) or roles.has_role(user, roles.DIRECTORS):
        return YES
    return no(_("Only people of the department can see this page."))


def may_approve_registrations(user: Any) -> Verdict:
    if roles.is_officer(user):
        return YES
    return no(_("Only officers approve registrations."))


def may_issue_certificates(user: Any) -> Verdict:
    if roles.is_officer(user):
        return YES
    return no(_("Only officers issue certificates."))
