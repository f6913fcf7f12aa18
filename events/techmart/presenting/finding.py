"""Finding offers by what people type: names, crops, and problems in everyday words.

One question to the index of words (`events.techmart.indexing`), the same on every database. What
holds every word comes; where nothing does, what holds the most telling of them, said to be so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from math import log
from operator import and_, or_

from django.db.models import Q

from events.techmart.indexing import EVERY
from events.techmart.models.words import OfferPosting
from portal.core.text import clean_line
from portal.search.bits import ascending, shifted
from portal.search.finding import MAX_CHARS
from portal.search.postings import (
    FOLDED_TEXT,
    FOLDED_TITLE,
    Range,
    exactly,
    word_beginning,
)
from portal.search.synonyms import Term, expanded, holding
from portal.search.words import searchable

LISTED = 500
"""Offers that are named one by one. What more of them hold is asked of their own texts."""
NEAREST = 30
"""The most that are shown where nothing holds every word."""
MAX_TERMS = 12
"""Words that count; people describe a problem in a sentence."""
FILLER = frozenset(
    searchable(
        "bị của cho và là thì làm sao để không được có cách muốn cần tìm ở tại với như thế nào gì "
        "quá nhiều hay tôi em tui mình các những một khi từ ra vào đang đã sẽ rất cũng này đó ai "
        "nên phải sau trong trên theo về bằng giúp việc cái con chỗ vì do mà hoặc nhưng bao nhiêu "
        "the a an of for to in on with how is are and or my from by at we our"
    ).split()
)
"""Words that say nothing of the matter, folded. They count only where nothing else was typed."""
IN_TITLE, HALF_WORD, SIDE_BY_SIDE, ENOUGH = 1.5, 0.4, 0.8, 0.4


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, cleaned, and what it means."""

    text: str
    terms: tuple[Term, ...] = ()

    @property
    def words(self) -> list[str]:
        return [word for term in self.terms for word in term.words]


@dataclass(frozen=True, slots=True)
class Held:
    """Offers that hold what was asked, public or not; `wanted` narrows a set of offers to them."""

    wanted: Q
    scores: Mapping[int, float] | None
    """How well each fits; None where they are too many to be named."""
    first: Sequence[int] = ()
    """Of too many, some whose titles hold the words."""
    nearest: bool = False
    """Nothing holds every word: these come near."""


def read(raw: str) -> Asked:
    """One line with its telling words and their synonyms. One query."""
    text = clean_line(raw[: 2 * MAX_CHARS])[:MAX_CHARS]
    typed = [word for word in text.split() if searchable(word).strip()]
    telling = [word for word in typed if searchable(word).strip() not in FILLER] or typed
    return Asked(text, expanded(telling[:MAX_TERMS]) if telling else ())


def held(asked: Asked) -> Held:
    """The offers that hold it. One query."""
    if not asked.terms:
        return Held(Q(pk__in=[]) if asked.text else Q(), {} if asked.text else None)
    known = _known(asked.terms)
    size = max(1, known(exactly(EVERY, "")).bit_count())
    told = [_Told(term, known, size) for term in asked.terms]
    every = reduce(and_, (one.text for one in told))
    if count := every.bit_count():
        if count > LISTED:
            titled = every & reduce(and_, (one.title for one in told))
            first = [pk for pk, _at in zip(ascending(titled), range(LISTED), strict=False)]
            return Held(holding(asked.terms, "folded_text"), None, first)
        scores = _scores(told, every)
        return Held(Q(pk__in=list(scores)), scores)
    return _nearest(told)


def _nearest(told: Sequence["_Told"]) -> Held:
    """What holds the most telling words; nothing where all that is held is next to nothing."""
    some = sorted((one for one in told if one.text), key=lambda one: -one.weight)
    if not some:
        return Held(Q(pk__in=[]), {}, nearest=True)
    candidates = 0
    for one in some:
        if candidates and (candidates | one.text).bit_count() > LISTED * 4:
            break
        candidates |= one.text
    scores = _scores(told, candidates)
    enough = ENOUGH * max(scores.values())
    best = sorted((pk for pk in scores if scores[pk] >= enough), key=lambda pk: (-scores[pk], pk))
    kept = {pk: scores[pk] for pk in best[:LISTED]}
    return Held(Q(pk__in=list(kept)), kept, nearest=True)


class _Told:
    """What the index says of one term."""

    def __init__(self, term: Term, known: "_Known", size: int) -> None:
        self.text = _bits(term, known, FOLDED_TEXT, begun=True)
        self.whole = _bits(term, known, FOLDED_TEXT, begun=False)
        self.title = _bits(term, known, FOLDED_TITLE, begun=True)
        # Rare words tell more. A phrase tells as much as its words together.
        self.weight = log(1 + size / max(1, self.text.bit_count())) * len(term.words) ** 0.5


def _bits(term: Term, known: "_Known", family: bytes, *, begun: bool) -> int:
    named = word_beginning if begun else exactly
    typed = reduce(and_, (known(named(family, word)) for word in term.words))
    equals = (
        reduce(and_, (known(exactly(family, word)) for word in equal.folded.split()))
        for equal in term.equals
    )
    return reduce(or_, equals, typed)


def _scores(told: Sequence[_Told], candidates: int) -> dict[int, float]:
    scores = dict.fromkeys(ascending(candidates), 0.0)
    for one in told:
        for bits, share in (
            (one.text, HALF_WORD),
            (one.whole, 1 - HALF_WORD),
            (one.title, IN_TITLE),
        ):
            for pk in ascending(bits & candidates):
                scores[pk] += one.weight * share
    return scores


def closeness(words: Sequence[str], folded_text: str) -> float:
    """How many of the words stand side by side as typed: "nước thải" is more than its parts."""
    pairs = pairwise(words)
    return SIDE_BY_SIDE * sum(f" {one} {other} " in folded_text for one, other in pairs)


class _Known:
    """Bits by range, all read at once."""

    def __init__(self, ranges: set[Range]) -> None:
        single = [one.first for one in ranges if one.is_single]
        wanted = Q(key__in=sorted(single))
        for one in sorted(one for one in ranges if not one.is_single):
            wanted |= Q(key__gte=one.first, key__lt=one.end)
        self._by_key: dict[bytes, int] = {}
        rows = OfferPosting.objects.filter(wanted).values_list("key", "block", "places")
        for key, block, stored in rows:
            name = bytes(key)
            self._by_key[name] = self._by_key.get(name, 0) | shifted(bytes(stored), block)

    def __call__(self, wanted: Range) -> int:
        if wanted.is_single:
            return self._by_key.get(wanted.first, 0)
        found = (bits for key, bits in self._by_key.items() if wanted.first <= key < wanted.end)
        return reduce(or_, found, 0)


def _known(terms: Sequence[Term]) -> _Known:
    ranges = {exactly(EVERY, "")}
    for term in terms:
        for family in (FOLDED_TEXT, FOLDED_TITLE):
            for word in term.words:
                ranges |= {exactly(family, word), word_beginning(family, word)}
            for equal in term.equals:
                ranges |= {exactly(family, word) for word in equal.folded.split()}
    return _Known(ranges)
