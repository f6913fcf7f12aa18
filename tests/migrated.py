"""A migrated SQLite database kept between runs: migrating takes half a minute, copying it nothing.

It lies in pytest's cache under a name made of all migrations that are installed, so a new or
changed one is run. `--create-db` migrates anew in any case; a clean checkout has none kept.
"""

import hashlib
import os
import shutil
import sqlite3
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

KEPT = 3
"""How many are kept: one switches between branches."""


def copy_kept(cache: pytest.Cache) -> bool:
    """Put the kept database where the tests will look for theirs. False where there is none."""
    if connection.vendor != "sqlite":
        return False
    kept = _path(cache)
    if kept.exists():
        shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    return kept.exists()


def keep(cache: pytest.Cache) -> None:
    """Keep the database as it is now, for the next run."""
    if connection.vendor != "sqlite" or (kept := _path(cache)).exists():
        return
    # Of its own: another worker may be doing the same.
    unfinished = kept.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    target = sqlite3.connect(unfinished)
    connection.connection.backup(target)
    target.close()
    unfinished.replace(kept)
    for old in sorted(kept.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def _path(cache: pytest.Cache) -> Path:
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        name = f"{config.name}.migrations"
        if find_spec(name) is None:
            continue
        for folder in import_module(name).__path__:
            for file in sorted(Path(folder).glob("*.py")):
                digest.update(f"{config.label}.{file.name}".encode())
                digest.update(file.read_bytes())
    return Path(cache.mkdir("migrated")) / f"{digest.hexdigest()[:16]}.sqlite3"
