"""Keeping the copy true: what changed after each commit, everything once an hour."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from portal.search import postings
from portal.search.bits import BLOCK
from portal.search.models import Document
from portal.search.opensearch.bodies import (
    Body,
    bulk_lines,
    index_body,
    index_name,
    source_of,
)
from portal.search.opensearch.server import (
    WRITING,
    Away,
    Server,
    forget_lack,
    is_behind,
    lack,
    note_lack,
    server_at,
)

logger = logging.getLogger(__name__)

PORTION = 200
"""Documents in one request."""


def write_after_commit(documents: Iterable[Document]) -> None:
    """Send these documents, as they stand once the transaction is through.

    To be called before they are written: pages are forgotten after the first write, and must not
    be drawn again from what stands there still.
    """
    if settings.SEARCH_URL:
        changed = list(documents)
        transaction.on_commit(lambda: _write_changed(changed), robust=True)


def _write_changed(documents: Iterable[Document]) -> None:
    """Never fails: a server that is away is made up for by the next `mend`."""
    named, keys = server_at(settings.SEARCH_URL), sorted({row.pk for row in documents})
    try:
        if named.is_away:
            raise Away("it was away a moment ago")
        for at in range(0, len(keys), PORTION):
            some, version = keys[at : at + PORTION], _version()
            sources = list(_sources(Document.objects.filter(pk__in=some)))
            gone = set(some) - {source["pk"] for source in sources}
            _send(named, named.index, sources, sorted(gone), version)
    except Away as away:
        if not is_behind():  # one line is enough for all that fails from here on
            logger.warning("OpenSearch lacks documents until the next rebuild: %s", away)
        note_lack()


def mend() -> int:
    """Compare all that stands there with the documents, and write or delete what differs.

    Makes the index where there is none of today's form, and shows it to readers once it is full.
    Answers how many documents differed; a server that is away is logged.
    """
    if not settings.SEARCH_URL:
        return 0
    named, lacking = server_at(settings.SEARCH_URL), lack()
    try:
        mended = _mended(named)
    except Away as away:
        logger.warning("OpenSearch could not be compared with the documents: %s", away)
        return 0
    forget_lack(lacking)
    return mended


def _mended(named: Server) -> int:
    index = index_name(named.index)
    if not named.ask("GET", f"/{index}", or_nothing=True):
        named.ask("PUT", f"/{index}", index_body())
    mended = _compared(named, index)
    shown = set(named.ask("GET", f"/_alias/{named.index}", or_nothing=True))
    if shown != {index}:
        actions: list[Body] = [{"add": {"index": index, "alias": named.index}}]
        actions += [{"remove_index": {"index": old}} for old in sorted(shown - {index})]
        named.ask("POST", "/_aliases", {"actions": actions})
        mended += _compared(named, index)  # what was written meanwhile went to the old one
    return mended


def _compared(named: Server, index: str) -> int:
    """Block by block, as `postings.check` does."""
    named.ask("POST", f"/{index}/_refresh")
    there = named.search(_last_body(), index, WRITING)["hits"]["hits"]
    here = Document.objects.aggregate(last=Max("pk"))["last"] or 0
    last = max([here, *(hit["_source"]["pk"] for hit in there)])
    return sum(_compared_block(named, index, block) for block in range(last // BLOCK + 1))


def _compared_block(named: Server, index: str, block: int) -> int:
    told = named.search(_block_body(block), index, WRITING)["hits"]["hits"]
    prints = {int(hit["_id"]): hit["_source"]["print"] for hit in told}
    version, mended = _version(), 0
    here = Document.objects.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    differing = (one for one in _sources(here) if prints.pop(one["pk"], "") != one["print"])
    while some := list(islice(differing, PORTION)):
        _send(named, index, some, [], version)
        mended += len(some)
    if prints:  # what is left there has no document
        _send(named, index, [], sorted(prints), version)
    return mended + len(prints)


def _last_body() -> Body:
    return {"size": 1, "_source": ["pk"], "sort": [{"pk": "desc"}]}


def _block_body(block: int) -> Body:
    """A server answers with 10,000 documents at most; a block has fewer."""
    within = {"range": {"pk": {"gte": block * BLOCK, "lt": (block + 1) * BLOCK}}}
    return {"size": BLOCK, "_source": ["print"], "query": within, "sort": [{"pk": "asc"}]}


def _sources(documents: QuerySet[Document]) -> Iterator[Body]:
    return (source_of(row, keys) for row, keys in postings.keyed(documents))


def _version() -> int:
    """Asked before documents are read, so that of two writers the one that read later wins.

    Not the portal's clock: what the demo says happened last year is written now.
    """
    return time.time_ns() // 1000


def _send(
    named: Server, index: str, sources: Sequence[Body], gone: Sequence[int], version: int
) -> None:
    """Can be found at once. Raises Away when one document was refused."""
    path = f"/{index}/_bulk?refresh=true"
    if index == named.index:
        path += "&require_alias=true"  # else the server would make up an index of its own
    answer = named.ask("POST", path, bulk_lines(sources, gone, version))
    if "items" not in answer:
        raise Away("it does not say what it wrote")
    for item in answer["items"]:
        [told] = item.values()
        # 409: something newer stands there. 404: what is to be deleted is not there.
        if told["status"] not in {200, 201, 404, 409} or "index_not_found" in str(told):
            raise Away(f"{told['status']}: {str(told.get('error'))[:300]}")
