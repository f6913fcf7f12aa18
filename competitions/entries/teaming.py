"""The team: whom the captain names, and what each of them answers to the mailed link.

A member's name is hidden from judges and the public until the member agreed. Only the hash of
the link's secret is stored.
"""

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.entries import commitments, telling
from competitions.entries.models import Entry, TeamMember
from competitions.entries.permissions import may_name_team
from portal.core import auditing, clock, consenting
from portal.core.models import AdministrativeUnit, ConsentRecord
from portal.core.text import clean_line
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User


def name_member(
    entry: Entry,
    by: "User",
    *,
    full_name: str,
    email: str,
    role: str = "",
    phone: Any = "",
    unit: AdministrativeUnit | None = None,
) -> TeamMember:
    """Name a member and mail them the link with which they agree or decline.

    Raises Refused when the team is full, the address is already in it, or `by` may not.
    """
    may_name_team(by, entry).require()
    with transaction.atomic():
        Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        _require_place(entry)
        last = entry.members.order_by("-order").first()
        member = TeamMember(
            entry=entry,
            full_name=full_name,
            email=email,
            role=clean_line(role),
            phone=phone,
            unit=unit,
            order=last.order + 1 if last else 1,
        )
        _store(member)
        _ask(member)
        auditing.record("entries.member_named", entry, user=by, member=member.pk)
    return member


def change_member(
    member: TeamMember,
    by: "User",
    *,
    full_name: str,
    email: str,
    role: str = "",
    phone: Any = "",
    unit: AdministrativeUnit | None = None,
) -> TeamMember:
    """Change what is known of a member. Another name or address is another person: asked anew.

    The captain's own address stays that of the account. Raises Refused.
    """
    may_name_team(by, member.entry).require()
    another = (clean_line(full_name), email.strip().lower()) != (member.full_name, member.email)
    with transaction.atomic():
        member.full_name, member.role = full_name, clean_line(role)
        member.phone, member.unit = phone, unit
        if not member.is_captain:
            member.email = email
        if another and not member.is_captain:
            _end_consent(member, by)
            member.user, member.consent, member.declined_at = None, None, None
        _store(member)
        if another and not member.is_captain:
            _ask(member)
        auditing.record("entries.member_changed", member.entry, user=by, member=member.pk)
    return member


def remove_member(member: TeamMember, by: "User") -> None:
    """Take a member out. The consent stays as ended evidence. Raises Refused."""
    may_name_team(by, member.entry).require()
    if member.is_captain:
        raise Refused(_("The captain cannot be removed."), code="captain")
    with transaction.atomic():
        _end_consent(member, by)
        auditing.record("entries.member_removed", member.entry, user=by, member=member.pk)
        member.delete()


def ask_again(member: TeamMember, by: "User") -> None:
    """Mail a new link; the old one stops working. Raises Refused."""
    may_name_team(by, member.entry).require()
    if member.is_captain or member.agreed:
        raise Refused(_("This person has already agreed."), code="agreed")
    with transaction.atomic():
        member.declined_at = None
        member.save(update_fields=["declined_at"])
        _ask(member)
        auditing.record("entries.member_asked", member.entry, user=by, member=member.pk)


def member_of(token: str) -> TeamMember:
    """The member a mailed link belongs to. Raises TeamMember.DoesNotExist."""
    return TeamMember.objects.select_related("entry__competition", "entry__captain", "entry").get(
        token_hash=_hash(token)
    )


def answer_consent(token: str, agree: bool, user: "User | None" = None) -> TeamMember:
    """Record what the person with the link answers; they may change their mind later.

    A signed-in person's account gets access to the entry by agreeing. Raises
    TeamMember.DoesNotExist for an unknown link, Refused for a withdrawn entry or when the account
    already has another place in this team.
    """
    member = member_of(token)
    if member.entry.state == Entry.State.WITHDRAWN:
        raise Refused(_("This entry was withdrawn."))
    account = user if user is not None and user.is_authenticated else None
    with transaction.atomic():
        if agree:
            _agree(member, account)
        else:
            _end_consent(member, account)
            _write(member, consent=None, user=None, declined_at=clock.now())
        action = "entries.member_agreed" if agree else "entries.member_declined"
        auditing.record(action, member.entry, user=account, member=member.pk)
    return member


def _agree(member: TeamMember, account: "User | None") -> None:
    if account is not None:
        places = TeamMember.objects.filter(entry=member.entry, user=account)
        if places.exclude(pk=member.pk).exists():
            raise Refused(
                _("You are signed in as somebody who is already in this team. Sign out first."),
                code="already_in_team",
            )
    consent = member.consent
    if consent is None:
        consent = consenting.give(
            commitments.MEMBER,
            user=account,
            name=member.full_name,
            email=member.email,
            about=about(member),
            channel=ConsentRecord.Channel.MAIL_LINK,
        )
    _write(member, consent=consent, user=account or member.user, declined_at=None)


def about(member: TeamMember) -> str:
    """What a member's consent is given for."""
    return f"member:{member.pk}"


def _end_consent(member: TeamMember, by: "User | None") -> None:
    """Whoever holds the link may take back what was given with it, account or not."""
    if member.consent_id is None:
        return
    standing = ConsentRecord.objects.filter(pk=member.consent_id, withdrawn_at__isnull=True)
    if standing.update(withdrawn_at=clock.now()) and member.consent is not None:
        auditing.record("consent.withdrawn", member.consent, user=by)


def _write(member: TeamMember, **changes: Any) -> None:
    TeamMember.objects.filter(pk=member.pk).update(**changes)
    for name, value in changes.items():
        setattr(member, name, value)


def _store(member: TeamMember) -> None:
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as twice:
        raise Refused(
            _("Somebody with this email address is already in the team."), field="email"
        ) from twice


def _ask(member: TeamMember) -> None:
    token = secrets.token_urlsafe(32)
    _write(member, token_hash=_hash(token), asked_at=clock.now())
    telling.ask_member(member, token)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _require_place(entry: Entry) -> None:
    limit = entry.competition.max_team_size
    if entry.members.count() >= limit:
        raise Refused(
            ngettext(
                "A team has at most %(limit)s person, the captain included.",
                "A team has at most %(limit)s people, the captain included.",
                limit,
            )
            % {"limit": limit},
            code="team_full",
        )
