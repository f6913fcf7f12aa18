"""Forms about organisations: the facts, an invitation, a request to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import countries
from portal.accounts.models import Membership, Organisation
from portal.accounts.organisation_facts import FACTS
from portal.core.forms import LineField, PhoneField, web_address
from portal.core.models import AdministrativeUnit
from portal.core.text import fold

SUGGESTED_UNITS = 500
"""A longer list of communes makes the page heavy; then people type the name without one."""


class NamedUnitInput(forms.TextInput):
    """A text box that suggests communes: it works without scripting, a typed name is enough."""

    template_name = "accounts/forms/named_unit.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = list_id
        communes = AdministrativeUnit.objects.in_force().communes().select_related("parent")
        found = list(communes[: SUGGESTED_UNITS + 1])
        context["list_id"] = list_id
        context["suggestions"] = (
            [unit_label(unit) for unit in found] if len(found) <= SUGGESTED_UNITS else []
        )
        return context


def unit_label(unit: AdministrativeUnit) -> str:
    """Phường Tân Ninh, Tỉnh Tây Ninh."""
    return f"{unit.full_name}, {unit.parent.full_name}" if unit.parent else unit.full_name


class NamedUnitField(LineField):
    """A commune or ward in force, chosen by its name, with the province where names repeat."""

    widget = NamedUnitInput

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            unit = AdministrativeUnit.objects.select_related("parent").filter(pk=value).first()
            return unit_label(unit) if unit else ""
        return value

    def clean(self, value: Any) -> AdministrativeUnit | None:
        typed = fold(super().clean(value))
        if not typed:
            return None
        name, _comma, province = (part.strip() for part in typed.partition(","))
        units = AdministrativeUnit.objects.in_force().communes().select_related("parent")
        # "tan ninh" finds "phuong tan ninh"; the exact comparison follows.
        near = [
            unit
            for unit in units.filter(folded_name__endswith=name)[:50]
            if name in (unit.folded_name, fold(unit.name))
            and (not province or _is_province(unit, province))
        ]
        if len(near) == 1:
            return near[0]
        if not near:
            raise forms.ValidationError(
                gettext("There is no commune or ward of this name today. Choose from the list."),
                code="unknown",
            )
        raise forms.ValidationError(
            gettext("Several places have this name. Write one of: %(names)s.")
            % {"names": "; ".join(unit_label(unit) for unit in near[:5])},
            code="ambiguous",
        )


def _is_province(unit: AdministrativeUnit, folded: str) -> bool:
    return unit.parent is not None and folded in (unit.parent.folded_name, fold(unit.parent.name))


class OrganisationForm(forms.ModelForm):
    """What is typed; whether it may stand is decided by `organising`."""

    name = LineField(
        label=_("Name of the organisation"), max_length=200, help_text=_("As it is registered.")
    )
    name_en = LineField(label=_("Name in English"), max_length=200, required=False)
    short_name = LineField(label=_("Short name"), max_length=60, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=countries.CHOICES, initial="VN")
    tax_code = LineField(
        label=_("Tax code or registration number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Needed from enterprises, cooperatives and household businesses in Vietnam: 10 digits, "
            "or 13 for a branch. A household business may use its owner's 12-digit personal "
            "number, which is never published. Abroad: the number in the register of companies "
            "there."
        ),
    )
    first_registered_on = forms.DateField(
        label=_("First registered on"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Day/month/year, for example 23/11/2020."),
        error_messages={
            "invalid": _("There is no such day. Write day/month/year, for example 23/11/2020.")
        },
    )
    address = LineField(
        label=_("House number, street, hamlet"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    unit = NamedUnitField(
        label=_("Commune or ward"),
        required=False,
        max_length=300,
        help_text=_("Start typing the name, with or without accents."),
    )
    phone = PhoneField(
        label=_("Phone"),
        required=False,
        help_text=_("From abroad with the country's prefix, for example +855 12 345 678."),
    )
    website = web_address(_("Website"))

    class Meta:
        model = Organisation
        fields = FACTS
        labels = {"kind": _("Kind of organisation"), "email": _("Email")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Choose the kind")), *Organisation.Kind.choices]

    def _get_validation_exclusions(self) -> set[str]:
        """The verb answers a tax code that is taken: it names whom to ask."""
        return super()._get_validation_exclusions() | {"tax_code"}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address of your colleague"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class JoinForm(forms.Form):
    """By what an organisation is found: its tax code."""

    country = forms.ChoiceField(label=_("Country"), choices=countries.CHOICES, initial="VN")
    tax_code = LineField(
        label=_("Tax code of the organisation"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HandOverForm(forms.Form):
    """Choose the member who owns the account from now on."""

    to = forms.ModelChoiceField(
        label=_("New owner"), queryset=Membership.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, organisation: Organisation, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = (
            organisation.memberships.filter(state=Membership.State.ACTIVE)
            .exclude(user=by)
            .select_related("user")
            .order_by("user__sort_key")
        )
        field.label_from_instance = lambda membership: str(membership.user)
