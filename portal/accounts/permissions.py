"""Who may do what with organisations. Pure questions; a person's memberships are read once."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from portal.accounts import roles
from portal.accounts.models import Membership, Organisation, User
from portal.core.verdicts import YES, Verdict, no


def active_role(user: User, organisation: Organisation) -> str | None:
    """The person's role in the organisation ("owner", "member"), None for outsiders."""
    if not user.is_authenticated or not user.is_active:
        return None
    known: dict[int, str | None] = user.__dict__.setdefault("_organisation_roles", {})
    if organisation.pk not in known:
        known[organisation.pk] = (
            Membership.objects.filter(
                user=user, organisation=organisation, state=Membership.State.ACTIVE
            )
            .values_list("role", flat=True)
            .first()
        )
    return known[organisation.pk]


def forget_roles(user: User) -> None:
    """A membership of this person has changed: ask the database again."""
    user.__dict__.pop("_organisation_roles", None)


def _owner(user: User, organisation: Organisation) -> bool:
    return active_role(user, organisation) == Membership.Role.OWNER


def may_create_organisation(user: User) -> Verdict:
    if user.is_authenticated and user.is_active:
        return YES
    return no(_("Sign in to enter an organisation."))


def may_read_organisation(user: User, organisation: Organisation) -> Verdict:
    if active_role(user, organisation) or roles.reads_everything(user):
        return YES
    return no(_("Only members of the organisation can see this page."))


def may_change_organisation(user: User, organisation: Organisation) -> Verdict:
    if _owner(user, organisation) or roles.is_officer(user):
        return YES
    return no(_("Only an owner of the organisation's account can change it."))


def may_manage_members(user: User, organisation: Organisation) -> Verdict:
    if _owner(user, organisation):
        return YES
    return no(_("Only an owner of the organisation's account decides who belongs to it."))


def may_leave(user: User, membership: Membership) -> Verdict:
    if membership.user_id == user.pk:
        return YES
    return no(_("Everybody leaves for themselves only."))


def may_verify_organisation(user: User | AnonymousUser) -> Verdict:
    if roles.is_officer(user):
        return YES
    return no(_("Only programme officers confirm organisations."))
