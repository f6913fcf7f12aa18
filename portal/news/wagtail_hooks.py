"""What news gives to the home page, and its part of the back office."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.accounts.models import User
from portal.core.auditing import declare
from portal.core.extension_points import Story
from portal.core.viewsets import EnglishColumn
from portal.news.models import ArticlePage, Topic
from portal.news.permissions import may_add_article
from portal.news.views import ImportWord

STORIES_ON_HOME = 8
"""As many as a home page can be told to show."""


class TopicViewSet(SnippetViewSet):
    """The vocabulary of topics; a topic in use cannot be deleted (PROTECT)."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics of news")
    list_display = [
        "label",
        EnglishColumn("label_en", label=_("label in English"), sort_key="label_en"),
        "slug",
        "order",
    ]
    search_fields = ["label", "label_en"]
    search_backend_name = None


register_snippet(TopicViewSet)


@hooks.register("portal_stories")
def stories(request: HttpRequest) -> Sequence[Story]:
    """The newest articles in the reader's language."""
    articles = ArticlePage.objects.filter(locale__language_code=get_language()).for_lists()
    return [article.as_story(request) for article in articles[:STORIES_ON_HOME]]


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLResolver]:
    own = [path("<int:index_id>/word/", ImportWord.as_view(), name="import_word")]
    return [path("news/", include((own, "news_admin"), namespace="news_admin"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    declare(actions, {"news.imported": _("Article imported from Word")})


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _import_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from _import_button(page, user)


def _import_button(page: Page, user: User) -> Iterator[Button]:
    """Beside "add child page", on the news index only."""
    if may_add_article(user, page):
        address = reverse("news_admin:import_word", args=[page.pk])
        yield Button(_("Import from Word"), address, icon_name="doc-full", priority=16)
