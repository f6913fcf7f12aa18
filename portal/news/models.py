"""News: an index with topics, and articles."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Orderable, PageManager

from portal.core import clock, frame
from portal.core.blocks import BodyBlock, plain_text
from portal.core.extension_points import Story
from portal.core.feeds import Entry, Feed, atom
from portal.core.languages import in_reader_language
from portal.core.pages import SUMMARY_PANEL, BasePage, BasePageForm, PublicPages
from portal.core.pictures import PLAIN_RENDITION, pictures_for, specs
from portal.news import archives, sharing
from portal.news.panels import WordOffer
from portal.news.tags import ArticleTag, ArticleTagField, NewsTag

__all__ = [
    "ArticleAttachment",
    "ArticlePage",
    "ArticleTag",
    "NewsIndexPage",
    "NewsTag",
    "Topic",
]

ARTICLES_PER_PAGE = 12
ARTICLES_IN_FEED = 20
RELATED = 3
TOPIC = "chu-de"
"""The parameter of addresses that names a topic."""
TAG = "the"
"""The parameter of addresses that names a tag."""


class Topic(models.Model):
    """What an article is about. A small vocabulary that editors keep."""

    shown_publicly = True

    label = models.CharField(_("label"), max_length=80, unique=True)
    label_en = models.CharField(_("label in English"), max_length=80, blank=True)
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("Part of the address of the list.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("order")]),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def local_label(self) -> str:
        return in_reader_language(self.label, self.label_en)


class ArticleQuerySet(PublicPages):
    """Articles as lists need them."""

    def for_lists(self) -> "ArticleQuerySet":
        """Live ones, newest first, with topic and cover read at once."""
        renditions = get_image_model().get_rendition_model().objects
        wanted = renditions.filter(filter_spec__in=specs("row", "lead"))
        return (
            self.live()
            .public()
            .select_related("topic", "cover")
            .prefetch_related(
                # Where Wagtail looks for renditions before it asks for those of each image.
                Prefetch("cover__renditions", queryset=wanted, to_attr="prefetched_renditions")
            )
            .order_by("-day", "-pk")
        )


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All articles, newest first, by topic."""

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, SUMMARY_PANEL]
    subpage_types: ClassVar[list[str]] = ["news.ArticlePage"]
    template = "news/news_index_page.html"

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def articles(self) -> ArticleQuerySet:
        return ArticlePage.objects.child_of(self).for_lists()

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved."""
        months = [
            self.reverse_subpage("month", args=[month.first.year, month.first.month])
            for year in archives.years(self.articles())
            for month in year.months
        ]
        own = [self.reverse_subpage(name) for name in ("archive", "feed")]
        return ["/", *(f"/{one}" for one in (*own, *months))]

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """Twelve articles a page, of one topic (`?chu-de=`), with one tag (`?the=`), or all."""
        listed = ArticlePage.objects.child_of(self).live().public()
        topics = list(Topic.objects.filter(articles__in=listed).distinct())
        wanted = request.GET.get(TOPIC, "")
        topic = next((topic for topic in topics if topic.slug == wanted), None)
        asked = request.GET.get(TAG, "")
        tag = NewsTag.objects.filter(slug=asked).first() if asked else None
        articles = self.articles()
        if topic:
            articles = articles.filter(topic=topic)
        if asked:
            articles = articles.filter(tagged_items__tag=tag) if tag else articles.none()
        page = Paginator(articles, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
        return self.render(
            request,
            context_overrides={
                "tabs": self._tabs(request, topics, topic),
                "articles": page,
                "rows": [article.as_story(request) for article in page],
                "canonical_url": self._address(topic, tag, page),
                "topic": topic,
                "tag": tag,
                "tag_asked": asked,
                "feed_url": self._feed_url(self.get_url(request), topic),
            },
        )

    def _feed_url(self, url: str | None, topic: Topic | None) -> str:
        feed = f"{url}{self.reverse_subpage('feed')}"
        return f"{feed}?{TOPIC}={topic.slug}" if topic else feed

    def _tabs(
        self, request: HttpRequest, topics: list[Topic], current: Topic | None
    ) -> list[dict[str, Any]]:
        if not topics:
            return []
        url = self.get_url(request)
        everything = {"title": _("All"), "url": url, "current": current is None}
        return [
            everything,
            *(
                {
                    "title": topic.local_label,
                    "url": f"{url}?{TOPIC}={topic.slug}",
                    "current": topic == current,
                }
                for topic in topics
            ),
        ]

    def _address(self, topic: Topic | None, tag: NewsTag | None, page: ListPage) -> str:
        """The one address of this list, whatever else stood in the query."""
        parts = [f"{TOPIC}={topic.slug}"] if topic else []
        parts += [f"{TAG}={tag.slug}"] if tag else []
        parts += [f"page={page.number}"] if page.number > 1 else []
        return f"{self.full_url}?{'&'.join(parts)}" if parts else str(self.full_url)

    @path("luu-tru/", name="archive")
    def archive(self, request: HttpRequest) -> HttpResponse:
        """Every month with articles, by year."""
        return self.render(
            request,
            template="news/archive.html",
            context_overrides={
                "years": archives.years(self.articles()),
                "crumbs": self._crumbs(request),
                "canonical_url": f"{self.full_url}{self.reverse_subpage('archive')}",
            },
        )

    def _crumbs(self, request: HttpRequest) -> list[dict[str, Any]]:
        address = f"{self.get_url(request)}{self.reverse_subpage('archive')}"
        archive = {"title": _("Archive by month"), "url": address}
        return [*frame.breadcrumbs(self, request), archive]

    @path("luu-tru/<int:year>/<int:month>/", name="month")
    def month(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        """The articles of one month; a month without any does not exist."""
        span = archives.span(year, month)
        if span is None:
            raise Http404
        articles = self.articles().filter(day__gte=span[0], day__lt=span[1])
        page = Paginator(articles, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
        if not page.paginator.count:
            raise Http404
        address = f"{self.full_url}{self.reverse_subpage('month', args=[year, month])}"
        return self.render(
            request,
            template="news/month.html",
            context_overrides={
                "month": archives.month_name(span[0]),
                "articles": page,
                "rows": [article.as_story(request) for article in page],
                "crumbs": [*self._crumbs(request), {"title": archives.month_name(span[0])}],
                "canonical_url": f"{address}?page={page.number}" if page.number > 1 else address,
            },
        )

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest twenty articles, of one topic or all, as Atom (RFC 4287)."""
        topic = Topic.objects.filter(slug=request.GET.get(TOPIC, "")).first()
        wanted = self.articles().filter(topic=topic) if topic else self.articles()
        articles = list(wanted[:ARTICLES_IN_FEED])
        changed = [article.last_published_at or article.day for article in articles]
        about = f"?{TOPIC}={topic.slug}" if topic else ""
        feed = Feed(
            address=self._feed_url(self.full_url, topic),
            about=f"{self.full_url}{about}",
            title=f"{self.title}: {topic.local_label}" if topic else self.title,
            subtitle=self.summary,
            language=self.locale.language_code,
            updated=max(changed, default=self.last_published_at or clock.now()),
            entries=[article.as_entry() for article in articles],
        )
        return atom(request, feed)


