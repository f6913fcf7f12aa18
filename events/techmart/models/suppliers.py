"""Suppliers: an organisation's public page in the market, with everything it offers."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.models import Orderable

from events.techmart.models.shared import WEB, MarketRecord, Standing, labels, shown
from events.techmart.models.terms import TermList, one_of, some_of
from portal.search.words import searchable


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def public(self) -> "SupplierQuerySet":
        """What everybody may read: the only door to the public."""
        return self.filter(shown())

    def drawn(self) -> "SupplierQuerySet":
        """With what rows and pages draw of a supplier, in a fixed number of queries."""
        return self.select_related("unit", "logo", "standing__organisation").prefetch_related(
            "fields", "certificates__kind"
        )


class Supplier(MarketRecord):
    """What an organisation shows of itself. Who it is in law stands in its organisation record."""

    LINES = ("name", "name_en", "address", "address_en", "size", "logo_alt")
    TEXTS = ("about", "about_en", "products", "products_en")

    name = models.CharField(_("name of the supplier"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about = models.TextField(_("about the organisation"), max_length=4000, blank=True)
    about_en = models.TextField(_("about it, in English"), max_length=4000, blank=True)
    products = models.TextField(_("products and services"), max_length=3000, blank=True)
    products_en = models.TextField(
        _("products and services, in English"), max_length=3000, blank=True
    )
    fields = some_of(TermList.FIELD, _("fields of science and technology"))
    founded_year = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1800)]
    )
    size = models.CharField(
        _("size"), max_length=80, blank=True, help_text=_("For example: 25 people.")
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    logo_alt = models.CharField(_("what the logo shows"), max_length=150, blank=True)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    address_en = models.CharField(_("address in English"), max_length=250, blank=True)
    website = models.URLField(_("website"), blank=True, validators=[WEB])
    phone = PhoneNumberField(_("work phone"), blank=True)
    show_phone = models.BooleanField(_("Show this phone number to everybody"), default=False)
    email = models.EmailField(_("work email"), blank=True)
    show_email = models.BooleanField(_("Show this email address to everybody"), default=False)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="supplier_has_name"),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(about=""), name="supplier_shown_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_to_sort_by(self) -> str:
        return self.name

    def words_to_find(self) -> str:
        words = searchable(f"{self.name} {self.name_en} {self.products} {self.products_en}")
        return f"{words}{labels(*self.fields.all())}"

    @property
    def public_phone(self) -> object:
        return self.phone if self.show_phone else ""

    @property
    def public_email(self) -> str:
        return self.email if self.show_email else ""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """For the back office, as the public page will look."""
        from events.techmart.presenting.suppliers import preview

        return preview(request, self)


class SupplierCertificate(Orderable):
    """A paper of the organisation: science and technology enterprise, ISO 9001, VietGAP, OCOP…"""

    shown_publicly = True

    supplier = ParentalKey(Supplier, on_delete=models.CASCADE, related_name="certificates")
    kind = one_of(TermList.CERTIFICATE, _("kind of certificate"))
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=160, blank=True)
    issued_on = models.DateField(
        _("issued on"), null=True, blank=True, validators=[MinValueValidator(date(1990, 1, 1))]
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("certificate of a supplier")
        verbose_name_plural = _("certificates of suppliers")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                name="certificate_ends_after_it_begins",
                violation_error_message=_("The end must not come before the day of issue."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class SupplierStanding(Standing):
    """Whose page it is: one for each organisation."""

    shown_publicly = True

    record = models.OneToOneField(Supplier, models.PROTECT, related_name="standing")

    class Meta(Standing.Meta):
        verbose_name = _("standing of a supplier")
        verbose_name_plural = _("standings of suppliers")
        constraints = [
            *Standing.Meta.constraints,
            models.UniqueConstraint(fields=["organisation"], name="one_page_for_each_supplier"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False), name="supplier_is_an_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.record}"
