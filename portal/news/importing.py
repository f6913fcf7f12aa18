"""Importing an article from a Word file: an unpublished draft, its pictures in the library."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry
from wagtail.rich_text import RichText

from portal.core import auditing
from portal.core.receiving import clean_name, read_whole
from portal.core.text import slugify
from portal.core.verdicts import Refused
from portal.news import word_files
from portal.news.models import ArticlePage, NewsIndexPage
from portal.news.permissions import may_add_article

if TYPE_CHECKING:
    from portal.accounts.models import User

_TITLE_OF_PICTURE = 255
_FILE_NAME = 60


@dataclass(frozen=True, slots=True)
class Imported:
    """The draft, and what its editor should look at."""

    article: ArticlePage
    notes: tuple[str, ...]


def import_article(index: NewsIndexPage, upload: UploadedFile, by: "User") -> Imported:
    """Make a draft of a .docx below `index`, with a first revision.

    Raises `Refused`: forbidden when `by` may not add articles (or pictures, where there are
    some) here; empty, too_large, wrong_type, encrypted, macros or damaged for the file.
    """
    may_add_article(by, index).require()
    name = clean_name(upload.name or "")
    content = read_whole(upload, settings.PRIVATE_FILE_MAX_BYTES)
    found = word_files.read(content, name)
    shelf = _shelf(by) if any(isinstance(b, word_files.Picture) for b in found.blocks) else None
    with _files_undone() as stored, transaction.atomic():
        # Whoever adds a page below the same index at the same time waits here.
        NewsIndexPage.objects.select_for_update().get(pk=index.pk)
        index.refresh_from_db()
        article = ArticlePage(
            title=found.title, summary=found.lead, locale=index.locale, owner=by, live=False
        )
        library = _Library(article.title, shelf, by, stored)
        article.body = [_streamed(block, article, library) for block in found.blocks]
        index.add_child(instance=article)
        article.save_revision(user=by, log_action=True, clean=False)
        auditing.record(
            "news.imported", article, user=by, file=name, size=len(content), notes=[*found.notes]
        )
    return Imported(article, found.notes)


def _shelf(by: "User") -> Collection:
    """The collection for the pictures: the topmost that this person may add to."""
    policy = policy_registry.get_by_type(get_image_model())
    shelf = policy.collections_user_has_permission_for(by, "add").order_by("path").first()
    if shelf is None:
        raise Refused(
            _("The file has pictures, and you may not add pictures to any collection."),
            code="forbidden",
        )
    return shelf


def _streamed(
    block: word_files.Block, article: ArticlePage, library: "_Library"
) -> tuple[str, Any]:
    """A block as the stream field takes it."""
    match block:
        case word_files.Heading(text, level):
            return "heading", {"text": text, "level": level}
        case word_files.Prose(html):
            return "paragraph", RichText(html)
        case word_files.Quote(text):
            return "quote", {"text": text, "source": ""}
        case word_files.Table(caption, headings, rows):
            table = article.body.stream_block.child_blocks["table"]
            return "table", table.from_rows(caption, [*headings], [[*row] for row in rows])
        case word_files.Picture(_content, alt, decorative, caption):
            image = library.image(block)
            return "figure", {
                "image": image,
                "alt": alt,
                "decorative": decorative,
                "caption": caption,
            }


class _Library:
    """Puts pictures into Wagtail's library, each once however often the file shows it."""

    def __init__(self, title: str, shelf: Collection | None, by: "User", stored: list[Any]) -> None:
        self._title = title
        self._shelf = shelf
        self._by = by
        self._stored = stored
        self._images: dict[bytes, Any] = {}

    def image(self, picture: word_files.Picture) -> Any:
        content = picture.content.content
        if content not in self._images:
            self._images[content] = self._added(picture, len(self._images) + 1)
        return self._images[content]

    def _added(self, picture: word_files.Picture, number: int) -> Any:
        numbered = _("%(article)s, picture %(number)s") % {
            "article": word_files.cut(self._title, 200),
            "number": number,
        }
        stem = slugify(self._title)[:_FILE_NAME].strip("-") or "word"
        name = f"{stem}-{number}.{picture.content.kind}"
        file = ContentFile(picture.content.content, name)
        image = get_image_model()(
            title=(picture.caption or numbered)[:_TITLE_OF_PICTURE],
            description=picture.alt,
            collection=self._shelf,
            uploaded_by_user=self._by,
            file=file,
        )
        # Stored before the row, so that it is known to be undone when the row fails.
        image.file.save(name, file, save=False)
        self._stored.append(image.file)
        image.save()
        return image


@contextmanager
def _files_undone() -> Iterator[list[Any]]:
    """Files that were stored go again when the transaction does not come to its end."""
    stored: list[Any] = []
    try:
        yield stored
    except Exception:
        for file in stored:
            file.delete(save=False)
        raise
