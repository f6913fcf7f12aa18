"""Files that the demo's teams and authorities hand in: slides and a signed decision, as PDF."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

PAGE = (1280, 720)
PORTRAIT = (1240, 1754)
MARGIN = 90
FONTS = Path(settings.BASE_DIR) / "portal" / "static" / "portal" / "fonts"


def font_of(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """The portal's own typeface, in pixels of height; weights 400 and 600."""
    return ImageFont.truetype(FONTS / f"be-vietnam-pro-{weight}.woff2", size)


def slides(title: str, parts: list[tuple[str, str]]) -> SimpleUploadedFile:
    """A slide deck: a title page and one page for each (heading, text)."""
    pages = [_slide(title, "Bản trình bày dự thi (dữ liệu minh họa)", large=True)]
    pages += [_slide(heading, text) for heading, text in parts if text]
    return _pdf("ban-trinh-bay.pdf", pages)


def decision(number: str, day: str, signatory: str, about: str) -> SimpleUploadedFile:
    """A one-page decision in the layout people expect, marked as a sample."""
    page = Image.new("RGB", PORTRAIT, "#ffffff")
    pen = ImageDraw.Draw(page)
    lines = [
        (30, 600, "ỦY BAN NHÂN DÂN TỈNH TÂY NINH (MẪU)"),
        (26, 400, f"Số: {number}"),
        (26, 400, f"Tây Ninh, ngày {day}"),
        (40, 600, "QUYẾT ĐỊNH"),
        (28, 400, about),
        (26, 400, "Văn bản này là dữ liệu minh họa, không có giá trị pháp lý."),
        (28, 600, signatory),
    ]
    top = MARGIN
    for size, weight, text in lines:
        top = _paragraph(pen, text, top, size, weight, PORTRAIT[0], "#10231f") + 50
    return _pdf("quyet-dinh.pdf", [page])


def _slide(heading: str, text: str, *, large: bool = False) -> Image.Image:
    page = Image.new("RGB", PAGE, "#0e2f27" if large else "#fbfaf6")
    pen = ImageDraw.Draw(page)
    ink = "#f2f4ee" if large else "#10231f"
    pen.rectangle([0, PAGE[1] - 16, PAGE[0], PAGE[1]], fill="#e2a32b")
    top = _paragraph(pen, heading, 200 if large else MARGIN, 56, 600, PAGE[0], ink)
    _paragraph(pen, text, top + 40, 34, 400, PAGE[0], ink)
    return page


def _paragraph(
    pen: ImageDraw.ImageDraw, text: str, top: int, size: int, weight: int, width: int, ink: str
) -> int:
    """Write `text` wrapped to the page; returns where it ends."""
    font = font_of(size, weight)
    line = ""
    for word in [*text.split(), ""]:
        longer = f"{line} {word}".strip()
        if not word or font.getlength(longer) > width - 2 * MARGIN:
            pen.text((MARGIN, top), line, font=font, fill=ink)
            top += int(size * 1.5)
            line = word
        else:
            line = longer
    return top


def _pdf(name: str, pages: list[Image.Image]) -> SimpleUploadedFile:
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=110)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")
