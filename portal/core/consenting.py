"""Giving and withdrawing consent, with its evidence."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import auditing, clock
from portal.core.models import ConsentRecord, ConsentText
from portal.core.verdicts import YES, Refused, Verdict, no

if TYPE_CHECKING:
    from portal.accounts.models import User


def give(
    purpose: str,
    *,
    user: "User | None" = None,
    name: str = "",
    email: str = "",
    about: str = "",
    channel: str = ConsentRecord.Channel.WEB,
) -> ConsentRecord:
    """Record that a person agreed to the text of `purpose` that is in force now.

    Without an account `name` says who. Agreeing twice to one text is one consent. Raises
    ConsentText.DoesNotExist when the purpose has no text, ValueError when nobody is named.
    """
    subject = name or (user.full_name or user.email if user else "")
    if not subject:
        raise ValueError("A consent needs a person.")
    text = ConsentText.current(purpose)
    with transaction.atomic():
        if user and (there := _same(text, user, about)):
            return there
        try:
            with transaction.atomic():
                given = ConsentRecord.objects.create(
                    text=text,
                    user=user,
                    subject_name=subject,
                    subject_email=email or (user.email if user else ""),
                    about=about,
                    channel=channel,
                )
        except IntegrityError:
            # A second tab was quicker; its record is the consent.
            if user and (there := _same(text, user, about)):
                return there
            raise
        auditing.record("consent.given", given, user=user, purpose=purpose, version=text.version)
    return given


def may_withdraw(user: "User", record: ConsentRecord) -> Verdict:
    """One's own consent, always; another's, only who keeps the records."""
    if user.pk == record.user_id or user.has_perm("core.change_consentrecord"):
        return YES
    return no(_("Only the person who gave a consent can withdraw it."))


def withdraw(record: ConsentRecord, *, by: "User") -> None:
    """End a consent from now on. The record stays as evidence. Raises Refused."""
    may_withdraw(by, record).require()
    moment = clock.now()
    with transaction.atomic():
        standing_now = ConsentRecord.objects.filter(pk=record.pk, withdrawn_at__isnull=True)
        if not standing_now.update(withdrawn_at=moment):
            raise Refused(_("This consent was already withdrawn."), code="already_withdrawn")
        record.withdrawn_at = moment
        auditing.record("consent.withdrawn", record, user=by)


def standing(user: "User", purpose: str, about: str = "") -> ConsentRecord | None:
    """The newest consent of this person for `purpose` that was not withdrawn."""
    return (
        ConsentRecord.objects.filter(
            user=user, text__purpose=purpose, about=about, withdrawn_at__isnull=True
        )
        .select_related("text")
        .order_by("-text__version")
        .first()
    )


def _same(text: ConsentText, user: "User", about: str) -> ConsentRecord | None:
    return ConsentRecord.objects.filter(
        text=text, user=user, about=about, withdrawn_at__isnull=True
    ).first()
