"""Finding documents by folded words; the same answers on SQLite and PostgreSQL.

The index (`hits.py`) says which documents come into question and how many there are. Only the best
of them are put into order by their texts, so that a search costs what it shows and not what stands
in the table.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from portal.core import clock
from portal.core.text import clean_line
from portal.search.hits import Hits, hits_of, titles
from portal.search.models import Document
from portal.search.ranking import Ranking
from portal.search.synonyms import Term, expanded, holding, typed_in
from portal.search.words import searchable

MAX_CHARS = 200
MAX_WORDS = 8
RANKED = 200
"""The most that are put into order and listed. Of more, the index says which are the best."""
SUGGESTED = 200
"""The most titles that are put into order."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed, cleaned, its folded words, and what else these words mean."""

    text: str
    words: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    known: dict[str, Hits] = field(default_factory=dict, compare=False, repr=False)
    """What the index said already, by the reader's language: it is asked once for a page."""

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


def clean_query(raw: str) -> Query:
    """Clean what came in the address: one line, at most 200 characters and eight words."""
    text = clean_line(raw[: 2 * MAX_CHARS])[:MAX_CHARS]
    words = tuple(searchable(text).split()[:MAX_WORDS])
    return Query(text, words, tuple(Term((word,)) for word in words))


def read_query(raw: str) -> Query:
    """The cleaned query with the synonyms of its words."""
    query = clean_query(raw)
    return Query(query.text, query.words, expanded(_typed_words(query))) if query.words else query


def _typed_words(query: Query) -> list[str]:
    """The words that count, as they were typed."""
    typed: list[str] = []
    left = len(query.words)
    for word in query.text.split():
        count = len(searchable(word).split())
        if count > left:
            break
        typed.append(word)
        left -= count
    return typed if left == 0 else list(query.words)


def visible(language: str) -> QuerySet[Document]:
    """What can be found now: in the reader's language, else in the one there is."""
    there = Q(visible_until__isnull=True) | Q(visible_until__gt=clock.now())
    translated = Document.objects.filter(there, thing=OuterRef("thing"), language=language)
    return Document.objects.filter(there).filter(Q(language=language) | ~Exists(translated))


def find(query: Query, language: str, kind: str = "") -> Ranking:
    """Documents that hold every word or a synonym of it, the best first; the best `RANKED` at most.

    Accents that were typed are meant: what holds them, or a synonym, stands before what only looks
    like it. Then the title that is the query, titles that hold it as typed, that hold its words,
    that hold them by a synonym; texts that hold it as typed, that hold its words; the rest. Among
    equals come whole words, a higher `rank`, the reader's language, the newer.
    """
    hits = hits_of(query, language)
    return Ranking(query.terms, language, hits.best(RANKED, kind), certain=hits.certain)


def _holding(query: Query, language: str, among: Collection[int]) -> QuerySet[Document]:
    """Those of a few documents that hold what is wanted, by their own texts."""
    wanted = holding(query.terms, "folded_text", "marked_text")
    return visible(language).filter(wanted, pk__in=among)


def suggest(query: Query, language: str) -> QuerySet[Document]:
    """Documents whose titles hold the typed words, those that begin with them first.

    Cheap enough to ask while somebody types: no synonyms, no texts.
    """
    if not query.words:
        return Document.objects.none()
    phrase = f" {query.phrase}"
    step = _first_of(Q(folded_title__startswith=phrase), Q(folded_title__contains=phrase))
    foreign = Case(When(language=language, then=Value(0)), default=Value(1))
    return (
        visible(language)
        .filter(_as_typed(query, "folded_title"), pk__in=titles(query, language, SUGGESTED))
        .annotate(step=step, foreign=foreign)
        .order_by("step", "foreign", "-rank", F("day").desc(nulls_last=True), "pk")
    )


def count_by_kind(query: Query, language: str) -> Mapping[str, int]:
    """How many there are of each kind.

    Where a synonym has several words, what holds them apart is left out only when no more than
    `RANKED` documents come into question.
    """
    hits = hits_of(query, language)
    if hits.certain or hits.count() > RANKED:
        return hits.by_kind()
    found = _holding(query, language, hits.best(RANKED))
    return dict(found.values_list("kind").annotate(found=Count("pk")))


def _as_typed(query: Query, folded: str) -> Q:
    wanted = Q()
    for term in query.terms:
        wanted &= typed_in(term, folded)
    return wanted


def _first_of(*steps: Q) -> Case:
    """The number of the first step that holds."""
    cases = [When(step, then=Value(number)) for number, step in enumerate(steps)]
    return Case(*cases, default=Value(len(steps)), output_field=IntegerField())
