"""What others say of a record: who checked it, what readers report; and searches people keep."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.techmart.models.demands import Demand
from events.techmart.models.experts import Expert
from events.techmart.models.offers import Offer
from events.techmart.models.shared import MarketRecord, Verification
from events.techmart.models.suppliers import Supplier
from portal.core import clock
from portal.core.states import Moves, state_constraint

ABOUT: dict[str, type[MarketRecord]] = {
    "offer": Offer,
    "demand": Demand,
    "expert": Expert,
    "supplier": Supplier,
}
"""The column of `AboutRecord` for each kind of record."""


def kind_of(record: MarketRecord) -> str:
    """The column that holds such a record."""
    return next(name for name, model in ABOUT.items() if isinstance(record, model))


def about(record: MarketRecord) -> dict[str, MarketRecord]:
    """The column and its value: for creating and filtering."""
    return {kind_of(record): record}


def _one_of_four() -> Q:
    """Exactly one of the four columns is filled."""
    held = Q()
    for chosen in ("offer", "demand", "expert", "supplier"):
        empty = {
            f"{name}__isnull": name != chosen for name in ("offer", "demand", "expert", "supplier")
        }
        held |= Q(**empty)
    return held


class AboutRecord(models.Model):
    """A row about exactly one record of the market, of any of the four kinds."""

    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="+")
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, blank=True, related_name="+")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=_one_of_four(), name="%(class)s_about_one_record")
        ]

    @property
    def record(self) -> Any:
        return self.offer or self.demand or self.expert or self.supplier


class VerificationStep(AboutRecord):
    """One line in the history of how far a record is vouched for. Written once, never changed."""

    class Kind(models.TextChoices):
        CHECKED = "checked", _("Checked by an officer")
        CHANGED = "changed", _("Its main facts were changed afterwards")

    legal_weight = True

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CHECKED)
    level_before = models.CharField(max_length=12, choices=Verification)
    level = models.CharField(_("level of verification"), max_length=12, choices=Verification)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True)
    on_day = models.DateField(_("day of the check"), null=True, blank=True)
    institution = models.CharField(_("who vouches for it"), max_length=160, blank=True)
    file = models.ForeignKey(
        "core.PrivateFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paper"),
    )
    facts = models.JSONField(default=dict, blank=True)
    """What the record said when it was checked; see `verifying.facts_of`."""
    changed = models.JSONField(default=list, blank=True)
    """Names of the facts that are others now."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta(AboutRecord.Meta):
        verbose_name = _("step of verification")
        verbose_name_plural = _("steps of verification")
        ordering = ["-at", "-pk"]
        constraints = [
            *AboutRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["checked", "changed"]), name="step_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    level__in=["declared", "documents", "demonstrated", "assessed"],
                    level_before__in=["declared", "documents", "demonstrated", "assessed"],
                ),
                name="step_levels_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="changed") | Q(by__isnull=False) & ~Q(evidence=""),
                name="step_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="changed")
                | Q(level="declared")
                | Q(on_day__isnull=False) & ~Q(institution=""),
                name="step_says_who_vouches_and_when",
            ),
            models.CheckConstraint(
                condition=Q(kind="checked") | Q(level=F("level_before")),
                name="step_of_change_moves_no_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.record}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError("A step of verification is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError("A step of verification is never deleted.")


class ProblemQuerySet(models.QuerySet["ProblemReport"]):
    def waiting(self) -> "ProblemQuerySet":
        """Not yet looked at, the oldest first."""
        return self.filter(state=ProblemReport.State.NEW).order_by("sent_at", "pk")


class ProblemReport(AboutRecord):
    """A reader says that a public record is wrong. Nobody needs an account for it."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something in it is wrong or misleading")
        GONE = "gone", _("It is sold, over or cannot be had")
        RIGHTS = "rights", _("It belongs to somebody else")
        CONTACT = "contact", _("Nobody answers")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("New")
        DEALT = "dealt", _("Dealt with")
        UNFOUNDED = "unfounded", _("Unfounded")

    legal_weight = True
    MOVES: ClassVar[Moves] = {
        State.NEW: frozenset({State.DEALT, State.UNFOUNDED}),
        State.DEALT: frozenset({State.NEW}),
        State.UNFOUNDED: frozenset({State.NEW}),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("what is wrong"), max_length=8, choices=Kind)
    text = models.TextField(_("in your words"), max_length=2000)
    email = models.EmailField(_("email"), blank=True)
    consent = models.ForeignKey(
        "core.ConsentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=5, default="vi")
    sent_at = models.DateTimeField(_("sent"), default=clock.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        verbose_name = _("report of a problem")
        verbose_name_plural = _("reports of problems")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["state", "sent_at"], name="problem_waiting")]
        constraints = [
            *AboutRecord.Meta.constraints,
            state_constraint("problem_state", "new", "dealt", "unfounded"),
            models.CheckConstraint(
                condition=Q(kind__in=["wrong", "gone", "rights", "contact", "other"]),
                name="problem_kind_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="problem_says_something"),
            models.CheckConstraint(
                condition=Q(state="new")
                | Q(handled_by__isnull=False, handled_at__isnull=False) & ~Q(answer=""),
                name="problem_handled_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(consent__isnull=False) | Q(user__isnull=False),
                name="problem_address_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.record}"


MAX_QUERY = 1000
"""Characters of a saved search."""


class SavedSearch(models.Model):
    """A search of the catalogue that somebody wants to hear from."""

    class Every(models.TextChoices):
        DAY = "day", _("Every day")
        WEEK = "week", _("Every Monday")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="market_searches"
    )
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(max_length=MAX_QUERY)
    """The parameters in one fixed order: `alerts.canonical`."""
    every = models.CharField(_("how often"), max_length=4, choices=Every, default=Every.WEEK)
    created_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(default=clock.now)
    """What went public until this moment has been told."""
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["stopped_at", "every", "looked_at"], name="search_due")]
        constraints = [
            models.UniqueConstraint(fields=["person", "query"], name="search_kept_once"),
            models.CheckConstraint(condition=Q(every__in=["day", "week"]), name="search_every"),
            models.CheckConstraint(condition=~Q(name=""), name="search_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
