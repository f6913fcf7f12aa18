"""The answer of the index in the database: documents as bits (see `bits`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, islice
from operator import and_, itemgetter, or_

from portal.search import postings
from portal.search.bits import ascending, descending, shifted
from portal.search.postings import Found, Range
from portal.search.wanted import Every, Question, Wanted, ranges


@dataclass(frozen=True, slots=True)
class BitHits:
    """The documents that hold a query; see `hits.Hits`."""

    all: int
    kinds: Mapping[str, int]
    steps: tuple[int, ...]
    """The best first; what stands in one of them may stand in a later one again."""
    native: int
    """What is written in the reader's language."""
    certain: bool

    def by_kind(self) -> dict[str, int]:
        counts = {kind: (self.all & bits).bit_count() for kind, bits in self.kinds.items()}
        return {kind: count for kind, count in counts.items() if count}

    def count(self) -> int:
        return self.all.bit_count()

    def best(self, most: int, kind: str = "") -> list[int]:
        left = self.all & self.kinds.get(kind, 0) if kind else self.all
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


NOTHING = BitHits(0, {}, (), 0, certain=True)


def hits(question: Question) -> BitHits:
    """One question to the database."""
    native = postings.exactly(postings.LANGUAGE, question.language)
    asked = {native, postings.beginning(postings.KIND), *question.hidden}
    for wanted in (question.held, question.meant, *question.better):
        asked.update(ranges(wanted))
    found = Found(asked)
    held = _shown(question, found)
    meant = held & _bits(question.meant, found)
    better = [_bits(step, found) for step in question.better]
    return BitHits(
        held,
        found.each(postings.KIND),
        (*(meant & step for step in better), meant, *better),
        found.of(native),
        question.certain,
    )


def best(question: Question, most: int) -> list[int]:
    """The keys of so many documents at most, without counting. What is better is asked for only
    when there are more, and then read no further than it can be of use.
    """
    native = postings.exactly(postings.LANGUAGE, question.language)
    found = Found([native, *question.hidden, *ranges(question.held)])
    held = _shown(question, found)
    steps: tuple[int, ...] = ()
    if held.bit_count() > most:
        steps = tuple(_bits(step, Found(ranges(step), most=most)) for step in question.better)
    return BitHits(held, {}, steps, found.of(native), certain=True).best(most)


def _shown(question: Question, found: Found) -> int:
    return _bits(question.held, found) & ~reduce(or_, map(found.of, question.hidden), 0)


def _bits(wanted: Wanted, found: Found) -> int:
    if isinstance(wanted, Range):
        return found.of(wanted)
    parts = [_bits(part, found) for part in wanted.parts]
    if isinstance(wanted, Every):
        return reduce(and_, parts) if parts else 0
    return reduce(or_, parts, 0)


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