class ArticleForm(BasePageForm):
    """The editor of an article."""

    tags = ArticleTagField(
        tag_model=NewsTag,
        required=False,
        label=_("tags"),
        help_text=_("Separated by commas. Readers find the articles with the same tag by them."),
    )


class ArticlePage(RoutablePageMixin, BasePage):
    """One news article."""

    day = models.DateTimeField(_("date of the article"), default=clock.now)
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("topic"),
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_("Without one the portal draws its own."),
    )
    cover_alt = models.CharField(
        _("what the cover shows"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for screen readers. Needed with a cover."),
    )
    cover_caption = models.CharField(_("caption of the cover"), max_length=250, blank=True)
    author_unit = models.CharField(_("unit that wrote it"), max_length=160, blank=True, default="")
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))

    objects = ArticleManager()
    base_form_class = ArticleForm
    search_kind = "article"
    many_of_them = True

    content_panels: ClassVar[list[Any]] = [
        WordOffer(),
        *BasePage.content_panels,
        FieldPanel("summary", heading=_("Lead"), widget=AdminAutoHeightTextInput()),
        MultiFieldPanel(
            [FieldPanel("cover"), FieldPanel("cover_alt"), FieldPanel("cover_caption")],
            heading=_("Cover"),
        ),
        FieldPanel("body"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("attachment")),
        MultiFieldPanel(
            [
                FieldPanel("topic"),
                FieldPanel("tags", heading=_("Tags")),
                FieldPanel("author_unit"),
                FieldPanel("day"),
            ],
            heading=_("About the article"),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "news/article_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def clean(self) -> None:
        super().clean()
        if self.cover_id and not self.cover_alt.strip():
            raise ValidationError({"cover_alt": _("Say in one sentence what the cover shows.")})

    def body_text(self) -> str:
        return plain_text(self.body)

    @property
    def shown_day(self) -> datetime:
        return self.day

    def pictures(self) -> list[tuple[Any, str]]:
        own = pictures_for(self.cover, "row", "lead", "cover")
        plain = [(self.cover, PLAIN_RENDITION)] if self.cover else []
        return [*own, *plain, *super().pictures()]

    def attached(self) -> list[Any]:
        """Its documents, in their order."""
        return [one.document for one in self.attachments.select_related("document")]

    def related(self) -> list["ArticlePage"]:
        """Up to three other articles, of the same topic first, newest first."""
        others = ArticlePage.objects.sibling_of(self, inclusive=False).for_lists()
        same = list(others.filter(topic=self.topic_id)[:RELATED]) if self.topic_id else []
        missing = RELATED - len(same)
        if missing:
            same += others.exclude(pk__in=[article.pk for article in same])[:missing]
        return same

    def as_entry(self) -> Entry:
        """The article in a feed."""
        return Entry(
            url=self.full_url or "",
            title=self.title,
            published=self.day,
            updated=self.last_published_at or self.day,
            summary=self.summary,
            author=self.author_unit,
            category=(self.topic.slug, self.topic.local_label) if self.topic else None,
        )

    def as_story(self, request: HttpRequest) -> Story:
        """The article as lists show it; its address stands right under that of its index."""
        url = self.get_url(request) or ""
        return Story(
            title=self.title,
            summary=self.summary,
            url=url,
            list_url=url.removesuffix(f"{self.slug}/"),
            day=self.day,
            topic=self.topic.local_label if self.topic else "",
            image=self.cover,
        )

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        article: dict[str, Any] = {
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.summary,
            "datePublished": self.day.isoformat(),
            "dateModified": (self.last_published_at or self.day).isoformat(),
            "inLanguage": self.locale.language_code,
            "mainEntityOfPage": self.full_url,
        }
        if self.author_unit:
            article["author"] = {"@type": "Organization", "name": self.author_unit}
        if self.cover:
            article["image"] = self.cover.get_rendition(PLAIN_RENDITION).full_url
        return [article]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["related"] = [article.as_story(request) for article in self.related()]
        context["index_url"] = self.get_parent().get_url(request)
        context["attachments"] = self.attached()
        context["tags"] = sorted({item.tag for item in self.tagged_items.all()}, key=str)
        context["share_links"] = sharing.links(self.full_url, self.title)
        return context

    @path("luu/")
    def save_copy(self, request: HttpRequest) -> HttpResponse:
        """The article as one file to keep (Decree 42/2022, article 7: print and save)."""
        context = {"page": self, "attachments": self.attached()}
        response = render(request, "news/saved_article.html", context)
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.html"'
        return response


class ArticleAttachment(Orderable):
    """A document under an article."""

    shown_publicly = True

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.CASCADE, related_name="+", verbose_name=_("document")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return str(self.document)
