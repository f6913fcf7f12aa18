"""Files as people upload them, made on the spot, and private files already received."""

import io
from typing import Any

import factory
import pypdfium2
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.core.models import AdministrativeUnit, PrivateFile


def pdf(pages: int = 1, size: tuple[int, int] = (595, 842)) -> bytes:
    """A plain PDF with empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size)
    written = io.BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A small picture, red on the left and blue on the right."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    written = io.BytesIO()
    made.save(written, kind, **options)
    return written.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """What a form hands over; the declared type is a lie on purpose, nothing may trust it."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


class PrivateFileFactory(factory.django.DjangoModelFactory):
    """A received PDF; `uploaded_by` must be given."""

    class Meta:
        model = PrivateFile
        skip_postgeneration_save = True

    class Params:
        image = factory.Trait(
            kind="png",
            name="Ảnh nhóm.png",
            file=factory.LazyFunction(lambda: ContentFile(picture("PNG"), name="x.png")),
        )

    name = "Kế hoạch kinh doanh.pdf"
    kind = "pdf"
    size = 1000
    sha256 = "0" * 64
    page_count = 2
    file = factory.LazyFunction(lambda: ContentFile(pdf(2), name="x.pdf"))


class UnitFactory(factory.django.DjangoModelFactory):
    """A province in force since 01/07/2025; with `commune`, a ward of it."""

    class Meta:
        model = AdministrativeUnit

    class Params:
        commune = factory.Trait(
            level="commune",
            parent=factory.SubFactory("tests.factories.core.UnitFactory"),
            code=factory.Sequence(lambda n: f"{25000 + n}"),
            kind="Phường",
            name=factory.Sequence(lambda n: f"Bình An {n}"),
        )

    level = "province"
    code = factory.Sequence(lambda n: f"{n % 90 + 10:02d}")
    kind = "Tỉnh"
    name = factory.Sequence(lambda n: f"Tỉnh thử {n}")
    full_name = factory.LazyAttribute(lambda unit: f"{unit.kind} {unit.name}")
    valid_from = "2025-07-01"
