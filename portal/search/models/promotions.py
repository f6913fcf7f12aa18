"""What editors want to be seen first for some words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.addresses import an_address
from portal.core.text import clean_line
from portal.search.words import searchable

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class Promotion(models.Model):
    """Shown before all results when somebody searches for one of its words."""

    shown_publicly = True

    words = models.CharField(
        gettext_lazy("words"),
        max_length=300,
        help_text=gettext_lazy(
            "What people search for, with commas between: nộp hồ sơ, đăng ký dự thi"
        ),
    )
    language = models.CharField(
        gettext_lazy("for readers of"),
        max_length=5,
        choices=LANGUAGES,
        blank=True,
        help_text=gettext_lazy("Empty means every language."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("page"),
    )
    address = models.CharField(
        gettext_lazy("or an address"), max_length=500, blank=True, validators=[an_address]
    )
    title = models.CharField(gettext_lazy("title"), max_length=200)
    description = models.CharField(gettext_lazy("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(gettext_lazy("order"), default=0)

    class Meta:
        verbose_name = gettext_lazy("promoted result")
        verbose_name_plural = gettext_lazy("promoted results")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, address="") | Q(page=None) & ~Q(address=""),
                name="search_promotion_leads_to_one_place",
                violation_error_message=gettext_lazy(
                    "Choose a page or write an address, not both."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def phrases(self) -> list[str]:
        """The words, folded, phrase by phrase."""
        folded = (searchable(part).strip() for part in self.words.split(","))
        return [phrase for phrase in folded if phrase]

    def clean(self) -> None:
        self.words = ", ".join(clean_line(part) for part in self.words.split(",") if part.strip())
        if not self.phrases:
            raise ValidationError({"words": _("Write at least one word.")})

    def url(self, request: Any = None) -> str:
        return (self.page.get_url(request) or "") if self.page else self.address
