"""Codes that people read out on the telephone or type from paper."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody confuses."""


def drawn(length: int) -> str:
    """A code of `length` characters, by chance."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(length))
