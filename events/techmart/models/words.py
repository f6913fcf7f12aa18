"""Which public offers hold a word: an inverted index of the market's own, kept as ordinary rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.techmart.models.offers import Offer
from portal.search.models.postings import LONGEST_KEY


class OfferPosting(models.Model):
    """A key and those offers of one block that hold it. `indexing.py` alone writes it.

    The columns are read like those of `portal.search`'s own index (see `portal.search.bits`).
    """

    key = models.BinaryField(max_length=LONGEST_KEY)
    block = models.PositiveIntegerField()
    places = models.BinaryField()

    class Meta:
        verbose_name = _("word in offers")
        verbose_name_plural = _("words in offers")
        constraints = [
            models.UniqueConstraint(fields=["key", "block"], name="offer_posting_once_in_a_block")
        ]

    def __str__(self) -> str:
        return f"{bytes(self.key).decode(errors='replace')} ({self.block})"


class IndexedOffer(models.Model):
    """What the index holds of an offer now, so that a change writes only what differs."""

    offer = models.OneToOneField(Offer, models.CASCADE, primary_key=True, related_name="+")
    folded_title = models.TextField()
    folded_text = models.TextField()

    class Meta:
        verbose_name = _("indexed offer")
        verbose_name_plural = _("indexed offers")

    def __str__(self) -> str:
        return self.folded_title.strip()
