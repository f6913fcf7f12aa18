"""Page pictures, and how private files are handed out."""

import io
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from PIL import Image

from portal.core import page_pictures
from portal.core.models import PageImage, PrivateFile
from portal.core.page_pictures import make_page_pictures
from portal.core.page_rendering import MAX_HEIGHT, WIDTH
from portal.core.receiving import receive_file
from portal.core.serving import page_image_response, private_file_response
from tests.factories.core import PrivateFileFactory, pdf, picture, upload

pytestmark = pytest.mark.django_db


def test_a_pdf_becomes_page_pictures_after_commit(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        received = receive_file(upload("x.pdf", pdf(2, (1000, 500))), by=person())
    received.refresh_from_db()
    assert received.pages_state == PrivateFile.Pages.READY
    pages = list(received.page_images.all())
    assert [page.number for page in pages] == [1, 2]
    with pages[0].image.open() as stored, Image.open(stored) as shown:
        assert shown.format == "WEBP"
        assert shown.size == (pages[0].width, pages[0].height)
        assert shown.width <= WIDTH


def test_a_picture_has_one_page_no_wider_than_needed(person):
    content = ContentFile(picture("PNG", (2000, 500)), name="x.png")
    record = PrivateFileFactory(uploaded_by=person(), image=True, file=content)
    assert make_page_pictures.call(record.pk) == 1
    page = record.page_images.get()
    assert (page.width, page.height) == (WIDTH, 400)


def test_a_till_roll_is_bounded(person):
    record = PrivateFileFactory(
        uploaded_by=person(), file=ContentFile(pdf(1, (100, 14_000)), name="x.pdf")
    )
    assert make_page_pictures.call(record.pk) == 1
    assert record.page_images.get().height <= MAX_HEIGHT


def test_a_second_run_does_nothing(person):
    record = PrivateFileFactory(uploaded_by=person())
    assert make_page_pictures.call(record.pk) == 2
    assert make_page_pictures.call(record.pk) == 0
    assert PageImage.objects.count() == 2


def test_a_run_after_a_broken_one_starts_over(person):
    record = PrivateFileFactory(uploaded_by=person(), pages_state="failed")
    left = PageImage(file=record, number=1, width=1, height=1)
    left.image.save("001.webp", ContentFile(b"half"))
    assert make_page_pictures.call(record.pk) == 2
    assert [page.number for page in record.page_images.all()] == [1, 2]
    assert not left.image.storage.exists(left.image.name)


def test_a_file_that_cannot_be_drawn_is_marked_and_the_worker_goes_on(person):
    record = PrivateFileFactory(
        uploaded_by=person(), file=ContentFile(b"%PDF-1.7 nothing", name="x.pdf")
    )
    assert make_page_pictures.call(record.pk) == 0
    record.refresh_from_db()
    assert record.pages_state == PrivateFile.Pages.FAILED


def test_a_file_that_takes_too_long_is_marked(person, monkeypatch):
    monkeypatch.setattr(page_pictures, "_SECONDS", 0.01)
    record = PrivateFileFactory(uploaded_by=person())
    make_page_pictures.call(record.pk)
    record.refresh_from_db()
    assert record.pages_state == PrivateFile.Pages.FAILED


def test_a_lost_or_unknown_file_does_not_break_the_worker(person):
    record = PrivateFileFactory(uploaded_by=person())
    record.file.storage.delete(record.file.name)
    assert make_page_pictures.call(record.pk) == 0
    assert make_page_pictures.call(999_999) == 0


def test_a_private_file_is_sent_with_its_name_and_never_kept(person):
    record = PrivateFileFactory(uploaded_by=person())
    with closing(private_file_response(record)) as response:
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Disposition"].startswith("inline; filename*=utf-8''K%E1%BA%BF")
        assert "script-src" not in response["Content-Security-Policy"]
        assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize("download", [True, False])
def test_a_picture_is_sent_in_a_sandbox(person, download):
    record = PrivateFileFactory(uploaded_by=person(), image=True)
    with closing(private_file_response(record, download=download)) as response:
        way = "attachment" if download else "inline"
        assert response["Content-Disposition"].startswith(way)
        assert "sandbox" in response["Content-Security-Policy"]


def test_a_page_picture_is_sent_as_webp(person):
    record = PrivateFileFactory(uploaded_by=person())
    make_page_pictures.call(record.pk)
    with closing(page_image_response(record.page_images.first())) as response:
        assert response["Content-Type"] == "image/webp"
        assert response["Cache-Control"].startswith("private")
        with Image.open(io.BytesIO(b"".join(response.streaming_content))) as shown:
            assert shown.format == "WEBP"


def test_a_lost_file_is_a_404(person):
    record = PrivateFileFactory(uploaded_by=person())
    record.file.storage.delete(record.file.name)
    with pytest.raises(Http404):
        private_file_response(record)
