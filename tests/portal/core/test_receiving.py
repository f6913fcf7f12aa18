"""What is taken from people's machines and what is refused, judged by content."""

import hashlib
import io
import struct
import unicodedata
import zipfile
import zlib

import pytest
from django.db import transaction
from PIL import Image

from portal.core.models import PrivateFile
from portal.core.receiving import clean_name, receive_file
from portal.core.verdicts import Refused
from tests.factories.core import pdf, picture, upload

pytestmark = pytest.mark.django_db

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def refusal(name, content, by, **limits):
    with pytest.raises(Refused) as refused:
        receive_file(upload(name, content), by=by, **limits)
    assert PrivateFile.objects.count() == 0
    return refused.value


def _rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted_pdf(password):
    """A PDF with 40-bit encryption (ISO 32000-1, 7.6.3) that opens with `password`."""
    name = b"0123456789abcdef"
    owner = b"o" * 32
    key = hashlib.md5(
        (password + _PAD)[:32] + owner + struct.pack("<i", -4) + name, usedforsecurity=False
    ).digest()[:5]
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), _rc4(key, _PAD).hex().encode()),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    identity = name.hex().encode()
    out += b"trailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<%s><%s>] >>\n" % (
        identity,
        identity,
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def test_a_pdf_is_kept_as_it_is(person):
    content = pdf(3)
    received = receive_file(upload("Kế hoạch.pdf", content), by=person())
    assert (received.kind, received.page_count, received.name) == ("pdf", 3, "Kế hoạch.pdf")
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert received.size == len(content)
    with received.file.open() as stored:
        assert stored.read() == content
    assert "Kế hoạch" not in received.file.name


def test_a_picture_is_written_anew_upright_and_without_its_secrets(person):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    exif[0x010F] = "Camera of somebody"
    content = picture("JPEG", (60, 40), exif=exif, comment=b"secret") + b"<?php evil(); ?>"
    received = receive_file(upload("anh.JPG", content), by=person())
    with received.file.open() as stored:
        kept = stored.read()
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (40, 60)
        assert not shown.getexif()
        assert "comment" not in shown.info
    assert b"evil" not in kept
    assert b"Camera" not in kept
    assert received.sha256 == hashlib.sha256(kept).hexdigest()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_accepted(person, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    written = io.BytesIO()
    Image.new(mode, (8, 8)).save(written, kind)
    name = "x.jpg" if mode == "CMYK" else "x.png"
    assert receive_file(upload(name, written.getvalue()), by=person()).page_count == 1


def test_webp_only_where_it_is_asked_for(person):
    by = person()
    content = picture("WEBP")
    assert refusal("x.webp", content, by).code == "wrong_type"
    received = receive_file(upload("x.webp", content), by=by, kinds=frozenset({"webp"}))
    assert received.kind == "webp"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("trong.pdf", b"", "empty"),
        ("virus.pdf", b"MZ\x90\x00" + b"\x00" * 200, "wrong_type"),
        ("trang.pdf", b"<html><script>alert(1)</script>", "wrong_type"),
        ("truoc.pdf", b"GIF89a" + pdf(), "wrong_type"),
        ("hinh.png", pdf(), "wrong_type"),
        ("ke-hoach.pdf", picture(), "wrong_type"),
        ("hong.pdf", b"%PDF-1.7\nnothing here\n%%EOF", "damaged"),
        ("cut.pdf", pdf()[:-40], "damaged"),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        ("hong.jpg", b"\xff\xd8\xff\xe0" + b"x" * 100, "damaged"),
        ("cut.png", picture("PNG", (300, 300))[:200], "damaged"),
        ("iphone.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "wrong_type"),
    ],
)
def test_what_is_not_what_it_says_is_refused(person, name, content, code):
    refused = refusal(name, content, person())
    assert refused.code == code
    assert str(refused)


def archive():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr("evil.html", "<script>")
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pdf() + archive(),
        pdf() + b"<html><script>alert(1)</script></html>",
        pdf() + archive() + b"\n%%EOF\n",
        b"%PDF-1.7\n%<script>alert(1)</script>\n" + pdf(),
        pdf().replace(b"%%EOF", b"%" + archive() + b"\n%%EOF"),
    ],
    ids=["zip behind", "html behind", "zip hidden before the end", "html in front", "zip inside"],
)
def test_a_pdf_that_is_also_something_else_is_refused(person, content):
    assert refusal("ke-hoach.pdf", content, person()).code == "wrong_type"


def test_a_header_that_goes_on_in_another_language_is_refused(person):
    content = pdf().replace(b"%PDF-1.7", b"%PDF-1.7 <!--", 1)
    assert refusal("x.pdf", content, person()).code == "damaged"


@pytest.mark.parametrize("password", [b"secret", b""], ids=["to open", "to print only"])
def test_a_locked_pdf_is_refused(person, password):
    assert refusal("khoa.pdf", encrypted_pdf(password), person()).code == "encrypted"


def test_too_large_and_too_long_name_the_limit(person):
    by = person()
    large = refusal("x.pdf", pdf() + b" " * 2_000_000, by, max_bytes=1_572_864)
    assert large.code == "too_large"
    assert "1,5" in str(large)
    long = refusal("x.pdf", pdf(5), by, max_pages=4)
    assert long.code == "too_many_pages"
    assert "5" in str(long)
    assert "4" in str(long)


def test_an_image_bomb_is_refused_from_its_header(person, settings):
    settings.PRIVATE_IMAGE_MAX_PIXELS = 1000
    assert refusal("x.png", picture("PNG", (100, 11)), person()).code == "image_too_large"


def test_a_huge_header_with_little_content_never_reaches_the_decoder(person):
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    content += struct.pack(">I", zlib.crc32(chunk)) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    assert refusal("bomb.png", content, person()).code == "image_too_large"


def test_the_mismatch_names_the_extension(person):
    assert "“.png”" in str(refusal("hinh.png", pdf(), person()))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("C:\\Users\\lan\\Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("../../etc/passwd", "passwd"),
        (unicodedata.normalize("NFD", "Đề án.pdf"), "Đề án.pdf"),
        ("a\x00b\n\u202efdp.exe", "a b fdp.exe"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_cleaned(raw, clean):
    assert clean_name(raw) == clean


def test_a_name_without_an_extension_gets_one(person):
    assert receive_file(upload("Kế hoạch", pdf()), by=person()).name == "Kế hoạch.pdf"


def test_nothing_is_drawn_when_the_verb_fails(person, django_capture_on_commit_callbacks):
    by = person()

    def fail():
        with transaction.atomic():
            receive_file(upload("x.pdf", pdf()), by=by)
            raise RuntimeError

    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(RuntimeError):
        fail()
    assert callbacks == []
    assert not PrivateFile.objects.exists()
