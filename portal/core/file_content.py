"""What an uploaded file really is, judged by its content, never by its name or declared type.

Images are decoded and written anew, so nothing that hid beside the picture survives. A PDF cannot
be rewritten without risk to its content, so one that is anything besides a plain PDF is refused.
"""

import io
import re
import threading
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

# PDFium keeps global state: only one thread of a process may be inside it.
PDFIUM = threading.Lock()

_PDF_HEADER = re.compile(rb"%PDF-[12]\.\d[ \t]*[\r\n]")
_ACTIVE_MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|\?php)", re.IGNORECASE)
# A ZIP reader looks for its directory within this distance from the end (comment of 65,535).
_ZIP_TAIL = 65_557
_PILLOW_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


class BadContent(Exception):
    """The content is refused; `code` says why, `found` holds a number where one helps."""

    def __init__(self, code: str, found: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.found = found


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What will be kept of an upload."""

    kind: str
    content: bytes
    page_count: int


def sniff(content: bytes) -> str:
    """The kind the first bytes announce ("pdf", "jpg", "png", "webp", "heic"), or ""."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"}:
        return "heic"
    return ""


def check_pdf(content: bytes, *, max_pages: int) -> Cleaned:
    """Make sure that `content` is a PDF and only a PDF, readable by everyone.

    Raises BadContent: damaged, encrypted, polyglot, too_many_pages.
    """
    _refuse_polyglot(content)
    with PDFIUM:
        try:
            pages = _count_pages(content, max_pages)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
            raise BadContent("encrypted" if locked else "damaged") from error
    return Cleaned("pdf", content, pages)


def _refuse_polyglot(content: bytes) -> None:
    if not _PDF_HEADER.match(content):
        raise BadContent("damaged")
    if _ACTIVE_MARKUP.search(content, 0, 1024):
        raise BadContent("polyglot")
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise BadContent("damaged")
    if content[end + 5 :].strip(b"\r\n\t \0\x1a"):
        raise BadContent("polyglot")
    directory_end = b"PK\x05\x06"
    whole_archive = all(mark in content for mark in (directory_end, b"PK\x01\x02", b"PK\x03\x04"))
    if whole_archive or directory_end in content[-_ZIP_TAIL:]:
        raise BadContent("polyglot")


def _count_pages(content: bytes, max_pages: int) -> int:
    with pypdfium2.PdfDocument(content) as document:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
            raise BadContent("encrypted")
        count = len(document)
        if count < 1:
            raise BadContent("damaged")
        if count > max_pages:
            raise BadContent("too_many_pages", count)
        for number in range(count):
            page = document[number]
            width, height = page.get_size()
            page.close()
            if width <= 0 or height <= 0:
                raise BadContent("damaged")
    return count


def clean_image(content: bytes, kind: str, *, max_pixels: int) -> Cleaned:
    """Decode a JPEG, PNG or WebP picture and write it anew, upright and without metadata.

    Raises BadContent: damaged, image_too_large.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[_PILLOW_FORMATS[kind]]) as probe:
            if probe.width * probe.height > max_pixels:
                raise BadContent("image_too_large")
            probe.verify()
        with Image.open(io.BytesIO(content), formats=[_PILLOW_FORMATS[kind]]) as picture:
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            return Cleaned(kind, _written_anew(upright, kind), 1)
    except BadContent:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadContent("image_too_large") from error
    except Exception as error:
        # Pillow's decoders raise nearly anything on hostile input; all of it means damaged.
        raise BadContent("damaged") from error


def _written_anew(picture: Image.Image, kind: str) -> bytes:
    """Encode pixels only: a fresh image object carries no EXIF, profile, comment or trailer."""
    if kind == "jpg" and picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    if kind == "png" and picture.mode not in {"1", "L", "LA", "I;16", "RGB", "RGBA"}:
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    if kind == "webp" and picture.mode not in {"RGB", "RGBA"}:
        picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    bare = picture.copy()
    bare.info = {}
    written = io.BytesIO()
    options = {"quality": 90} if kind in {"jpg", "webp"} else {}
    bare.save(written, _PILLOW_FORMATS[kind], **options)
    return written.getvalue()
