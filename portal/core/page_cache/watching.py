"""Which writes change a public page. Seen where all of them pass: at the database's cursor.

Verbs write with `QuerySet.update()`, `move()` and `bulk_create()`, and Wagtail moves whole
branches with one UPDATE. None of that sends a signal, and a call in each verb would be missing in
the next one. Django shows every statement to wrappers around the cursor, on both databases alike.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache as once
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.core.page_cache import forget

Shown = frozenset[str] | None
"""The columns that show; None when any may."""

# Saving a draft of a live page writes other columns of its row than publishing.
_PAGE = (
    *("path", "title", "slug", "url_path", "live", "locale", "translation_key", "show_in_menus"),
    *("seo_title", "search_description", "first_published_at", "last_published_at"),
)
OF_PACKAGES: Mapping[str, bool | tuple[str, ...]] = {
    "wagtailcore.Page": _PAGE,
    "wagtailcore.Site": True,
    "wagtailcore.Locale": True,
    "wagtailcore.PageViewRestriction": True,
    "wagtailredirects.Redirect": True,
    "wagtailimages.Image": True,
    "wagtailimages.Rendition": ("file", "width", "height"),  # made while a page is drawn
    "wagtaildocs.Document": True,
}
"""What `shown_publicly` would say in models that are not ours."""

_WRITE = re.compile(r'(INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"(?: SET )?')
_ASSIGNED = re.compile(r'"(\w+)" = ')


def watch(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Look at everything this connection writes. Called for each new connection."""
    if _look not in connection.execute_wrappers:
        connection.execute_wrappers.append(_look)


def _look(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Mapping[str, Any]
) -> Any:
    result = execute(sql, params, many, context)
    if isinstance(sql, str) and changes_public(sql):
        forget(context["connection"].alias)
    return result


def changes_public(sql: str) -> bool:
    """Does this statement write something that a public page shows?

    Where a model names its fields a new row shows nothing yet: one of them is written later.
    """
    found = _WRITE.match(sql)
    if found is None or found[2] not in (tables := public_tables()):
        return False
    columns = tables[found[2]]
    if columns is None or found[1] == "DELETE FROM":
        return True
    assigned = sql[found.end() :].partition(" WHERE ")[0]
    return found[1] == "UPDATE" and not columns.isdisjoint(_ASSIGNED.findall(assigned))


@once
def public_tables() -> Mapping[str, Shown]:
    """Every table that public pages are drawn from, with the columns that show."""
    found: dict[str, Shown] = {}
    for model in apps.get_models():
        says = OF_PACKAGES.get(model._meta.label, getattr(model, "shown_publicly", False))
        if says:
            found[model._meta.db_table] = None if says is True else _columns(model, says)
            links = (field.remote_field.through for field in model._meta.local_many_to_many)
            found.update({link._meta.db_table: None for link in links if link})
    return found


def _columns(model: type[models.Model], names: tuple[str, ...]) -> frozenset[str]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return frozenset(columns[name] for name in names)
