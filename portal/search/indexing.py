"""Keeping the table of documents true."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import translation

from portal.core import clock, page_cache
from portal.core.extension_points import SearchDocument, gather, providers
from portal.search import opensearch, postings
from portal.search.models import Document, IndexState
from portal.search.vocabulary import Vocabulary
from portal.search.words import marked, searchable

TOLD = ["thing", "kind", "language", "title", "summary", "body"]
TOLD += ["folded_title", "folded_text", "marked_title", "marked_text"]
TOLD += ["url", "day", "visible_until", "rank"]
SHOWN = Document.shown_publicly
BATCH = 200
"""Documents in memory at a time, and in one transaction."""


def rebuild() -> int:
    """Ask every app for its documents, write what differs and their words, forget what is gone.

    Returns how many documents there are. Works in batches, each a transaction of its own; what
    `reindex` writes meanwhile stays.
    """
    began, vocabulary, seen = clock.now(), Vocabulary(), set[int]()
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            for batch in _batches(_told(code)):
                rows = [row_of(document) for document in batch]
                for row in rows:
                    vocabulary.read(f"{row.title} {row.summary} {row.body}")
                seen |= write(rows, unless_newer_than=began)
    _forget_others(seen, began)
    vocabulary.write()
    postings.check()
    opensearch.mend()
    IndexState.objects.update_or_create(pk=1, defaults={"rebuilt_at": began})
    return len(seen)


def reindex(things: Collection[str]) -> None:
    """Write the documents of these things anew, in every language, and nothing else."""
    rows = []
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            told = gather("portal_search_documents", code, things)
            rows += [row_of(document) for document in told]
    write(rows, things)


def _told(language: str) -> Iterator[SearchDocument]:
    for provide in providers("portal_search_documents"):
        yield from provide(language, None)


def _batches(told: Iterator[SearchDocument]) -> Iterator[list[SearchDocument]]:
    while batch := list(islice(told, BATCH)):
        yield batch


def write(
    rows: Iterable[Document],
    things: Collection[str] = (),
    *,
    unless_newer_than: datetime | None = None,
) -> set[int]:
    """Store rows that differ from what is stored; of `things` forget what is not among them.

    Answers the keys of all rows in the database. A row that was written after
    `unless_newer_than` stays as it is.
    """
    told = {row.key: row for row in rows}  # a key told twice is one document
    with transaction.atomic():
        postings.lock()
        concerned = {row.thing for row in told.values()}.union(things)
        before = {row.key: row for row in Document.objects.filter(thing__in=concerned)}
        after = dict(before)
        for key, row in told.items():
            old = before.get(key)
            if old is None:
                after[key] = row
            elif _differs(old, row, TOLD) and not _newer(old, unless_newer_than):
                row.pk = old.pk
                after[key] = row
        for key, old in before.items():
            if old.thing in things and key not in told:
                del after[key]
        _store(before, after)
        return {after[key].pk for key in told}


def _newer(row: Document, moment: datetime | None) -> bool:
    return moment is not None and row.indexed_at > moment


def _differs(old: Document, new: Document, names: Iterable[str]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _store(before: dict[str, Document], after: dict[str, Document]) -> None:
    written = [after[key] for key in sorted(after) if after[key] is not before.get(key)]
    gone = [row.pk for key, row in before.items() if key not in after]
    if not written and not gone:
        return
    # All of a thing: what one language says decides whether another is found.
    opensearch.write_after_commit([*before.values(), *after.values()])
    Document.objects.filter(pk__in=gone).delete()
    Document.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[*TOLD, "indexed_at"],
        batch_size=BATCH,
    )
    postings.change(before.values(), after.values())
    if gone or any(
        row.key not in before or _differs(before[row.key], row, SHOWN) for row in written
    ):
        page_cache.forget()


def _forget_others(seen: set[int], began: datetime) -> None:
    """Delete documents that no app told of, unless they came meanwhile."""
    stored = Document.objects.filter(indexed_at__lte=began).values_list("pk", "thing")
    gone = [(pk, thing) for pk, thing in stored.iterator() if pk not in seen]
    for at in range(0, len(gone), BATCH):
        some = gone[at : at + BATCH]
        with transaction.atomic():
            postings.lock()
            same = Document.objects.filter(thing__in={thing for _pk, thing in some})
            before = {row.key: row for row in same}
            leaving = {pk for pk, _thing in some}
            _store(before, {key: row for key, row in before.items() if row.pk not in leaving})


def row_of(document: SearchDocument) -> Document:
    text = f"{document.title} {document.summary} {document.body}"
    return Document(
        key=document.key,
        thing=document.key.rpartition(":")[0],
        kind=document.kind,
        language=document.language,
        title=document.title[:300],
        summary=document.summary,
        body=document.body,
        folded_title=searchable(document.title),
        folded_text=searchable(text),
        marked_title=marked(document.title),
        marked_text=marked(text),
        url=document.url,
        day=document.day,
        visible_until=document.visible_until,
        rank=document.rank,
        indexed_at=clock.now(),
    )
