"""Pages for tests: each a live child of its parent, published like an editor would.

home()                                   the founded Vietnamese home page (fixture `site`)
NewsIndexFactory(parent=home()), ArticleFactory(parent=index, cover=True)
CompetitionPageFactory(parent=index, competition=…)
english(page, title="…", live=True)      a translation as an editor would finish it
"""

from datetime import timedelta
from typing import Any

import factory
import wagtail_factories
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from competitions.season.models import CompetitionIndexPage, CompetitionPage
from portal.core import clock
from portal.core.text import slugify
from portal.news.models import ArticleAttachment, ArticlePage, NewsIndexPage, Topic
from portal.pages.models import ContactPage, HomePage, StandardPage


def home(language: str = "vi") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = get_image_model()

    title = factory.Sequence(lambda n: f"Ảnh {n}")


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = get_document_model()

    title = factory.Sequence(lambda n: f"Tài liệu {n}")
    file = factory.django.FileField(filename="tai-lieu.pdf", data=b"%PDF-1.4 mau")


class LivePageFactory(factory.django.DjangoModelFactory):
    """Adds the page under `parent` and publishes it; `draft=True` leaves it unpublished."""

    class Meta:
        abstract = True

    slug = factory.LazyAttribute(lambda page: slugify(page.title))

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent, draft = kwargs.pop("parent"), kwargs.pop("draft", False)
        page = model_class(locale=parent.locale, live=not draft, **kwargs)
        parent.add_child(instance=page)
        revision = page.save_revision()
        if not draft:
            revision.publish()
        page.refresh_from_db()
        return page


class StandardPageFactory(LivePageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda n: f"Trang {n}")


class ContactPageFactory(LivePageFactory):
    class Meta:
        model = ContactPage

    title = "Liên hệ"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    label = factory.Sequence(lambda n: f"Chủ đề {n}")
    slug = factory.LazyAttribute(lambda topic: slugify(topic.label))


class NewsIndexFactory(LivePageFactory):
    class Meta:
        model = NewsIndexPage

    title = "Tin tức"


class ArticleFactory(LivePageFactory):
    """`cover=True` gives it a picture; without one the motif stands in.

    `tags=["…"]` are words, `attached=[…]` documents (`DocumentFactory`).
    """

    class Meta:
        model = ArticlePage

    title = factory.Sequence(lambda n: f"Bài viết {n}")
    summary = "Một câu tóm tắt."
    day = factory.Sequence(lambda n: clock.now() - timedelta(days=1000 - n))
    author_unit = "Phòng Quản lý công nghệ"
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Nội dung bài viết.</p>")])

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        if kwargs.get("cover") is True:
            kwargs["cover"] = ImageFactory()
            kwargs.setdefault("cover_alt", "Đội thi trên sân khấu")
        tags, documents = kwargs.pop("tags", []), kwargs.pop("attached", [])
        page = super()._create(model_class, *args, **kwargs)
        if tags or documents:
            page.tags.set(tags)
            page.attachments.set(
                ArticleAttachment(document=one, sort_order=order)
                for order, one in enumerate(documents)
            )
            page.save()
        return page


class CompetitionIndexFactory(LivePageFactory):
    class Meta:
        model = CompetitionIndexPage

    title = "Cuộc thi"


class CompetitionPageFactory(LivePageFactory):
    class Meta:
        model = CompetitionPage

    title = factory.LazyAttribute(lambda page: page.competition.title)


def english(page: Page, *, title: str, live: bool = True) -> Page:
    """The page in English, under its parent's translation."""
    locale = Locale.objects.get(language_code="en")
    other = page.copy_for_translation(locale, copy_parents=True).specific
    other.title, other.slug = title, slugify(title)
    revision = other.save_revision()
    if live:
        revision.publish()
    other.refresh_from_db()
    return other
