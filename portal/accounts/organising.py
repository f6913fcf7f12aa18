"""Organisations and who belongs to them: everything that changes them goes through here.

Each verb checks who asks, changes rows in one transaction, writes the audit log and tells the
people concerned. Verbs that count owners lock the organisation's row first.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.accounts.organisation_facts import (
    check_facts,
    find,
    mask_address,
    masked_owner,
    owners,
)
from portal.accounts.permissions import (
    forget_roles,
    may_change_organisation,
    may_create_organisation,
    may_leave,
    may_manage_members,
    may_verify_organisation,
)
from portal.core import auditing, clock
from portal.core.noticing import mail_to, tell
from portal.core.states import move
from portal.core.text import clean_line
from portal.core.verdicts import Refused

INVITATION_DAYS = 14
IDENTITY = frozenset({"kind", "country", "name", "tax_code"})
"""What an officer confirmed: a change by an owner ends the confirmation."""

Role, State = Membership.Role, Membership.State


# The organisation -------------------------------------------------------------------------


@transaction.atomic
def create(facts: Mapping[str, Any], *, by: User) -> Organisation:
    """Enter an organisation; whoever enters it owns its account.

    `facts` maps names of `FACTS` to values. Raises Refused: code "exists" when another
    organisation has the tax code, "invalid" with the field otherwise.
    """
    may_create_organisation(by).require()
    organisation = Organisation(created_by=by, **check_facts(facts, Organisation()))
    _save(organisation)
    Membership.objects.create(
        user=by, organisation=organisation, role=Role.OWNER, state=State.ACTIVE, decided_by=by
    )
    forget_roles(by)
    auditing.record("accounts.organisation_created", organisation, user=by)
    return organisation


@transaction.atomic
def change(organisation: Organisation, facts: Mapping[str, Any], *, by: User) -> Organisation:
    """Change some facts. Names of the changed facts go into the log, not their values."""
    may_change_organisation(by, organisation).require()
    current = _locked(organisation)
    checked = check_facts(facts, current)
    changed = sorted(name for name, value in checked.items() if getattr(current, name) != value)
    if not changed:
        return current
    for name in changed:
        setattr(current, name, checked[name])
    if not IDENTITY.isdisjoint(changed) and not may_verify_organisation(by):
        current.verified_at = current.verified_by = None
    _save(current)
    auditing.record("accounts.organisation_changed", current, user=by, changed=changed)
    return current


@transaction.atomic
def verify(organisation: Organisation, *, by: User) -> None:
    """An officer has compared the facts with the public register."""
    may_verify_organisation(by).require()
    current = _locked(organisation)
    if current.verified_at:
        raise Refused(_("This organisation is already confirmed."), code="already")
    current.verified_at, current.verified_by = clock.now(), by
    current.save(update_fields=["verified_at", "verified_by"])
    auditing.record("accounts.organisation_verified", current, user=by)


def _save(organisation: Organisation) -> None:
    """Save; of two people who enter one tax code the second is told who has it."""
    try:
        organisation.clean_fields(exclude=["folded_name", "created_by"])
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(sentences[0], code="invalid", field=field) from error
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        there = find(organisation.country, organisation.tax_code)
        if there is None or there.pk == organisation.pk:
            raise
        raise Refused(
            _("This organisation is already on the portal. Ask its account owner: %(owner)s.")
            % {"owner": masked_owner(there)},
            code="exists",
            field="tax_code",
        ) from None


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


# Invitations ------------------------------------------------------------------------------


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(organisation: Organisation, email: str, *, by: User) -> Invitation:
    """Mail a link with which a colleague joins. Raises Refused when it makes no sense."""
    may_manage_members(by, organisation).require()
    address = clean_line(email).lower()
    _locked(organisation)
    if organisation.memberships.filter(state=State.ACTIVE, user__email=address).exists():
        raise Refused(_("This person already belongs to it."), code="member", field="email")
    waiting = organisation.invitations.filter(
        state=Invitation.State.SENT, email__iexact=address
    ).first()
    if waiting and waiting.expires_at > clock.now():
        raise Refused(
            _("An invitation to this address is already waiting. You can send it again."),
            code="waiting",
            field="email",
        )
    if waiting:
        move(waiting, Invitation.State.REVOKED)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation, email=address, invited_by=by, **_fresh(token)
    )
    auditing.record("accounts.invited", organisation, user=by, invitation=invitation.pk)
    _mail_invitation(invitation, token)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> None:
    """Mail a new link; the old one no longer works."""
    may_manage_members(by, invitation.organisation).require()
    token = secrets.token_urlsafe(32)
    fresh = _fresh(token)
    waiting = Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.SENT)
    if not waiting.update(**fresh):
        raise Refused(_("This invitation is not open any more."), code="closed")
    for name, value in fresh.items():
        setattr(invitation, name, value)
    auditing.record("accounts.invited", invitation.organisation, user=by, again=True)
    _mail_invitation(invitation, token)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back."""
    may_manage_members(by, invitation.organisation).require()
    move(invitation, Invitation.State.REVOKED)
    auditing.record(
        "accounts.invitation_revoked", invitation.organisation, user=by, invitation=invitation.pk
    )


