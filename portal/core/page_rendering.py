"""Turning a PDF or a picture into page pictures, in a process of its own.

`python -m portal.core.page_rendering KIND SOURCE FOLDER` writes 001.webp, 002.webp … into FOLDER.
It imports no Django. A file that hangs or crashes PDFium takes this process down, not the worker.
"""

import math
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

WIDTH = 1600
"""Widest page picture, in pixels."""
MAX_HEIGHT = 6400
"""Tallest page picture, in pixels: a till roll must not fill the memory."""
_QUALITY = 80


def render(kind: str, source: Path, folder: Path) -> int:
    """Write one WebP per page of `source` into `folder`; answer how many."""
    pictures = _pdf_pages(source) if kind == "pdf" else _picture(source)
    count = 0
    for count, picture in enumerate(pictures, start=1):
        picture.save(folder / f"{count:03d}.webp", "WEBP", quality=_QUALITY, method=4)
    return count


def _pdf_pages(source: Path) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(source) as document:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            # Slightly under the bound: PDFium rounds the size up.
            scale = min(WIDTH / math.ceil(width), MAX_HEIGHT / math.ceil(height))
            picture = page.render(scale=scale).to_pil().convert("RGB")
            picture.thumbnail((WIDTH, MAX_HEIGHT))
            yield picture
            page.close()


def _picture(source: Path) -> Iterator[Image.Image]:
    with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as picture:
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        shown = picture.convert("RGBA" if has_alpha else "RGB")
        shown.thumbnail((WIDTH, MAX_HEIGHT))
        yield shown


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None  # the portal has checked the size on receipt
    render(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
