"""Showing what was found: marks around words, and the part of the text where they stand."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.search.finding import Query
from portal.search.models import Document
from portal.search.words import WORD, folded_word, marked_word

EXCERPT_LENGTH = 220
WORDS_BEFORE = 8


def highlighted(text: str, query: Query) -> SafeString:
    """`text` escaped, with the found words and their synonyms marked and their accents kept."""
    parts = WORD.split(text)  # every second part is a word
    found = _found_words(parts[1::2], query)
    shown = [
        f"<mark>{escape(part)}</mark>" if at % 2 and at // 2 in found else escape(part)
        for at, part in enumerate(parts)
    ]
    return mark_safe("".join(shown))


def _found_words(words: Sequence[str], query: Query) -> set[int]:
    """Where the words stand that the query means."""
    if not query.words:
        return set()
    found = {at for at, word in enumerate(words) if folded_word(word).startswith(query.words)}
    phrases = [tuple(equal.marked.split()) for term in query.terms for equal in term.equals]
    if phrases:
        keys = [marked_word(word) for word in words]
        for phrase in phrases:
            found |= _places(keys, phrase)
    return found


def _places(keys: Sequence[str], phrase: tuple[str, ...]) -> set[int]:
    length = len(phrase)
    starts = [at for at in range(len(keys)) if tuple(keys[at : at + length]) == phrase]
    return {start + step for start in starts for step in range(length)}


def excerpt(document: Document, query: Query) -> SafeString:
    """The part of the text around the first found word."""
    words = f"{document.summary} {document.body}".split()
    start = max(0, _first_found(words, query) - WORDS_BEFORE)
    shown = "… " if start else ""
    for word in words[start:]:
        if len(shown) + len(word) > EXCERPT_LENGTH:
            shown += "…"
            break
        shown += f"{word} "
    return highlighted(shown.strip(), query)


def _first_found(texts: Sequence[str], query: Query) -> int:
    """The first of `texts`, each without a space, in which a found word stands."""
    holders = [(at, word) for at, text in enumerate(texts) for word in WORD.findall(text)]
    found = _found_words([word for _at, word in holders], query)
    return holders[min(found)][0] if found else 0