def open_invitation(token: str) -> Invitation:
    """The invitation behind a link. Raises Refused when it cannot be used any more."""
    invitation = (
        Invitation.objects.filter(token_hash=token_hash(token))
        .select_related("organisation", "invited_by")
        .first()
    )
    if invitation is None or invitation.state == Invitation.State.REVOKED:
        raise Refused(
            _("This link does not work any more. Ask your colleague for a new one."), code="unknown"
        )
    if invitation.state == Invitation.State.ACCEPTED:
        raise Refused(_("This invitation was already accepted."), code="accepted")
    if invitation.expires_at <= clock.now():
        raise Refused(
            _("This invitation has expired. Ask your colleague for a new one."), code="expired"
        )
    return invitation


def check_addressee(invitation: Invitation, user: User) -> None:
    """Raise Refused unless the invitation was sent to an address that is this person's."""
    theirs = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    if user.email == invitation.email or theirs.filter(email__iexact=invitation.email).exists():
        return
    raise Refused(
        _(
            "This invitation was sent to %(invited)s, and you are signed in as %(email)s. Sign in "
            "with the invited address, or ask your colleague to invite this one."
        )
        % {"invited": mask_address(invitation.email), "email": user.email},
        code="other_address",
    )


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> Membership:
    """Join the organisation. Raises Refused: unknown, accepted, expired, other_address."""
    return _accept(open_invitation(token), by)


@transaction.atomic
def accept_waiting(invitation: Invitation, *, by: User) -> Membership:
    """The same without the link: who reads the invited mailbox is known from the account."""
    if invitation.state == Invitation.State.SENT and invitation.expires_at <= clock.now():
        raise Refused(
            _("This invitation has expired. Ask your colleague for a new one."), code="expired"
        )
    return _accept(invitation, by)


def _accept(invitation: Invitation, by: User) -> Membership:
    check_addressee(invitation, by)
    move(invitation, Invitation.State.ACCEPTED, accepted_by=by)
    membership = _join(invitation.organisation, by, decided_by=invitation.invited_by)
    auditing.record("accounts.invitation_accepted", invitation.organisation, user=by)
    tell(
        [invitation.invited_by],
        "accounts.invitation_accepted",
        subject=_said(_("%(person)s has joined %(organisation)s"), membership),
        body=_said(_("%(person)s has accepted your invitation to %(organisation)s."), membership),
        url=_page(invitation.organisation),
        action_label=_("See the members"),
    )
    return membership


def _fresh(token: str) -> dict[str, Any]:
    moment = clock.now()
    return {
        "token_hash": token_hash(token),
        "sent_at": moment,
        "expires_at": moment + timedelta(days=INVITATION_DAYS),
    }


def _mail_invitation(invitation: Invitation, token: str) -> None:
    invited = User.objects.filter(email__iexact=invitation.email).first()
    language = (invited or invitation.invited_by).language
    words = {"person": str(invitation.invited_by), "organisation": invitation.organisation.name}
    with translation.override(language):
        link = reverse("accounts:invitation", args=[token])
    mail_to(
        invitation.email,
        "accounts.invitation",
        subject=_fill(_("Invitation to join %(organisation)s"), words),
        body=_fill(
            _(
                "%(person)s invites you to join %(organisation)s on the innovation portal. The "
                "invitation is open for 14 days. If you do not know this person, ignore this mail."
            ),
            words,
        ),
        url=link,
        action_label=_("Open the invitation"),
        language=language,
    )


# Membership -------------------------------------------------------------------------------


@transaction.atomic
def ask_to_join(organisation: Organisation, *, by: User) -> Membership:
    """Ask the owners to be taken in. Asking twice is one request."""
    may_create_organisation(by).require()
    _locked(organisation)
    membership, made = Membership.objects.get_or_create(
        user=by, organisation=organisation, defaults={"state": State.REQUESTED}
    )
    if membership.state == State.ACTIVE:
        raise Refused(_("You already belong to this organisation."), code="member")
    if not made:
        if membership.state == State.REQUESTED:
            return membership
        move(membership, State.REQUESTED, role=Role.MEMBER, decided_by=None)
    auditing.record("accounts.join_requested", organisation, user=by)
    tell(
        owners(organisation),
        "accounts.join_requested",
        subject=_said(_("%(person)s asks to join %(organisation)s"), membership),
        body=_said(
            _("%(person)s (%(email)s) asks to join %(organisation)s. Accept only people you know."),
            membership,
        ),
        url=_page(organisation),
        action_label=_("Answer the request"),
    )
    return membership


