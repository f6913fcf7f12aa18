"""Keeping the table of documents true."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import translation

from portal.core import clock, page_cache
from portal.core.extension_points import SearchDocument, gather
from portal.search.models import Document
from portal.search.vocabulary import Vocabulary
from portal.search.words import marked, searchable

FIELDS = ["thing", "kind", "language", "title", "summary", "body"]
FIELDS += ["folded_title", "folded_text", "marked_title", "marked_text"]
FIELDS += ["url", "day", "visible_until", "rank", "indexed_at"]
SHOWN = Document.shown_publicly


def rebuild() -> int:
    """Ask every app for its documents, write them and their words, forget what is gone.

    Returns how many documents there are.
    """
    written, vocabulary = 0, Vocabulary()
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            rows = [row_of(document) for document in gather("portal_search_documents", code)]
        written += _write(code, rows)
        for row in rows:
            vocabulary.read(f"{row.title} {row.summary} {row.body}")
    vocabulary.write()
    return written


def _write(language: str, rows: Iterable[Document]) -> int:
    found = {row.key: row for row in rows}  # a key told twice is one document
    with transaction.atomic():
        stored = Document.objects.filter(language=language).values_list("key", *SHOWN)
        known = {key: told for key, *told in stored}
        Document.objects.filter(key__in=known.keys() - found.keys()).delete()
        Document.objects.bulk_create(
            [found[key] for key in sorted(found)],  # in order: two never lock each other
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=FIELDS,
            batch_size=200,
        )
        if {row.key: [getattr(row, name) for name in SHOWN] for row in found.values()} != known:
            page_cache.forget()
    return len(found)


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
