"""Tags of articles: words that editors type, each kept once however it is written."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.forms.tags import TagField

from portal.core.text import clean_line, same_words, slugify

FALLBACK_SLUG = "the"
"""For a tag without a single letter or digit."""


class NewsTag(TagBase):
    """One tag. "Hòa bình", "hoà bình" and "HÒA BÌNH" are the same."""

    shown_publicly = True
    free_tagging = True

    key = models.CharField(max_length=400, unique=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name: str = clean_line(self.name)
        self.key = same_words(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag)[:90].strip("-") or FALLBACK_SLUG
        return f"{slug}-{i}" if i is not None else slug


class ArticleTag(ItemBase):
    """That an article carries a tag."""

    shown_publicly = True

    tag = models.ForeignKey(NewsTag, models.CASCADE, related_name="tagged_items")
    content_object = ParentalKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="article_tag_once")
        ]


class ArticleTagField(TagField):
    """Cleans what was typed, and finds again the tags that are there already."""

    def clean(self, value: Any) -> list[str]:
        typed: dict[str, str] = {}
        for name in super().clean(value):
            if clean := clean_line(name):
                typed.setdefault(same_words(clean), clean)
        known = dict(NewsTag.objects.filter(key__in=typed).values_list("key", "name"))
        # Sorted as taggit's own answer is: it compares this with what was there before.
        return sorted(known.get(key, name) for key, name in typed.items())
