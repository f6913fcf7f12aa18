"""The form of an offer: eight things a review needs first, everything else raises its fullness."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from events.techmart.forms.shared import (
    LineField,
    MoneyField,
    RecordForm,
    Section,
    TextField,
    WholeNumber,
    WordsForm,
    commune,
    day,
    not_in_the_future,
    order_of,
    phone,
    trl,
    web_address,
    year,
)
from events.techmart.models import IpRight, Offer, OfferReference, OfferSpec, PriceKind, details_of
from events.techmart.models.kinds import Answer, Detail
from portal.accounts import countries
from portal.core.row_forms import rows

MOST_SPECS = 30
MOST_REFERENCES = 20
MOST_RIGHTS = 10
PREFIX = "detail_"
TEXTS = (
    *("problem", "problem_en", "summary", "summary_en", "advantages", "advantages_en"),
    *("description", "description_en", "economy", "economy_en", "environment"),
    *("environment_en", "requirements", "requirements_en", "trl_evidence", "support"),
    "support_en",
)


class SpecForm(forms.ModelForm):
    name = LineField(
        label=_("What is measured"), max_length=120, help_text=_("For example: working width.")
    )
    name_en = LineField(label=_("In English"), max_length=120, required=False)
    value = LineField(label=_("Value"), max_length=120)
    unit = LineField(label=_("Unit"), max_length=30, required=False)

    class Meta:
        model = OfferSpec
        fields = ["name", "value", "unit", "name_en"]


class ReferenceForm(forms.ModelForm):
    user_name = LineField(label=_("Who uses it"), max_length=200)
    unit = commune()
    year = year(_("Since the year"), 1950)
    outcome = LineField(label=_("What came of it"), max_length=300, required=False)
    outcome_en = LineField(label=_("What came of it, in English"), max_length=300, required=False)

    class Meta:
        model = OfferReference
        fields = ["user_name", "unit", "year", "outcome", "outcome_en", "may_be_named"]
        labels = {"may_be_named": _("They have agreed to be named here")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        not_in_the_future(self, cleaned, "year")
        return cleaned


class RightForm(WordsForm):
    application_number = LineField(
        label=_("Number of the application"), max_length=60, required=False
    )
    grant_number = LineField(label=_("Number of the title"), max_length=60, required=False)
    granted_on = day(_("Granted on"))
    country = forms.ChoiceField(label=_("Country"), choices=countries.CHOICES, initial="VN")

    class Meta:
        model = IpRight
        fields = ["kind", "application_number", "grant_number", "granted_on", "country"]
        labels = {"kind": _("Kind of right")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        not_in_the_future(self, cleaned, "granted_on")
        said = ("kind", "application_number", "grant_number")
        if not self.errors and not any(cleaned.get(name) for name in said):
            self.add_error("kind", _("Say which right it is, or give its number."))
        return cleaned


class OfferForm(RecordForm):
    NEEDED = (
        *("title", "kind", "problem", "summary", "advantages", "stage", "transfer_forms"),
        "contact_name",
    )
    USUAL: ClassVar = {"price_kind": PriceKind.NEGOTIABLE, "origin": "VN"}
    FORMSETS = ("specs", "references", "ip_rights")
    SECTIONS: ClassVar = (
        Section(
            "core",
            _("What a review needs"),
            (
                *("title", "kind", "problem", "summary", "advantages", "stage", "transfer_forms"),
                *("contact_name", "contact_role", ("contact_phone", "contact_email")),
            ),
            _(
                "The eight with a star are enough to send it. Save the draft whenever you like; "
                "who we may call is never public."
            ),
        ),
        Section(
            "finding",
            _("Who should find it"),
            ("fields", "sectors", "crops", ("unit", "origin")),
        ),
        Section(
            "technical",
            _("How it works and what it needs"),
            (
                *("description", ("capacity", "capacity_unit"), "requirements", "environment"),
                *("trl", "trl_evidence", "transferred_count", "video"),
            ),
        ),
        Section(
            "specs",
            _("Technical figures"),
            rows="specs",
            another=_("Save and add another figure"),
        ),
        Section(
            "economy",
            _("What it costs and saves"),
            (
                *("price_kind", ("price_min", "price_max"), ("price_unit", "price_with_vat")),
                *("economy_unit", "investment", ("yearly_cost_before", "yearly_cost_after")),
                *("yearly_gain", "economy"),
            ),
            _(
                "Amounts as you would say them: “30 triệu”, “1,2 tỷ”. From the investment and the "
                "yearly amounts the payback is reckoned for you."
            ),
        ),
        Section(
            "references",
            _("Where it is in use"),
            help=_("Only who has agreed is named in public; the others count as a number."),
            rows="references",
            another=_("Save and add another place"),
        ),
        Section(
            "rights",
            _("Intellectual property and transfer"),
            (
                *("ip_status", "ownership", "legal_class", "transfer_objects", "transfer_rights"),
                *("transfer_methods", "payments", "support"),
            ),
        ),
        Section(
            "ip_rights",
            _("Titles of intellectual property"),
            rows="ip_rights",
            another=_("Save and add another title"),
        ),
        Section(
            "english",
            _("In English"),
            (
                *("title_en", "problem_en", "summary_en", "advantages_en", "description_en"),
                *("requirements_en", "environment_en", "economy_en", "price_unit_en"),
                "support_en",
            ),
            _("For readers from abroad. What is empty is shown to them in Vietnamese."),
        ),
    )

    title = LineField(label=_("Name of the technology"), max_length=200)
    title_en = LineField(label=_("Name in English"), max_length=200, required=False)
    contact_name = LineField(label=_("Contact person"), max_length=150, required=False)
    contact_role = LineField(
        label=_("Position in the organisation"), max_length=120, required=False
    )
    contact_phone = phone(_("Phone of the contact person"))
    unit = commune()
    origin = forms.ChoiceField(label=_("Country of origin"), choices=countries.CHOICES)
    trl = trl(_("Technology readiness (TRL 1–9)"))
    capacity = forms.DecimalField(
        label=_("Capacity"),
        required=False,
        max_digits=14,
        decimal_places=3,
        min_value=0,
        localize=True,
    )
    capacity_unit = LineField(
        label=_("Unit of capacity"),
        max_length=40,
        required=False,
        help_text=_("“tấn/ngày”, “ha/giờ”."),
    )
    transferred_count = WholeNumber(
        label=_("Times transferred"), required=False, min_value=0, max_value=100_000
    )
    video = web_address(_("Link to a video"))
    price_min = MoneyField(label=_("Price, or price from"), required=False)
    price_max = MoneyField(label=_("Price to"), required=False)
    price_unit = LineField(
        label=_("Price per"),
        max_length=40,
        required=False,
        help_text=_("“ha”, “hệ thống”, “năm”."),
    )
    price_unit_en = LineField(label=_("Price per, in English"), max_length=40, required=False)
    economy_unit = LineField(
        label=_("Reckoned for"),
        max_length=60,
        required=False,
        help_text=_("What the amounts are for: “1 ha”, “nhà máy 100 tấn củ/ngày”."),
    )
    investment = MoneyField(label=_("Investment"), required=False)
    yearly_cost_before = MoneyField(label=_("Yearly cost the old way"), required=False)
    yearly_cost_after = MoneyField(label=_("Yearly cost with this technology"), required=False)
    yearly_gain = MoneyField(label=_("Yearly income on top"), required=False)

    class Meta:
        model = Offer
        fields = [
            *("title", "kind", "problem", "summary", "advantages", "stage", "transfer_forms"),
            *("contact_name", "contact_role", "contact_phone", "contact_email", "fields"),
            *("sectors", "crops", "unit", "origin", "description", "capacity", "capacity_unit"),
            *("requirements", "environment", "trl", "trl_evidence", "transferred_count", "video"),
            *("price_kind", "price_min", "price_max", "price_unit", "price_with_vat"),
            *("economy_unit", "investment", "yearly_cost_before", "yearly_cost_after"),
            *("yearly_gain", "economy", "ip_status", "ownership", "legal_class"),
            *("transfer_objects", "transfer_rights", "transfer_methods", "payments", "support"),
            *("title_en", "problem_en", "summary_en", "advantages_en", "description_en"),
            *("requirements_en", "environment_en", "economy_en", "price_unit_en", "support_en"),
        ]
        field_classes = dict.fromkeys(TEXTS, TextField)
        formsets = {
            "specs": rows(SpecForm, MOST_SPECS),
            "references": rows(ReferenceForm, MOST_REFERENCES),
            "ip_rights": rows(RightForm, MOST_RIGHTS),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        # What the stored kind asks. A kind chosen now asks its questions on the next page.
        self.details = details_of(self.instance.shape)
        for detail in self.details:
            field = _detail_field(detail)
            field.initial = self.instance.details.get(detail.key)
            self.fields[f"{PREFIX}{detail.key}"] = field

    def names_of(self, section: Section) -> list[Any]:
        lines = super().names_of(section)
        if section.key == "technical":
            lines += [(f"{PREFIX}{detail.key}",) for detail in self.details]
        return lines

    def check(self, cleaned: dict[str, Any]) -> None:
        self._check_price(cleaned)
        answers = {one.key: cleaned.get(f"{PREFIX}{one.key}") for one in self.details}
        kept = {**self.instance.details, **{key: _plain(value) for key, value in answers.items()}}
        # Answers to another kind's questions stay: the kind may have been changed by mistake.
        self.instance.details = {key: value for key, value in kept.items() if value}

    def _check_price(self, cleaned: dict[str, Any]) -> None:
        """A draft keeps what the price kind asks for; the other amount follows from it."""
        if "price_min" in self.errors or "price_max" in self.errors:
            return
        kind, low, high = (cleaned.get(name) for name in ("price_kind", "price_min", "price_max"))
        if kind == PriceKind.NEGOTIABLE and (low is not None or high is not None):
            self.add_error(
                "price_kind", _("Choose “From – to” or “Fixed” when you give an amount.")
            )
        elif kind == PriceKind.FIXED:
            if low is None:
                self.add_error("price_min", _("Say the price."))
            elif high not in (None, low):
                self.add_error("price_max", _("A fixed price is one amount: leave this empty."))
            cleaned["price_max"] = low
        elif kind == PriceKind.RANGE:
            if low is None or high is None:
                self.add_error(
                    "price_min" if low is None else "price_max",
                    _("Give both ends of the price."),
                )
            elif low == high:
                self.add_error("price_max", _("Both ends are the same: choose “Fixed”."))
            order_of(self, cleaned, "price_min", "price_max")


def _detail_field(detail: Detail) -> forms.Field:
    facts: dict[str, Any] = {"label": detail.label, "help_text": detail.help, "required": False}
    if detail.answer == Answer.TEXT:
        return TextField(max_length=detail.max_length, **facts)
    if detail.answer == Answer.YEAR:
        return WholeNumber(min_value=1900, max_value=2200, **facts)
    if detail.answer == Answer.NUMBER:
        return WholeNumber(min_value=0, max_value=10**9, **facts)
    if detail.answer == Answer.DAY:
        return day(**{name: facts[name] for name in ("label", "help_text")})
    return LineField(max_length=detail.max_length, **facts)


def _plain(value: Any) -> Any:
    """As JSON keeps it: a day as "2026-11-23"."""
    return value.isoformat() if hasattr(value, "isoformat") else value
