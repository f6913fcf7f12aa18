"""Reading `SEARCH_URL`: https://user:password@search.example:9200/portal."""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORT = 9200
INDEX = "portal"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is, and the name under which the portal's documents stand there."""

    root: str
    index: str
    account: tuple[str, str] | None = field(repr=False)


def address_of(url: str) -> Address:
    """Raises ImproperlyConfigured, with a message that does not repeat the password."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
    except ValueError as error:
        raise ImproperlyConfigured("SEARCH_URL is no address.") from error
    index = parts.path.strip("/") or INDEX
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured("SEARCH_URL must begin with https:// or http:// and a host.")
    if parts.query or parts.fragment:
        raise ImproperlyConfigured("SEARCH_URL must end with the name of the index.")
    if not _NAME.fullmatch(index):
        raise ImproperlyConfigured(
            "The name of the index in SEARCH_URL may hold a-z, 0-9, - and _ and begins with a "
            "letter or number."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(f"{parts.scheme}://{host}:{port}", index, _account(parts))


def _account(parts: SplitResult) -> tuple[str, str] | None:
    if not parts.username:
        return None
    return unquote(parts.username), unquote(parts.password or "")
