"""The verbs of an import: send a workbook, check it, carry it out. All of it comes in, or nothing.

Checking and carrying out run in the background and read the workbook row by row. What is carried
out is read and checked anew inside the transaction that writes it.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.images import get_image_model

from events.techmart.importing.albums import MAX_BYTES as MAX_ZIP
from events.techmart.importing.albums import Album
from events.techmart.importing.columns import COLUMNS
from events.techmart.importing.reading import Finding, Read, Reader
from events.techmart.importing.workbooks import MAX_BYTES, refuse_dangerous, rows_of
from events.techmart.models import (
    Demand,
    ImportedRow,
    ImportRun,
    MarketRecord,
    Offer,
    OfferPicture,
    Term,
)
from events.techmart.writing import STANDINGS, start
from portal.core import auditing, clock, secrecy
from portal.core.receiving import clean_name
from portal.core.text import clean_line, fold
from portal.core.verdicts import YES, Refused, Verdict, no
from portal.pages.owned_records import draft_of, keep_draft, locked

if TYPE_CHECKING:
    from portal.accounts.models import User

logger = logging.getLogger(__name__)

MODELS: dict[str, type[MarketRecord]] = {
    ImportRun.Kind.OFFER: Offer,
    ImportRun.Kind.DEMAND: Demand,
}
REPORTED = 1_000
"""Findings that a report keeps; of more, the first."""
STEP = 100
_KEPT_PROGRESS = 3_600

State = ImportRun.State


def may_import(user: Any) -> Verdict:
    """Bring records in from a workbook?"""
    if user.is_active and user.has_perm("techmart.add_importrun"):
        return YES
    return no(_("Only officers of the market import records."), code="not_officer")


def progress(run: ImportRun) -> int:
    """Rows done so far. What a transaction has not finished is told through the cache."""
    return int(cache.get(_progress_key(run), run.rows_done)) if run.is_running else run.rows_done


def send(
    workbook: UploadedFile,
    pictures: UploadedFile | None,
    kind: str,
    source: str,
    by: "User",
    *,
    publish: bool = False,
) -> ImportRun:
    """Keep a workbook and have it checked; nothing is imported yet.

    Raises Refused: not permitted, no source, or what `refuse_dangerous` and `Album` refuse.
    """
    may_import(by).require()
    if not (source := clean_line(source)[:60]):
        raise Refused(_("Say where the records come from."), code="no_source", field="source")
    if (workbook.size or 0) > MAX_BYTES:
        raise Refused(
            _("The workbook is larger than %(limit)s MB. Split it.")
            % {"limit": MAX_BYTES // 1_048_576},
            code="too_large",
            field="workbook",
        )
    refuse_dangerous(_content(workbook))
    if pictures is not None and (pictures.size or 0) > MAX_ZIP:
        raise Refused(
            _("The pictures are too large together. Make them smaller."),
            code="too_large",
            field="pictures",
        )
    Album(_content(pictures) if pictures else None)
    run = ImportRun(
        kind=kind,
        name=clean_name(workbook.name or "")[:200],
        sha256=_digest(workbook),
        source=source,
        publish=publish,
        started_by=by,
    )
    with transaction.atomic():
        run.workbook.save("workbook.xlsx", workbook, save=False)
        if pictures is not None:
            run.pictures.save("pictures.zip", pictures, save=False)
        run.save()
        auditing.record("techmart.import_sent", run, user=by, file=run.name, source=source)
        transaction.on_commit(partial(check.enqueue, run.pk))
    return run


def carry_out(run: ImportRun, by: "User", *, no_state_secret: bool) -> None:
    """Have a checked workbook imported.

    Raises Refused: not permitted, not checked, faulty, or not ticked where it goes live.
    """
    may_import(by).require()
    with transaction.atomic():
        stored = ImportRun.objects.select_for_update().get(pk=run.pk)
        if stored.state != State.CHECKED:
            raise Refused(_("This is not waiting to be imported."), code="not_checked")
        if stored.faulty:
            raise Refused(_("Mend the faults first; nothing was imported."), code="faulty")
        if stored.publish and not no_state_secret:
            raise Refused(str(secrecy.MISSING), code="not_secrecy_checked", field=secrecy.FIELD)
        stored.state, stored.rows_done = State.IMPORTING, 0
        stored.save(update_fields=["state", "rows_done"])
        auditing.record("techmart.import_began", stored, user=by, publish=stored.publish)
        transaction.on_commit(partial(bring_in.enqueue, stored.pk, by.pk))
    cache.delete(_progress_key(run))
    run.refresh_from_db()


@task()
def check(run_id: int) -> int:
    """Read every row and write the report; nothing else is written. Answers the faults."""
    run = ImportRun.objects.select_related("started_by").get(pk=run_id)
    with translation.override(run.started_by.language or "vi"):
        try:
            found = _Tally(run)
            for read, _album in _rows(run, found):
                found.add(read)
            found.write(State.CHECKED)
        except Refused as refused:
            _refuse(run, refused)
    return run.faulty


@task()
def bring_in(run_id: int, by_id: int) -> int:
    """Write what a checked workbook says. Answers how many records it made or changed."""
    from portal.accounts.models import User

    run = ImportRun.objects.select_related("started_by").get(pk=run_id)
    by = User.objects.get(pk=by_id)
    with translation.override(by.language or "vi"):
        found = _Tally(run)
        try:
            with _files_undone() as stored, transaction.atomic():
                for read, album in _rows(run, found):
                    found.add(read)
                    if not found.faulty:
                        _write(run, read, album, found.records, by, stored)
                if found.faulty:
                    raise Refused(
                        _("Something has changed since it was checked. Nothing was imported."),
                        code="changed_meanwhile",
                    )
                found.write(State.DONE)
                auditing.record("techmart.imported", run, user=by, new=run.new, changed=run.changed)
        except Refused as refused:
            _refuse(run, refused, found)
        except DatabaseError:
            logger.exception("Import %s failed", run.pk)
            came_between = Refused(
                _("Another import or change came between. Nothing was imported; send it again."),
                code="came_between",
            )
            _refuse(run, came_between, found)
        else:
            _drop_files(run)
    return run.new + run.changed


class _Records:
    """What is there already of this kind: by the source's key, and by name and owner."""

    def __init__(self, run: ImportRun) -> None:
        model = MODELS[run.kind]
        standings = STANDINGS[model]._base_manager
        self.by_key: dict[str, int] = dict(
            standings.filter(source=run.source)
            .exclude(external_id="")
            .values_list("external_id", "record_id")
        )
        self.digests: dict[str, str] = dict(
            ImportedRow.objects.filter(kind=run.kind, source=run.source).values_list(
                "external_id", "digest"
            )
        )
        self.by_name: dict[tuple[str, int | None], str] = {}
        titles = standings.values_list("record__title", "organisation_id", "code")
        for title, organisation, code in titles.iterator():
            self.by_name.setdefault((fold(title), organisation), code)
        ours = model._base_manager.filter(pk__in=self.by_key.values())
        self.held = (
            {one.pk for one in ours.filter(locked=True)}
            | {
                one.pk
                for one in ours.filter(standing__source=run.source)
                if one.workflow_in_progress
            }
            if self.by_key
            else set()
        )

    def stands(self, read: Read) -> str:
        """ "new", "changed" or "same"."""
        key = read.beside.get("external_id", "")
        if key not in self.by_key:
            return "new"
        return "same" if self.digests.get(key) == read.digest else "changed"


