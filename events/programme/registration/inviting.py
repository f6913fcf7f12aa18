"""Inviting people to an event."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from events.programme.models import SignUp, SignUpInvitation
from events.programme.permissions import may_approve_registrations
from events.programme.registration import letters
from portal.core import auditing

if TYPE_CHECKING:
    from portal.accounts.models import User


def invite(sign_up: SignUp, emails: Iterable[str], *, by: "User") -> int:
    """Invite addresses, each once, by mail. Answers how many are new. Raises `Refused`."""
    may_approve_registrations(by).require()
    url = reverse("registrations:register", args=[sign_up.event.key])
    sent = 0
    with transaction.atomic():
        for email in emails:
            _made, new = SignUpInvitation.objects.get_or_create(
                sign_up=sign_up, email=email.lower(), defaults={"invited_by": by}
            )
            if new:
                letters.invited(email, sign_up.event, url)
                sent += 1
        auditing.record("programme.invited", sign_up, user=by, count=sent)
    return sent
