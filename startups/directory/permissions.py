"""Who may do what with a profile. Pure questions with an answer and its reason.

Members of the organisation write; an owner of its account sends for review and takes back. To
everybody else a profile that is not public does not exist.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership, Organisation
from portal.accounts.permissions import active_role
from portal.core.verdicts import YES, Verdict, no
from startups.directory.models import StartupProfile

_OTHERS = _("This profile belongs to another organisation.")
_NOT_OWNER = _("Only an owner of the organisation's account sends the profile for review.")


def may_read_draft(user: Any, organisation: Organisation) -> Verdict:
    """May this person see what the organisation writes?"""
    return YES if active_role(user, organisation) else no(_OTHERS, code="not_member")


def may_start(user: Any, organisation: Organisation) -> Verdict:
    return may_read_draft(user, organisation)


def may_write(user: Any, profile: StartupProfile) -> Verdict:
    """Change the draft? Not while editors read it, nor while one of them holds it."""
    if not (member := may_read_draft(user, profile.standing.organisation)):
        return member
    if profile.workflow_in_progress:
        return no(
            _("The profile is being reviewed. Take it back first to change it."), code="in_review"
        )
    if profile.locked:
        return no(_("An editor holds this profile at the moment."), code="locked")
    return YES


def may_send(user: Any, profile: StartupProfile) -> Verdict:
    """Send the newest draft for review?"""
    if active_role(user, profile.standing.organisation) != Membership.Role.OWNER:
        return no(_NOT_OWNER, code="not_owner")
    if not (writes := may_write(user, profile)):
        return writes
    if profile.live and not profile.has_unpublished_changes:
        return no(_("There is nothing new to review."), code="nothing_new")
    return YES


def may_take_back(user: Any, profile: StartupProfile) -> Verdict:
    """Take the draft out of the review?"""
    if active_role(user, profile.standing.organisation) != Membership.Role.OWNER:
        return no(_NOT_OWNER, code="not_owner")
    if not profile.workflow_in_progress:
        return no(_("The profile is not being reviewed."), code="not_in_review")
    return YES
