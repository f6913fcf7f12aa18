"""Finding documents by folded words; the same answers on SQLite and PostgreSQL."""

import re
from dataclasses import dataclass

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.core.text import clean_line, fold
from portal.search.models import Document

MAX_CHARS = 200
MAX_WORDS = 8
EXCERPT_LENGTH = 220

_BETWEEN_WORDS = re.compile(r"[^0-9a-z%_]+")
_WORD = re.compile(r"(\w+)")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed, cleaned, and its folded words."""

    text: str
    words: tuple[str, ...]


def searchable(text: str) -> str:
    """Folded words, each behind a space, so that a search finds the beginning of a word.

    "Khởi nghiệp (2026)" becomes " khoi nghiep 2026 ": "nghi" finds it and "hoi" does not.
    """
    words = _BETWEEN_WORDS.sub(" ", fold(text)).strip()
    return f" {words} " if words else ""


def read_query(raw: str) -> Query:
    """Clean what came in the address: one line, at most 200 characters and eight words."""
    text = clean_line(raw[: 2 * MAX_CHARS])[:MAX_CHARS]
    return Query(text, tuple(searchable(text).split()[:MAX_WORDS]))


def find(query: Query, language: str, kind: str = "") -> QuerySet[Document]:
    """Documents that hold every word: in the reader's language, else in the one there is.

    First the title that is the query, then titles that hold it, then texts that hold it as typed,
    then the rest; among equals the reader's language first, then the newer.
    """
    if not query.words:
        return Document.objects.none()
    translated = Document.objects.filter(thing=OuterRef("thing"), language=language)
    found = Document.objects.filter(Q(language=language) | ~Exists(translated))
    if kind:
        found = found.filter(kind=kind)
    for word in query.words:
        found = found.filter(folded_text__contains=f" {word}")
    phrase = f" {' '.join(query.words)}"
    rank = Case(
        When(folded_title=f"{phrase} ", then=Value(0)),
        When(folded_title__contains=phrase, then=Value(1)),
        When(folded_text__contains=phrase, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    foreign = Case(When(language=language, then=Value(0)), default=Value(1))
    return found.annotate(rank=rank, foreign=foreign).order_by(
        "rank", "foreign", F("day").desc(nulls_last=True), "pk"
    )


def highlighted(text: str, query: Query) -> SafeString:
    """`text` escaped, with the found words marked and their accents kept."""
    parts = [
        f"<mark>{escape(part)}</mark>" if _is_match(part, query) else escape(part)
        for part in _WORD.split(text)
    ]
    return mark_safe("".join(parts))


def _is_match(word: str, query: Query) -> bool:
    return bool(query.words) and fold(word).startswith(query.words)


def excerpt(document: Document, query: Query) -> SafeString:
    """The part of the text around the first found word."""
    words = f"{document.summary} {document.body}".split()
    first = next((at for at, word in enumerate(words) if _holds_match(word, query)), 0)
    start = max(0, first - 8)
    shown = "… " if start else ""
    for word in words[start:]:
        if len(shown) + len(word) > EXCERPT_LENGTH:
            shown += "…"
            break
        shown += f"{word} "
    return highlighted(shown.strip(), query)


def _holds_match(text: str, query: Query) -> bool:
    return any(_is_match(word, query) for word in _WORD.findall(text))
