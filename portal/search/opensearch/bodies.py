"""What is said to the server. Nothing here asks anything."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from portal.search import postings
from portal.search.postings import Range
from portal.search.wanted import Every, Question, Wanted

Body = dict[str, Any]

NOTHING: Body = {"match_none": {}}
MOST_KINDS = 100


def text_of(key: bytes) -> str:
    """A key as the server takes it: one letter for each byte, which keeps their order."""
    return key.decode("latin-1")


# Questions ----------------------------------------------------------------------------------------


def search_body(question: Question, size: int, kind: str = "") -> Body:
    """The best `size` documents, and how many there are of each kind.

    The score tells the step: what is meant gains more than any of what is better.
    """
    steps = len(question.better)
    better = [_scored(step, steps - place) for place, step in enumerate(question.better)]
    scores: list[Body] = [{"dis_max": {"queries": better}}]
    if question.meant != question.held:
        scores.append(_scored(question.meant, steps + 1))
    held = [clause(question.held), *([{"term": {"kind": kind}}] if kind else [])]
    hidden = [clause(one) for one in question.hidden]
    return {
        "size": size,
        "_source": ["kind"],
        "track_total_hits": True,
        "query": {
            "bool": {
                "filter": held,
                "must_not": hidden,
                "should": scores,
                "minimum_should_match": 0,
            }
        },
        "sort": [{"_score": "desc"}, {f"order.{question.language}": "desc"}, {"pk": "desc"}],
        "aggs": {"kinds": {"terms": {"field": "kind", "size": MOST_KINDS}}},
    }


def clause(wanted: Wanted) -> Body:
    if isinstance(wanted, Range):
        return _range(wanted)
    parts = [clause(part) for part in wanted.parts]
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    if isinstance(wanted, Every):
        return {"bool": {"filter": parts}}
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _range(wanted: Range) -> Body:
    """A bound that ends in a zero byte is the next key after the one without it."""
    if wanted.is_single:
        return {"term": {"keys": text_of(wanted.first)}}
    first, end = wanted.first.removesuffix(b"\0"), wanted.end.removesuffix(b"\0")
    return {
        "range": {
            "keys": {
                "gte" if first == wanted.first else "gt": text_of(first),
                "lt" if end == wanted.end else "lte": text_of(end),
            }
        }
    }


def _scored(wanted: Wanted, points: int) -> Body:
    return {"constant_score": {"filter": clause(wanted), "boost": points}}


# Documents ----------------------------------------------------------------------------------------


def index_body() -> Body:
    """How documents stand there. Another body is another index (see `index_name`)."""
    said_only = {"type": "keyword", "index": False}
    return {
        "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["keys"]},
            "properties": {
                "pk": {"type": "long"},
                "kind": {"type": "keyword"},
                "keys": {"type": "keyword", "doc_values": False},
                "order": {"properties": {code: said_only for code, _name in settings.LANGUAGES}},
                "print": {**said_only, "doc_values": False},
            },
        },
    }


def index_name(alias: str) -> str:
    """The alias is what is asked; this is what it leads to, for as long as `index_body` stands."""
    return f"{alias}-{_digest(index_body())}"


def source_of(row: Any, keys: Iterable[bytes]) -> Body:
    """A document. Its print tells whether two of them are the same."""
    source = {
        "pk": row.pk,
        "kind": row.kind,
        "keys": sorted(text_of(key) for key in keys),
        "order": {
            code: postings.order_of(row, native=row.language == code)
            for code, _name in settings.LANGUAGES
        },
    }
    return {**source, "print": _digest(source)}


def _digest(told: Body) -> str:
    written = json.dumps(told, sort_keys=True).encode()
    return hashlib.blake2b(written, digest_size=8).hexdigest()


def bulk_lines(sources: Sequence[Body], gone: Sequence[int], version: int) -> str:
    """Write these and delete those, unless something newer than `version` stands there."""
    stamp = {"version": version, "version_type": "external_gte"}
    lines: list[Body] = []
    for source in sources:
        lines += [{"index": {"_id": str(source["pk"]), **stamp}}, source]
    lines += [{"delete": {"_id": str(pk), **stamp}} for pk in gone]
    return "".join(f"{json.dumps(line)}\n" for line in lines)
