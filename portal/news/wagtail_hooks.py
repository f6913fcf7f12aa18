"""What news gives to the home page, and its part of the back office."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.core.extension_points import Story
from portal.news.models import ArticlePage, Topic

STORIES_ON_HOME = 5


class TopicViewSet(SnippetViewSet):
    """The vocabulary of topics; a topic in use cannot be deleted (PROTECT)."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics of news")
    list_display = ["label", "label_en", "slug", "order"]
    search_fields = ["label", "label_en"]
    search_backend_name = None


register_snippet(TopicViewSet)


@hooks.register("portal_stories")
def stories(request: HttpRequest) -> Sequence[Story]:
    """The newest articles in the reader's language."""
    articles = ArticlePage.objects.filter(locale__language_code=get_language()).for_lists()
    return [article.as_story(request) for article in articles[:STORIES_ON_HOME]]
