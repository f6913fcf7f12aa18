"""Opening a Word file that nobody has to trust.

A .docx is a ZIP archive of XML. What it claims is checked before anything is unpacked: how many
parts, how large, no macros, no document types (and so no entities). References to other computers
stay text: python-docx fetches nothing.
"""

import io
import re
import zipfile
import zlib

import docx
from django.utils.translation import gettext as _
from docx.document import Document

from portal.core import file_content
from portal.core.verdicts import Refused

MAX_PARTS = 500
MAX_UNPACKED = 120 * 1_048_576
MAX_XML = 8 * 1_048_576
MAX_RATIO = 200
"""Text shrinks to a tenth or so; what shrinks far more was made to burst."""
_RATIO_MATTERS = 1_048_576

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def open_word(content: bytes) -> Document:
    """The document in `content`.

    Raises `Refused` with one of the codes empty, wrong_type, encrypted, macros, too_large,
    damaged and a sentence for the person who chose the file.
    """
    _refuse_other_kinds(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive)
            _check_parts(archive)
    except _BROKEN as error:
        raise damaged() from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise _encrypted() from error
    try:
        return docx.Document(io.BytesIO(content))
    except Exception as error:
        # python-docx and lxml raise nearly anything on hostile input; all of it means damaged.
        raise damaged() from error


def damaged() -> Refused:
    return Refused(
        _("The file is damaged and cannot be read. Open it in Word, save it again and retry."),
        code="damaged",
    )


def too_much() -> Refused:
    return Refused(
        _("The file holds too much to be one article. Split it, or make its pictures smaller."),
        code="too_large",
    )


def _encrypted() -> Refused:
    return Refused(
        _("The file is locked with a password. Remove the password in Word and retry."),
        code="encrypted",
    )


def _wrong_type(sentence: str) -> Refused:
    return Refused(sentence, code="wrong_type")


def _refuse_other_kinds(content: bytes) -> None:
    """Say what the file is instead, where its first bytes tell."""
    if not content:
        raise Refused(_("The file is empty. Choose another one."), code="empty")
    if content.startswith(_OLD_OFFICE):
        # Word wraps a .docx with a password in the container of the old format.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _encrypted()
        raise _wrong_type(
            _("This is an old Word file (.doc). Open it in Word, save it as .docx and retry.")
        )
    if content.startswith(b"%PDF-"):
        raise _wrong_type(
            _("This is a PDF. Choose the Word file (.docx) that the PDF was made from.")
        )
    if content.startswith(b"{\\rtf"):
        raise _wrong_type(_("This is an RTF file. Open it in Word, save it as .docx and retry."))
    if not content.startswith(b"PK"):
        raise _wrong_type(_("This is not a Word file (.docx)."))


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """What the archive announces. zipfile never unpacks more of a member than announced."""
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    bursting = any(
        member.file_size > _RATIO_MATTERS
        and member.file_size > MAX_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MAX_PARTS or total > MAX_UNPACKED or bursting:
        raise too_much()
    if len({member.filename for member in members}) != len(members):
        raise damaged()


def _check_parts(archive: zipfile.ZipFile) -> None:
    """A Word document without macros, and XML that declares nothing of its own."""
    names = archive.namelist()
    types = archive.read(_TYPES) if _TYPES in names else b""
    if any("vbaproject" in name.lower() for name in names) or b"macroEnabled" in types:
        raise Refused(
            _("The file carries macros. Save it in Word as .docx, without macros, and retry."),
            code="macros",
        )
    if _MAIN not in types:
        raise _wrong_type(_("This is not a Word file (.docx)."))
    for name in names:
        # A name promises nothing: whatever is no picture might be read as XML.
        part = archive.read(name)
        if file_content.sniff(part):
            continue
        # UTF-16 puts a NUL beside each letter.
        text = part.replace(b"\0", b"")
        if _DOCTYPE.search(text):
            raise damaged()
        if len(part) > MAX_XML and text[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(
            b"<"
        ):
            raise too_much()
