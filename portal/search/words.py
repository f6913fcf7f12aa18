"""The two ways in which search writes a text down to compare it.

Folded, for what people type: no accents, so that "san" finds "sắn". Marked, for what editors say
with accents: there "lợn" (pig) must never be "lớn" (large), but "hòa" still is "hoà".
"""

import re
import unicodedata
from functools import lru_cache

from portal.core.text import fold, nfc

_BETWEEN_WORDS = re.compile(r"[^0-9a-z%_]+")
WORD = re.compile(r"(\w+)")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def searchable(text: str) -> str:
    """Folded words, each behind a space, so that a search finds the beginning of a word.

    "Khởi nghiệp (2026)" becomes " khoi nghiep 2026 ": "nghi" finds it and "hoi" does not.
    """
    words = _BETWEEN_WORDS.sub(" ", fold(text)).strip()
    return f" {words} " if words else ""


def marked(text: str) -> str:
    """Words in small letters with their accents, each tone at the end of its word.

    "Hòa Thành" and "Hoà Thành" both become the same key. It is for comparing, not for showing.
    """
    words = " ".join(marked_word(word) for word in WORD.findall(nfc(text)))
    return f" {words} " if words else ""


@lru_cache(maxsize=20_000)
def marked_word(word: str) -> str:
    """One word of `marked`."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(_TONES.findall(letters))
    return nfc(_TONES.sub("", letters)) + tones


@lru_cache(maxsize=20_000)
def folded_word(word: str) -> str:
    """One word, folded. Long texts say the same words again and again."""
    return fold(word)
