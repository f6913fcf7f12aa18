"""Entries: what a team writes, whom it names, what it hands in, and what officers decide.

The answers, members and files hanging on an `Entry` are the working copy. What counts is the last
`Submission`, an immutable snapshot: it stays valid until a newer one is complete.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from competitions.calls.models import Competition, EntryForm, Question, Track
from portal.core import clock
from portal.core.states import Moves, state_constraint
from portal.core.text import clean_line, fold
from portal.questions.models import AbstractAnswer


class Entry(models.Model):
    """What a team enters in one track of a competition."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        ASKED = "asked", _("Asked to complete")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Applicant(models.TextChoices):
        PERSON = "person", _("One person")
        GROUP = "group", _("Group of people")
        ORGANISATION = "organisation", _("Organisation")

    legal_weight = True
    shown_publicly = ("code",)  # counted on the home page; results carry copies of the rest
    MOVES: ClassVar[Moves] = {
        State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
        # Handing in again until the deadline keeps the state, asking again moves the deadline.
        State.SUBMITTED: frozenset(
            {
                State.SUBMITTED,
                State.ELIGIBLE,
                State.INELIGIBLE,
                State.ASKED,
                State.WITHDRAWN,
            }
        ),
        State.ASKED: frozenset(
            {
                State.SUBMITTED,
                State.ELIGIBLE,
                State.INELIGIBLE,
                State.ASKED,
                State.WITHDRAWN,
            }
        ),
        State.ELIGIBLE: frozenset({State.SUBMITTED, State.WITHDRAWN}),
        State.INELIGIBLE: frozenset({State.SUBMITTED}),
        State.WITHDRAWN: frozenset(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=24, unique=True, null=True, blank=True)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="entries")
    track = models.ForeignKey(
        Track, models.PROTECT, related_name="entries", verbose_name=_("track")
    )
    form = models.ForeignKey(EntryForm, models.PROTECT, related_name="entries")
    title = models.CharField(_("title of the entry"), max_length=200, blank=True)
    folded_title = models.CharField(max_length=200, blank=True, editable=False)
    applicant = models.CharField(
        _("who enters"), max_length=12, choices=Applicant, default=Applicant.PERSON
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("organisation"),
    )
    captain = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="captained_entries"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, help_text=_("Token of the basic facts."))
    created_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    asked_for = models.TextField(_("what to complete"), blank=True)
    asked_until = models.DateTimeField(_("complete until"), null=True, blank=True)
    reason = models.TextField(_("reason shown to the team"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["competition", "track", "state"], name="entry_list")]
        constraints = [
            state_constraint(
                "entry_state", "draft", "submitted", "asked", "eligible", "ineligible", "withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (Q(code__isnull=False) & Q(submitted_at__isnull=False)),
                name="entry_submitted_has_code",
            ),
            models.CheckConstraint(
                condition=Q(applicant="organisation") | Q(organisation__isnull=True),
                name="entry_organisation_only_when_it_enters",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(asked_until__isnull=False),
                name="entry_asked_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(applicant__in=["person", "group", "organisation"]),
                name="entry_applicant_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or '—'} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = clean_line(self.title)
        self.folded_title = fold(self.title)[:200]
        super().save(*args, **kwargs)

    @property
    def handed_in(self) -> bool:
        """Was it ever submitted? From then on it has a code and officers may read it."""
        return self.code is not None


class TeamMember(models.Model):
    """A person named in an entry. Shown to others only once they agreed."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="members")
    full_name = models.CharField(_("full name"), max_length=150)
    folded_name = models.CharField(max_length=200, blank=True, editable=False)
    role = models.CharField(_("role in the team"), max_length=100, blank=True)
    email = models.EmailField(_("email"))
    phone = PhoneNumberField(_("phone"), blank=True)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="team_places",
    )
    is_captain = models.BooleanField(default=False)
    consent = models.ForeignKey(
        "core.ConsentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["-is_captain", "order", "pk"]
        constraints = [
            models.UniqueConstraint("entry", Lower("email"), name="member_once_in_a_team"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(is_captain=True), name="one_captain"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = clean_line(self.full_name)
        self.folded_name = fold(self.full_name)[:200]
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def agreed(self) -> bool:
        """Did this person agree to be named? The captain does so by handing in."""
        return self.consent_id is not None


class Answer(AbstractAnswer):
    """The working answer to one question."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")

    class Meta(AbstractAnswer.Meta):
        abstract = False
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            *AbstractAnswer.Meta.constraints,
            models.UniqueConstraint(fields=["entry", "question"], name="one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.question}"


class EntryFile(models.Model):
    """A file added to an answer. Removing it keeps the row: an old submission may hold it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    file = models.OneToOneField("core.PrivateFile", models.PROTECT, related_name="entry_file")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry file")
        verbose_name_plural = _("entry files")
        ordering = ["question", "added_at", "pk"]

    def __str__(self) -> str:
        return self.file.name


class Submission(models.Model):
    """What was handed in, frozen. The receipt is the SHA-256 of its canonical form."""

    legal_weight = True

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    receipt = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["entry", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="submission_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A submission is written once. Raises ValueError when somebody tries again."""
        if not self._state.adding:
            raise ValueError("A submission never changes.")
        super().save(*args, **kwargs)


class ScreeningDecision(models.Model):
    """One decision of an officer about a dossier; the newest counts, all are kept."""

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        ASKED = "asked", _("Asked to complete")
        REOPENED = "reopened", _("Screened again")

    legal_weight = True

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="screening_decisions")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("screening decision")
        verbose_name_plural = _("screening decisions")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            state_constraint(
                "screening_outcome", "eligible", "ineligible", "asked", "reopened", field="outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome="eligible") | ~Q(reason=""), name="screening_gives_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_outcome_display()}"


class DeadlineReminder(models.Model):
    """The team was reminded of this closing time; a later closing time reminds again."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="reminders")
    days_before = models.PositiveSmallIntegerField()
    closes_at = models.DateTimeField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("deadline reminder")
        verbose_name_plural = _("deadline reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "days_before", "closes_at"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} −{self.days_before}"
