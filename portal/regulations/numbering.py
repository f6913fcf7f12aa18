"""Numbers of documents ("12/2025/TT-BKHCN"): written one way, and as part of an address."""

import re

from portal.core.text import clean_line, fold

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_AROUND_SIGNS = re.compile(r"\s*([/-])\s*")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def clean_number(raw: str) -> str:
    """One line, NFC, plain hyphens, no spaces around the signs; capitals stay (QĐ-TTg, 30a)."""
    return _AROUND_SIGNS.sub(r"\1", clean_line(_DASHES.sub("-", raw))).strip()


def has_digit(number: str) -> bool:
    """A number without one is none; it also keeps `feed` free as an address."""
    return any(sign.isascii() and sign.isdigit() for sign in number)


def slug_of(number: str) -> str:
    """ "12/2025/QĐ-UBND" becomes `12-2025-qd-ubnd`."""
    return _BETWEEN_WORDS.sub("-", fold(number)).strip("-")
