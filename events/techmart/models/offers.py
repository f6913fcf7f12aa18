"""Offers: what somebody can hand over, whose problem it solves, how ready it is, what it costs."""

from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.images import get_image_model
from wagtail.models import Orderable

from events.techmart.economics import payback_months
from events.techmart.models.shared import (
    WEB,
    Contact,
    MarketRecord,
    Picture,
    Standing,
    labels,
    shown,
)
from events.techmart.models.terms import TermList, one_of, some_of
from portal.core.text import MAX_MONEY
from portal.search.words import searchable

MONEY = [MinValueValidator(0), MaxValueValidator(MAX_MONEY)]


def amount(verbose_name: Any, **options: Any) -> models.BigIntegerField:
    """Whole đồng, or None where nobody has said."""
    return models.BigIntegerField(verbose_name, null=True, blank=True, validators=MONEY, **options)


def at_least_nothing(*fields: str) -> Q:
    """Amounts that are known are not negative."""
    held = Q()
    for field in fields:
        held &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return held


class OfferQuerySet(models.QuerySet["Offer"]):
    def public(self) -> "OfferQuerySet":
        """What everybody may read: the only door to the public."""
        return self.filter(shown())

    def drawn(self) -> "OfferQuerySet":
        """With what rows and pages draw of an offer, in a fixed number of queries."""
        pictures = get_image_model().objects.all()
        return self.select_related(
            "kind", "stage", "ip_status", "unit", "standing", "standing__organisation"
        ).prefetch_related(
            "fields",
            "sectors",
            "crops",
            "transfer_forms",
            "references__unit",
            Prefetch("pictures__image", queryset=pictures),
        )


class PriceKind(models.TextChoices):
    NEGOTIABLE = "negotiable", _("Negotiable")
    RANGE = "range", _("From – to")
    FIXED = "fixed", _("Fixed")


