"""Files of an entry: adding, removing, bringing back, opening. Each by a form of its own."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competitions.calls.models import Question
from competitions.entries.applying import add_file, remove_file, restore_file
from competitions.entries.models import Entry, EntryFile
from competitions.entries.permissions import may_read_file
from competitions.entries.views.frame import team_entry
from portal.core import clock
from portal.core.keeping import login_required_keeping
from portal.core.models import PageImage, PrivateFile
from portal.core.serving import page_image_response, private_file_response
from portal.core.verdicts import Refused

UNDO = timedelta(hours=24)
"""How long a removed file is offered back on the page. The row itself is kept."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One present file with its page pictures."""

    record: EntryFile
    url: str
    remove_url: str
    pictures: list[dict[str, Any]]

    @property
    def waiting(self) -> bool:
        return self.record.file.pages_state == PrivateFile.Pages.WAITING

    @property
    def failed(self) -> bool:
        return self.record.file.pages_state == PrivateFile.Pages.FAILED


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file question on the page."""

    question: Question
    files: list[Attached]
    removed: list[EntryFile]
    add_url: str
    row_url: str
    error: str = ""

    @property
    def has_room(self) -> bool:
        return len(self.files) < self.question.max_files

    @property
    def replaces(self) -> bool:
        """Where one file is asked for, a new one takes its place."""
        return bool(self.files) and self.question.max_files == 1

    @property
    def waiting(self) -> bool:
        return any(attached.waiting for attached in self.files)


def file_row(entry: Entry, question: Question, error: str = "") -> FileRow:
    """What the page shows of a file question: present files, and those removed lately."""
    records = EntryFile.objects.filter(entry=entry, question=question).select_related("file")
    present = records.filter(removed_at__isnull=True).prefetch_related("file__page_images")
    removed = records.filter(removed_at__gt=clock.now() - UNDO).order_by("-removed_at")[:3]
    return FileRow(
        question=question,
        files=[_attached(entry, record) for record in present],
        removed=list(removed),
        add_url=reverse("entries:add_file", args=[entry.key, question.pk]),
        row_url=reverse("entries:file_row", args=[entry.key, question.pk]),
        error=error,
    )


def _attached(entry: Entry, record: EntryFile) -> Attached:
    return Attached(
        record=record,
        url=reverse("entries:file", args=[entry.key, record.file_id]),
        remove_url=reverse("entries:remove_file", args=[entry.key, record.file_id]),
        pictures=[
            {
                "number": page.number,
                "url": reverse("entries:page", args=[entry.key, record.file_id, page.number]),
            }
            for page in record.file.page_images.all()
        ],
    )


def _question(entry: Entry, question_id: int) -> Question:
    return get_object_or_404(
        Question.objects.select_related("section"),
        pk=question_id,
        section__form=entry.form_id,
        kind=Question.Kind.FILE,
    )


def _section_address(entry: Entry, question: Question) -> str:
    address = reverse("entries:section", args=[entry.key, question.section_id])
    return f"{address}#file-{question.pk}"


def _back_to_entry(request: HttpRequest, key: UUID, **_ids: int) -> str:
    """After signing in again: a file cannot be kept, the entry can be opened."""
    return reverse("entries:entry", args=[key])


@login_required_keeping(back_to=_back_to_entry)
@require_POST
def add(request: HttpRequest, key: UUID, question_id: int) -> HttpResponse:
    """Receive one file; a refused one is explained beside its row."""
    entry = team_entry(request, key)
    question = _question(entry, question_id)
    upload = request.FILES.get("file")
    if upload is None:
        return _refused_row(request, entry, question, _("Choose a file first."))
    try:
        add_file(entry, question, upload, request.user)
    except Refused as refused:
        return _refused_row(request, entry, question, str(refused))
    messages.success(request, _("“%(name)s” was received.") % {"name": upload.name})
    return redirect(_section_address(entry, question))


def _refused_row(
    request: HttpRequest, entry: Entry, question: Question, error: str
) -> HttpResponse:
    """A small page with only this row: nothing typed elsewhere is touched by it."""
    context = {
        "entry": entry,
        "row": file_row(entry, question, error),
        "back": _section_address(entry, question),
    }
    return render(request, "entries/file_refused.html", context, status=422)


@login_required_keeping
def row(request: HttpRequest, key: UUID, question_id: int) -> HttpResponse:
    """The row alone, asked for while page pictures are being made."""
    entry = team_entry(request, key)
    context = {"entry": entry, "row": file_row(entry, _question(entry, question_id))}
    return render(request, "entries/file_row.html", context)


def _record(entry: Entry, file_id: int) -> EntryFile:
    return get_object_or_404(
        EntryFile.objects.select_related("entry", "file", "question__section", "entry__track"),
        entry=entry,
        file=file_id,
    )


@login_required_keeping(back_to=_back_to_entry)
@require_POST
def remove(request: HttpRequest, key: UUID, file_id: int) -> HttpResponse:
    """Take a file out; the row offers it back."""
    return _change(request, key, file_id, remove_file, _("Removed. You can bring it back below."))


@login_required_keeping(back_to=_back_to_entry)
@require_POST
def restore(request: HttpRequest, key: UUID, file_id: int) -> HttpResponse:
    """Bring a removed file back."""
    return _change(request, key, file_id, restore_file, _("The file is back."))


def _change(
    request: HttpRequest, key: UUID, file_id: int, verb: Any, sentence: str
) -> HttpResponse:
    entry = team_entry(request, key)
    record = _record(entry, file_id)
    try:
        verb(record, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, sentence)
    return redirect(_section_address(entry, record.question))


@login_required_keeping
def open_file(request: HttpRequest, key: UUID, file_id: int) -> FileResponse:
    """The file itself, for the team."""
    record = _readable(request, key, file_id)
    return private_file_response(record.file, download="download" in request.GET)


@login_required_keeping
def open_page(request: HttpRequest, key: UUID, file_id: int, number: int) -> FileResponse:
    """One page picture, for the team."""
    record = _readable(request, key, file_id)
    return page_image_response(get_object_or_404(PageImage, file=record.file, number=number))


def _readable(request: HttpRequest, key: UUID, file_id: int) -> EntryFile:
    record = _record(team_entry(request, key), file_id)
    if not may_read_file(request.user, record):
        raise Http404("no such file")
    return record
