"""Backup and restore: everything comes back, damage is noticed, nothing is overwritten unasked."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection

from competitions.entries.attaching import add_file
from competitions.entries.models import Entry
from competitions.entries.submitting import submit
from portal.accounts.models import User
from portal.core.backing_up import DATABASE, MANIFEST, BadBackup, back_up, restore, snapshot
from portal.core.models import Counter, Notice, PrivateFile
from tests.factories.accounts import UserFactory
from tests.factories.core import pdf, upload
from tests.factories.entries import EntryFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_files() -> None:
    """Nothing that other tests stored."""
    for storage in (storages["default"], storages["private"]):
        shutil.rmtree(storage.location, ignore_errors=True)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of one person."""
    UserFactory(email="lan@demo.example", phone="+84912345678")
    back_up(tmp_path / "backup")
    return tmp_path / "backup"


def content_of(file: PrivateFile) -> bytes:
    with file.file.open("rb") as opened:
        return opened.read()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    entry = EntryFactory(filled=True)
    question = entry.form.sections.last().questions.get(key="tai-lieu")
    add_file(entry, question, upload("Kế hoạch.pdf", pdf(2)), entry.captain)
    submit(entry, entry.captain)
    default_storage.save("original_images/nui-ba-den.jpg", ContentFile(b"picture"))
    before = back_up(tmp_path / "first")
    file = PrivateFile.objects.first()
    content = content_of(file)

    Notice.objects.all().delete()
    Entry.objects.update(title="Tên khác")
    UserFactory(email="sau@demo.example")
    file.file.storage.delete(file.file.name)
    default_storage.save("later.txt", ContentFile(b"later"))
    said = StringIO()
    call_command("restore", str(tmp_path / "first"), "--replace", stdout=said)

    assert f"{before['rows']} rows and {before['files']} files" in said.getvalue()
    assert not User.objects.filter(email="sau@demo.example").exists()
    assert content_of(PrivateFile.objects.get(pk=file.pk)) == content
    assert back_up(tmp_path / "second") == before
    assert contents(tmp_path / "second") == contents(tmp_path / "first")


def test_keys_go_on_behind_the_restored_rows(backup: Path) -> None:
    highest = User.objects.order_by("-pk").first().pk
    restore(backup, replace=True)
    assert UserFactory().pk > highest


def test_accounts_are_not_overwritten_unasked(backup: Path) -> None:
    User.objects.update(full_name="Tên mới")
    with pytest.raises(CommandError, match="accounts"):
        call_command("restore", str(backup))
    assert User.objects.get().full_name == "Tên mới"


def damage(folder: Path) -> None:
    path = folder / DATABASE
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def lose(folder: Path) -> None:
    (folder / DATABASE).unlink()


def add(folder: Path) -> None:
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / "strange.html").write_text("?")


def lose_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (damage, "damaged: its hash"),
        (lose, "is missing"),
        (add, "does not belong"),
        (lose_manifest, "missing or damaged"),
    ],
)
def test_a_harmed_backup_changes_nothing(
    backup: Path, harm: Callable[[Path], None], complaint: str
) -> None:
    harm(backup)
    UserFactory(email="sau@demo.example")
    with pytest.raises(BadBackup, match=complaint):
        restore(backup, replace=True)
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda migrations: [*migrations, "core.9999_later"], "older than the backup"),
        (lambda migrations: migrations[1:], "newer than the backup"),
    ],
)
def test_another_version_is_named(
    backup: Path, change: Callable[[list[str]], list[str]], complaint: str
) -> None:
    manifest = json.loads((backup / MANIFEST).read_text())
    manifest["migrations"] = change(manifest["migrations"])
    (backup / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(BadBackup, match=complaint):
        restore(backup, replace=True)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", str(tmp_path))
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_others_go_on_writing_meanwhile_and_the_backup_does_not_see_it() -> None:
    def write() -> None:
        try:
            Counter.objects.create(name="meanwhile")
        finally:
            connection.close()

    with snapshot(), ThreadPoolExecutor(1) as pool:
        before = Counter.objects.count()
        pool.submit(write).result(timeout=10)
        assert Counter.objects.count() == before
    assert Counter.objects.count() == before + 1
