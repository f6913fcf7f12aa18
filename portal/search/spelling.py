"""What somebody may have meant whose words are found nowhere.

The cost is bounded: two questions about words and at most `TRIES` whether something is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from portal.search.finding import Query, find, read_query
from portal.search.models import Document, Word
from portal.search.words import WORD, folded_word

MOST = 2
"""Letters that may be wrong in a word; one in a short word."""
SHORT = 4
CANDIDATES = 3000
"""Written Vietnamese has about two thousand syllables without accents."""
CHOICES = 3
TRIES = 6

_TELEX = re.compile(r"(?P<head>[^aeiouyw]*)(?P<tail>.*)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A word in the place of a typed one, and how far it is from it."""

    folded: str
    shown: str
    distance: int


def distance(one: str, other: str, most: int = MOST) -> int:
    """Letters to add, drop, change or swap with the next; `most + 1` when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, sign in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != sign))
            if at > 1 and place > 1 and letter == other[place - 2] and sign == one[at - 2]:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def without_telex(word: str) -> str:
    """Keystrokes of Telex that no program turned into accents: "ddooir" becomes "doi".

    No Vietnamese syllable has s, f, r, x, j or w behind its vowel, so there they are keys.
    """
    parts = _TELEX.fullmatch(word)
    if parts is None:
        return word
    tail = re.sub(r"[sfrxjw]", "", parts["tail"])
    return parts["head"].replace("dd", "d") + re.sub(r"([aeo])\1", r"\1", tail)


def did_you_mean(query: Query, language: str) -> str:
    """A query near this one that finds something, with accents; empty when there is none."""
    for choices in _attempts(query):
        near = read_query(" ".join(choice.shown for choice in choices))
        if best := find(near, language).first():
            return _as_written(best, [choice.folded for choice in choices]) or near.text.lower()
    return ""


def _attempts(query: Query) -> list[list[Choice]]:
    """The nearest word in each place; then one place at a time the next nearest."""
    places = list(_choices(query.words))
    if not places or not all(places):
        return []
    best = [choices[0] for choices in places]
    changed = [
        [*best[:at], choice, *best[at + 1 :]]
        for at, choices in enumerate(places)
        for choice in choices[1:]
    ]
    changed.sort(key=lambda attempt: sum(choice.distance for choice in attempt))
    attempts = [best, *changed]
    return [one for one in attempts if any(choice.distance for choice in one)][:TRIES]


def _choices(words: Sequence[str]) -> Iterator[list[Choice]]:
    """For each word itself, when it begins a known one, and the nearest known words."""
    if not words:
        return
    known = _known(words)
    lengths = [len(word) for word in words]
    vocabulary = list(
        Word.objects.filter(length__range=(min(lengths) - MOST, max(lengths) + MOST))
        .order_by("-count", "folded")
        .values_list("folded", "shown")[:CANDIDATES]
    )
    for word in words:
        itself = [Choice(word, word, 0)] if word in known else []
        yield itself + _nearest(word, vocabulary)


def _known(words: Sequence[str]) -> set[str]:
    """Those of `words` that begin a word of some document."""
    counts = {
        f"word_{at}": Count("pk", filter=Q(folded__startswith=word))
        for at, word in enumerate(words)
    }
    found = Word.objects.aggregate(**counts)
    return {word for at, word in enumerate(words) if found[f"word_{at}"]}


def _nearest(word: str, vocabulary: Sequence[tuple[str, str]]) -> list[Choice]:
    """The nearest words, the more frequent first. Words of two letters could be anything."""
    if len(word) < 3:
        return []
    most = MOST if len(word) > SHORT else 1
    plain = without_telex(word)
    found = []
    for folded, shown in vocabulary:
        far = 1 if folded == plain else distance(word, folded, most)
        if 0 < far <= most:
            found.append(Choice(folded, shown, far))
    return sorted(found, key=lambda choice: choice.distance)[:CHOICES]


def _as_written(document: Document, folded: Sequence[str]) -> str:
    """The words as the document writes them one after another, in small letters; else empty."""
    words = WORD.findall(f"{document.title} {document.summary} {document.body}")
    keys = [folded_word(word) for word in words]
    for at in range(len(keys) - len(folded) + 1):
        if keys[at : at + len(folded)] == list(folded):
            return " ".join(words[at : at + len(folded)]).lower()
    return ""
