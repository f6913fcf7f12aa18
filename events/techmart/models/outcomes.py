"""What came of connections: memoranda and contracts, corrected with history, never deleted."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.techmart.models.connections import ConnectionRequest
from events.techmart.models.offers import Offer, amount
from events.techmart.models.terms import TermList, one_of
from portal.core import clock
from portal.core.text import clean_line, clean_text


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def standing(self) -> "OutcomeQuerySet":
        """What counts inside the office: everything that was not annulled."""
        return self.filter(annulled_at__isnull=True)

    def approved(self) -> "OutcomeQuerySet":
        """What public totals may count."""
        return self.standing().filter(approved_at__isnull=False)


class Outcome(models.Model):
    """A memorandum or a contract between a giver and a receiver of technology."""

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", _("Memorandum")
        CONTRACT = "contract", _("Contract")

    legal_weight = True
    shown_publicly = True
    LINES = ("number", "giver", "receiver")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.CharField(_("number on the paper"), max_length=60, blank=True)
    signed_on = models.DateField(
        _("signed on"), validators=[MinValueValidator(date(2000, 1, 1))], db_index=True
    )
    giver = models.CharField(_("giving side"), max_length=200)
    giver_organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver = models.CharField(_("receiving side"), max_length=200)
    receiver_organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject = models.TextField(_("what it is about"), max_length=1000)
    form = one_of(TermList.TRANSFER_FORM, _("form of transfer"))
    value = amount(_("value"))
    value_public = models.BooleanField(
        _("The value may be counted in public totals"), default=False
    )
    channel = models.ForeignKey(
        "techmart.Term",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"list": TermList.CHANNEL},
        verbose_name=_("channel"),
    )
    request = models.ForeignKey(
        ConnectionRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("connection request"),
    )
    offer = models.ForeignKey(
        Offer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("offer"),
    )
    evidence = models.OneToOneField(
        "core.PrivateFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("evidence"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    """Who wrote what stands there now: the recorder, or the last one to correct it."""
    version = models.PositiveIntegerField(default=1, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)
    annulled_because = models.CharField(_("why it was annulled"), max_length=300, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["memorandum", "contract"]), name="outcome_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="outcome_value_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(value_public=False) | Q(value__isnull=False),
                name="outcome_public_value_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(giver="") & ~Q(receiver="") & ~Q(subject=""),
                name="outcome_names_its_sides",
            ),
            # Public totals rest on two pairs of eyes.
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("changed_by")),
                name="outcome_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(annulled_at__isnull=True)
                | Q(annulled_by__isnull=False) & ~Q(annulled_because=""),
                name="outcome_annulled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()} {self.number}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        for field in self.LINES:
            setattr(self, field, clean_line(getattr(self, field)))
        self.subject = clean_text(self.subject).strip()
        super().save(*args, **kwargs)


class OutcomeCorrection(models.Model):
    """What stood there before a correction, who corrected it and why."""

    legal_weight = True

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="corrections")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("why it was corrected"), max_length=300)
    before = models.JSONField()
    """The changed fields by name, each as it read before and after."""

    class Meta:
        verbose_name = _("correction of an outcome")
        verbose_name_plural = _("corrections of outcomes")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.outcome.code}: {self.reason}"
