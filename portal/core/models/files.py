"""Private files: kept outside the web root, read only through views that ask who may."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import clock


def private_storage() -> Storage:
    """The storage named "private" in settings."""
    return storages["private"]


def private_path(instance: "PrivateFile", filename: str) -> str:
    """A path that says nothing about the file or its owner."""
    key = instance.key.hex
    return f"files/{key[:2]}/{key}.{instance.extension}"


def page_path(instance: "PageImage", filename: str) -> str:
    key = instance.file.key.hex
    return f"pages/{key[:2]}/{key}-{instance.number:03d}.webp"


class PrivateFile(models.Model):
    """A file somebody handed in, already checked by content (see `portal.core.receiving`)."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"

    class Pages(models.TextChoices):
        WAITING = "waiting", _("Page pictures are being made")
        READY = "ready", _("Page pictures are ready")
        FAILED = "failed", _("Page pictures could not be made")

    CONTENT_TYPES = {
        Kind.PDF: "application/pdf",
        Kind.JPEG: "image/jpeg",
        Kind.PNG: "image/png",
        Kind.WEBP: "image/webp",
    }

    shown_publicly = ("name", "size")  # of a signed decision, beside its result

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(storage=private_storage, upload_to=private_path, max_length=200)
    name = models.CharField(max_length=200, help_text=_("The name it came with."))
    kind = models.CharField(max_length=5, choices=Kind)
    size = models.PositiveBigIntegerField(help_text=_("Bytes."))
    sha256 = models.CharField(max_length=64)
    pages_state = models.CharField(max_length=8, choices=Pages, default=Pages.WAITING)
    page_count = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["pdf", "jpg", "png", "webp"]), name="file_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(pages_state__in=["waiting", "ready", "failed"]),
                name="file_pages_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        return self.kind

    @property
    def content_type(self) -> str:
        return self.CONTENT_TYPES[self.Kind(self.kind)]


class PageImage(models.Model):
    """One page of a private file as a picture, for phones and the judge's split view."""

    file = models.ForeignKey(PrivateFile, models.CASCADE, related_name="page_images")
    number = models.PositiveSmallIntegerField()
    image = models.FileField(storage=private_storage, upload_to=page_path, max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="page_image_once")]

    def __str__(self) -> str:
        return f"{self.file} · {self.number}"
