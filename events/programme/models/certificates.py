"""Certificates of attendance: numbered, checked by anybody, taken back with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.programme.models.registrations import Registration
from portal.core import clock
from portal.core.languages import in_reader_language


class Certificate(models.Model):
    """What was certified, as it was printed: a later change of the event changes no paper."""

    legal_weight = True

    number = models.CharField(_("number"), max_length=20, unique=True)
    """CN-2026-0001, without gaps."""
    check_letters = models.CharField(max_length=6)
    """Printed after the number, so that no number leads to the next."""
    registration = models.OneToOneField(
        Registration, models.PROTECT, related_name="certificate", verbose_name=_("registration")
    )
    name = models.CharField(_("full name"), max_length=150)
    title = models.CharField(_("event"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=420)
    issued_at = models.DateTimeField(_("issued"), default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(reason="")),
                name="certificate_taken_back_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What is printed and typed: CN-2026-0001-K7QX3M."""
        return f"{self.number}-{self.check_letters}"

    @property
    def shown_title(self) -> str:
        return in_reader_language(self.title, self.title_en)
