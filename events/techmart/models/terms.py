"""The words of the market in one table: lists that a law or an office may change (decision 012)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from events.techmart.models.kinds import Shape
from portal.core.languages import in_reader_language
from portal.core.text import clean_line
from portal.search.words import searchable


class TermList(models.TextChoices):
    """Which list a word belongs to. What a word of each means is the law's or the office's."""

    OFFER_KIND = "offer_kind", _("Kinds of offer")
    FIELD = "field", _("Fields of science and technology")
    SECTOR = "sector", _("Sectors of use")
    CROP = "crop", _("Crops, animals, products")
    STAGE = "stage", _("Stages of development")
    IP_STATUS = "ip_status", _("Standing of intellectual property")
    IP_RIGHT = "ip_right", _("Kinds of intellectual property right")
    OWNERSHIP = "ownership", _("Grounds of the right to transfer")
    TRANSFER_OBJECT = "transfer_object", _("Objects of transfer")
    TRANSFER_FORM = "transfer_form", _("Forms of transfer")
    TRANSFER_RIGHT = "transfer_right", _("Scope of transferred rights")
    TRANSFER_METHOD = "transfer_method", _("Methods of transfer")
    PAYMENT = "payment", _("Ways of payment")
    LEGAL_CLASS = "legal_class", _("Legal classes of technology")
    COOPERATION = "cooperation", _("Wanted cooperation")
    RANK = "rank", _("Academic ranks")
    DEGREE = "degree", _("Degrees")
    EXPERT_ROLE = "expert_role", _("Roles of experts")
    LANGUAGE = "language", _("Languages of experts")
    CERTIFICATE = "certificate", _("Certificates of organisations")
    DECLINE_REASON = "decline_reason", _("Why owners decline")
    FAILURE_REASON = "failure_reason", _("Why connections fail")
    CHANNEL = "channel", _("Channels of deals")


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, which: str) -> "TermQuerySet":
        """The words of one list, in its order."""
        return self.filter(list=which).order_by("order", "label")


class Term(models.Model):
    """A word in two languages with the other words people use for it.

    Words are never deleted, since drafts hold on to them; one that is no longer offered is closed.
    """

    shown_publicly = True

    list = models.CharField(_("list"), max_length=20, choices=TermList)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("For lists with levels, such as the fields of science and technology."),
    )
    label = models.CharField(_("label"), max_length=160)
    label_en = models.CharField(_("label in English"), max_length=160, blank=True)
    slug = models.SlugField(
        _("address"), max_length=80, help_text=_("Part of the address of filtered lists.")
    )
    synonyms = models.CharField(
        _("other words for it"),
        max_length=400,
        blank=True,
        help_text=_("Separated by commas. The search finds offers by them too."),
    )
    shape = models.CharField(
        _("what is asked of it"),
        max_length=12,
        choices=Shape,
        blank=True,
        help_text=_("For kinds of offer: which further questions their forms ask."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    offered = models.BooleanField(
        _("offered in forms"),
        default=True,
        help_text=_("What was chosen before stays and can still be found."),
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of the market")
        verbose_name_plural = _("words of the market")
        ordering = ["list", "order", "label"]
        constraints = [
            models.UniqueConstraint(fields=["list", "slug"], name="term_slug_once"),
            models.UniqueConstraint(fields=["list", "label"], name="term_label_once"),
            models.CheckConstraint(condition=~Q(label=""), name="term_has_label"),
            models.CheckConstraint(
                condition=Q(shape="") | Q(list="offer_kind"), name="term_shape_of_kinds_only"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="term_not_its_own_part",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.label, self.label_en = clean_line(self.label), clean_line(self.label_en)
        self.synonyms = clean_line(self.synonyms)
        super().save(*args, **kwargs)

    @property
    def local_label(self) -> str:
        return in_reader_language(self.label, self.label_en)

    @property
    def searched(self) -> str:
        """Everything by which a search may meet this word."""
        return searchable(f"{self.label} {self.label_en} {self.synonyms}")


def one_of(which: str, verbose_name: Any, **options: Any) -> models.ForeignKey:
    """A word of one list. Forms and `full_clean` take only words of this list."""
    return models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"list": which},
        verbose_name=verbose_name,
        **options,
    )


def some_of(which: str, verbose_name: Any, **options: Any) -> ParentalManyToManyField:
    """Several words of one list."""
    return ParentalManyToManyField(
        Term,
        blank=True,
        related_name="+",
        limit_choices_to={"list": which},
        verbose_name=verbose_name,
        **options,
    )
