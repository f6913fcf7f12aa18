"""Forms of people and organisations."""

from portal.accounts.forms.organisations import (
    HandOverForm,
    InvitationForm,
    JoinForm,
    OrganisationForm,
)
from portal.accounts.forms.people import ProfileForm, SignupForm
from portal.accounts.forms.staff import ChangePersonForm, NewPersonForm, RoleForm

__all__ = [
    "ChangePersonForm",
    "HandOverForm",
    "InvitationForm",
    "JoinForm",
    "NewPersonForm",
    "OrganisationForm",
    "ProfileForm",
    "RoleForm",
    "SignupForm",
]
