"""Small lists that a regulation may change: editable words, not constants of the code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import in_reader_language


class Vocabulary(models.Model):
    """A word in two languages, with its part of an address and its place in lists."""

    shown_publicly = True

    label = models.CharField(_("label"), max_length=120, unique=True)
    label_en = models.CharField(_("label in English"), max_length=120, blank=True)
    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("Part of the address of the list.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def local_label(self) -> str:
        return in_reader_language(self.label, self.label_en)
