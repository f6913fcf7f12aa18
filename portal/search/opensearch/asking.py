"""The answer of the server."""

from typing import Any

from portal.search import rows
from portal.search.opensearch.bodies import search_body
from portal.search.opensearch.server import Server, or_the_database
from portal.search.wanted import Question

READ = 200
"""The best that are asked for along with the counts: as many as are ever put into order."""


class ServerHits:
    """The documents that hold a query; see `hits.Hits`."""

    def __init__(self, server: Server, question: Question, told: dict[str, Any]) -> None:
        self._server = server
        self._question = question
        self._best = _documents(told)
        self._count: int = told["hits"]["total"]["value"]
        buckets = told["aggregations"]["kinds"]["buckets"]
        self._kinds = {bucket["key"]: bucket["doc_count"] for bucket in buckets}

    @property
    def certain(self) -> bool:
        return self._question.certain

    def by_kind(self) -> dict[str, int]:
        return self._kinds

    def count(self) -> int:
        return self._count

    def best(self, most: int, kind: str = "") -> list[int]:
        """Asks again for the best of a kind when not all of them are known."""
        known = [key for key, of in self._best if kind in {"", of}]
        all_there_are = self._kinds.get(kind, 0) if kind else self._count
        if len(known) >= min(most, all_there_are):
            return known[:most]
        with or_the_database():
            told = self._server.search(search_body(self._question, most, kind))
            return [key for key, _kind in _documents(told)]
        return rows.hits(self._question).best(most, kind)


def hits(server: Server, question: Question) -> ServerHits:
    """One request. Raises Away."""
    return ServerHits(server, question, server.search(search_body(question, READ)))


def _documents(told: dict[str, Any]) -> list[tuple[int, str]]:
    return [(int(hit["_id"]), hit["_source"]["kind"]) for hit in told["hits"]["hits"]]
