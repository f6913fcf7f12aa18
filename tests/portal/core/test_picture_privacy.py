"""A photo that the office uploads does not tell where it was taken."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from wagtail.images import get_image_model

from portal.core.picture_privacy import without_metadata
from tests.factories.accounts import UserFactory


def photo(kind: str = "JPEG", *, place: bool = True) -> bytes:
    """Red above, blue below, lying on its side; with `place`, taken at Bà Đen."""
    picture = Image.new("RGB", (40, 20), "red")
    picture.paste("blue", (20, 0, 40, 20))
    told = Image.Exif()
    told[Base.Orientation] = 6
    if place:
        told[Base.Make] = "Máy của anh Ba"
        told.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
        told.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (11.0, 22.0, 55.0)
    written = io.BytesIO()
    picture.save(written, kind, exif=told, **({"quality": 95} if kind != "PNG" else {}))
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_the_orientation_stays(kind: str) -> None:
    cleaned = without_metadata(photo(kind))
    assert cleaned is not None
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert dict(picture.getexif()) == {Base.Orientation: 6}
        assert picture.format == kind
        assert picture.size == (40, 20)
        left, right = (
            picture.convert("RGB").getpixel((3, 10)),
            picture.convert("RGB").getpixel((36, 10)),
        )
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


@pytest.mark.parametrize("content", [photo(place=False), b"", b"GIF89a nothing", photo()[:60]])
def test_what_tells_nothing_or_is_damaged_is_left_alone(content: bytes) -> None:
    assert without_metadata(content) is None


@pytest.mark.django_db
def test_a_photo_uploaded_in_the_back_office(site: Any, signed_in: Any) -> None:
    client = signed_in(UserFactory(editor=True))
    sent = SimpleUploadedFile("nui.jpg", photo(), "image/jpeg")
    root = client.get(reverse("wagtailimages:add"))
    assert root.status_code == 200
    posted = {"title": "Núi Bà Đen", "file": sent, "collection": 1, "tags": ""}
    answer = client.post(reverse("wagtailimages:add"), posted)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    image = get_image_model().objects.get(title="Núi Bà Đen")
    with image.file.open("rb") as stored, Image.open(stored) as picture:
        assert dict(picture.getexif()) == {Base.Orientation: 6}