class Offer(Contact, MarketRecord):
    """A technology, process, machine, program, variety, service or research result on offer.

    Its row is what the public sees; drafts are revisions. The kind says which further questions
    (`kinds.DETAILS`) are answered in `details`.
    """

    LINES = (
        *("title", "title_en", "capacity_unit", "price_unit", "price_unit_en", "economy_unit"),
        *("contact_name", "contact_role"),
    )
    TEXTS = (
        *("problem", "problem_en", "summary", "summary_en", "advantages", "advantages_en"),
        *("description", "description_en", "economy", "economy_en", "environment"),
        *("environment_en", "requirements", "requirements_en", "trl_evidence", "support"),
        "support_en",
    )
    title = models.CharField(_("name of the technology"), max_length=200)
    title_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = one_of(TermList.OFFER_KIND, _("kind of offer"))
    problem = models.TextField(
        _("the problem it solves"),
        max_length=1500,
        blank=True,
        help_text=_("Whose problem, and what it costs them today. In everyday words."),
    )
    problem_en = models.TextField(_("the problem, in English"), max_length=1500, blank=True)
    summary = models.TextField(
        _("summary"), max_length=600, blank=True, help_text=_("Two or three sentences.")
    )
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True)
    advantages = models.TextField(
        _("better than what there is"),
        max_length=2000,
        blank=True,
        help_text=_("What gets better against the way people do it now, in numbers if you can."),
    )
    advantages_en = models.TextField(_("advantages in English"), max_length=2000, blank=True)
    description = models.TextField(_("how it works"), max_length=8000, blank=True)
    description_en = models.TextField(_("how it works, in English"), max_length=8000, blank=True)
    fields = some_of(TermList.FIELD, _("fields of science and technology"))
    sectors = some_of(TermList.SECTOR, _("sectors of use"))
    crops = some_of(TermList.CROP, _("crops, animals, products"))
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    origin = models.CharField(_("country of origin"), max_length=2, blank=True, default="VN")

    stage = one_of(TermList.STAGE, _("stage of development"))
    trl = models.PositiveSmallIntegerField(
        _("technology readiness (TRL 1–9)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    trl_evidence = models.TextField(_("what shows this readiness"), max_length=1000, blank=True)
    transferred_count = models.PositiveIntegerField(
        _("times transferred"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    capacity = models.DecimalField(
        _("capacity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    capacity_unit = models.CharField(_("unit of capacity"), max_length=40, blank=True)
    requirements = models.TextField(
        _("what it needs"),
        max_length=2000,
        blank=True,
        help_text=_("Ground, power, water, people, raw material."),
    )
    requirements_en = models.TextField(_("what it needs, in English"), max_length=2000, blank=True)
    environment = models.TextField(_("effect on the environment"), max_length=1500, blank=True)
    environment_en = models.TextField(
        _("effect on the environment, in English"), max_length=1500, blank=True
    )
    details = models.JSONField(_("details of its kind"), default=dict, blank=True)

    economy_unit = models.CharField(
        _("reckoned for"),
        max_length=60,
        blank=True,
        help_text=_("What the amounts are for: “1 ha”, “nhà máy 100 tấn củ/ngày”."),
    )
    investment = amount(_("investment"))
    yearly_cost_before = amount(_("yearly cost the old way"))
    yearly_cost_after = amount(_("yearly cost with this technology"))
    yearly_gain = amount(_("yearly income on top"))
    payback_months = models.PositiveIntegerField(null=True, blank=True, editable=False)
    """Reckoned from the four amounts (`economics.payback_months`); None where they do not say."""
    economy = models.TextField(_("economic effect"), max_length=2000, blank=True)
    economy_en = models.TextField(_("economic effect, in English"), max_length=2000, blank=True)

    ip_status = one_of(TermList.IP_STATUS, _("standing of intellectual property"))
    ownership = one_of(TermList.OWNERSHIP, _("ground of the right to transfer"))
    legal_class = one_of(TermList.LEGAL_CLASS, _("legal class of technology"))
    transfer_objects = some_of(TermList.TRANSFER_OBJECT, _("objects of transfer"))
    transfer_forms = some_of(TermList.TRANSFER_FORM, _("forms of transfer"))
    transfer_rights = some_of(TermList.TRANSFER_RIGHT, _("scope of transferred rights"))
    transfer_methods = some_of(TermList.TRANSFER_METHOD, _("methods of transfer"))
    price_kind = models.CharField(
        _("price"), max_length=10, choices=PriceKind, default=PriceKind.NEGOTIABLE
    )
    price_min = amount(_("price from"))
    price_max = amount(_("price to"))
    price_unit = models.CharField(
        _("price per"), max_length=40, blank=True, help_text=_("“ha”, “hệ thống”, “năm”.")
    )
    price_unit_en = models.CharField(_("price per, in English"), max_length=40, blank=True)
    price_with_vat = models.BooleanField(_("The price includes VAT"), default=False)
    payments = some_of(TermList.PAYMENT, _("ways of payment"))
    support = models.TextField(_("warranty and support"), max_length=1500, blank=True)
    support_en = models.TextField(
        _("warranty and support, in English"), max_length=1500, blank=True
    )
    video = models.URLField(_("link to a video"), blank=True, validators=[WEB])

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="offer_has_title"),
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__range=(1, 9)), name="offer_trl_in_scale"
            ),
            models.CheckConstraint(
                condition=Q(price_kind__in=["negotiable", "range", "fixed"]),
                name="offer_price_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(price_kind="negotiable", price_min__isnull=True, price_max__isnull=True)
                | Q(price_kind="fixed", price_min__isnull=False, price_max=F("price_min"))
                | Q(price_kind="range", price_min__isnull=False, price_max__gt=F("price_min")),
                name="offer_price_fits_its_kind",
                violation_error_message=_("The price does not fit the way it is given."),
            ),
            models.CheckConstraint(
                condition=at_least_nothing(
                    *("price_min", "price_max", "investment", "yearly_cost_before"),
                    *("yearly_cost_after", "yearly_gain"),
                ),
                name="offer_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(live=False)
                | Q(kind__isnull=False, stage__isnull=False)
                & ~Q(summary="")
                & ~Q(problem="")
                & ~Q(advantages=""),
                name="offer_shown_is_complete",
                violation_error_message=_(
                    "A public offer says its kind, its stage, the problem, a summary and what is "
                    "better."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean_words(self) -> None:
        super().clean_words()
        self.payback_months = payback_months(
            self.investment, self.yearly_cost_before, self.yearly_cost_after, self.yearly_gain
        )

    def name_to_sort_by(self) -> str:
        return self.title

    def words_to_find(self) -> str:
        words = searchable(
            f"{self.title} {self.title_en} {self.problem} {self.problem_en} {self.summary} "
            f"{self.summary_en} {self.advantages}"
        )
        vocabulary = labels(self.kind, *self.fields.all(), *self.sectors.all(), *self.crops.all())
        return f"{words}{vocabulary}"

    @property
    def shape(self) -> str:
        """Which further questions its kind asks (`kinds.Shape`)."""
        return self.kind.shape if self.kind else ""

    @property
    def uses_told(self) -> Sequence["OfferReference"]:
        """Places where it is in use that may be named."""
        return [one for one in self.references.all() if one.may_be_named]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """For the back office, as the public page will look."""
        from events.techmart.presenting.offers import preview

        return preview(request, self)


class OfferSpec(Orderable):
    """One line of the technical data."""

    shown_publicly = True

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="specs")
    name = models.CharField(_("what is measured"), max_length=120)
    name_en = models.CharField(_("in English"), max_length=120, blank=True)
    value = models.CharField(_("value"), max_length=120)
    unit = models.CharField(_("unit of measure"), max_length=30, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("technical figure of an offer")
        verbose_name_plural = _("technical figures of offers")

    def __str__(self) -> str:
        return f"{self.name}: {self.value} {self.unit}".strip()


class OfferReference(Orderable):
    """A place where it is in use. Whoever uses it has to agree before being named."""

    shown_publicly = True

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="references")
    user_name = models.CharField(_("who uses it"), max_length=200)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    year = models.PositiveSmallIntegerField(
        _("since the year"), null=True, blank=True, validators=[MinValueValidator(1950)]
    )
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    outcome_en = models.CharField(_("what came of it, in English"), max_length=300, blank=True)
    may_be_named = models.BooleanField(_("has agreed to be named here"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("place where an offer is in use")
        verbose_name_plural = _("places where offers are in use")

    def __str__(self) -> str:
        return self.user_name


class IpRight(Orderable):
    """A title of intellectual property, as it stands on the paper."""

    shown_publicly = True

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="ip_rights")
    kind = one_of(TermList.IP_RIGHT, _("kind of right"))
    application_number = models.CharField(_("number of the application"), max_length=60, blank=True)
    grant_number = models.CharField(_("number of the title"), max_length=60, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, default="VN")

    class Meta(Orderable.Meta):
        verbose_name = _("intellectual property right of an offer")
        verbose_name_plural = _("intellectual property rights of offers")

    def __str__(self) -> str:
        return self.grant_number or self.application_number or str(self.kind or "")


class OfferPicture(Orderable, Picture):
    """A picture of the technology at work."""

    shown_publicly = True

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="pictures")

    class Meta(Orderable.Meta):
        verbose_name = _("picture of an offer")
        verbose_name_plural = _("pictures of offers")


class OfferStanding(Standing):
    """Whose an offer is and what has been confirmed about it."""

    shown_publicly = True

    record = models.OneToOneField(Offer, models.PROTECT, related_name="standing")
    anonymous = models.BooleanField(
        _("the owner is not named"),
        default=False,
        help_text=_("Nobody learns whose it is before the owner agrees to be put in touch."),
    )

    class Meta(Standing.Meta):
        verbose_name = _("standing of an offer")
        verbose_name_plural = _("standings of offers")

    def __str__(self) -> str:
        return f"{self.code} · {self.record}"
