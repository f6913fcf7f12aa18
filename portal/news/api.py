"""Open data about news."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from portal.core.api import absolute
from portal.news.models import ArticlePage

router = Router(tags=["news"])


class ArticleOut(Schema):
    title: str
    summary: str
    day: datetime
    topic: str
    page: str
    language: str

    @staticmethod
    def resolve_topic(article: ArticlePage) -> str:
        return article.topic.label if article.topic else ""

    @staticmethod
    def resolve_page(article: ArticlePage) -> str:
        return absolute(article.get_url())

    @staticmethod
    def resolve_language(article: ArticlePage) -> str:
        return str(article.locale.language_code)


@router.get("", response=list[ArticleOut], summary="Articles, the newest first")
@paginate
def articles(request: HttpRequest, language: str = "vi") -> QuerySet[ArticlePage]:
    return (
        ArticlePage.objects.for_lists()
        .select_related("topic", "locale")
        .filter(locale__language_code=language)
    )
