"""The official calendar: days off and compensated working days, as data by year.

The Government announces them each year (Labour Code 45/2019, article 112): Tết moves with the
moon, and a working day may change places with a Saturday.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day on which offices are closed though it is a weekday, or work though it is not."""

    shown_publicly = True

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKING = "working", _("Compensated working day")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OFF)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    instead_of = models.DateField(
        _("worked instead of"),
        null=True,
        blank=True,
        help_text=_("The weekday whose hours are kept, for a compensated working day."),
    )
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["off", "working"]), name="calendar_day_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="off", instead_of__isnull=True)
                | Q(kind="working", instead_of__isnull=False),
                name="calendar_day_worked_instead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"

    def clean(self) -> None:
        worked = self.kind == self.Kind.WORKING
        if worked and self.instead_of is None:
            raise ValidationError(
                {"instead_of": _("Name the weekday whose hours are kept on this day.")}
            )
        if not worked and self.instead_of is not None:
            raise ValidationError({"instead_of": _("Leave this empty for a day off.")})
