"""The form of a supplier's page. Who it is in law stands in its organisation record."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from events.techmart.forms.shared import (
    LineField,
    RecordForm,
    Section,
    TextField,
    WordsForm,
    commune,
    day,
    not_in_the_future,
    phone,
    web_address,
    year,
)
from events.techmart.models import Supplier, SupplierCertificate
from portal.core.row_forms import rows

MOST_CERTIFICATES = 20
TEXTS = ("about", "about_en", "products", "products_en")


class CertificateForm(WordsForm):
    number = LineField(label=_("Number"), max_length=60, required=False)
    issuer = LineField(label=_("Issued by"), max_length=160, required=False)
    issued_on = day(_("Issued on"))
    valid_until = day(_("Valid until"))

    class Meta:
        model = SupplierCertificate
        fields = ["kind", "number", "issuer", "issued_on", "valid_until"]
        labels = {"kind": _("Kind of certificate")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        not_in_the_future(self, cleaned, "issued_on")
        if "kind" not in self.errors and not cleaned.get("kind"):
            self.add_error("kind", _("Choose the kind of certificate."))
        return cleaned


class SupplierForm(RecordForm):
    NEEDED = ("name", "about")
    FORMSETS = ("certificates",)
    SECTIONS: ClassVar = (
        Section(
            "core",
            _("What a review needs"),
            ("name", "about", "products"),
            _("The two with a star are enough to send it."),
        ),
        Section(
            "more",
            _("About the organisation"),
            ("fields", ("founded_year", "size"), "unit", "address"),
        ),
        Section(
            "contact",
            _("How people reach it"),
            ("website", "phone", "show_phone", "email", "show_email"),
        ),
        Section(
            "certificates",
            _("Certificates"),
            rows="certificates",
            another=_("Save and add another certificate"),
        ),
        Section(
            "english",
            _("In English"),
            ("name_en", "about_en", "products_en", "address_en"),
            _("For readers from abroad. What is empty is shown to them in Vietnamese."),
        ),
    )

    name = LineField(label=_("Name of the supplier"), max_length=200)
    name_en = LineField(label=_("Name in English"), max_length=200, required=False)
    size = LineField(
        label=_("Size"), max_length=80, required=False, help_text=_("For example: 25 people.")
    )
    founded_year = year(_("Founded in"), 1800)
    unit = commune()
    address = LineField(label=_("Address"), max_length=250, required=False)
    address_en = LineField(label=_("Address in English"), max_length=250, required=False)
    website = web_address(_("Website"))
    phone = phone(_("Work phone"))

    class Meta:
        model = Supplier
        fields = [
            *("name", "about", "products", "fields", "founded_year", "size", "unit", "address"),
            *("website", "phone", "show_phone", "email", "show_email"),
            *("name_en", "about_en", "products_en", "address_en"),
        ]
        field_classes = dict.fromkeys(TEXTS, TextField)
        formsets = {"certificates": rows(CertificateForm, MOST_CERTIFICATES)}

    def check(self, cleaned: dict[str, Any]) -> None:
        not_in_the_future(self, cleaned, "founded_year")
        for shown, name in (("show_email", "email"), ("show_phone", "phone")):
            if cleaned.get(shown) and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("There is nothing to show yet."))
