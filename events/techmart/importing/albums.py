"""The pictures of a ZIP, found by name and kept only as pixels. Nothing is unpacked to disk."""

import unicodedata
import zipfile
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core import file_content
from portal.core.file_content import BadContent, Cleaned
from portal.core.verdicts import Refused

MAX_BYTES = 300 * 1024 * 1024
MAX_FILES = 3_000
MAX_PICTURE = 10 * 1024 * 1024


class Album:
    """A ZIP of pictures; `picture` answers one of them, cleaned."""

    def __init__(self, file: IO[bytes] | None) -> None:
        """Raises Refused: damaged, too_large, too_many_files."""
        self._archive: zipfile.ZipFile | None = None
        self._names: dict[str, list[zipfile.ZipInfo]] = {}
        if file is None:
            return
        try:
            file.seek(0)
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise _no("damaged", _("The pictures are no ZIP file, or it is damaged.")) from error
        parts = [part for part in self._archive.infolist() if not part.is_dir()]
        if len(parts) > MAX_FILES:
            raise _no("too_many_files", _("The ZIP file holds too many files."))
        if sum(part.file_size for part in parts) > MAX_BYTES:
            raise _no("too_large", _("The pictures are too large together. Make them smaller."))
        for part in parts:
            self._names.setdefault(plain(part.filename), []).append(part)

    def picture(self, name: str) -> Cleaned:
        """The picture of this name, its pixels only. Raises BadContent: lost, twice,
        too_large, wrong_type, damaged, image_too_large."""
        found = self._names.get(plain(name), [])
        if len(found) != 1 or self._archive is None:
            raise BadContent("twice" if found else "lost")
        if found[0].file_size > MAX_PICTURE:
            raise BadContent("too_large")
        try:
            content = self._archive.read(found[0])
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise BadContent("damaged") from error
        kind = file_content.sniff(content)
        if kind not in {"jpg", "png", "webp"}:
            raise BadContent("wrong_type")
        return file_content.clean_image(content, kind, max_pixels=settings.PRIVATE_IMAGE_MAX_PIXELS)


def plain(name: str) -> str:
    """A name as people compare it: without folders, composed, in small letters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return unicodedata.normalize("NFC", last).strip().casefold()


def _no(code: str, text: str) -> Refused:
    return Refused(text, code=code, field="pictures")
