"""Making a page's pictures when it is published, so that its first reader does not wait."""

import logging
from typing import Any

from django.db import transaction
from django_tasks import task
from wagtail.models import Page

from portal.core.pages import BasePage
from portal.core.pictures import by_image

logger = logging.getLogger(__name__)


@task()
def make_pictures(page_id: int) -> int:
    """Make the renditions that the page's templates ask for. Returns how many pictures it has."""
    page = Page.objects.filter(pk=page_id).specific().first()
    pictures = page.pictures() if isinstance(page, BasePage) else []
    for image, specs in by_image(pictures):
        try:
            image.get_renditions(*specs)
        except OSError:  # a lost or damaged original: the page shows the gap, the others are made
            logger.exception("No renditions of image %s", image.pk)
    return len(pictures)


def make_pictures_after_commit(instance: Page, **_signal: Any) -> None:
    """Queue the task once the publishing transaction is through, where there is any picture."""
    if isinstance(instance, BasePage) and instance.pictures():
        transaction.on_commit(lambda: make_pictures.enqueue(instance.pk))