class _Tally:
    """Counts what comes by, notes what it means and keeps the report short."""

    def __init__(self, run: ImportRun) -> None:
        self.run, self.records = run, _Records(run)
        self.rows = self.faulty = 0
        self.counts = {"new": 0, "changed": 0, "same": 0}
        self.report: list[dict[str, Any]] = []

    def add(self, read: Read) -> None:
        self.rows += 1
        stands = self.records.stands(read)
        self._remark(read, stands)
        if read.is_sound:
            self.counts[stands] += 1
        self.faulty += sum(one.is_fault for one in read.findings)
        room = REPORTED - len(self.report)
        self.report += [one.as_dict() for one in read.findings[: max(room, 0)]]
        if self.rows % STEP == 0:
            cache.set(_progress_key(self.run), self.rows, _KEPT_PROGRESS)

    def _remark(self, read: Read, stands: str) -> None:
        headings = {one.key: one.heading for one in COLUMNS[self.run.kind]}
        if stands == "new":
            name = (fold(read.values.get("title", "")), read.beside.get("organisation"))
            if name[0] and name in self.records.by_name:
                text = _("%(code)s of the same organisation has the same name.") % {
                    "code": self.records.by_name[name]
                }
                read.findings.append(
                    Finding(read.number, headings["title"], "likely_twice", text, is_fault=False)
                )
        elif stands == "changed":
            record_id = self.records.by_key[read.beside["external_id"]]
            if record_id in self.records.held:
                text = _("The record is being reviewed or held by an officer. Import it later.")
                read.findings.append(
                    Finding(read.number, headings["external_id"], "in_review", text)
                )

    def write(self, state: str) -> None:
        run = self.run
        run.state, run.rows, run.rows_done = state, self.rows, self.rows
        run.new, run.changed, run.same = (self.counts[name] for name in ("new", "changed", "same"))
        run.faulty, run.report, run.finished_at = self.faulty, self.report, clock.now()
        run.save()


