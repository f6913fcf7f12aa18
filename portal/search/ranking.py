"""Putting a few documents into order by their texts.

Done here and not in the database: it is quicker than what SQL can say, and every database comes to
the same order.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf
from typing import Any, overload

from django.db.models import Value

from portal.search.models import Document
from portal.search.synonyms import Term

_TEXTS = ("folded_title", "folded_text", "marked_title", "marked_text")


class Ranking(Sequence[Document]):
    """Documents in the order that `finding.find` tells, without their folded texts.

    Asks the database once for what decides the order, and once for each part that is read.
    """

    def __init__(
        self, terms: Sequence[Term], language: str, among: Sequence[int], *, certain: bool
    ) -> None:
        """Of the documents with the keys `among` those that hold every term: all, when certain."""
        self._terms = terms
        self._words = [f" {word}" for term in terms for word in term.words]
        self._phrase = "".join(self._words)
        self._accented = any(term.accented for term in terms)
        self._plain = not any(term.equals for term in terms)
        self._language = language
        self._among = among
        self._certain = certain

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...

    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        if isinstance(place, slice):
            return self._documents(self._keys[place])
        return self._documents([self._keys[place]])[0]

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents(self._keys))

    def first(self) -> Document | None:
        return next(iter(self[:1]), None)

    def _documents(self, keys: Sequence[int]) -> list[Document]:
        found = Document.objects.defer(*_TEXTS).in_bulk(keys) if keys else {}
        return [found[key] for key in keys if key in found]

    @cached_property
    def _keys(self) -> list[int]:
        if not self._among:
            return []
        rows = Document.objects.filter(pk__in=self._among)
        unread = Value("")
        told = rows.values_list(
            *("folded_title", "folded_text"),
            unread if self._plain else "marked_title",
            unread if self._plain and not self._accented else "marked_text",
            *("rank", "language", "day", "pk"),
        )
        held = told if self._certain else [row for row in told if self._holding(row[1], row[3])]
        return [row[-1] for row in sorted(held, key=self._place)]

    def _place(self, row: tuple[Any, ...]) -> tuple[float, ...]:
        title, text, marked_title, marked_text, rank, language, day, key = row
        return (
            self._accented and not self._meant(text, marked_text),
            self._step(title, text, marked_title),
            f"{self._phrase} " not in text,
            -rank,
            language != self._language,
            -day.timestamp() if day else inf,
            key,
        )

    def _step(self, title: str, text: str, marked_title: str) -> int:
        if self._phrase in title:
            return 0 if title == f"{self._phrase} " else 1
        if self._typed_in(title):
            return 2
        if self._holding(title, marked_title):
            return 3
        if self._phrase in text:
            return 4
        return 5 if self._typed_in(text) else 6

    def _typed_in(self, folded: str) -> bool:
        return all(word in folded for word in self._words)

    def _holding(self, folded: str, marked: str) -> bool:
        """What `synonyms.holding` asks the database."""
        if self._plain:
            return self._typed_in(folded)
        return all(_typed(term, folded) or _equal(term, marked) for term in self._terms)

    def _meant(self, folded: str, marked: str) -> bool:
        """As `_holding`, but the accents that were typed are not forgiven."""
        return all(
            (_typed(term, folded) and all(f" {word} " in marked for word in term.accented))
            or _equal(term, marked)
            for term in self._terms
        )


def _typed(term: Term, folded: str) -> bool:
    return all(f" {word}" in folded for word in term.words)


def _equal(term: Term, marked: str) -> bool:
    return any(f" {equal.marked} " in marked for equal in term.equals)
