"""Indexing in the background once something public changed."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django_tasks import task
from wagtail.models import Page

from portal.search.indexing import rebuild, reindex

MOST_PAGES = 200
"""Of a branch with more pages everything is indexed anew."""


@task()
def rebuild_index() -> int:
    """Write the table of documents anew."""
    return rebuild()


@task()
def reindex_things(things: list[str]) -> None:
    """Write the documents of these things anew."""
    reindex(things)


def index_after_commit(things: Collection[str] | None = None) -> None:
    """Look at these things again when the transaction is through; at everything without.

    A verb that makes records public or takes them back calls it. A thing is named as in the keys
    of its documents, without the language: "competition:12".
    """
    named = None if things is None else sorted(set(things))
    if named is None:
        transaction.on_commit(lambda: rebuild_index.enqueue())
    elif named:
        transaction.on_commit(lambda: reindex_things.enqueue(named))


def page_changed(instance: Page, **_signal: Any) -> None:
    """A page was published: its words are others now."""
    index_after_commit(_things([instance.specific]))


def branch_changed(instance: Page, **_signal: Any) -> None:
    """All below the page has another address, or is public no more, or again."""
    pages = Page.objects.descendant_of(instance, inclusive=True)
    if pages.count() > MOST_PAGES:
        index_after_commit()
    else:
        index_after_commit(_things([instance.specific, *pages.specific()]))


def restriction_changed(instance: Any, **_signal: Any) -> None:
    """A page became private or public, with all below it."""
    branch_changed(instance.page)


def _things(pages: Iterable[Page]) -> list[str] | None:
    """What the pages tell of; None for everything."""
    things: list[str] = []
    for page in pages:
        named = page.search_things() if hasattr(page, "search_things") else []
        if named is None:
            return None
        things += named
    return things
