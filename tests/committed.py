"""What a committing test leaves behind: a database as migrations made it.

Django empties all tables after such a test, and puts what migrations wrote (roles, consent texts,
the root of the page tree) back before the next one that asks for it, row by row. Any other test in
the same process would find nothing. Here the rows are put back at once, and only tables that hold
something are emptied, so tests may run in any order.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

TableRows = dict[str, tuple[list[str], list[Any]]]
"""By table: the names of its columns, and its rows."""


class MigratedRows:
    """The rows of a freshly migrated database, table by table, as plain values."""

    def __init__(self) -> None:
        self.rows = {table: _read(table) for table in _filled_tables()}

    def put_back(self) -> None:
        """Empty the database and write the rows again, with the keys they had."""
        _write(_filled_tables(), self.rows)
        ContentType.objects.clear_cache()


class Step:
    """Something that many tests begin with: done the first time, afterwards written as rows.

    It must do the same whenever it is done, and leave nothing outside the database. Sequences that
    a restored copy has set back since then are moved past its keys, so later rows do not meet them.
    """

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do
        self._before: TableRows = {}
        self._after: TableRows = {}
        self._last_keys: dict[str, int] = {}

    def take(self) -> None:
        """Do it, or write what it wrote where the tables are as they were before it."""
        if not connection.in_atomic_block:
            # What such a test waits for may follow from a commit.
            self._do()
        elif not self._after:
            self._learn()
        elif all(_read(table) == rows for table, rows in self._before.items()):
            _write(list(self._after), self._after)
            _move_sequences(self._last_keys)
        else:
            self._do()

    def _learn(self) -> None:
        before = {table: _read(table) for table in _tables()}
        self._do()
        after = {table: _read(table) for table in before}
        changed = [table for table in before if before[table] != after[table]]
        self._before = {table: before[table] for table in changed}
        self._after = {table: after[table] for table in changed}
        self._last_keys = _last_keys(self._after)


def _write(emptied: list[str], rows: TableRows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Foreign keys are deferred to the commit on both databases: any order will do.
        for table in emptied:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for table, (columns, values) in rows.items():
            cursor.executemany(_insertion(table, columns), values)


def _last_keys(rows: TableRows) -> dict[str, int]:
    """By sequence: the largest key that was drawn from it. SQLite counts by what a table holds."""
    if connection.vendor != "postgresql":
        return {}
    found = {}
    with connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            if "id" not in columns or not values:
                continue
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, 'id')", [connection.ops.quote_name(table)]
            )
            if sequence := cursor.fetchone()[0]:
                found[sequence] = max(row[columns.index("id")] for row in values)
    return found


def _move_sequences(last_keys: dict[str, int]) -> None:
    """None of them draws one of these keys again."""
    if not last_keys:
        return
    moved = ", ".join(
        f"setval('{sequence}', GREATEST((SELECT last_value FROM {sequence}), {int(key)}))"
        for sequence, key in last_keys.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {moved}")


def _tables() -> list[str]:
    """The tables of models; without those that SQLite's triggers write, the words of the search."""
    tables = set(
        connection.introspection.django_table_names(only_existing=True, include_views=False)
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
            tables.difference_update(name for (name,) in cursor.fetchall())
    return sorted(tables)


def _filled_tables() -> list[str]:
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"
        for table in _tables()
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
