"""Administrative units as dated data: they merge, split and change codes by law.

There is no district level since 01/07/2025 (Law on organisation of local government, 16/6/2025).
Codes are reused (Tây Ninh was 72 and is 80, once Long An's), so identity is our own key and the
code an attribute with dates.
"""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core import clock
from portal.core.text import fold


class UnitQuerySet(models.QuerySet["AdministrativeUnit"]):
    def in_force(self, on: date | None = None) -> "UnitQuerySet":
        """Units in force on a day, today when none is named."""
        day = on or clock.today()
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def communes(self) -> "UnitQuerySet":
        return self.filter(level=AdministrativeUnit.Level.COMMUNE)

    def provinces(self) -> "UnitQuerySet":
        return self.filter(level=AdministrativeUnit.Level.PROVINCE)


class AdministrativeUnit(models.Model):
    """A province or a commune during the time in which it existed."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province or city")
        COMMUNE = "commune", _("Commune, ward or special zone")

    shown_publicly = ("full_name",)  # of a startup's commune

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    code = models.CharField(_("code"), max_length=10, help_text=_("Text: leading zeros count."))
    kind = models.CharField(_("kind"), max_length=30, help_text=_("Tỉnh, Thành phố, Phường, Xã…"))
    name = models.CharField(_("name"), max_length=120)
    full_name = models.CharField(pgettext_lazy("administrative unit", "full name"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["level", "folded_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], name="unit_code_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["province", "commune"]), name="unit_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded_name = fold(self.full_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class UnitChange(models.Model):
    """One unit, or a share of it, became (part of) another. Many to many: wards were split."""

    old = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="became", verbose_name=_("old unit")
    )
    new = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="came_from", verbose_name=_("new unit")
    )
    whole = models.BooleanField(_("the whole unit"), default=True)
    changed_on = models.DateField(_("day of change"))
    legal_basis = models.CharField(_("legal basis"), max_length=250)

    class Meta:
        verbose_name = _("change of units")
        verbose_name_plural = _("changes of units")
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "changed_on"], name="unit_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
