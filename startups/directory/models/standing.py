"""What the system and the office know of a profile, outside what its owner writes.

Publishing an older draft writes a profile's whole row back. Whose it is, where it stands and what
an authority has recognised must not come back with it.
"""

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from startups.directory.models.profiles import StartupProfile
from startups.directory.models.vocabularies import RecognitionKind


class ProfileStanding(models.Model):
    """Whose a profile is, and its public address, which never changes once it was shown."""

    shown_publicly = ("slug", "organisation")

    profile = models.OneToOneField(StartupProfile, models.PROTECT, related_name="standing")
    organisation = models.OneToOneField(
        "accounts.Organisation",
        models.PROTECT,
        related_name="startup_standing",
        verbose_name=_("organisation"),
    )
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("standing of a startup profile")
        verbose_name_plural = _("standings of startup profiles")

    def __str__(self) -> str:
        return f"{self.profile} · {self.organisation}"


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    def in_force(self, on: date | None = None) -> "RecognitionQuerySet":
        """Those that stand on a day, today when none is named."""
        day = on or clock.today()
        return self.filter(issued_on__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Recognition(models.Model):
    """A paper with number and date by which an authority recognises the startup."""

    legal_weight = True
    shown_publicly = True

    profile = models.ForeignKey(
        StartupProfile,
        models.PROTECT,
        related_name="recognitions",
        verbose_name=_("startup profile"),
    )
    kind = models.ForeignKey(
        RecognitionKind, models.PROTECT, related_name="+", verbose_name=_("kind of recognition")
    )
    number = models.CharField(
        _("number and symbol"), max_length=60, help_text=_("As it stands on the paper.")
    )
    issuer = models.CharField(_("issued by"), max_length=160, blank=True)
    issued_on = models.DateField(_("issued on"), validators=[MinValueValidator(date(1990, 1, 1))])
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Empty: without an end.")
    )

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition of a startup")
        verbose_name_plural = _("recognitions of startups")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind", "number"], name="recognition_number_once"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="recognition_has_number"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="recognition_ends_after_it_begins",
                violation_error_message=_("The end must not come before the day of issue."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.profile}"

    def in_force_on(self, day: date) -> bool:
        return self.issued_on <= day and (self.valid_until is None or self.valid_until >= day)
