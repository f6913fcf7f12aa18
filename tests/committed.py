"""What a committing test leaves behind: a database as migrations made it.

Django empties all tables after such a test, and puts what migrations wrote (roles, consent texts,
the root of the page tree) back before the next one that asks for it, row by row. Any other test in
the same process would find nothing. Here the rows are put back at once, and only tables that hold
something are emptied, so tests may run in any order.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction


class MigratedRows:
    """The rows of a freshly migrated database, table by table, as plain values."""

    def __init__(self) -> None:
        self.rows = {table: _read(table) for table in _filled_tables()}

    def put_back(self) -> None:
        """Empty the database and write the rows again, with the keys they had."""
        with transaction.atomic(), connection.cursor() as cursor:
            # Foreign keys are deferred to the commit on both databases: any order will do.
            for table in _filled_tables():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            for table, (columns, rows) in self.rows.items():
                cursor.executemany(_insertion(table, columns), rows)
        ContentType.objects.clear_cache()


def _filled_tables() -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"
        for table in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


def _read(table: str) -> tuple[list[str], list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def _insertion(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    named = ", ".join(quote(column) for column in columns)
    return f"INSERT INTO {quote(table)} ({named}) VALUES ({', '.join(['%s'] * len(columns))})"
