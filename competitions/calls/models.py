"""A competition: its tracks, rounds, form, criteria and prizes. Each is a list of its own.

Rows in use are frozen (`freezing.py`): a change starts a new version, so that an entry keeps the
form it was filled in with. Whether something is open is computed from the clock, never stored.
"""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core import clock
from portal.core.languages import in_reader_language
from portal.core.states import Moves, state_constraint
from portal.questions.models import AbstractQuestion


class TitledInTwoLanguages:
    """Shown by its title in the reader's language."""

    title: str
    title_en: str

    def __str__(self) -> str:
        return self.local_title

    @property
    def local_title(self) -> str:
        return in_reader_language(self.title, self.title_en)


class Competition(TitledInTwoLanguages, models.Model):
    """One season, with its rules, rounds, tracks and prizes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        ARCHIVED = "archived", _("Archived")

    legal_weight = True
    shown_publicly = True
    MOVES: ClassVar[Moves] = {
        State.DRAFT: frozenset({State.ANNOUNCED}),
        State.ANNOUNCED: frozenset({State.ARCHIVED}),
        State.ARCHIVED: frozenset({State.ANNOUNCED}),
    }

    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    code_prefix = models.SlugField(
        _("code prefix"),
        max_length=12,
        unique=True,
        help_text=_("Entry codes begin with it: KN2026 makes KN2026-001."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    panel_name = models.CharField(_("name of the panel"), max_length=100, default="Ban Giám khảo")
    max_team_size = models.PositiveSmallIntegerField(
        _("largest team"), default=5, validators=[MinValueValidator(1)]
    )
    max_entries_per_person = models.PositiveSmallIntegerField(
        _("most entries of one person"), default=3, validators=[MinValueValidator(1)]
    )
    max_entries_per_organisation = models.PositiveSmallIntegerField(
        _("most entries of one organisation"), default=4, validators=[MinValueValidator(1)]
    )
    second_person_approves = models.BooleanField(
        _("a second person approves results"),
        default=True,
        help_text=_("Publishing a result needs the approval of somebody who did not prepare it."),
    )
    judges_named = models.BooleanField(_("judges are named in the published result"), default=True)
    contact_email = models.EmailField(_("contact email"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("competition")
        verbose_name_plural = _("competitions")
        ordering = ["-year", "title"]
        constraints = [state_constraint("competition_state", "draft", "announced", "archived")]


class Track(TitledInTwoLanguages, models.Model):
    """What kind of entry competes with which (bảng thi)."""

    legal_weight = True
    shown_publicly = True

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="tracks", verbose_name=_("competition")
    )
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    description = models.TextField(_("who belongs here"), blank=True)
    description_en = models.TextField(_("who belongs here, in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["competition", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "title"], name="track_title_once")
        ]

    @property
    def local_description(self) -> str:
        return in_reader_language(self.description, self.description_en)


class Round(TitledInTwoLanguages, models.Model):
    """One stage of a competition. The first takes entries; later ones take those who advanced."""

    legal_weight = True
    shown_publicly = True

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="rounds", verbose_name=_("competition")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), default=1, validators=[MinValueValidator(1)]
    )
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    description = models.TextField(_("what happens in it"), blank=True)
    description_en = models.TextField(_("what happens in it, in English"), blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["competition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "number"], name="round_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_number_from_1"),
        ]

    @property
    def takes_entries(self) -> bool:
        return self.number == 1


class RoundTrack(models.Model):
    """One round of one track: its dates, panel, criteria, cut and result."""

    class State(models.TextChoices):
        SETTING_UP = "setting_up", _("Setting up")
        RUNNING = "running", _("Under way")
        MARKING = "marking", _("Marking")
        DELIBERATING = "deliberating", _("Deliberating")
        DECIDED = "decided", _("Decided")
        PUBLISHED = "published", pgettext_lazy("result", "Published")

    class Phase(models.TextChoices):
        """What people are told: the stored state refined by the clock."""

        SETTING_UP = "setting_up", _("Setting up")
        COMING = "coming", _("Not open yet")
        COLLECTING = "collecting", _("Taking entries")
        SCREENING = "screening", _("Screening")
        WAITING = "waiting", _("Before marking")
        MARKING = "marking", _("Marking")
        DELIBERATING = "deliberating", _("Deliberating")
        DECIDED = "decided", _("Decided")
        PUBLISHED = "published", pgettext_lazy("result", "Published")

    legal_weight = True
    shown_publicly = True
    MOVES: ClassVar[Moves] = {
        State.SETTING_UP: frozenset({State.RUNNING}),
        State.RUNNING: frozenset({State.MARKING}),
        State.MARKING: frozenset({State.DELIBERATING}),
        State.DELIBERATING: frozenset({State.MARKING, State.DECIDED}),
        State.DECIDED: frozenset({State.DELIBERATING, State.PUBLISHED}),
        State.PUBLISHED: frozenset(),
    }

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="round_tracks", verbose_name=_("round")
    )
    track = models.ForeignKey(
        Track, models.PROTECT, related_name="round_tracks", verbose_name=_("track")
    )
    state = models.CharField(
        _("state"), max_length=14, choices=State, default=State.SETTING_UP, editable=False
    )
    opens_at = models.DateTimeField(
        _("opens for entries"), null=True, blank=True, help_text=_("First round only.")
    )
    closes_at = models.DateTimeField(
        _("closes for entries"),
        null=True,
        blank=True,
        help_text=_("The closing second itself still counts."),
    )
    marking_opens_at = models.DateTimeField(_("marking opens"), null=True, blank=True)
    marking_closes_at = models.DateTimeField(_("marking closes"), null=True, blank=True)
    results_at = models.DateTimeField(_("results expected"), null=True, blank=True)
    minimum_total = models.DecimalField(
        _("least total to pass"), max_digits=7, decimal_places=2, default=Decimal(50)
    )
    no_zero = models.BooleanField(_("no criterion may be at zero"), default=True)
    places = models.PositiveSmallIntegerField(
        _("how many advance"), null=True, blank=True, help_text=_("Empty: no fixed number.")
    )
    judges_per_entry = models.PositiveSmallIntegerField(
        _("judges per entry"), default=3, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("round of a track")
        verbose_name_plural = _("rounds of tracks")
        ordering = ["round__number", "track__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "track"], name="round_track_once"),
            state_constraint(
                "round_track_state",
                "setting_up",
                "running",
                "marking",
                "deliberating",
                "decided",
                "published",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="round_track_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(marking_opens_at__isnull=True)
                | Q(marking_closes_at__isnull=True)
                | Q(marking_closes_at__gt=F("marking_opens_at")),
                name="round_track_marking_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.track}"

    @property
    def competition(self) -> Competition:
        return self.round.competition

    def takes_entries_at(self, moment: datetime) -> bool:
        """May an entry be submitted at `moment`? The closing second itself still counts."""
        return (
            self.state == self.State.RUNNING
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= moment
            and moment.replace(microsecond=0) <= self.closes_at
        )

    def phase(self, moment: datetime | None = None) -> "RoundTrack.Phase":
        """The stored state refined by the clock."""
        if self.state != self.State.RUNNING:
            return self.Phase(self.state)
        now = moment or clock.now()
        if self.opens_at is None or self.closes_at is None:
            return self.Phase.WAITING
        if now < self.opens_at:
            return self.Phase.COMING
        return self.Phase.COLLECTING if self.takes_entries_at(now) else self.Phase.SCREENING


class EntryForm(models.Model):
    """One version of a competition's questions; entries keep the one they were filled in with."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        IN_USE = "in_use", _("In use")
        RETIRED = "retired", _("Retired")

    legal_weight = True
    MOVES: ClassVar[Moves] = {
        State.DRAFT: frozenset({State.IN_USE}),
        State.IN_USE: frozenset({State.RETIRED}),
        State.RETIRED: frozenset(),
    }

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="forms", verbose_name=_("competition")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.DRAFT, editable=False
    )

    class Meta:
        verbose_name = _("entry form")
        verbose_name_plural = _("entry forms")
        ordering = ["competition", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["competition"], condition=Q(state="in_use"), name="one_form_in_use"
            ),
            state_constraint("entry_form_state", "draft", "in_use", "retired"),
        ]

    def __str__(self) -> str:
        return _("%(competition)s, form version %(version)s") % {
            "competition": self.competition,
            "version": self.version,
        }


