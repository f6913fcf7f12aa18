"""Who may do what with a record of the market. Pure questions with an answer and its reason.

Members of the organisation write; an owner of its account approves inside the organisation: only
they send for review, take back, confirm and close. An expert writes their own record. To everybody
else a record that is not public does not exist; officers work in the back office.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.techmart.models import ExpertStanding, MarketRecord
from portal.accounts import roles
from portal.accounts.models import Membership, Organisation
from portal.accounts.permissions import active_role
from portal.core.verdicts import YES, Verdict, no

_OTHERS = _("This belongs to another organisation.")
_OFFICE = _("Only programme officers do this.")
_NOT_OWNER = _("Only an owner of the organisation's account may do this.")


def may_start(user: Any, organisation: Organisation) -> Verdict:
    """Begin an offer, a demand or the supplier's page in the name of an organisation?"""
    return YES if active_role(user, organisation) else no(_OTHERS, code="not_member")


def may_read_draft(user: Any, record: MarketRecord) -> Verdict:
    """May this person see what is being written?"""
    if _is_expert(user, record) or _role(user, record):
        return YES
    return no(_OTHERS, code="not_member")


def may_write(user: Any, record: MarketRecord) -> Verdict:
    """Change the draft? Not while officers read it, nor while one of them holds it."""
    if not (reads := may_read_draft(user, record)):
        return reads
    if record.workflow_in_progress:
        return no(_("It is being reviewed. Take it back first to change it."), code="in_review")
    if record.locked:
        return no(_("An officer holds this at the moment."), code="locked")
    return YES


def may_decide(user: Any, record: MarketRecord) -> Verdict:
    """Speak for the owner: send, take back, confirm, close, hide the name?"""
    if _is_expert(user, record) or _role(user, record) == Membership.Role.OWNER:
        return YES
    return no(_NOT_OWNER, code="not_owner")


def may_send(user: Any, record: MarketRecord) -> Verdict:
    """Send the newest draft for review?"""
    if not (decides := may_decide(user, record)):
        return decides
    if not (writes := may_write(user, record)):
        return writes
    if record.live and not record.has_unpublished_changes:
        return no(_("There is nothing new to review."), code="nothing_new")
    return YES


def may_take_back(user: Any, record: MarketRecord) -> Verdict:
    """Take the draft out of the review?"""
    if not (decides := may_decide(user, record)):
        return decides
    if not record.workflow_in_progress:
        return no(_("It is not being reviewed."), code="not_in_review")
    return YES


def _role(user: Any, record: Any) -> str | None:
    organisation = record.standing.organisation
    return active_role(user, organisation) if organisation else None


def _is_expert(user: Any, record: Any) -> bool:
    standing = record.standing
    return (
        isinstance(standing, ExpertStanding)
        and user.is_active
        and standing.person_id is not None
        and standing.person_id == user.pk
    )


# Trust: officers of the department -----------------------------------------------------------


def may_see_trust(user: Any) -> Verdict:
    """Read the history of verification, the reports and what is out of date?"""
    return YES if roles.reads_everything(user) else no(_OFFICE, code="not_officer")


def may_verify(user: Any, record: MarketRecord) -> Verdict:
    """Set how far a record is vouched for? Nobody does so for their own."""
    if not roles.is_officer(user):
        return no(_OFFICE, code="not_officer")
    if _is_expert(user, record) or _role(user, record):
        return no(_("This is your own organisation's: a colleague checks it."), code="own_record")
    return YES


def may_answer_reports(user: Any) -> Verdict:
    """Decide on a report of a problem?"""
    return YES if roles.is_officer(user) else no(_OFFICE, code="not_officer")
