"""What offers, demands, experts and suppliers have in common: texts, a contact, a standing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.core import clock
from portal.core.reviewed import ReviewedRecord
from portal.core.text import clean_line, clean_text, vietnamese_order

WEB = URLValidator(schemes=["http", "https"])


class MarketRecord(ReviewedRecord):
    """A reviewed record of the market. Its texts are cleaned by kind before each write."""

    LINES: ClassVar[Sequence[str]] = ()
    TEXTS: ClassVar[Sequence[str]] = ()
    # Publishing and taking down write the whole row; a draft writes none of these columns.
    shown_publicly = ("live", "last_published_at")

    sort_key = models.CharField(max_length=600, editable=False)
    folded_text = models.TextField(editable=False)

    class Meta:
        abstract = True

    def clean_words(self) -> None:
        """Composed Unicode, lines of one line, no control characters; what lists sort and find."""
        for field in self.LINES:
            setattr(self, field, clean_line(getattr(self, field)))
        for field in self.TEXTS:
            setattr(self, field, clean_text(getattr(self, field)).strip())
        self.sort_key = vietnamese_order(self.name_to_sort_by())[:600]
        self.folded_text = self.words_to_find()

    def name_to_sort_by(self) -> str:
        raise NotImplementedError

    def words_to_find(self) -> str:
        """`searchable()` text of everything by which a list may find it."""
        raise NotImplementedError


class Contact(models.Model):
    """Whom the office and, once both sides agree, the other side may call. Never public."""

    contact_name = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_role = models.CharField(_("position of the contact person"), max_length=120, blank=True)
    contact_phone = PhoneNumberField(_("phone of the contact person"), blank=True)
    contact_email = models.EmailField(_("email of the contact person"), blank=True)

    class Meta:
        abstract = True


class Verification(models.TextChoices):
    """How far others than the owner vouch for a record; each step holds the ones below."""

    DECLARED = "declared", _("Declared by its owner")
    DOCUMENTS = "documents", _("Compared with documents")
    DEMONSTRATED = "demonstrated", _("Demonstrated")
    ASSESSED = "assessed", _("Independently assessed")


VERIFICATION_ORDER: Sequence[str] = (
    Verification.DECLARED,
    Verification.DOCUMENTS,
    Verification.DEMONSTRATED,
    Verification.ASSESSED,
)


class Freshness(models.TextChoices):
    """How recently the owner has confirmed it. Follows from the clock, never stored."""

    CONFIRMED = "confirmed", _("Confirmed")
    UNCONFIRMED = "unconfirmed", _("Not confirmed again")
    HIDDEN = "hidden", _("Hidden until confirmed")


HIDDEN_AFTER = timedelta(days=30)
"""How long an unconfirmed record still shows."""


def confirmed_for() -> timedelta:
    """How long a confirmation counts; a province may set another time."""
    return timedelta(days=settings.TECHMART_CONFIRMED_DAYS)


def hidden_before(now: datetime | None = None) -> datetime:
    """What was last confirmed before this moment is not shown."""
    return (now or clock.now()) - confirmed_for() - HIDDEN_AFTER


def unconfirmed_before(now: datetime | None = None) -> datetime:
    """What was last confirmed before this moment is told to be unconfirmed."""
    return (now or clock.now()) - confirmed_for()


class Standing(models.Model):
    """What the system and the office know of a record, outside its drafts.

    Publishing an older draft writes a record's whole row back. Whose it is, its address, whether
    its owner is hidden, who vouched for it and when it was confirmed must not come back with it.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    code = models.CharField(_("code"), max_length=20, unique=True)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(default=clock.now)
    verification = models.CharField(
        _("level of verification"),
        max_length=12,
        choices=Verification,
        default=Verification.DECLARED,
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_on = models.DateField(_("day of the check"), null=True, blank=True)
    vouched_by = models.CharField(_("who vouches for it"), max_length=160, blank=True)
    facts_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Since when main facts are others than those that were checked; see `verifying`."""
    declared_at = models.DateTimeField(_("declared by the owner at"), null=True, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_confirmed_at = models.DateTimeField(
        _("last confirmed"), null=True, blank=True, db_index=True
    )
    asked_to_confirm_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When the owner was last written to about confirming: no stage is told twice."""
    hidden_noted_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When the clock last saw that it is hidden and told search; see `confirming`."""
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    """The owner has withdrawn it: sold, met, no longer offered. It does not show."""
    source = models.CharField(_("source"), max_length=60, blank=True)
    external_id = models.CharField(_("key at the source"), max_length=120, blank=True)
    canonical_url = models.URLField(_("original address"), blank=True, validators=[WEB])

    class Meta:
        abstract = True
        # `%(class)s` keeps the names of constraints apart between the four tables.
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="%(class)s_source_once",
            ),
            models.CheckConstraint(
                condition=Q(verification__in=["declared", "documents", "demonstrated", "assessed"]),
                name="%(class)s_verification_known",
            ),
            models.CheckConstraint(
                condition=Q(verification="declared") | Q(verified_at__isnull=False),
                name="%(class)s_verified_says_when",
            ),
            models.CheckConstraint(
                condition=Q(external_id="") | ~Q(source=""), name="%(class)s_key_has_source"
            ),
        ]

    def freshness(self, now: datetime | None = None) -> Freshness:
        if self.last_confirmed_at is None or self.last_confirmed_at < hidden_before(now):
            return Freshness.HIDDEN
        if self.last_confirmed_at < unconfirmed_before(now):
            return Freshness.UNCONFIRMED
        return Freshness.CONFIRMED

    @property
    def confirmed_on(self) -> date | None:
        return timezone.localdate(self.last_confirmed_at) if self.last_confirmed_at else None


def shown(now: datetime | None = None) -> Q:
    """The filter on records: approved, confirmed not too long ago, not closed by the owner."""
    return Q(
        live=True,
        standing__closed_at__isnull=True,
        standing__last_confirmed_at__gte=hidden_before(now),
    )


class Picture(models.Model):
    """A picture of a record. What it shows is said for people who do not see it."""

    image = models.ForeignKey(
        "wagtailimages.Image", models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        help_text=_("For people who do not see it: “Máy băm lá mía trên ruộng ở Châu Thành”."),
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alt


def labels(*terms: Any) -> str:
    """Every word of these terms, of both languages and their synonyms, for `words_to_find`."""
    return " ".join(term.searched for term in terms if term is not None)
