"""Whole answers kept for anonymous visitors, and forgotten when what they show changes.

    stamp.py       one value that all processes share; a new one makes every kept page worthless
    storing.py     the pages: in this process's memory, and in Redis where there is one
    middleware.py  who may be given a kept page, and what may be kept
    parts.py       small things all pages read, such as menus; kept also where whole pages are not
    front.py       telling caches before the portal, such as Varnish
    watching.py    which writes to the database change a public page

A model says `shown_publicly = True`, or names the fields that show, and nothing else has to be
done (docs/decisions/007-page-cache.md). What knows better than its table calls `forget()`. A
view that reads something of the query says so with `reads()`.
"""

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.core.page_cache.front import forget_in_front
from portal.core.page_cache.storing import pages

# What core's own pages read: lists, sections of the sitemap, and what a language link asked for.
READ_KEYS = {"page", "p", "untranslated"}
"""The keys of the query that public views read. Anonymous visitors' other keys are dropped."""


def reads(*keys: str) -> None:
    """Say that a public view reads these keys of the query. Called when an app is ready."""
    READ_KEYS.update(keys)


def forget(using: str = DEFAULT_DB_ALIAS) -> None:
    """Let every process forget all kept pages once the transaction is through; once for each.

    A page drawn meanwhile from what stood before is kept under the old stamp, and so never shown.
    """
    connection = connections[using]
    if connection.in_atomic_block and _stands_already(connection):
        return
    transaction.on_commit(_renew, using=using)


def _renew() -> None:
    pages().stamp.renew()
    forget_in_front()


def _stands_already(connection: BaseDatabaseWrapper) -> bool:
    """Will `_renew` be called even if only the innermost savepoint is rolled back?"""
    here = set(connection.savepoint_ids)
    return any(func is _renew and there <= here for there, func, *_ in connection.run_on_commit)
