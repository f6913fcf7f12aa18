"""How much one organisation may book, no-shows that count, and what could not be given."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation
from portal.core import clock
from startups.coworking.models.bookings import Booking
from startups.coworking.models.places import Space
from startups.coworking.models.resources import Resource


class Quota(models.Model):
    """How much one organisation, or a person without one, may book in a space.

    Without `kind` it counts everything together; without `organisation` it is everybody's. What is
    said for one organisation stands in place of what is said for all.
    """

    space = models.ForeignKey(Space, models.PROTECT, related_name="quotas", verbose_name=_("space"))
    kind = models.CharField(
        _("kind of resource"), max_length=10, choices=Resource.Kind, blank=True, default=""
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this organisation"),
    )
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(_("hours a month"), null=True, blank=True)
    at_once = models.PositiveSmallIntegerField(_("places at the same time"), null=True, blank=True)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["space", "kind", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "kind"],
                condition=Q(organisation__isnull=True),
                name="quota_for_all_once",
            ),
            models.UniqueConstraint(
                fields=["space", "kind", "organisation"], name="quota_for_one_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", "desk", "room", "hall", "equipment"]), name="quota_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space} {self.get_kind_display()}".strip()

    def clean(self) -> None:
        same = Quota.objects.filter(
            space=self.space_id, kind=self.kind, organisation=self.organisation_id
        )
        if self.space_id and same.exclude(pk=self.pk).exists():
            raise ValidationError(
                _("There is a quota for the same space, kind and organisation already. Change it.")
            )


class Strike(models.Model):
    """A booking nobody came to. It stops counting after some days, or when it is pardoned."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="strike")
    expires_at = models.DateTimeField(_("counts until"))
    pardoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    pardoned_at = models.DateTimeField(null=True, blank=True)
    pardon_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("no-show")
        verbose_name_plural = _("no-shows")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pardoned_at__isnull=True) | Q(pardoned_by__isnull=False),
                name="strike_pardoned_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.booking)


class Shortage(models.Model):
    """How often a resource was asked for on a day and had no room. Nobody's name is kept."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="shortages")
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "day"], name="shortage_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.day:%d/%m/%Y}: {self.times}"
