"""Official documents as records, how one touches another, and what follows for their effect."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField

from portal.core import clock
from portal.core.blocks import BodyBlock, plain_text
from portal.core.text import clean_line, fold
from portal.news.models import Topic
from portal.regulations.models.vocabularies import DocumentKind, Issuer
from portal.regulations.numbering import clean_number, slug_of
from portal.search.finding import searchable

# Older papers are not registered; earlier days break conversions between time zones.
EARLIEST = MinValueValidator(date(1900, 1, 1))


class Standing(models.TextChoices):
    """Whether a document is in force. Computed from the clock and relations, never stored."""

    COMING = "coming", _("Not yet in force")
    IN_FORCE = "in-force", _("In force")
    PARTLY = "partly", _("No longer in force in part")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("No longer in force")

    @property
    def slug(self) -> str:
        """Its word in the address of the list."""
        return {
            Standing.COMING: "chua-co",
            Standing.IN_FORCE: "con",
            Standing.PARTLY: "mot-phan",
            Standing.SUSPENDED: "ngung",
            Standing.EXPIRED: "het",
        }[self]

    @property
    def tone(self) -> str:
        """The colour of its chip; the word says it too."""
        return {
            Standing.COMING: "info",
            Standing.IN_FORCE: "ok",
            Standing.EXPIRED: "danger",
        }.get(self, "warn")

    @property
    def icon(self) -> str:
        return {
            Standing.COMING: "calendar",
            Standing.IN_FORCE: "circle-check",
            Standing.PARTLY: "circle-dot",
            Standing.SUSPENDED: "hourglass",
            Standing.EXPIRED: "circle-x",
        }[self]


class OfficialDocumentQuerySet(models.QuerySet["OfficialDocument"]):
    def published(self, on: date | None = None) -> "OfficialDocumentQuerySet":
        """What the public may read on a day, today when none is named."""
        return self.filter(published_on__lte=on or clock.today())

    def with_standing(self, on: date | None = None) -> "OfficialDocumentQuerySet":
        """Each document with its `standing` on a day.

        A published document in effect ends what it replaces or repeals, for good; it changes what
        it amends; it suspends another only while it is in effect itself.
        """
        day = on or clock.today()
        acting = (
            Relation.objects.filter(other=OuterRef("pk"), document__published_on__lte=day)
            .annotate(starts=Coalesce("document__effective_on", "document__issued_on"))
            .filter(starts__lte=day)
        )
        ended = acting.filter(kind__in=[Relation.Kind.REPLACES, Relation.Kind.REPEALS])
        changed = acting.filter(kind__in=[Relation.Kind.REPEALS_PART, Relation.Kind.AMENDS])
        still = Q(document__expires_on__isnull=True) | Q(document__expires_on__gt=day)
        suspended = acting.filter(still, kind=Relation.Kind.SUSPENDS)
        return self.annotate(starts_on=Coalesce("effective_on", "issued_on")).annotate(
            standing=Case(
                When(expires_on__lte=day, then=Value(Standing.EXPIRED.value)),
                When(Exists(ended), then=Value(Standing.EXPIRED.value)),
                When(starts_on__gt=day, then=Value(Standing.COMING.value)),
                When(Exists(suspended), then=Value(Standing.SUSPENDED.value)),
                When(Exists(changed), then=Value(Standing.PARTLY.value)),
                default=Value(Standing.IN_FORCE.value),
                output_field=models.CharField(),
            )
        )

    def shown(self) -> "OfficialDocumentQuerySet":
        """Published ones, the newest first, as lists and pages need them."""
        return (
            self.published()
            .with_standing()
            .select_related("kind", "issuer")
            .order_by("-issued_on", "-pk")
        )


class OfficialDocument(ClusterableModel):
    """One document with a number: what it is, who issued it, when it is in force, its text."""

    legal_weight = True
    shown_publicly = True

    number = models.CharField(
        _("number and symbol"), max_length=60, help_text=_("For example 12/2025/TT-BKHCN.")
    )
    folded_number = models.CharField(max_length=120, editable=False)
    slug = models.SlugField(_("address"), max_length=160, unique=True, editable=False)
    kind = models.ForeignKey(
        DocumentKind, models.PROTECT, related_name="documents", verbose_name=_("kind of document")
    )
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="documents", verbose_name=_("issuing body")
    )
    signatory = models.CharField(_("signed by"), max_length=120, blank=True)
    signatory_position = models.CharField(
        _("position of the signatory"), max_length=160, blank=True
    )
    issued_on = models.DateField(_("issued on"), validators=[EARLIEST])
    effective_on = models.DateField(
        _("in force from"),
        null=True,
        blank=True,
        validators=[EARLIEST],
        help_text=_("Empty: it counts as in force from the day it was issued."),
    )
    expires_on = models.DateField(
        _("no longer in force from"),
        null=True,
        blank=True,
        validators=[EARLIEST],
        help_text=_("Only when the document names an end; replacing and repealing are relations."),
    )
    subject = models.CharField(
        _("subject of the document"), max_length=600, help_text=_("What it is about, as it says.")
    )
    subject_en = models.CharField(
        _("subject of the document in English"), max_length=600, blank=True
    )
    summary = models.TextField(
        _("summary"),
        max_length=2000,
        blank=True,
        help_text=_("The content in short. Needed where the file is a scan nobody can search."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text of the document"))
    topics = ParentalManyToManyField(
        Topic, blank=True, related_name="official_documents", verbose_name=_("topics")
    )
    published_on = models.DateField(
        _("shown to the public from"),
        null=True,
        blank=True,
        validators=[EARLIEST],
        help_text=_("Empty: only the back office sees it."),
    )
    changed_at = models.DateTimeField(_("last changed"), default=clock.now, editable=False)
    folded_text = models.TextField(editable=False)

    objects = OfficialDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="document_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "folded_number"], name="document_number_once_an_issuer"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="document_ends_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gt=F("effective_on")),
                name="document_ends_after_effect",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="document_has_number"),
            models.CheckConstraint(condition=~Q(subject=""), name="document_has_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number = clean_number(self.number)
        self.subject = clean_line(self.subject)
        self.subject_en = clean_line(self.subject_en)
        self.folded_number = fold(self.number)
        self.folded_text = searchable(f"{self.number} {self.subject} {self.subject_en}")
        if not self.slug or self.published_on is None:  # a public address never changes
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        """The number; with the issuer behind it where another issuer used the same one."""
        others = OfficialDocument.objects.exclude(pk=self.pk)
        plain = slug_of(self.number)
        if not others.filter(slug=plain).exists():
            return plain
        wanted = f"{plain}-{self.issuer.slug}"[:150]
        slug, count = wanted, 1
        while others.filter(slug=slug).exists():
            count += 1
            slug = f"{wanted}-{count}"
        return slug

    @property
    def status(self) -> Standing:
        """Where it stands today; asks the database unless `with_standing` did."""
        found = getattr(self, "standing", None)
        if found is None:
            found = type(self).objects.with_standing().get(pk=self.pk).standing
        return Standing(found)

    @property
    def status_label(self) -> "str | Promise":
        return self.status.label

    @property
    def is_public(self) -> bool:
        return self.published_on is not None and self.published_on <= clock.today()

    @property
    def local_subject(self) -> str:
        return self.subject_en if self.subject_in_english else self.subject

    @property
    def subject_in_english(self) -> bool:
        return bool(self.subject_en) and (get_language() or "vi").startswith("en")

    @property
    def local_name(self) -> str:
        """ "Nghị định 42/2022/NĐ-CP"."""
        return f"{self.kind.local_label} {self.number}"

    def body_text(self) -> str:
        return plain_text(self.body)


class Relation(models.Model):
    """What one document does to another. Read from the other side it has words of its own."""

    legal_weight = True
    shown_publicly = True

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("Replaces")
        REPEALS = "repeals", _("Repeals")
        REPEALS_PART = "repeals_part", _("Repeals in part")
        AMENDS = "amends", _("Amends")
        SUSPENDS = "suspends", _("Suspends")
        GUIDES = "guides", _("Guides the implementation of")
        BASED_ON = "based_on", _("Is based on")

        @property
        def inverse(self) -> "str | Promise":
            return {
                Relation.Kind.REPLACES: _("Is replaced by"),
                Relation.Kind.REPEALS: _("Is repealed by"),
                Relation.Kind.REPEALS_PART: _("Is repealed in part by"),
                Relation.Kind.AMENDS: _("Is amended by"),
                Relation.Kind.SUSPENDS: _("Is suspended by"),
                Relation.Kind.GUIDES: _("Is guided by"),
                Relation.Kind.BASED_ON: _("Is the basis of"),
            }[self]

    document = ParentalKey(OfficialDocument, on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    other = models.ForeignKey(
        OfficialDocument,
        models.PROTECT,
        related_name="inverse_relations",
        verbose_name=_("the other document"),
    )

    class Meta:
        verbose_name = _("relation between documents")
        verbose_name_plural = _("relations between documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind", "other"], name="document_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(document=F("other")), name="document_relation_with_another"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("replaces", "repeals", "repeals_part", "amends", "suspends"),
                        *("guides", "based_on"),
                    ]
                ),
                name="document_relation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_kind_display()} {self.other.number}"


class AttachedFile(models.Model):
    """A file of the document, kept in Wagtail's library."""

    legal_weight = True
    shown_publicly = True

    document = ParentalKey(OfficialDocument, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "file"], name="document_file_once")
        ]

    def __str__(self) -> str:
        return str(self.file)
