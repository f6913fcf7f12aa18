"""Pictures that the office uploads: where and with what they were taken stays with the office.

A photo from a phone says in its EXIF where it was taken, often somebody's home. Everything but
the orientation is taken out before the original is stored; what the picture shows is not touched.
"""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from PIL.ExifTags import Base

_WRITTEN_AS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": "keep"},
    "PNG": {},
    "WEBP": {"quality": 90},
}


def without_metadata(content: bytes) -> bytes | None:
    """The same picture without EXIF and XMP but for its orientation; None where there is nothing
    to take out, or where Pillow cannot read it: Wagtail refuses that itself.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            told = picture.getexif()
            kind = picture.format or ""
            if kind not in _WRITTEN_AS or not (set(told) - {Base.Orientation} or _has_xmp(picture)):
                return None
            kept = Image.Exif()
            if Base.Orientation in told:
                kept[Base.Orientation] = told[Base.Orientation]
            written = io.BytesIO()
            profile = picture.info.get("icc_profile")
            picture.info = {}
            picture.save(written, kind, exif=kept, icc_profile=profile, **_WRITTEN_AS[kind])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return written.getvalue()


def _has_xmp(picture: Image.Image) -> bool:
    return bool(picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp"))


def keep_places_private(instance: Any, **_signal: Any) -> None:
    """Before an image is stored: clean the file that has just been uploaded."""
    file = instance.file
    if not file or file._committed:
        return
    file.open("rb")
    cleaned = without_metadata(file.read())
    file.seek(0)
    if cleaned is not None:
        instance.file = ContentFile(cleaned, name=file.name)
        instance.file_size, instance.file_hash = len(cleaned), ""
