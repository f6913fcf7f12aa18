"""The task that makes page pictures of a private file."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task
from PIL import Image

from portal.core.models import PageImage, PrivateFile

logger = logging.getLogger(__name__)
_SECONDS = 180
"""How long one file may take; 60 dense pages need about 30 s on a small machine."""


@task()
def make_page_pictures(file_id: int) -> int:
    """Make the page pictures of a file and answer how many; safe to run again.

    A file that cannot be drawn is marked FAILED and logged; the worker goes on.
    """
    record = PrivateFile.objects.filter(pk=file_id).first()
    if record is None or record.pages_state == PrivateFile.Pages.READY:
        return 0
    try:
        with tempfile.TemporaryDirectory(prefix="portal-pages-") as folder:
            pictures = _rendered(record, Path(folder))
            _keep(record, pictures)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        logger.warning("No page pictures of private file %s: %s", file_id, error)
        PrivateFile.objects.filter(pk=file_id).update(pages_state=PrivateFile.Pages.FAILED)
        return 0
    return len(pictures)


def _rendered(record: PrivateFile, folder: Path) -> list[Path]:
    source = folder / f"source.{record.kind}"
    with record.file.open("rb") as stored:
        source.write_bytes(stored.read())
    command = [sys.executable, "-m", "portal.core.page_rendering", record.kind]
    subprocess.run(
        [*command, str(source), str(folder)],
        check=True,
        timeout=_SECONDS,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    pictures = sorted(folder.glob("[0-9]*.webp"))
    if not pictures:
        raise ValueError("nothing was drawn")
    return pictures


def _keep(record: PrivateFile, pictures: list[Path]) -> None:
    """Replace whatever an earlier, broken run left by these pictures."""
    made = []
    for number, path in enumerate(pictures, start=1):
        with Image.open(path) as picture:
            width, height = picture.size
        page = PageImage(file=record, number=number, width=width, height=height)
        page.image.save(path.name, ContentFile(path.read_bytes()), save=False)
        made.append(page)
    with transaction.atomic():
        # The row lock makes two workers on one file take turns.
        PrivateFile.objects.select_for_update().get(pk=record.pk)
        left_over = [page.image for page in record.page_images.all()]
        record.page_images.all().delete()
        PageImage.objects.bulk_create(made)
        PrivateFile.objects.filter(pk=record.pk).update(
            pages_state=PrivateFile.Pages.READY, page_count=len(made)
        )
    kept = {page.image.name for page in made}
    for image in left_over:
        if image.name not in kept:
            image.delete(save=False)
