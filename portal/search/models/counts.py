"""What people search for, counted. Nobody's name, address or session stands here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCount(models.Model):
    """How often something was searched for on one day, in one language of the portal."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=5)
    folded = models.CharField(_("words without accents"), max_length=200)
    shown = models.CharField(_("as it was typed last"), max_length=200)
    hits = models.PositiveIntegerField(_("results found last"))
    times = models.PositiveIntegerField(_("times"))

    class Meta:
        verbose_name = _("counted query")
        verbose_name_plural = _("counted queries")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "folded"], name="search_query_counted_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(times__gte=1), name="search_query_counted_at_least_once"
            ),
        ]

    def __str__(self) -> str:
        return self.shown
