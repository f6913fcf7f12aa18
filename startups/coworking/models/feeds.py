"""Calendars that a phone or an office program follows by a secret address."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Organisation, User
from portal.core import clock
from startups.coworking.models.places import Space
from startups.coworking.models.resources import Resource

Followed = User | Organisation | Resource | Space
"""Whose calendar, or what it shows: a person, an organisation, a resource or a whole space."""


class CalendarFeed(models.Model):
    """An address with a token that opens one calendar. Only the token's hash is stored.

    A calendar program cannot sign in: whoever holds the address reads. So it ends when the person
    who made it takes it back, and when that person may no longer follow the calendar.
    """

    class Kind(models.TextChoices):
        PERSON = "person", gettext_lazy("My bookings")
        ORGANISATION = "organisation", gettext_lazy("Bookings of an organisation")
        RESOURCE = "resource", gettext_lazy("What is taken of a resource")
        SPACE = "space", gettext_lazy("What is taken of a space")

    WITHOUT_NAMES = (Kind.RESOURCE, Kind.SPACE)

    kind = models.CharField(max_length=12, choices=Kind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("calendar address")
        verbose_name_plural = gettext_lazy("calendar addresses")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["person", "organisation", "resource", "space"]),
                name="feed_kind",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="person",
                    organisation__isnull=True,
                    resource__isnull=True,
                    space__isnull=True,
                )
                | Q(
                    kind="organisation",
                    organisation__isnull=False,
                    resource__isnull=True,
                    space__isnull=True,
                )
                | Q(
                    kind="resource",
                    organisation__isnull=True,
                    resource__isnull=False,
                    space__isnull=True,
                )
                | Q(
                    kind="space",
                    organisation__isnull=True,
                    resource__isnull=True,
                    space__isnull=False,
                ),
                name="feed_follows_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def followed(self) -> Followed:
        return self.organisation or self.resource or self.space or self.person

    @property
    def title(self) -> str:
        """What calendar programs call it. Read it with its organisation, resource and space."""
        if self.resource:
            return f"{self.resource} · {self.resource.space.shown_name}"
        if self.space:
            return str(self.space.shown_name)
        return str(self.organisation) if self.organisation else _("My bookings")

    @property
    def without_names(self) -> bool:
        """Does it only say when a place is taken?"""
        return self.kind in self.WITHOUT_NAMES
