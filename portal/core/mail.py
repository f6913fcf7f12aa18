"""The mail backend: every mail is logged; in demo mode its text can be read in the outbox."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from portal.core.models import SentMail

KIND_HEADER = "X-Portal-Kind"
"""Carries the notice's kind as far as this backend; it does not leave the portal."""


class LoggedBackend(BaseEmailBackend):
    """Sends through `settings.MAIL_TRANSPORT` and keeps a `SentMail` row for every mail."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.transport = get_connection(settings.MAIL_TRANSPORT, **options)

    def open(self) -> bool | None:
        return self.transport.open()

    def close(self) -> None:
        self.transport.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each mail and log it; one failing mail does not stop the next ones.

        Raises the first failure at the end, unless told to fail silently.
        """
        sent = 0
        failures: list[Exception] = []
        for message in email_messages:
            kind = str(message.extra_headers.pop(KIND_HEADER, ""))
            error = ""
            try:
                sent += self.transport.send_messages([message]) or 0
            except Exception as failure:  # whatever the transport raises is logged, then raised
                failures.append(failure)
                error = f"{type(failure).__name__}: {failure}"
            _log(message, kind, error)
        if failures and not self.fail_silently:
            raise failures[0]
        return sent


def _log(message: EmailMessage, kind: str, error: str) -> None:
    text, html = "", ""
    if settings.DEMO:
        text = str(message.body)
        for content, mimetype in getattr(message, "alternatives", ()):
            if mimetype == "text/html":
                html = str(content)
    SentMail.objects.create(
        to=", ".join(message.recipients())[:500],
        subject=str(message.subject)[:250],
        kind=kind[:60],
        error=error[:300],
        text=text,
        html=html,
    )
