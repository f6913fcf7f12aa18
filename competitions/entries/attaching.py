"""Files of an entry: each comes by its own form; removing one can be undone."""

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import Question
from competitions.entries.models import Entry, EntryFile
from competitions.entries.permissions import may_edit_entry
from portal.core import auditing, clock
from portal.core.models import PrivateFile
from portal.core.receiving import receive_file
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User


def add_file(entry: Entry, question: Question, upload: UploadedFile, by: "User") -> EntryFile:
    """Add a file to the answer of a file question.

    Where one file is asked for, a new one takes the old one's place (which can be brought back).
    Raises Refused: closed entry, wrong question, no room, or what `receive_file` refuses.
    """
    may_edit_entry(by, entry).require()
    if question.kind != Question.Kind.FILE or question.section.form_id != entry.form_id:
        raise Refused(_("No file is asked for here."), code="wrong_question")
    if question.max_files > 1:
        _require_room(entry, question)
    # Outside the transaction below: looking into a file takes time, and SQLite has one writer.
    received = receive_file(upload, by=by)
    try:
        return _attach(entry, question, received, by)
    except Refused:
        _forget(received)
        raise


def _attach(entry: Entry, question: Question, received: PrivateFile, by: "User") -> EntryFile:
    with transaction.atomic():
        Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        if question.max_files == 1:
            _present(entry, question).update(removed_at=clock.now())
        else:
            _require_room(entry, question)
        added = EntryFile.objects.create(entry=entry, question=question, file=received, added_by=by)
        auditing.record(
            "entries.file_added", entry, user=by, question=question.key, file=received.name
        )
    return added


def remove_file(entry_file: EntryFile, by: "User") -> None:
    """Take a file out of the entry. An earlier submission keeps it. Raises Refused."""
    may_edit_entry(by, entry_file.entry).require()
    with transaction.atomic():
        present = EntryFile.objects.filter(pk=entry_file.pk, removed_at__isnull=True)
        if not present.update(removed_at=clock.now()):
            raise Refused(_("This file was already removed."), code="already_removed")
        auditing.record(
            "entries.file_removed",
            entry_file.entry,
            user=by,
            question=entry_file.question.key,
            file=entry_file.file.name,
        )


def restore_file(entry_file: EntryFile, by: "User") -> None:
    """Bring a removed file back. Raises Refused when its place is taken."""
    entry, question = entry_file.entry, entry_file.question
    may_edit_entry(by, entry).require()
    with transaction.atomic():
        Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        _require_room(entry, question)
        EntryFile.objects.filter(pk=entry_file.pk).update(removed_at=None)
        auditing.record(
            "entries.file_restored",
            entry,
            user=by,
            question=question.key,
            file=entry_file.file.name,
        )


def _present(entry: Entry, question: Question) -> QuerySet[EntryFile]:
    return EntryFile.objects.filter(entry=entry, question=question, removed_at__isnull=True)


def _require_room(entry: Entry, question: Question) -> None:
    if _present(entry, question).count() >= question.max_files:
        raise Refused(
            ngettext(
                "At most %(limit)s file here. Remove it first.",
                "At most %(limit)s files here. Remove one first.",
                question.max_files,
            )
            % {"limit": question.max_files},
            code="too_many_files",
        )


def _forget(received: PrivateFile) -> None:
    """A file nobody holds is not kept."""
    for image in received.page_images.all():
        image.image.delete(save=False)
    received.file.delete(save=False)
    received.delete()
