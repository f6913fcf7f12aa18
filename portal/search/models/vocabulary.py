"""The words that stand in documents, for queries that find nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_LETTERS = 30


class Word(models.Model):
    """A word without accents, as it is written most often. Rebuilt with the documents."""

    folded = models.CharField(max_length=MAX_LETTERS, unique=True)
    shown = models.CharField(max_length=MAX_LETTERS * 2)
    length = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")
        indexes = [models.Index(fields=["length", "-count"], name="search_word_length")]

    def __str__(self) -> str:
        return self.shown
