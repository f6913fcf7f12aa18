"""Open data about news."""

from datetime import datetime
from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from portal.core.api import absolute
from portal.core.api_tables import TABLE, Keyset
from portal.news.models import ArticlePage

router = Router(tags=["news"])


class AttachmentOut(Schema):
    title: str
    url: str
    kind: str
    size: int


class ArticleOut(Schema):
    title: str
    summary: str
    day: datetime
    topic: str
    page: str
    language: str
    tags: list[str]
    attachments: list[AttachmentOut]

    @staticmethod
    def resolve_topic(article: ArticlePage) -> str:
        return article.topic.label if article.topic else ""

    @staticmethod
    def resolve_page(article: ArticlePage) -> str:
        return absolute(article.get_url())

    @staticmethod
    def resolve_language(article: ArticlePage) -> str:
        return str(article.locale.language_code)

    @staticmethod
    def resolve_tags(article: ArticlePage) -> list[str]:
        return sorted(item.tag.name for item in article.tagged_items.all())

    @staticmethod
    def resolve_attachments(article: ArticlePage) -> list[AttachmentOut]:
        return [
            AttachmentOut(
                title=one.document.title,
                url=absolute(one.document.url),
                kind=one.document.file_extension,
                size=one.document.get_file_size() or 0,
            )
            for one in article.attachments.all()
        ]


@router.get(
    "",
    response=list[ArticleOut],
    openapi_extra=dict(TABLE),
    summary="Articles, the newest first",
)
@paginate(Keyset, columns=ArticleOut, day="day")
def articles(request: HttpRequest, language: Literal["vi", "en"] = "vi") -> QuerySet[ArticlePage]:
    return (
        ArticlePage.objects.for_lists()
        .select_related("topic", "locale")
        .prefetch_related("tagged_items__tag", "attachments__document")
        .filter(locale__language_code=language)
    )
