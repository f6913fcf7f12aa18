"""What can be booked: resources, each a pool of one or more identical units."""

import secrets
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation
from portal.core.languages import in_reader_language
from startups.coworking.models.places import Space

GRID_MINUTES = 15
"""Everything begins and ends on this grid: one slot row for each step and unit."""


def new_desk_code() -> str:
    """What the QR at a desk says: it cannot be guessed from the desk beside it."""
    return secrets.token_urlsafe(9)


class Feature(models.Model):
    """Something a resource has: a screen, a whiteboard, a 3D printer. An editable vocabulary."""

    shown_publicly = True

    label = models.CharField(_("label"), max_length=80, unique=True)
    label_en = models.CharField(_("label in English"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return in_reader_language(self.label, self.label_en)


class Resource(models.Model):
    """A desk pool, a meeting room, the hall or a machine, with the rules for booking it.

    Lengths are minutes on a grid of 15. `buffer_*` keep the unit free before and after.
    """

    class Kind(models.TextChoices):
        DESK = "desk", _("Desk")
        ROOM = "room", _("Meeting room")
        HALL = "hall", _("Event hall")
        EQUIPMENT = "equipment", _("Lab equipment")

    class Bookers(models.TextChoices):
        ANYBODY = "anybody", _("Anybody with an account")
        ORGANISATIONS = "organisations", _("Members of organisations")
        VERIFIED = "verified", _("Members of organisations the office has checked")
        ENTRANTS = "entrants", _("Teams of the current season and checked organisations")

    class Height(models.TextChoices):
        FIXED = "fixed", _("Fixed height")
        SEATED = "seated", _("Low, for wheelchairs")
        ADJUSTABLE = "adjustable", _("Adjustable height")

    shown_publicly = True

    space = models.ForeignKey(
        Space, models.PROTECT, related_name="resources", verbose_name=_("space")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    features = models.ManyToManyField(
        Feature, blank=True, related_name="resources", verbose_name=_("features")
    )
    capacity = models.PositiveSmallIntegerField(
        _("people in one unit"), default=1, validators=[MinValueValidator(1)]
    )
    step_free = models.BooleanField(_("step-free access"), default=False)
    has_power = models.BooleanField(_("power at the place"), default=False)
    height = models.CharField(
        _("height of the desk"), max_length=10, choices=Height, blank=True, default=""
    )
    fee = models.CharField(
        _("fee, as information"), max_length=120, blank=True, help_text=_("Empty means free.")
    )
    fee_en = models.CharField(_("fee in English"), max_length=120, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(
        _("begins and ends every (minutes)"), default=30
    )
    min_minutes = models.PositiveSmallIntegerField(_("shortest booking (minutes)"), default=30)
    max_minutes = models.PositiveSmallIntegerField(_("longest booking (minutes)"), default=600)
    buffer_before = models.PositiveSmallIntegerField(_("kept free before (minutes)"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("kept free after (minutes)"), default=0)
    notice_minutes = models.PositiveIntegerField(_("book at least (minutes before)"), default=0)
    horizon_days = models.PositiveSmallIntegerField(
        _("book at most (days ahead)"), default=60, validators=[MaxValueValidator(366)]
    )
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    approval_hours = models.PositiveSmallIntegerField(
        _("a request expires after (hours)"), default=48, validators=[MinValueValidator(1)]
    )
    bookers = models.CharField(
        _("who may book"), max_length=15, choices=Bookers, default=Bookers.ORGANISATIONS
    )
    organisation_kinds = models.JSONField(
        _("only these kinds of organisations"), default=list, blank=True
    )
    is_active = models.BooleanField(_("can be booked"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["space", "order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["space", "slug"], name="resource_slug_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["desk", "room", "hall", "equipment"]), name="resource_kind"
            ),
            models.CheckConstraint(
                condition=Q(bookers__in=["anybody", "organisations", "verified", "entrants"]),
                name="resource_bookers",
            ),
            models.CheckConstraint(
                condition=Q(height__in=["", "fixed", "seated", "adjustable"]),
                name="resource_height",
            ),
            models.CheckConstraint(
                condition=Q(slot_minutes__in=[15, 30, 60]), name="resource_grid"
            ),
            models.CheckConstraint(
                condition=Q(min_minutes__gte=15) & Q(max_minutes__gte=F("min_minutes")),
                name="resource_lengths",
            ),
            models.CheckConstraint(
                condition=Q(buffer_before__lte=240) & Q(buffer_after__lte=240),
                name="resource_buffers",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="resource_capacity"),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    @property
    def shown_description(self) -> str:
        return in_reader_language(self.description, self.description_en)

    @property
    def shown_fee(self) -> str:
        return in_reader_language(self.fee, self.fee_en)

    @property
    def kinds_of_organisations(self) -> list[str]:
        """The labels of the kinds that may book; empty when all may."""
        return [str(Organisation.Kind(kind).label) for kind in self.organisation_kinds]

    @property
    def before(self) -> timedelta:
        return timedelta(minutes=self.buffer_before)

    @property
    def after(self) -> timedelta:
        return timedelta(minutes=self.buffer_after)


class Unit(models.Model):
    """One of a resource's identical units: desk 7. A room has a single one.

    `x` and `y` are thousandths of the floor plan's width and height; without them it is not drawn.
    """

    shown_publicly = True

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="units", verbose_name=_("resource")
    )
    label = models.CharField(
        _("label"),
        max_length=20,
        blank=True,
        help_text=_("Empty where the resource has one unit: its name says enough."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    x = models.PositiveSmallIntegerField(_("from the left"), null=True, blank=True)
    y = models.PositiveSmallIntegerField(_("from the top"), null=True, blank=True)
    width = models.PositiveSmallIntegerField(_("width"), default=60)
    height = models.PositiveSmallIntegerField(_("depth"), default=60)
    desk_code = models.CharField(
        _("code in the QR"), max_length=20, unique=True, default=new_desk_code, editable=False
    )
    is_active = models.BooleanField(_("can be booked"), default=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["resource", "order", "label"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "label"], name="unit_label_once"),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__lte=1000, y__lte=1000),
                name="unit_on_the_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.label}".strip()  # a room needs no label
