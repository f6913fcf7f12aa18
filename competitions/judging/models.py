"""Judging: who sits in a panel, who may score what, the marks, and the result.

One judge, one entry, one round is the unit: a judge who sits in two rounds scores twice. A
conflict of interest takes the scorecard's place under the same unique constraint, so an entry in
conflict cannot be assigned, whatever code tries.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from competitions.calls.models import Criterion, Prize, RoundTrack
from competitions.entries.models import Entry, Submission
from portal.core import clock
from portal.core.states import Moves, state_constraint


class Judge(models.Model):
    """A person's seat in the panel of one round and track."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        REMOVED = "removed", _("Removed")

    legal_weight = True
    shown_publicly = True
    MOVES: ClassVar[Moves] = {
        State.INVITED: frozenset({State.ACCEPTED, State.DECLINED, State.REMOVED}),
        State.ACCEPTED: frozenset({State.REMOVED}),
        State.DECLINED: frozenset({State.INVITED}),
        State.REMOVED: frozenset({State.INVITED}),
    }

    round_track = models.ForeignKey(RoundTrack, models.PROTECT, related_name="judges")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="judge_seats")
    title = models.CharField(_("position"), max_length=150, blank=True)
    is_chair = models.BooleanField(_("chair"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    impartiality = models.ForeignKey(
        "core.ConsentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confidentiality = models.ForeignKey(
        "core.ConsentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("judge")
        verbose_name_plural = _("judges")
        ordering = ["-is_chair", "user__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["round_track", "user"], name="one_seat_in_a_panel"),
            models.UniqueConstraint(
                fields=["round_track"], condition=Q(is_chair=True), name="one_chair"
            ),
            state_constraint("judge_state", "invited", "accepted", "declined", "removed"),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | (Q(impartiality__isnull=False) & Q(confidentiality__isnull=False)),
                name="judge_accepted_has_promised",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Scorecard(models.Model):
    """One judge's marks for one entry in one round; also the assignment that asks for them."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("Assigned")
        CONFLICTED = "conflicted", _("Conflict of interest")
        DECLINED = "declined", _("Declined")
        STARTED = "started", _("Started")
        COMPLETE = "complete", _("Complete")
        HANDED_IN = "handed_in", _("Handed in")

    legal_weight = True
    MOVES: ClassVar[Moves] = {
        State.ASSIGNED: frozenset({State.CONFLICTED, State.DECLINED, State.STARTED}),
        State.CONFLICTED: frozenset(),
        State.DECLINED: frozenset({State.ASSIGNED}),
        State.STARTED: frozenset({State.CONFLICTED, State.DECLINED, State.COMPLETE}),
        State.COMPLETE: frozenset({State.CONFLICTED, State.STARTED, State.HANDED_IN}),
        State.HANDED_IN: frozenset({State.STARTED}),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="scorecards")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="scorecards")
    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scorecards",
        help_text=_("The version that was judged."),
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASSIGNED)
    version = models.PositiveIntegerField(default=1)
    comment = models.TextField(_("comment to the team"), blank=True)
    private_note = models.TextField(_("private note"), blank=True)
    decline_reason = models.TextField(blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Set while an officer lets the judge change a sheet that was handed in."),
    )

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["judge", "entry__code"]
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry"], name="one_scorecard"),
            state_constraint(
                "scorecard_state",
                "assigned",
                "conflicted",
                "declined",
                "started",
                "complete",
                "handed_in",
            ),
            models.CheckConstraint(
                condition=Q(state="conflicted") | Q(submission__isnull=False),
                name="scorecard_keeps_submission",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_in") | Q(handed_in_at__isnull=False),
                name="scorecard_handed_in_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judge} · {self.entry}"


class ConflictOfInterest(models.Model):
    """Why a judge may not score an entry."""

    class Kind(models.TextChoices):
        OWN_TEAM = "own_team", _("Member of the team")
        SAME_ORGANISATION = "same_organisation", _("Same organisation")
        SAME_DOMAIN = "same_domain", _("Email addresses of the same domain")
        FAMILY = "family", _("Family")
        MENTOR = "mentor", _("Mentored or advised the team")
        BUSINESS = "business", _("Business or financial interest")
        OTHER = "other", _("Other")

    class Source(models.TextChoices):
        DETECTED = "detected", _("Found by the portal")
        DECLARED = "declared", _("Declared by the judge")
        OFFICER = "officer", _("Entered by an officer")

    legal_weight = True

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=Kind)
    source = models.CharField(max_length=10, choices=Source)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "kind"], name="conflict_kind_once"),
            state_constraint(
                "conflict_kind_known",
                "own_team",
                "same_organisation",
                "same_domain",
                "family",
                "mentor",
                "business",
                "other",
                field="kind",
            ),
            state_constraint(
                "conflict_source_known", "detected", "declared", "officer", field="source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}: {self.get_kind_display()}"


class Mark(models.Model):
    """A judge's mark for one criterion. A missing mark is a missing row, never zero."""

    legal_weight = True

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    value = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "criterion"], name="one_mark"),
            models.CheckConstraint(condition=Q(value__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class MarkChange(models.Model):
    """Every change of a mark, kept for ever."""

    legal_weight = True

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="mark_changes")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    old = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    new = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.scorecard} {self.criterion}: {self.old} → {self.new}"


class Reopening(models.Model):
    """An officer opened a handed-in scorecard again, and why."""

    legal_weight = True

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="reopenings")
    reason = models.TextField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["reopened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_gives_reason")
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}: {self.reason}"


