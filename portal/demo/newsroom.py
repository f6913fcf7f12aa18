"""The demo's newsroom: tags and attachments of articles, and one article on its way."""

from collections.abc import Iterable
from datetime import datetime

from wagtail.documents import get_document_model
from wagtail.models import Comment

from portal.accounts.models import User
from portal.demo import drawing
from portal.demo.content import newsroom as words
from portal.demo.site import article_facts
from portal.news.models import ArticleAttachment, ArticlePage, NewsIndexPage, Topic


def make_newsroom(today: datetime, writer: User, editor: User) -> None:
    """Articles get their tags and files; one by `writer` waits, with a comment of `editor`."""
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    for article in ArticlePage.objects.child_of(index).filter(title__in=words.TAGS):
        _dress(article, words.TAGS[article.title])
    _send_for_review(index, today, writer, editor)


def _dress(article: ArticlePage, tags: Iterable[str]) -> None:
    article.tags.set(tags)
    if article.title == words.ATTACHED_TO:
        for order, (title, parts) in enumerate(words.ATTACHMENTS):
            drawn = drawing.slides(title, [*parts])
            document = get_document_model().objects.create(title=title, file=drawn)
            article.attachments.add(ArticleAttachment(document=document, sort_order=order))
    article.save_revision().publish()


def _send_for_review(index: NewsIndexPage, today: datetime, writer: User, editor: User) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    facts = article_facts(words.WAITING, topics, today)
    article = ArticlePage(locale=index.locale, owner=writer, live=False, **facts)
    index.add_child(instance=article)
    article.tags.set(words.WAITING_TAGS)
    article.save_revision(user=writer, log_action=True)
    article.get_workflow().start(article, writer)
    Comment.objects.create(
        page=article, user=editor, text=words.COMMENT, contentpath="body", position="[]"
    )
