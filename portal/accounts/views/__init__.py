"""Pages of people and organisations."""

from portal.accounts.views.membership import (
    HandOver,
    Invite,
    Join,
    Leave,
    Remove,
    accept_invitation,
    answer_request,
    open_invitation,
    resend_invitation,
    revoke_invitation,
)
from portal.accounts.views.organisations import (
    OrganisationChange,
    OrganisationCreate,
    organisation,
    organisations,
)
from portal.accounts.views.people import Profile, admin_login, terms

__all__ = [
    "HandOver",
    "Invite",
    "Join",
    "Leave",
    "OrganisationChange",
    "OrganisationCreate",
    "Profile",
    "Remove",
    "accept_invitation",
    "admin_login",
    "answer_request",
    "open_invitation",
    "organisation",
    "organisations",
    "resend_invitation",
    "revoke_invitation",
    "terms",
]