def _rows(run: ImportRun, found: _Tally) -> Iterator[tuple[Read, Album]]:
    """Each row as it is read, with the pictures at hand; the files are closed in the end."""
    with ExitStack() as open_files:
        workbook = open_files.enter_context(run.workbook.open("rb"))
        zipped = open_files.enter_context(run.pictures.open("rb")) if run.pictures else None
        album = Album(zipped)
        refuse_dangerous(workbook)
        reader = Reader(run.kind, album, for_public=run.publish)
        for row in rows_of(workbook, COLUMNS[run.kind]):
            yield reader.read(row), album


def _write(
    run: ImportRun, read: Read, album: Album, records: _Records, by: "User", stored: list[Any]
) -> None:
    stands = records.stands(read)
    if stands == "same":
        return
    key = read.beside["external_id"]
    if stands == "new":
        record = _begin(run, read, by)
    else:
        record = (
            MODELS[run.kind]._base_manager.select_related("standing").get(pk=records.by_key[key])
        )
        if run.started_by_id is not None:
            _put(draft := draft_of(record), read)
            keep_draft(draft, locked(record), by)
    if read.pictures:
        _add_pictures(record, read, album, by, stored)
    ImportedRow.objects.update_or_create(
        kind=run.kind,
        source=run.source,
        external_id=key,
        defaults={"digest": read.digest, "record_id": record.pk, "run": run},
    )
    if stands == "new" and run.publish:
        record = MODELS[run.kind]._base_manager.select_related("latest_revision").get(pk=record.pk)
        with secrecy.ticked_by(by):
            record.latest_revision.publish(user=by)


def _begin(run: ImportRun, read: Read, by: "User") -> MarketRecord:
    from portal.accounts.models import Organisation

    beside = dict(read.beside)
    owner = beside.pop("organisation", None)
    organisation = Organisation.objects.get(pk=owner) if owner else None
    record = MODELS[run.kind]()
    _put(record, read)
    return start(record, organisation, by, on_behalf=True, source=run.source, **beside)


def _put(record: MarketRecord, read: Read) -> None:
    """Values into a record or its draft. A column that is empty leaves what stands."""
    for name, value in read.values.items():
        if name == "unit":
            record.unit_id = value
        elif isinstance(value, list) and all(isinstance(one, Term) for one in value):
            getattr(record, name).set(value)
        else:
            setattr(record, name, value)


def _add_pictures(
    record: MarketRecord, read: Read, album: Album, by: "User", stored: list[Any]
) -> None:
    """Named after the record's code and nothing else: a name may tell whose an offer is."""
    code = record.standing.code
    draft = draft_of(record)
    draft.pictures.set([])
    for number, wanted in enumerate(read.pictures):
        cleaned = album.picture(wanted.name)
        name = f"{code.lower()}-{secrets.token_hex(4)}.{cleaned.kind}"
        image = get_image_model()(
            title=f"{code}: {wanted.alt}"[:255],
            file=ImageFile(ContentFile(cleaned.content, name=name), name=name),
            uploaded_by_user=by,
        )
        image.save()
        stored.append(image.file)
        draft.pictures.add(OfferPicture(image=image, alt=wanted.alt, sort_order=number))
    keep_draft(draft, locked(record), by)


@contextmanager
def _files_undone() -> Iterator[list[Any]]:
    """Files that were stored go again when the transaction does not come to its end."""
    stored: list[Any] = []
    try:
        yield stored
    except Exception:
        for file in stored:
            file.storage.delete(file.name)
        raise


def _refuse(run: ImportRun, refused: Refused, found: _Tally | None = None) -> None:
    run.state, run.finished_at = State.REFUSED, clock.now()
    run.new = run.changed = run.same = 0
    whole = Finding(0, "", refused.code, str(refused.reason))
    run.report = [whole.as_dict(), *(found.report if found else [])][:REPORTED]
    run.faulty = max(1, found.faulty if found else 1)
    run.rows_done = 0
    run.save()
    auditing.record("techmart.import_refused", run, user=run.started_by, why=refused.code)
    _drop_files(run)


def _drop_files(run: ImportRun) -> None:
    """The workbook may hold phone numbers: it is not kept longer than it is needed."""
    for file in (run.workbook, run.pictures):
        if file:
            file.delete(save=False)
    run.save(update_fields=["workbook", "pictures"])
    cache.delete(_progress_key(run))


def _content(upload: UploadedFile) -> IO[bytes]:
    if upload.file is None:
        raise Refused(_("The file is empty."), code="empty")
    return upload.file


def _digest(upload: UploadedFile) -> str:
    made = hashlib.sha256()
    for chunk in upload.chunks():
        made.update(chunk)
    upload.seek(0)
    return made.hexdigest()


def _progress_key(run: ImportRun) -> str:
    return f"techmart-import:{run.key.hex}"
