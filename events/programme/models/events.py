"""An event: when and where it takes place, its agenda, and who speaks."""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from portal.core import clock
from portal.core.languages import in_reader_language
from portal.core.text import clean_line, clean_text


class CleanWords(models.Model):
    """Composed Unicode, lines of one line, no control characters, before each write."""

    LINES: tuple[str, ...] = ()
    TEXTS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        for name in self.LINES:
            setattr(self, name, clean_line(getattr(self, name)))
        for name in self.TEXTS:
            setattr(self, name, clean_text(getattr(self, name)).strip())
        super().save(*args, **kwargs)


class EventSeries(CleanWords):
    """Events that belong together: a course in parts, consultation hours every month."""

    shown_publicly = True
    LINES = ("name", "name_en")
    TEXTS = ("about", "about_en")

    name = models.CharField(_("name"), max_length=160, unique=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    about = models.TextField(_("what the series is"), max_length=1000, blank=True)
    about_en = models.TextField(_("what it is, in English"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return in_reader_language(self.name, self.name_en)

    @property
    def shown_about(self) -> str:
        return in_reader_language(self.about, self.about_en)


class Stage(models.TextChoices):
    """Where an event stands by the clock. Never stored."""

    COMING = "coming", pgettext_lazy("event", "Coming")
    OPEN = "open", pgettext_lazy("event", "Open for registration")
    FULL = "full", pgettext_lazy("event", "Full")
    UNDER_WAY = "under_way", pgettext_lazy("event", "Under way")
    OVER = "over", pgettext_lazy("event", "Over")
    CALLED_OFF = "called_off", pgettext_lazy("event", "Called off")


class Event(CleanWords):
    """Something that takes place. `sequence` counts what calendars learn anew (RFC 5545)."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        TRAINING = "training", _("Training")
        DEMO_DAY = "demo_day", _("Demonstration")
        FAIR = "fair", _("Fair")
        PITCH_FINAL = "pitch_final", _("Final")
        CONSULTATION = "consultation", _("Consultation hours")

    shown_publicly = True
    LINES = (
        *("title", "title_en", "venue", "venue_en", "address", "host", "host_en"),
        *("called_off_because", "called_off_because_en"),
    )
    CALENDAR_FACTS = ("title", "starts", "ends", "venue", "address", "called_off_because")
    """What stands in people's calendars: whoever imported the event hears of a change."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.WORKSHOP)
    title = models.CharField(_("name of the event"), max_length=200)
    title_en = models.CharField(_("name in English"), max_length=200, blank=True)
    series = models.ForeignKey(
        EventSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("series"),
    )
    starts = models.DateTimeField(_("begins"), db_index=True)
    ends = models.DateTimeField(_("ends"))
    venue = models.CharField(_("venue"), max_length=160)
    venue_en = models.CharField(_("venue in English"), max_length=160, blank=True)
    address = models.CharField(_("address of the venue"), max_length=250, blank=True)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    host = models.CharField(_("organised by"), max_length=200, blank=True)
    host_en = models.CharField(_("organised by, in English"), max_length=200, blank=True)
    contact_phone = PhoneNumberField(_("phone for questions"), blank=True)
    contact_email = models.EmailField(_("email for questions"), blank=True)
    called_off_because = models.CharField(
        _("called off, because"),
        max_length=300,
        blank=True,
        help_text=_("Filled in, the event is shown as called off, with this sentence."),
    )
    called_off_because_en = models.CharField(
        _("called off, because (English)"), max_length=300, blank=True
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="event_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("workshop", "training", "demo_day", "fair", "pitch_final"),
                        "consultation",
                    ]
                ),
                name="event_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(venue=""), name="event_says_what_and_where"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        return in_reader_language(self.title, self.title_en)

    @property
    def shown_venue(self) -> str:
        return in_reader_language(self.venue, self.venue_en)

    @property
    def shown_host(self) -> str:
        return in_reader_language(self.host, self.host_en)

    @property
    def shown_reason(self) -> str:
        """Why it was called off."""
        return in_reader_language(self.called_off_because, self.called_off_because_en)

    @property
    def place(self) -> str:
        """The venue with its address, in one line."""
        return ", ".join(part for part in (self.shown_venue, self.address) if part)

    @property
    def is_called_off(self) -> bool:
        return bool(self.called_off_because)

    def stage_at(self, now: datetime) -> Stage:
        if self.is_called_off:
            return Stage.CALLED_OFF
        if now < self.starts:
            return self._before(now)
        return Stage.UNDER_WAY if now < self.ends else Stage.OVER

    def _before(self, now: datetime) -> Stage:
        """Where people register, whether they still can."""
        sign_up = getattr(self, "sign_up", None)
        if sign_up is None:
            return Stage.COMING
        if sign_up.free <= 0:
            return Stage.FULL
        return Stage.OPEN if sign_up.is_open_at(now) else Stage.COMING

    @property
    def stage(self) -> Stage:
        return self.stage_at(clock.now())


class Speaker(CleanWords):
    """Somebody who speaks at events."""

    shown_publicly = True
    LINES = ("name", "role", "role_en", "organisation", "organisation_en")
    TEXTS = ("about", "about_en")

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("position"), max_length=160, blank=True)
    role_en = models.CharField(_("position in English"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_en = models.CharField(_("organisation in English"), max_length=200, blank=True)
    about = models.TextField(_("about the speaker"), max_length=1000, blank=True)
    about_en = models.TextField(_("about the speaker, in English"), max_length=1000, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name

    @property
    def shown_role(self) -> str:
        """Position and organisation, in one line."""
        said = (
            in_reader_language(self.role, self.role_en),
            in_reader_language(self.organisation, self.organisation_en),
        )
        return ", ".join(part for part in said if part)

    @property
    def shown_about(self) -> str:
        return in_reader_language(self.about, self.about_en)


class Session(CleanWords):
    """One line of an agenda: a talk, a break, a visit."""

    shown_publicly = True
    LINES = ("title", "title_en", "room", "room_en")
    TEXTS = ("about", "about_en")

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="sessions", verbose_name=_("event")
    )
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    room = models.CharField(_("room"), max_length=120, blank=True)
    room_en = models.CharField(_("room in English"), max_length=120, blank=True)
    title = models.CharField(_("what happens"), max_length=200)
    title_en = models.CharField(_("what happens, in English"), max_length=200, blank=True)
    about = models.TextField(_("more about it"), max_length=1500, blank=True)
    about_en = models.TextField(_("more about it, in English"), max_length=1500, blank=True)
    speakers = models.ManyToManyField(
        Speaker, blank=True, related_name="sessions", verbose_name=_("speakers")
    )

    class Meta:
        verbose_name = _("line of an agenda")
        verbose_name_plural = _("lines of agendas")
        ordering = ["starts", "room", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="session_says_what"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        return in_reader_language(self.title, self.title_en)

    @property
    def shown_room(self) -> str:
        return in_reader_language(self.room, self.room_en)

    @property
    def shown_about(self) -> str:
        return in_reader_language(self.about, self.about_en)
