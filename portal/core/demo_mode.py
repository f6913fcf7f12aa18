"""What sets the demo apart: invented people whose password is public."""

import re

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

DEMO_DOMAIN = "@demo.example"
DEMO_PASSWORD = "TayNinh-demo-2026"  # published on purpose: it opens invented accounts only
_NUMBERED = re.compile(r"^(?P<name>.*?)(?P<number>\d+)@")


def demo_accounts_stand() -> bool:
    """Does this database hold an account of the demo? No tables, no accounts."""
    try:
        return get_user_model().objects.filter(email__iendswith=DEMO_DOMAIN).exists()
    except DatabaseError:
        return False


def refuse_demo_accounts() -> None:
    """Stop a starting process of a live portal that holds demo accounts.

    Raises ImproperlyConfigured.
    """
    if settings.PRODUCTION and demo_accounts_stand():
        raise ImproperlyConfigured(
            f"There are accounts that end in {DEMO_DOMAIN}; their password is public. "
            "Remove them, or start with an empty database."
        )


def account_lines() -> list[str]:
    """The demo's accounts for people to read; numbered ones in one line."""
    emails = get_user_model().objects.filter(email__iendswith=DEMO_DOMAIN, is_active=True)
    series: dict[str, list[tuple[int, str]]] = {}
    for email in emails.order_by("pk").values_list("email", flat=True):
        found = _NUMBERED.match(email)
        name, number = (found["name"], int(found["number"])) if found else (email, 0)
        series.setdefault(name, []).append((number, email))
    lines = []
    for members in series.values():
        first, last = min(members)[1], max(members)[1]
        lines.append(first if len(members) == 1 else f"{first} … {last}")
    return lines
