"""Mails as people get them: the newest one to an address, its code, its link."""

import re

from django.core import mail
from django.core.mail import EmailMessage

CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)
LINK = re.compile(r"https?://\S+")


def newest_to(address: str, about: str = "") -> EmailMessage:
    """The last mail to this address whose subject or text holds `about`."""
    for message in reversed(mail.outbox):
        if address in message.recipients() and about in f"{message.subject}\n{message.body}":
            return message
    sent = [f"{', '.join(one.recipients())}: {one.subject}" for one in mail.outbox]
    raise AssertionError(f"No mail to {address} about {about!r}. Sent were: {sent}")


def code_to(address: str) -> str:
    """The code in the newest mail to this address."""
    message = newest_to(address)
    found = CODE.search(str(message.body))
    assert found, f"No code in the mail: {message.subject}\n{message.body}"
    return found.group(1)


def link_to(address: str, about: str = "") -> str:
    """The link of the newest mail about this."""
    message = newest_to(address, about)
    found = LINK.search(str(message.body))
    assert found, f"No link in the mail: {message.subject}\n{message.body}"
    return found.group(0).rstrip(".,)")
