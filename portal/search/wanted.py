"""What a search asks of the index: sets of documents, named by their keys and joined or crossed.

Nothing here asks anything. `rows.py` answers from the database, `opensearch` from a server; both
are asked the same, so both answer the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.core import clock
from portal.search import postings
from portal.search.models.postings import LONGEST_KEY
from portal.search.postings import (
    FOLDED_TEXT,
    FOLDED_TITLE,
    MARKED_TEXT,
    MARKED_TITLE,
    Range,
)
from portal.search.synonyms import Equal, Term

if TYPE_CHECKING:
    from portal.search.finding import Query


@dataclass(frozen=True, slots=True)
class Every:
    """What stands in all of its parts; nothing when there are none."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """What stands in one of its parts."""

    parts: tuple["Wanted", ...]


Wanted = Range | Every | Some


@dataclass(frozen=True, slots=True)
class Question:
    """Which documents are wanted, and of too many, which are the best."""

    held: Wanted
    hidden: tuple[Range, ...]
    """What readers of the language must not find."""
    meant: Wanted
    """Stands before what else is held."""
    better: tuple[Wanted, ...]
    """The best first, among what is meant and then among the rest."""
    language: str
    certain: bool
    """Do all of them hold it? Else some may hold the words of a synonym's phrase apart."""


def question_of(query: "Query", language: str) -> Question:
    """What `finding.find` has to know of a query."""
    terms = query.terms
    return Question(
        held=_holding(terms, FOLDED_TEXT, MARKED_TEXT),
        hidden=_hidden(language),
        meant=_holding(terms, FOLDED_TEXT, MARKED_TEXT, forgiving=False),
        better=(
            postings.exactly(postings.WHOLE_TITLE, query.phrase),
            Every(tuple(Every(_typed(term, FOLDED_TITLE)) for term in terms)),
            _holding(terms, FOLDED_TITLE, MARKED_TITLE),
        ),
        language=language,
        certain=all(_is_certain(term) for term in terms),
    )


def question_of_titles(query: "Query", language: str) -> Question:
    """Documents whose titles hold the typed words, those that begin so first."""
    held = Every(tuple(postings.word_beginning(FOLDED_TITLE, word) for word in query.words))
    return Question(
        held=held,
        hidden=_hidden(language),
        meant=held,
        better=(postings.beginning(postings.WHOLE_TITLE, query.phrase),),
        language=language,
        certain=True,
    )


def ranges(wanted: Wanted) -> Iterator[Range]:
    """All that has to be known to answer."""
    if isinstance(wanted, Range):
        yield wanted
    else:
        for part in wanted.parts:
            yield from ranges(part)


def _hidden(language: str) -> tuple[Range, Range]:
    """What is over, and what is told in the reader's language too."""
    now = clock.now()
    return postings.before(postings.OVER, now), postings.after(postings.HIDDEN, language, now)


def _holding(
    terms: tuple[Term, ...], folded: bytes, marked: bytes, *, forgiving: bool = True
) -> Every:
    """As `synonyms.holding`; also with the accents that were typed, when none are forgiven."""
    held = []
    for term in terms:
        typed = _typed(term, folded)
        if not forgiving:
            typed += tuple(postings.exactly(marked, word) for word in term.accented)
        held.append(Some((Every(typed), *(_equal(equal, marked) for equal in term.equals))))
    return Every(tuple(held))


def _typed(term: Term, family: bytes) -> tuple[Range, ...]:
    return tuple(postings.word_beginning(family, word) for word in term.words)


def _equal(equal: Equal, family: bytes) -> Every:
    return Every(tuple(postings.exactly(family, word) for word in equal.marked.split()))


def _is_certain(term: Term) -> bool:
    """Does the index know of each of its documents that it holds the term?"""
    words = [*term.words, *term.accented, *(equal.marked for equal in term.equals)]
    short = all(len(word.encode()) < LONGEST_KEY - 1 for word in words)
    return short and all(len(equal.marked.split()) == 1 for equal in term.equals)