class EntryInRound(models.Model):
    """An entry's place in one round: decided quietly, shown when the result is published."""

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        ADVANCED = "advanced", pgettext_lazy("outcome", "Advanced")
        NOT_ADVANCED = "not_advanced", _("Not advanced")

    legal_weight = True
    MOVES: ClassVar[Moves] = {
        State.PENDING: frozenset({State.ADVANCED, State.NOT_ADVANCED}),
        State.ADVANCED: frozenset({State.PENDING, State.NOT_ADVANCED}),
        State.NOT_ADVANCED: frozenset({State.PENDING, State.ADVANCED}),
    }

    round_track = models.ForeignKey(RoundTrack, models.PROTECT, related_name="entries_in_round")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    prize = models.ForeignKey(Prize, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("entry in a round")
        verbose_name_plural = _("entries in rounds")
        constraints = [
            models.UniqueConstraint(fields=["round_track", "entry"], name="entry_once_in_a_round"),
            state_constraint("entry_in_round_state", "pending", "advanced", "not_advanced"),
        ]

    def __str__(self) -> str:
        return f"{self.round_track} · {self.entry}"


class ResultDecision(models.Model):
    """The authority's decision behind a published result.

    The panel ranks, the organisers propose, the competent authority signs: publishing needs the
    decision's number, date, signatory and file, and a second person where the rules say so.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", pgettext_lazy("result", "Published")

    legal_weight = True
    shown_publicly = True
    MOVES: ClassVar[Moves] = {
        State.PREPARED: frozenset({State.PROPOSED}),
        State.PROPOSED: frozenset({State.APPROVED, State.PREPARED}),
        State.APPROVED: frozenset({State.PUBLISHED, State.PREPARED}),
        State.PUBLISHED: frozenset(),
    }

    round_track = models.OneToOneField(RoundTrack, models.PROTECT, related_name="result_decision")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    number = models.CharField(_("number of the decision"), max_length=60)
    decided_on = models.DateField(_("date of the decision"))
    signatory = models.CharField(_("signed by"), max_length=150)
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+")
    second_person_required = models.BooleanField(default=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)
    returned_reason = models.TextField(blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    sealed = models.TextField(
        blank=True, help_text=_("The file from which anyone can recompute the published ranking.")
    )
    sealed_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("decision on a result")
        verbose_name_plural = _("decisions on results")
        constraints = [
            state_constraint(
                "result_decision_state", "prepared", "proposed", "approved", "published"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "proposed"]) | Q(approved_by__isnull=False),
                name="result_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(second_person_required=False)
                | Q(approved_by__isnull=True)
                | ~Q(approved_by=F("prepared_by")),
                name="result_approved_by_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="result_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(sealed="") & ~Q(sealed_sha256=""),
                name="result_published_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.round_track}"


class Seal(models.Model):
    """A sheet as it was handed in. Each seal holds the one before it in its round.

    So none can be changed, put between or taken out afterwards without breaking all that follow.
    A sheet that was reopened and handed in again gets a further seal; the earlier one stays.
    """

    legal_weight = True

    round_track = models.ForeignKey(RoundTrack, models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField()
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="seals")
    content = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["round_track", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round_track", "number"], name="seal_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, previous="") | Q(number__gt=1) & ~Q(previous=""),
                name="seal_holds_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.sha256[:12]}"


class PublishedRow(models.Model):
    """One line of a published result, as it was on that day."""

    legal_weight = True
    shown_publicly = True

    decision = models.ForeignKey(ResultDecision, models.PROTECT, related_name="rows")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="published_rows")
    rank = models.PositiveSmallIntegerField(null=True)
    tied = models.BooleanField(default=False)
    total = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    title = models.CharField(max_length=200)
    team = models.CharField(max_length=250)
    prize = models.CharField(max_length=120, blank=True)
    prize_en = models.CharField(max_length=120, blank=True)
    advanced = models.BooleanField(default=False)

    class Meta:
        ordering = ["decision", "rank", "entry__code"]
        constraints = [models.UniqueConstraint(fields=["decision", "entry"], name="published_once")]

    def __str__(self) -> str:
        return f"{self.rank}. {self.title}"
