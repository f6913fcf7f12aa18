"""What the index says of a query: which documents hold it, and which are the best of many.

The index stands in the database. Where `SEARCH_URL` names an OpenSearch server, a copy stands there
and answers; when it cannot, the database does.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from portal.search import opensearch, rows
from portal.search.wanted import Question, question_of, question_of_titles

if TYPE_CHECKING:
    from portal.search.finding import Query


class Hits(Protocol):
    """The documents that hold a query."""

    @property
    def certain(self) -> bool:
        """Do all of them hold it? See `Question.certain`."""

    def by_kind(self) -> Mapping[str, int]:
        """How many there are of each kind; of others there are none."""

    def count(self) -> int: ...

    def best(self, most: int, kind: str = "") -> list[int]:
        """The keys of so many documents at most: by steps, and in each the newest."""


def hits_of(query: "Query", language: str) -> Hits:
    """What the index says of a query, for readers of a language. One question."""
    if language not in query.known:
        query.known[language] = _hits(question_of(query, language)) if query.words else rows.NOTHING
    return query.known[language]


def _hits(question: Question) -> Hits:
    with opensearch.or_the_database():
        if server := opensearch.server():
            return opensearch.hits(server, question)
    return rows.hits(question)


def titles(query: "Query", language: str, most: int) -> list[int]:
    """The keys of documents whose titles hold the typed words; of too many, which begin so."""
    question = question_of_titles(query, language)
    with opensearch.or_the_database():
        if server := opensearch.server():
            return opensearch.hits(server, question).best(most)
    return rows.best(question, most)
