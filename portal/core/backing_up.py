"""Backup and restore: the database and all files in one folder, each part with its hash.

The folder holds `database.jsonl.gz`, `media/`, `private/` and `manifest.json`. Rows are written as
plain values, so what was backed up on SQLite can be restored on PostgreSQL and the other way round:
that is also how a portal moves from one to the other.
"""

import base64
import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_iso_string

from portal.core import clock

DATABASE = "database.jsonl.gz"
MANIFEST = "manifest.json"
STORAGES = {"media": "default", "private": "private"}
"""Folder in the backup: name of the storage in settings."""
LEFT_OUT = frozenset({"sessions", "usersessions", "wagtailsearch"})
"""Apps whose rows are not kept: whoever is signed in signs in again, the index is made anew."""
_BATCH = 500


class BadBackup(Exception):
    """The folder cannot be restored here; says why."""


# Backing up -----------------------------------------------------------------------------------


def back_up(folder: Path) -> dict[str, int]:
    """Write everything into `folder`, which must be new or empty. Answers what was written.

    The database is read in one snapshot, then the files: a file that the snapshot names was there
    before it, and files are not taken away while rows name them. Raises BadBackup when the folder
    holds something, OSError when it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadBackup(f"{folder} is not empty.")
    with snapshot():
        migrations = _migrations()
        rows = _write_rows(folder / DATABASE)
    for part, alias in STORAGES.items():
        for name in _files_in(storages[alias]):
            _copy_out(storages[alias], name, folder / part / name)
    hashes = {
        path.relative_to(folder).as_posix(): _hash_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {
        "made_at": clock.now().isoformat(),
        "migrations": migrations,
        "rows": rows,
        "sha256": hashes,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return {"rows": sum(rows.values()), "files": len(hashes) - 1}


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside, everything is read as it was at one moment, and nobody is kept from writing."""
    connection.ensure_connection()  # opening it sets the mode of transactions
    sqlite: Any = connection if connection.vendor == "sqlite" else None
    before = sqlite and sqlite.transaction_mode
    if sqlite:
        sqlite.transaction_mode = "DEFERRED"  # IMMEDIATE would take the write lock
    try:
        with transaction.atomic(durable=True):
            if not sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            sqlite.transaction_mode = before


def kept_models() -> list[type[models.Model]]:
    """The tables of a backup, in a fixed order."""
    return sorted(
        (
            model
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed
            and not model._meta.proxy
            and model._meta.app_label not in LEFT_OUT
        ),
        key=lambda model: model._meta.label,
    )


def _write_rows(path: Path) -> dict[str, int]:
    counts = {}
    # No time stamp inside: the same rows give the same file.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        for model in kept_models():
            fields = model._meta.local_concrete_fields
            names = [field.attname for field in fields]
            packed.write(_line({"model": model._meta.label, "columns": names}))
            counts[model._meta.label] = 0
            values = model._base_manager.order_by("pk").values_list(*names)
            for row in values.iterator(chunk_size=2000):
                plain = [
                    field.get_prep_value(value) for field, value in zip(fields, row, strict=True)
                ]
                packed.write(_line(plain))
                counts[model._meta.label] += 1
    return counts


def _line(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    raise TypeError(f"No plain form for {type(value)}.")


def _files_in(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for name in sorted(files):
        yield str(PurePosixPath(folder, name))
    for name in sorted(folders):
        yield from _files_in(storage, str(PurePosixPath(folder, name)))


def _copy_out(storage: Storage, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with storage.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)


def _hash_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


# Restoring ------------------------------------------------------------------------------------


def restore(folder: Path, *, replace: bool = False) -> dict[str, int]:
    """Put back what `folder` holds, all of it or nothing of the database. Answers how much.

    Every hash is checked before anything is written. A portal in which somebody has an account is
    overwritten only with `replace`. Raises BadBackup.
    """
    manifest = read_manifest(folder)
    _require_same_migrations(manifest["migrations"])
    if not replace and _somebody_is_here():
        raise BadBackup("There are accounts in this database; nothing was changed.")
    with transaction.atomic(durable=True):
        _empty()
        written = _read_rows(folder / DATABASE)
        if written != manifest["rows"]:
            raise BadBackup("The number of rows is not what the manifest says.")
        _move_sequences_on()
    files = 0
    for part, alias in STORAGES.items():
        for name in list(_files_in(storages[alias])):
            storages[alias].delete(name)
        for path in _files_under(folder / part):
            _copy_in(path, storages[alias], path.relative_to(folder / part).as_posix())
            files += 1
    ContentType.objects.clear_cache()
    return {"rows": sum(written.values()), "files": files}


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose files all have the hashes it names. Raises BadBackup."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        hashes: dict[str, str] = manifest["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadBackup(f"{folder / MANIFEST} is missing or damaged.") from error
    there = {path.relative_to(folder).as_posix() for path in _files_under(folder)} - {MANIFEST}
    if missing := sorted(hashes.keys() - there):
        raise BadBackup(f"{missing[0]} is missing.")
    if strange := sorted(there - hashes.keys()):
        raise BadBackup(f"{strange[0]} does not belong to the backup.")
    for name, expected in hashes.items():
        if _hash_of(folder / name) != expected:
            raise BadBackup(f"{name} is damaged: its hash is not the one in the manifest.")
    return manifest


def _files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _require_same_migrations(there: list[str]) -> None:
    here = set(_migrations())
    if lacking := sorted(set(there) - here):
        raise BadBackup(f"This portal is older than the backup: it lacks {lacking[0]}.")
    if ahead := sorted(here - set(there)):
        raise BadBackup(
            f"This portal is newer than the backup ({ahead[0]}). Restore with the version that "
            "made it, then update."
        )


def _somebody_is_here() -> bool:
    from django.contrib.auth import get_user_model

    return bool(get_user_model()._base_manager.exists())


def _empty() -> None:
    """Delete every row. Foreign keys are deferred to the commit, so any order will do."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _read_rows(path: Path) -> dict[str, int]:
    by_label = {model._meta.label: model for model in kept_models()}
    counts: dict[str, int] = {}
    into: _Table | None = None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line)
            if isinstance(value, dict):
                if into:
                    into.flush()
                into = _Table(by_label[value["model"]], value["columns"])
                counts[value["model"]] = 0
            elif into:
                into.add(value)
                counts[into.model._meta.label] += 1
    if into:
        into.flush()
    return counts


class _Table:
    """Rows on their way into one table."""

    def __init__(self, model: type[models.Model], columns: list[str]) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.local_concrete_fields}
        self.fields: list[Any] = [fields[name] for name in columns]
        quote = connection.ops.quote_name
        named = ", ".join(quote(field.column) for field in self.fields)
        places = ", ".join(["%s"] * len(self.fields))
        self.statement = f"INSERT INTO {quote(model._meta.db_table)} ({named}) VALUES ({places})"
        self.waiting: list[list[Any]] = []

    def add(self, row: list[Any]) -> None:
        self.waiting.append(
            [
                field.get_db_prep_save(_typed(field, value), connection)
                for field, value in zip(self.fields, row, strict=True)
            ]
        )
        if len(self.waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.statement, self.waiting)
        self.waiting = []


def _typed(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def _move_sequences_on() -> None:
    """PostgreSQL draws keys from sequences, which must go on behind the restored rows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _copy_in(path: Path, storage: Storage, name: str) -> None:
    with path.open("rb") as content:
        stored = storage.save(name, File(content))
    if stored != name:
        raise BadBackup(f"{name} was stored as {stored}.")