@transaction.atomic
def decide_request(membership: Membership, *, accept: bool, by: User) -> None:
    """Take the person in, or not, and tell them."""
    may_manage_members(by, membership.organisation).require()
    if membership.state != State.REQUESTED:
        raise Refused(_("This request was already answered."), code="answered")
    move(membership, State.ACTIVE if accept else State.DECLINED, decided_by=by)
    forget_roles(membership.user)
    auditing.record(
        "accounts.join_decided",
        membership.organisation,
        user=by,
        person=membership.user_id,
        accepted=accept,
    )
    if accept:
        subject = _("You now belong to %(organisation)s")
        body = _("An owner of %(organisation)s has accepted your request.")
    else:
        subject = _("Your request to join %(organisation)s was declined")
        body = _("An owner of %(organisation)s has declined your request. Ask them if in doubt.")
    tell(
        [membership.user],
        "accounts.join_decided",
        subject=_said(subject, membership),
        body=_said(body, membership),
        url=reverse_lazy("accounts:organisations"),
        action_label=_("My organisations"),
    )


@transaction.atomic
def leave(membership: Membership, *, by: User) -> None:
    """Leave an organisation, or withdraw one's request. The last owner hands over first."""
    may_leave(by, membership).require()
    _locked(membership.organisation)
    _refuse_last_owner(membership)
    _end(membership)
    auditing.record("accounts.left", membership.organisation, user=by)


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """An owner ends somebody's membership."""
    may_manage_members(by, membership.organisation).require()
    _locked(membership.organisation)
    _refuse_last_owner(membership)
    _end(membership)
    auditing.record("accounts.removed", membership.organisation, user=by, person=membership.user_id)
    tell(
        [membership.user],
        "accounts.membership_ended",
        subject=_said(_("You no longer belong to %(organisation)s"), membership),
        body=_said(_("An owner of %(organisation)s has ended your membership."), membership),
    )


@transaction.atomic
def hand_over(organisation: Organisation, to: Membership, *, by: User) -> None:
    """Make a member the owner in one's place."""
    may_manage_members(by, organisation).require()
    _locked(organisation)
    members = Membership.objects.filter(organisation=organisation, state=State.ACTIVE)
    if to.user_id == by.pk or not members.filter(pk=to.pk).update(role=Role.OWNER):
        raise Refused(_("Choose another active member."), code="not_a_member", field="to")
    if not members.filter(user=by, role=Role.OWNER).update(role=Role.MEMBER):
        raise Refused(_("You do not own this account any more."), code="not_owner")
    to.role = Role.OWNER
    for person in (by, to.user):
        forget_roles(person)
    auditing.record("accounts.handed_over", organisation, user=by, to=to.user_id)
    tell(
        [to.user],
        "accounts.handed_over",
        subject=_said(_("You now own the account of %(organisation)s"), to),
        body=_fill(
            _("%(person)s has handed the account of %(organisation)s over to you."),
            {"person": str(by), "organisation": organisation.name},
        ),
        url=_page(organisation),
        action_label=_("See the organisation"),
    )


def _join(organisation: Organisation, user: User, *, decided_by: User) -> Membership:
    """Make the person an active member, whatever they were before."""
    membership, made = Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        defaults={"state": State.ACTIVE, "decided_by": decided_by},
    )
    if not made and membership.state != State.ACTIVE:
        move(membership, State.ACTIVE, role=Role.MEMBER, decided_by=decided_by)
    forget_roles(user)
    return membership


def _refuse_last_owner(membership: Membership) -> None:
    if membership.role != Role.OWNER or membership.state != State.ACTIVE:
        return
    others = Membership.objects.filter(
        organisation=membership.organisation_id, role=Role.OWNER, state=State.ACTIVE
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise Refused(
            _("You are the only owner. Hand the account over to a colleague first."),
            code="last_owner",
        )


def _end(membership: Membership) -> None:
    asked = membership.state == State.REQUESTED
    move(membership, State.DECLINED if asked else State.LEFT)
    forget_roles(membership.user)


def _page(organisation: Organisation) -> Any:
    """Lazy: the address has the language of whoever is told."""
    return reverse_lazy("accounts:organisation", args=[organisation.pk])


def _fill_now(sentence: Any, words: Mapping[str, str]) -> str:
    return str(sentence) % words


_fill = lazy(_fill_now, str)
"""A translated sentence, filled when it is read, in the language of its reader."""


def _said(sentence: Any, membership: Membership) -> Any:
    user = membership.user
    words = {
        "person": str(user),
        "email": user.email,
        "organisation": membership.organisation.name,
    }
    return _fill(sentence, words)
