"""Which documents hold a word: the inverted index, kept as ordinary rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_KEY = 80
"""Bytes. Longer words are looked up by their beginning."""


class Posting(models.Model):
    """A word and those documents of one block that hold it. `postings.py` alone writes it.

    Bytes are compared alike by every database, whatever its collation.
    """

    key = models.BinaryField(max_length=LONGEST_KEY)
    block = models.PositiveIntegerField()
    places = models.BinaryField()

    class Meta:
        verbose_name = _("word in documents")
        verbose_name_plural = _("words in documents")
        constraints = [
            models.UniqueConstraint(fields=["key", "block"], name="search_posting_once_in_a_block")
        ]

    def __str__(self) -> str:
        return f"{bytes(self.key).decode(errors='replace')} ({self.block})"


class IndexState(models.Model):
    """The one row that whoever writes the index locks, and when all of it was last looked at."""

    rebuilt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("state of the search index")
        verbose_name_plural = _("state of the search index")

    def __str__(self) -> str:
        return str(self.rebuilt_at or "")