class Section(TitledInTwoLanguages, models.Model):
    """A part of the form that is filled in and saved together."""

    legal_weight = True

    form = models.ForeignKey(
        EntryForm, models.PROTECT, related_name="sections", verbose_name=_("form")
    )
    title = models.CharField(_("title"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    intro_en = models.TextField(_("introduction in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["form", "order", "pk"]

    @property
    def local_intro(self) -> str:
        return in_reader_language(self.intro, self.intro_en)


class Question(AbstractQuestion):
    """A question of the entry form, asked of all tracks or of those named."""

    legal_weight = True

    section = models.ForeignKey(
        Section, models.PROTECT, related_name="questions", verbose_name=_("section")
    )
    tracks = models.ManyToManyField(
        Track,
        blank=True,
        related_name="questions",
        verbose_name=_("only for tracks"),
        help_text=_("None chosen: asked of every track."),
    )

    class Meta(AbstractQuestion.Meta):
        abstract = False
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="question_key_once"),
        ]


class Criterion(TitledInTwoLanguages, models.Model):
    """A line of the rubric. An entry's total of one judge is Σ mark × weight."""

    legal_weight = True
    shown_publicly = True

    round_track = models.ForeignKey(
        RoundTrack, models.PROTECT, related_name="criteria", verbose_name=_("round of a track")
    )
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    anchors = models.TextField(
        _("anchor text"), blank=True, help_text=_("What a low, a middle and a high mark mean.")
    )
    anchors_en = models.TextField(_("anchor text in English"), blank=True)
    weight = models.DecimalField(
        _("weight"),
        max_digits=6,
        decimal_places=3,
        default=Decimal(1),
        help_text=_("The mark is multiplied by it."),
    )
    maximum = models.DecimalField(_("highest mark"), max_digits=6, decimal_places=2)
    step = models.DecimalField(_("step"), max_digits=5, decimal_places=2, default=Decimal("0.5"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["round_track", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(maximum__gt=0), name="criterion_maximum_positive"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weight_positive"),
            models.CheckConstraint(
                condition=Q(step__gt=0) & Q(step__lte=F("maximum")), name="criterion_step_fits"
            ),
        ]

    @property
    def local_anchors(self) -> str:
        return in_reader_language(self.anchors, self.anchors_en)

    @property
    def points(self) -> Decimal:
        """The most this criterion adds to a total."""
        return self.maximum * self.weight


class Prize(TitledInTwoLanguages, models.Model):
    """A kind of prize of a track, such as two second prizes of 20 million đồng."""

    legal_weight = True
    shown_publicly = True

    track = models.ForeignKey(Track, models.PROTECT, related_name="prizes", verbose_name=_("track"))
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    quantity = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1)]
    )
    amount = models.PositiveBigIntegerField(_("amount in đồng"), default=0)
    note = models.CharField(_("what else"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        ordering = ["track", "order", "pk"]
