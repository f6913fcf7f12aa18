"""Who may do what with needs, connection requests and outcomes. Questions with their answers.

A request has three parties: the asking organisation, the owner of what it is about, the office.
To everybody else, and to the owner before it was passed on, it does not exist.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.techmart.models import ConnectionMessage, ConnectionRequest, Outcome
from portal.accounts import roles
from portal.accounts.models import Membership, Organisation
from portal.accounts.permissions import active_role
from portal.core.verdicts import YES, Verdict, no

Side = ConnectionMessage.Side

_OFFICERS = _("Only programme officers do this.")
_OWNER = _("Only an owner of the organisation's account answers for it.")


def may_read_desk(user: Any) -> Verdict:
    """Officers work at the desk; directors read it."""
    if roles.has_role(user, roles.OFFICERS, roles.DIRECTORS):
        return YES
    return no(_("Only officers and directors open this desk."), code="not_office")


def may_run_desk(user: Any) -> Verdict:
    return YES if roles.has_role(user, roles.OFFICERS) else no(_OFFICERS, code="not_officer")


def may_enter_needs(user: Any) -> Verdict:
    """Write down what somebody says by phone, at the office or at a booth?"""
    if roles.has_role(user, roles.OFFICERS, roles.FRONT_DESK):
        return YES
    return no(_("Only officers and the front desk write down needs for others."), code="not_office")


def owner_organisation(request: ConnectionRequest) -> Organisation | None:
    """Whose the record is; None for experts, and for what the office itself keeps."""
    organisation: Organisation | None = request.record.standing.organisation
    return organisation


def owner_person_id(request: ConnectionRequest) -> int | None:
    """The account of the expert who is asked."""
    return request.expert.standing.person_id if request.expert else None


def has_owner(request: ConnectionRequest) -> bool:
    """Is there an account that can answer? If not an officer notes the answer."""
    return owner_organisation(request) is not None or owner_person_id(request) is not None


def side_of(user: Any, request: ConnectionRequest) -> str | None:
    """On which side this person stands, as far as the request exists for them."""
    if not user.is_authenticated or not user.is_active:
        return None
    if active_role(user, request.organisation):
        return Side.ASKER
    if request.passed_on_at is None:
        return None
    organisation = owner_organisation(request)
    if organisation is not None and active_role(user, organisation):
        return Side.OWNER
    return Side.OWNER if owner_person_id(request) == user.pk else None


def is_of_owner(user: Any, record: Any) -> bool:
    """Does this person belong to whoever the record is of?"""
    organisation = record.standing.organisation
    if organisation is not None and active_role(user, organisation):
        return True
    return getattr(record.standing, "person_id", None) == user.pk


def may_answer(user: Any, request: ConnectionRequest) -> Verdict:
    """Say yes or no for the owner?"""
    if not has_owner(request):
        return may_run_desk(user)
    if side_of(user, request) != Side.OWNER:
        return no(_OWNER, code="not_owner")
    organisation = owner_organisation(request)
    if organisation is None or active_role(user, organisation) == Membership.Role.OWNER:
        return YES
    return no(_OWNER, code="not_owner")


def may_write_message(user: Any, request: ConnectionRequest) -> Verdict:
    """Write into the thread, as a side or as the office?"""
    if not (side_of(user, request) or may_run_desk(user)):
        return no(_("Only the sides of a request and officers write here."), code="not_a_side")
    if not request.is_open:
        return no(_("This request has ended."), code="ended")
    return YES


def may_read_message(user: Any, message: ConnectionMessage) -> bool:
    """Is the message marked for this person's side?"""
    if may_read_desk(user):
        return True
    side = side_of(user, message.request)
    return (side == Side.ASKER and message.for_asker) or (side == Side.OWNER and message.for_owner)


def may_approve_outcome(user: Any, outcome: Outcome) -> Verdict:
    """A second pair of eyes, before it counts in public totals."""
    if not roles.has_role(user, roles.OFFICERS, roles.DIRECTORS):
        return no(_OFFICERS, code="not_office")
    if outcome.changed_by_id == user.pk:
        return no(_("Somebody else than who wrote it has to approve it."), code="own_work")
    return YES
