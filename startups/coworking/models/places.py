"""Spaces, when they are open, and the rules of the house."""

from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.core import clock
from portal.core.languages import in_reader_language


class Space(models.Model):
    """A place with bookable resources. Its words and pictures stand in its page."""

    shown_publicly = True

    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    address = models.CharField(_("address"), max_length=250)
    phone = PhoneNumberField(_("phone of the front desk"), blank=True)
    email = models.EmailField(_("email of the front desk"), blank=True)
    cancel_minutes = models.PositiveIntegerField(
        _("cancel or move until (minutes before)"), default=0
    )
    no_show_minutes = models.PositiveSmallIntegerField(
        _("released when nobody comes (minutes after the start)"), default=30
    )
    strike_limit = models.PositiveSmallIntegerField(
        _("no-shows until booking pauses"),
        default=0,
        help_text=_("0 means that no-shows have no consequence."),
    )
    strike_days = models.PositiveSmallIntegerField(_("a no-show counts for (days)"), default=60)
    visitor_days = models.PositiveSmallIntegerField(
        _("visitors' names are kept for (days)"), default=30
    )
    is_open = models.BooleanField(_("takes bookings"), default=True)
    wall_turn = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Rises when the address of the wall display is renewed; older ones end."),
    )

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return in_reader_language(self.name, self.name_en)


def _closes_after_opening(opens: time | None, closes: time | None) -> None:
    """A sentence beside the field; the constraint behind it would only tell its own name."""
    if opens is not None and closes is not None and closes <= opens:
        raise ValidationError({"closes": _("The closing time is after the opening time.")})


class OpeningHours(models.Model):
    """One stretch of a weekday on which the space is open; a day may have several."""

    shown_publicly = True

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    space = models.ForeignKey(Space, models.CASCADE, related_name="hours", verbose_name=_("space"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["space", "weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["space", "weekday", "opens"], name="hours_begin_once"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="hours_close_after_opening"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self) -> None:
        _closes_after_opening(self.opens, self.closes)


class OpeningException(models.Model):
    """Other hours on one day, stronger than weekday and calendar. Without times it is closed."""

    shown_publicly = True

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="exceptions", verbose_name=_("space")
    )
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    reason_en = models.CharField(_("reason in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("exception of opening hours")
        verbose_name_plural = _("exceptions of opening hours")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["space", "day"], name="exception_once_a_day"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                name="exception_has_both_times_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.reason}"

    def clean(self) -> None:
        if (self.opens is None) != (self.closes is None):
            raise ValidationError({"closes": _("Give both times, or none for a closed day.")})
        _closes_after_opening(self.opens, self.closes)


class Closure(models.Model):
    """A stretch in which the whole space, or one resource, cannot be used."""

    shown_publicly = True

    space = models.ForeignKey(
        Space, models.PROTECT, related_name="closures", verbose_name=_("space")
    )
    resource = models.ForeignKey(
        "coworking.Resource",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("only this resource"),
    )
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    reason_en = models.CharField(_("reason in English"), max_length=200, blank=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["-starts"]
        indexes = [models.Index(fields=["space", "ends"], name="closure_when")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="closure_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def shown_reason(self) -> str:
        return in_reader_language(self.reason, self.reason_en)


class HouseRules(models.Model):
    """One version of a space's rules. Each person accepts the version in force once."""

    legal_weight = True
    shown_publicly = True

    space = models.ForeignKey(Space, models.PROTECT, related_name="rules", verbose_name=_("space"))
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    text_en = models.TextField(_("text in English"), blank=True)
    valid_from = models.DateTimeField(_("in force from"))

    class Meta:
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")
        ordering = ["space", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["space", "version"], name="rules_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.version}"

    @property
    def shown_text(self) -> str:
        return in_reader_language(self.text, self.text_en)


class RulesAcceptance(models.Model):
    """This person has accepted this version of the rules."""

    legal_weight = True

    rules = models.ForeignKey(HouseRules, models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("acceptance of house rules")
        verbose_name_plural = _("acceptances of house rules")
        constraints = [
            models.UniqueConstraint(fields=["rules", "person"], name="rules_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.rules}"
