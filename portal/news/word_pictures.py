"""Pictures out of a Word file: decoded and written anew, never as they came."""

import io
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from docx.document import Document
from PIL import Image

from portal.core import file_content
from portal.core.file_content import BadContent, Cleaned
from portal.core.text import clean_line
from portal.news.word_findings import Finding
from portal.news.word_package import too_much

MAX_PICTURES = 40
MAX_PIXELS_TOGETHER = 240_000_000
MAX_ALT = 250
_KINDS = frozenset({"jpg", "png", "webp"})
# Word writes the file's name, or what a machine thought it saw, where nobody wrote anything.
_NO_WORDS = re.compile(
    r".*\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic)$|(?:picture|image|hình ảnh|ảnh)\s*\d*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A place in the text where a picture stands, and what the file says about it."""

    relation: str
    alt: str = ""
    decorative: bool = False
    elsewhere: bool = False
    """The file only links to it."""


class Pictures:
    """The pictures of one document, each decoded once, within limits for all together."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._made: dict[str, Cleaned | Finding] = {}
        self._shown = 0
        self._pixels = 0

    def take(self, shot: Shot) -> Cleaned | Finding:
        """The picture, or why there is none."""
        self._shown += 1
        if self._shown > MAX_PICTURES:
            raise too_much()
        if shot.elsewhere:
            return Finding.PICTURE_ELSEWHERE
        part: Any = self._part.related_parts.get(shot.relation)
        if part is None:
            return Finding.PICTURE_BROKEN
        name = str(part.partname)
        if name not in self._made:
            self._made[name] = self._decoded(part.blob)
        return self._made[name]

    def _decoded(self, content: bytes) -> Cleaned | Finding:
        kind = file_content.sniff(content)
        if kind not in _KINDS:
            return Finding.PICTURE_KIND
        if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            return Finding.PICTURE_BROKEN
        self._pixels += _pixels(content)
        if self._pixels > MAX_PIXELS_TOGETHER:
            raise too_much()
        try:
            return file_content.clean_image(
                content, kind, max_pixels=settings.PRIVATE_IMAGE_MAX_PIXELS
            )
        except BadContent:
            return Finding.PICTURE_BROKEN


def written_alt(text: str) -> str:
    """A description that somebody wrote; "" for a file's name or Word's own "Picture 1"."""
    line = clean_line(text)
    return "" if _NO_WORDS.match(line) else line


def _pixels(content: bytes) -> int:
    """What the header announces, at most what one picture may have."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as probe:
            announced = probe.width * probe.height
    except Exception:  # what cannot be opened is refused when it is decoded
        return 0
    return announced if announced <= settings.PRIVATE_IMAGE_MAX_PIXELS else 0
