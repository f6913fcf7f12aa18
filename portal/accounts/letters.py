"""What the mails about signing in say: one short letter for each of allauth's occasions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Letter:
    """Lazy sentences with named placeholders, filled from allauth's context."""

    subject: str | Promise
    body: str | Promise
    action_label: str | Promise = ""
    action: str = ""
    """The name in the context of the address behind the button."""
    notification: bool = False
    """Something changed in the account: the letter says from where."""


_IGNORE = _("If this was not you, ignore this mail: nothing happens without the code.")

# No code in a subject: the log of sent mails keeps subjects.
LETTERS: Mapping[str, Letter] = {
    "account/email/email_confirmation": Letter(
        _("The code to confirm your email address"),
        _("Enter this code on the page you have open to confirm the address %(email)s."),
    ),
    "account/email/email_confirmation_signup": Letter(
        _("The code to finish signing up"),
        _("Enter this code on the page you have open to finish signing up with %(email)s."),
    ),
    "account/email/login_code": Letter(
        _("The code to sign in"),
        _("Enter this code on the page you have open to sign in."),
    ),
    "account/email/password_reset_code": Letter(
        _("The code to set a new password"),
        _("Enter this code on the page you have open to set a new password."),
    ),
    "account/email/account_already_exists": Letter(
        _("You already have an account"),
        _(
            "Somebody, probably you, has just tried to sign up with %(email)s. There is already "
            "an account with this address: sign in with the password, or ask for a code by mail."
        ),
        _("Set a new password"),
        "password_reset_url",
    ),
    "account/email/unknown_account": Letter(
        _("There is no account with this address"),
        _(
            "Somebody, probably you, has asked to come in with %(email)s, but no account has this "
            "address. If it was you, try the other address you use, or sign up."
        ),
        _("Sign up"),
        "signup_url",
    ),
    "account/email/email_changed": Letter(
        _("The email address of your account was changed"),
        _("The email address of your account was changed from %(from_email)s to %(to_email)s."),
        notification=True,
    ),
    "account/email/email_confirm": Letter(
        _("Your email address is confirmed"),
        _("The email address of your account is confirmed."),
        notification=True,
    ),
    "account/email/email_deleted": Letter(
        _("An email address was removed from your account"),
        _("The address %(deleted_email)s was removed from your account."),
        notification=True,
    ),
    "account/email/password_changed": Letter(
        _("Your password was changed"),
        _("The password of your account was changed."),
        notification=True,
    ),
    "account/email/password_reset": Letter(
        _("Your password was changed"),
        _("A new password was set for your account with a code sent by mail."),
        notification=True,
    ),
    "account/email/password_set": Letter(
        _("Your account now has a password"),
        _("A password was set for your account."),
        notification=True,
    ),
    "mfa/email/totp_activated": Letter(
        _("Two-step sign-in is on"),
        _("Signing in to your account now also asks for a code from your authenticator app."),
        notification=True,
    ),
    "mfa/email/totp_deactivated": Letter(
        _("Two-step sign-in is off"),
        _("Signing in to your account no longer asks for a code from an authenticator app."),
        notification=True,
    ),
    "mfa/email/recovery_codes_generated": Letter(
        _("You have new recovery codes"),
        _("New recovery codes were made for your account. The old ones no longer work."),
        notification=True,
    ),
    "socialaccount/email/account_connected": Letter(
        _("Another way to sign in was added"),
        _("Your account can now also be opened through %(provider)s."),
        notification=True,
    ),
    "socialaccount/email/account_disconnected": Letter(
        _("A way to sign in was removed"),
        _("Your account can no longer be opened through %(provider)s."),
        notification=True,
    ),
}


def compose(template_prefix: str, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The context of the mail templates, in the language that is active; None when unknown."""
    letter = LETTERS.get(template_prefix)
    if letter is None:
        return None
    said = _Facts(facts)
    code = str(facts.get("code") or "")
    return {
        "subject": str(letter.subject) % said,
        "heading": str(letter.subject) % said,
        "body": str(letter.body) % said,
        "code": code,
        "ignore": str(_IGNORE) if code else "",
        "action_label": str(letter.action_label),
        "action_url": str(facts.get(letter.action) or "") if letter.action else "",
        "notification": letter.notification,
        "timestamp": facts.get("timestamp"),
        "ip": facts.get("ip"),
        "user_agent": facts.get("user_agent"),
    }


class _Facts(dict[str, Any]):
    """A fact that allauth did not give leaves a gap, not an error in the middle of signing in."""

    def __missing__(self, name: str) -> str:
        return ""
