"""A server that understands as much of OpenSearch as the portal says to it, over real HTTP.

It follows OpenSearch's reference, not the portal: what it does not know it refuses with 400, so
that a query which says more than is written here fails. It is no proof of how a real server
behaves; `TEST_SEARCH_URL` is for that.
"""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Told = dict[str, Any]


class Refused(Exception):
    """A status and why."""


class Index:
    def __init__(self, mappings: Told) -> None:
        self.fields = set(mappings["properties"])
        self.hidden = set(mappings["_source"]["excludes"])
        self.documents: dict[str, Told] = {}
        self.versions: dict[str, int] = {}


class SmallOpenSearch:
    """Listens from `with` to its end. `asked` are method and path of all requests."""

    def __init__(self) -> None:
        self.indexes: dict[str, Index] = {}
        self.aliases: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.status = 0
        """Answered to everything, unless it is 0."""
        self.authorization: str | None = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/tests"

    def __enter__(self) -> "SmallOpenSearch":
        self.running = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.running.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.running.join()

    def answer(self, method: str, address: str, body: str) -> Told:
        path = urlsplit(address).path
        self.asked.append((method, path))
        if self.status:
            raise Refused(self.status, "as the test says")
        match method, path.strip("/").split("/"):
            case "GET", ["_alias", alias]:
                return {self._real(alias, aliases_only=True): {"aliases": {alias: {}}}}
            case "POST", ["_aliases"]:
                return self._change_aliases(json.loads(body)["actions"])
            case "GET", [name]:
                return {name: {"fields": len(self._index(name).fields)}}
            case "PUT", [name]:
                self.indexes[name] = Index(json.loads(body)["mappings"])
                return {"acknowledged": True}
            case "POST", [name, "_refresh"]:
                return {"found": bool(self._index(name))}
            case "POST", [name, "_search"]:
                return search(self._index(self._real(name)), json.loads(body))
            case "POST", [name, "_bulk"]:
                required = "require_alias=true" in address
                index = self._index(self._real(name, aliases_only=required))
                return {"items": bulk(index, [json.loads(line) for line in body.splitlines()])}
        raise Refused(400, f"{method} {path}")

    def _real(self, name: str, *, aliases_only: bool = False) -> str:
        if name in self.aliases:
            return self.aliases[name]
        if aliases_only:
            raise Refused(404, f"alias [{name}] missing")
        return name

    def _index(self, name: str) -> Index:
        if name not in self.indexes:
            raise Refused(404, f"no such index [{name}]")
        return self.indexes[name]

    def _change_aliases(self, actions: list[Told]) -> Told:
        for action in actions:
            match action:
                case {"add": {"index": index, "alias": alias}}:
                    self.aliases[alias] = index
                case {"remove_index": {"index": index}}:
                    del self.indexes[index]
                case _:
                    raise Refused(400, f"{action}")
        return {"acknowledged": True}


def _handler(small: SmallOpenSearch) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # it waits 40 ms between head and body

        def do_GET(self) -> None:
            small.authorization = self.headers["Authorization"]
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            try:
                status, told = 200, small.answer(self.command, self.path, body)
            except Refused as refused:
                status, told = refused.args[0], {"error": refused.args[1]}
            sent = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_POST = do_PUT = do_GET  # noqa: N815  (the names that http.server looks for)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler


def bulk(index: Index, lines: list[Told]) -> list[Told]:
    left, items = iter(lines), []
    for line in left:
        [(action, about)] = line.items()
        key, version = about["_id"], about["version"]
        source = next(left) if action == "index" else None
        if source is not None and set(source) - index.fields:
            raise Refused(400, "strict_dynamic_mapping_exception")
        if about["version_type"] != "external_gte":
            raise Refused(400, "version_type")
        status = 200 if key in index.documents else (201 if source else 404)
        if version < index.versions.get(key, 0):
            status = 409
        else:
            index.versions[key] = version
            index.documents.pop(key, None)
            if source is not None:
                index.documents[key] = source
        items.append({action: {"_id": key, "status": status}})
    return items


def search(index: Index, body: Told) -> Told:
    query = body.get("query", {"match_all": {}})
    found = [
        (score, key, source)
        for key, source in index.documents.items()
        if (score := scored(query, source)) is not None
    ]
    for sort in reversed(body["sort"]):
        [(name, way)] = sort.items()
        found.sort(key=lambda hit, name=name: _sorted_by(name, *hit), reverse=way == "desc")
    shown = set(body["_source"]) - index.hidden
    kinds = Counter(source["kind"] for _score, _key, source in found)
    buckets = [{"key": kind, "doc_count": count} for kind, count in kinds.most_common()]
    hits = [
        {"_id": key, "_score": score, "_source": {name: source[name] for name in shown}}
        for score, key, source in found[: body["size"]]
    ]
    total = len(found) if body.get("track_total_hits") else min(len(found), 10_000)
    return {
        "hits": {"total": {"value": total, "relation": "eq"}, "hits": hits},
        "aggregations": {"kinds": {"buckets": buckets}},
    }


def _sorted_by(name: str, score: float, key: str, source: Told) -> Any:
    if name == "_score":
        return score
    value: Any = source
    for part in name.split("."):
        value = value[part]
    return value


def scored(query: Told, source: Told) -> float | None:
    """The score of a document, None when it is not found."""
    [(name, about)] = query.items()
    match name:
        case "match_all":
            return 1.0
        case "match_none":
            return None
        case "term":
            [(field, value)] = about.items()
            return 1.0 if value in _values(source, field) else None
        case "range":
            [(field, bounds)] = about.items()
            return 1.0 if any(_within(one, bounds) for one in _values(source, field)) else None
        case "constant_score":
            found = scored(about["filter"], source) is not None
            return float(about["boost"]) if found else None
        case "dis_max":
            return max(_scores(about["queries"], source), default=None)
        case "bool":
            return _bool(about, source)
    raise Refused(400, f"unknown query [{name}]")


def _bool(about: Told, source: Told) -> float | None:
    if set(about) - {"filter", "must_not", "should", "minimum_should_match"}:
        raise Refused(400, f"{set(about)}")
    filters = about.get("filter", [])
    if len(_scores(filters, source)) < len(filters) or _scores(about.get("must_not", []), source):
        return None
    should = _scores(about.get("should", []), source)
    return None if len(should) < about.get("minimum_should_match", 0) else sum(should)


def _scores(queries: list[Told], source: Told) -> list[float]:
    return [score for one in queries if (score := scored(one, source)) is not None]


def _values(source: Told, field: str) -> list[Any]:
    value = source[field]
    return value if isinstance(value, list) else [value]


def _within(value: Any, bounds: Told) -> bool:
    """Letters are compared by their bytes, as Lucene does."""
    ways = {
        "gt": lambda one, bound: one > bound,
        "gte": lambda one, bound: one >= bound,
        "lt": lambda one, bound: one < bound,
        "lte": lambda one, bound: one <= bound,
    }

    def encoded(one: Any) -> Any:
        return one.encode() if isinstance(one, str) else one

    return all(ways[way](encoded(value), encoded(bound)) for way, bound in bounds.items())
