"""Handing out private files. The caller has asked its own permission function before."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from portal.core.models import PageImage, PrivateFile

SANDBOX_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Browsers refuse to start their PDF reader inside a sandbox; a PDF runs nothing in our origin.
PDF_READER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_INLINE = {"pdf", "jpg", "png", "webp"}


def private_file_response(file: PrivateFile, *, download: bool = False) -> FileResponse:
    """The file itself, shown in the browser or, with `download`, to be saved.

    Raises Http404 when the storage has lost it.
    """
    attach = download or file.kind not in _INLINE
    response = FileResponse(
        _opened(file.file), as_attachment=attach, filename=file.name, content_type=file.content_type
    )
    inline_pdf = file.kind == PrivateFile.Kind.PDF and not attach
    response["Content-Security-Policy"] = PDF_READER_POLICY if inline_pdf else SANDBOX_POLICY
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def page_image_response(image: PageImage) -> FileResponse:
    """One page as a WebP picture; the reader's own browser may keep it for ten minutes."""
    response = FileResponse(_opened(image.image), content_type="image/webp")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = SANDBOX_POLICY
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(stored: FieldFile) -> FieldFile:
    try:
        stored.open("rb")
    except FileNotFoundError as lost:
        raise Http404("The stored file is missing.") from lost
    return stored
