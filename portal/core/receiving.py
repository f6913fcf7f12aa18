"""Receiving a file: its content decides what it is, and only clean content is kept."""

import hashlib
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import file_content
from portal.core.models import PrivateFile
from portal.core.page_pictures import make_page_pictures
from portal.core.text import clean_line
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

DOSSIER_KINDS = frozenset({"pdf", "jpg", "png"})
_EXTENSIONS = {"pdf": {"pdf"}, "jpg": {"jpg", "jpeg", "jpe", "jfif"}, "png": {"png"}}
_EXTENSIONS["webp"] = {"webp"}
_KNOWN_KINDS = {"pdf": "PDF", "jpg": "JPEG", "png": "PNG", "webp": "WebP"}
_NAME_LENGTH = 200


def receive_file(
    upload: UploadedFile,
    *,
    by: "User",
    kinds: frozenset[str] = DOSSIER_KINDS,
    max_bytes: int | None = None,
    max_pages: int | None = None,
) -> PrivateFile:
    """Check and keep an upload; its page pictures are made by a task after commit.

    Raises `Refused` with one of the codes empty, too_large, wrong_type, damaged, encrypted,
    too_many_pages, image_too_large and a sentence for the person who sent it.
    """
    name = clean_name(upload.name or "")
    return _keep(read_clean(upload, kinds, max_bytes, max_pages), name, by)


def read_clean(
    upload: UploadedFile,
    kinds: frozenset[str],
    max_bytes: int | None = None,
    max_pages: int | None = None,
) -> file_content.Cleaned:
    """What will be kept of an upload; the portal's limits where none is named.

    Raises `Refused` as `receive_file` does.
    """
    limit = settings.PRIVATE_FILE_MAX_BYTES if max_bytes is None else max_bytes
    page_limit = settings.PRIVATE_FILE_MAX_PAGES if max_pages is None else max_pages
    name = clean_name(upload.name or "")
    content = read_whole(upload, limit)
    kind = _kind_of(content, name, kinds)
    try:
        if kind == "pdf":
            return file_content.check_pdf(content, max_pages=page_limit)
        return file_content.clean_image(content, kind, max_pixels=settings.PRIVATE_IMAGE_MAX_PIXELS)
    except file_content.BadContent as bad:
        raise _refusal(bad, name, page_limit) from bad


def clean_name(raw: str) -> str:
    """The file's own name, NFC, one line, without folders, at most 200 characters."""
    name = clean_line(raw.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(".") or "file"
    if len(name) <= _NAME_LENGTH:
        return name
    suffix = PurePosixPath(name).suffix[:10]
    return name[: _NAME_LENGTH - len(suffix)] + suffix


def read_whole(upload: UploadedFile, limit: int) -> bytes:
    """The whole upload, or a refusal; the size that was announced is not trusted."""
    parts: list[bytes] = []
    size = 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > limit:
            raise Refused(
                _("The file is larger than %(limit)s MB. Make it smaller and choose it again.")
                % {"limit": _megabytes(limit)},
                code="too_large",
            )
        parts.append(chunk)
    if not size:
        raise Refused(_("The file is empty. Choose another one."), code="empty")
    return b"".join(parts)


def _megabytes(size: int) -> str:
    return f"{size / 1_048_576:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _kind_of(content: bytes, name: str, kinds: frozenset[str]) -> str:
    kind = file_content.sniff(content)
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    wanted = ", ".join(_KNOWN_KINDS[allowed] for allowed in _KNOWN_KINDS if allowed in kinds)
    if kind == "heic":
        raise Refused(
            _("HEIC pictures cannot be shown everywhere. Save it as JPEG and choose it again."),
            code="wrong_type",
        )
    if kind not in kinds:
        raise Refused(
            _("“%(name)s” is not one of the kinds of file accepted here: %(kinds)s.")
            % {"name": name, "kinds": wanted},
            code="wrong_type",
        )
    if extension and extension not in _EXTENSIONS[kind]:
        raise Refused(
            _("The name ends in “.%(extension)s”, but the content is %(kind)s. Check the file.")
            % {"extension": extension, "kind": _KNOWN_KINDS[kind]},
            code="wrong_type",
        )
    return kind


def _refusal(bad: file_content.BadContent, name: str, page_limit: int) -> Refused:
    if bad.code == "too_many_pages":
        sentence = ngettext(
            "The file has %(found)s pages; at most %(limit)s page is accepted.",
            "The file has %(found)s pages; at most %(limit)s pages are accepted.",
            page_limit,
        ) % {"found": bad.found, "limit": page_limit}
        return Refused(sentence, code="too_many_pages")
    sentences = {
        "damaged": _("“%(name)s” is damaged and cannot be opened. Save it again and retry."),
        "encrypted": _("“%(name)s” is locked with a password. Remove the protection and retry."),
        "image_too_large": _("The picture “%(name)s” has too many pixels. Make it smaller."),
        "polyglot": _("“%(name)s” has something else inside. Save it as a plain PDF and retry."),
    }
    code = "wrong_type" if bad.code == "polyglot" else bad.code
    return Refused(sentences[bad.code] % {"name": name}, code=code)


def _keep(cleaned: file_content.Cleaned, name: str, by: "User") -> PrivateFile:
    record = PrivateFile(
        name=name,
        kind=cleaned.kind,
        size=len(cleaned.content),
        sha256=hashlib.sha256(cleaned.content).hexdigest(),
        page_count=cleaned.page_count,
        uploaded_by=by,
    )
    if not PurePosixPath(name).suffix:
        record.name = f"{name[: _NAME_LENGTH - 5]}.{cleaned.kind}"
    record.file.save(name, ContentFile(cleaned.content), save=False)
    try:
        with transaction.atomic():
            record.save()
            transaction.on_commit(partial(make_page_pictures.enqueue, record.pk))
    except Exception:
        record.file.delete(save=False)
        raise
    return record
