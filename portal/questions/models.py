"""Abstract question and answer. Answers are rows with typed columns, never one blob:

lists are filtered and exported by them.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core import clock


class AbstractQuestion(models.Model):
    """One question of a form that staff build."""

    class Kind(models.TextChoices):
        SHORT_TEXT = "short_text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        ONE_OF = "one_of", _("One of many")
        SEVERAL_OF = "several_of", _("Several of many")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Amount of money")
        DATE = "date", _("Date")
        LINK = "link", _("Link")
        VIDEO = "video", _("Video link")
        FILE = "file", _("File (PDF, images)")

    key = models.SlugField(
        _("key"), max_length=50, help_text=_("Short name for exports; stays the same.")
    )
    label = models.CharField(_("question"), max_length=250)
    label_en = models.CharField(_("question in English"), max_length=250, blank=True)
    help_text = models.CharField(_("help"), max_length=500, blank=True)
    help_text_en = models.CharField(_("help in English"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SHORT_TEXT)
    required = models.BooleanField(_("required on submit"), default=True)
    word_limit = models.PositiveIntegerField(_("word limit"), null=True, blank=True)
    options = models.JSONField(
        _("choices"),
        default=list,
        blank=True,
        help_text=_('List of {"value", "label", "label_en"}.'),
    )
    max_files = models.PositiveSmallIntegerField(_("most files"), default=1)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def local_label(self) -> str:
        english = (get_language() or "vi").startswith("en")
        return self.label_en if english and self.label_en else self.label

    @property
    def local_help(self) -> str:
        english = (get_language() or "vi").startswith("en")
        return self.help_text_en if english and self.help_text_en else self.help_text

    def choices(self) -> list[tuple[str, str]]:
        """Pairs of stored value and label in the reader's language."""
        english = (get_language() or "vi").startswith("en")
        return [
            (option["value"], (english and option.get("label_en")) or option["label"])
            for option in self.options
        ]


class AbstractAnswer(models.Model):
    """One answer in typed columns. `version` is the token that keeps two writers apart."""

    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    picks = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(version__gte=1), name="%(app_label)s_%(class)s_version"
            )
        ]

    def value(self, kind: str) -> Any:
        """The answer as a plain value of its question's kind; None or "" when empty."""
        kinds = AbstractQuestion.Kind
        if kind in {kinds.NUMBER, kinds.MONEY}:
            return self.number
        if kind == kinds.DATE:
            return self.day
        if kind == kinds.SEVERAL_OF:
            return self.picks
        return self.text
