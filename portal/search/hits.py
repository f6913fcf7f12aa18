"""What the index says of a query: which documents hold it, and which are the best of many."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, islice
from operator import and_, itemgetter, or_
from typing import TYPE_CHECKING

from portal.core import clock
from portal.search import postings
from portal.search.bits import ascending, descending, shifted
from portal.search.models.postings import LONGEST_KEY
from portal.search.postings import (
    FOLDED_TEXT,
    FOLDED_TITLE,
    MARKED_TEXT,
    MARKED_TITLE,
    Found,
    Range,
)
from portal.search.synonyms import Equal, Term

if TYPE_CHECKING:
    from portal.search.finding import Query


@dataclass(frozen=True, slots=True)
class Hits:
    """The documents that hold a query, as bits (see `bits`)."""

    all: int
    kinds: Mapping[str, int]
    steps: tuple[int, ...]
    """The best first; what stands in one of them may stand in a later one again."""
    native: int
    """What is written in the reader's language."""
    certain: bool
    """Do all of them hold it? Else some may hold the words of a synonym's phrase apart."""

    def of(self, kind: str = "") -> int:
        return self.all & self.kinds.get(kind, 0) if kind else self.all

    def count(self, kind: str = "") -> int:
        return self.of(kind).bit_count()

    def best(self, most: int, kind: str = "") -> list[int]:
        """The keys of so many documents at most: by steps, and in each the newest."""
        left = self.of(kind)
        if left.bit_count() <= most:
            return list(ascending(left))
        chosen: list[int] = []
        for step in (*self.steps, left):
            here = left & step
            left &= ~here
            if here.bit_count() > most - len(chosen):
                return chosen + _newest(here, self.native, most - len(chosen))
            chosen += ascending(here)
        return chosen


def hits_of(query: "Query", language: str) -> Hits:
    """What the index says of a query, for readers of a language. One question to the database."""
    if language not in query.known:
        query.known[language] = _asked(query, language) if query.words else _NOTHING
    return query.known[language]


_NOTHING = Hits(0, {}, (), 0, certain=True)


def _asked(query: "Query", language: str) -> Hits:
    whole = postings.exactly(postings.WHOLE_TITLE, query.phrase)
    native = postings.exactly(postings.LANGUAGE, language)
    wanted = {whole, native, postings.beginning(postings.KIND), *_hidden(language)}
    for term in query.terms:
        wanted.update(_ranges(term))
    found = Found(wanted)
    shown = ~_joined(found.of(one) for one in _hidden(language))
    held = shown & _holding(found, query.terms, FOLDED_TEXT, MARKED_TEXT)
    meant = held & _holding(found, query.terms, FOLDED_TEXT, MARKED_TEXT, forgiving=False)
    better = (
        found.of(whole),
        _crossed(_typed(found, term, FOLDED_TITLE) for term in query.terms),
        _holding(found, query.terms, FOLDED_TITLE, MARKED_TITLE),
    )
    return Hits(
        held,
        found.each(postings.KIND),
        (*(meant & step for step in better), meant, *better),
        found.of(native),
        certain=all(_is_certain(term) for term in query.terms),
    )


def titles(query: "Query", language: str, most: int) -> list[int]:
    """The keys of documents whose titles hold the typed words; of too many, which begin so."""
    native = postings.exactly(postings.LANGUAGE, language)
    words = [postings.word_beginning(FOLDED_TITLE, word) for word in query.words]
    found = Found([*words, native, *_hidden(language)])
    shown = ~_joined(found.of(one) for one in _hidden(language))
    held = shown & _crossed(found.of(word) for word in words)
    begun = 0
    if held.bit_count() > most:
        begins = postings.beginning(postings.WHOLE_TITLE, query.phrase)
        begun = held & Found([begins], most=most).of(begins)
    return Hits(held, {}, (begun,), found.of(native), certain=True).best(most)


def _hidden(language: str) -> tuple[Range, Range]:
    """What is over, and what is told in the reader's language too."""
    now = clock.now()
    return postings.before(postings.OVER, now), postings.after(postings.HIDDEN, language, now)


def _ranges(term: Term) -> Iterator[Range]:
    """Everything that has to be known of a term."""
    for family in (FOLDED_TEXT, FOLDED_TITLE):
        yield from (postings.word_beginning(family, word) for word in term.words)
    for family in (MARKED_TEXT, MARKED_TITLE):
        yield from (postings.exactly(family, word) for word in term.accented)
        for equal in term.equals:
            yield from (postings.exactly(family, word) for word in equal.marked.split())


def _holding(
    found: Found, terms: Iterable[Term], folded: bytes, marked: bytes, *, forgiving: bool = True
) -> int:
    """As `synonyms.holding`; also with the accents that were typed, when none are forgiven."""
    held = []
    for term in terms:
        typed = _typed(found, term, folded)
        if not forgiving:
            accented = (found.of(postings.exactly(marked, word)) for word in term.accented)
            typed &= _crossed([typed, *accented])
        held.append(typed | _joined(_equal(found, equal, marked) for equal in term.equals))
    return _crossed(held)


def _typed(found: Found, term: Term, family: bytes) -> int:
    return _crossed(found.of(postings.word_beginning(family, word)) for word in term.words)


def _equal(found: Found, equal: Equal, family: bytes) -> int:
    return _crossed(found.of(postings.exactly(family, word)) for word in equal.marked.split())


def _is_certain(term: Term) -> bool:
    """Does the index know of each of its documents that it holds the term?"""
    words = [*term.words, *term.accented, *(equal.marked for equal in term.equals)]
    short = all(len(word.encode()) < LONGEST_KEY - 1 for word in words)
    return short and all(len(equal.marked.split()) == 1 for equal in term.equals)


def _crossed(sets: Iterable[int]) -> int:
    """What stands in all of them; nothing when there are none."""
    told = list(sets)
    return reduce(and_, told) if told else 0


def _joined(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def _newest(some: int, native: int, most: int) -> list[int]:
    """Of many documents those of the highest rank, in the reader's language, of newest months."""
    chosen: list[int] = []
    for _rank, rows in groupby(postings.by_order(), key=itemgetter(0)):
        months = list(rows)
        for wanted in (some & native, some & ~native):
            for _rank, block, stored in months:
                left = most - len(chosen)
                chosen += islice(descending(wanted & shifted(stored, block)), left)
                if len(chosen) == most:
                    return chosen
    return chosen
