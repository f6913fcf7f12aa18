"""Indexing in the background once something public changed."""

from typing import Any

from django.db import transaction
from django_tasks import task

from portal.search.indexing import rebuild


@task()
def rebuild_index() -> int:
    """Write the table of documents anew."""
    return rebuild()


def index_after_commit(**_signal: Any) -> None:
    """Queue one rebuild when the transaction is through.

    Pages call it by Wagtail's signals; a verb that makes records public calls it itself.
    """
    transaction.on_commit(lambda: rebuild_index.enqueue())
