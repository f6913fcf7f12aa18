"""Everything that can be found, in one table, folded so that accents do not matter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import clock


class Document(models.Model):
    """One thing in one language, as its app described it (see `portal_search_documents`)."""

    # Written anew whenever anything is published; `indexing.py` says when one of these differs.
    shown_publicly = ("kind", "title", "summary", "body", "url", "day", "visible_until", "rank")

    key = models.CharField(max_length=120, unique=True)
    thing = models.CharField(max_length=120, help_text=_("The same in every language."))
    kind = models.SlugField(max_length=30)
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded_text = models.TextField(blank=True)
    marked_title = models.TextField(blank=True)
    marked_text = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    day = models.DateTimeField(null=True, blank=True)
    visible_until = models.DateTimeField(null=True, blank=True)
    rank = models.SmallIntegerField(default=0)
    indexed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [
            models.Index(fields=["language", "kind"], name="search_language_kind"),
            models.Index(fields=["thing", "language"], name="search_thing_language"),
        ]

    def __str__(self) -> str:
        return self.title
