"""How forms are rendered, and fields that clean Vietnamese text on the way in."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from portal.core import phones
from portal.core.text import clean_line, clean_text, parse_money


class PortalFormRenderer(TemplatesSetting):
    """Every form of ours: label above, help under, error beside, summary on top."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class LineField(forms.CharField):
    """One line of text, NFC, control characters replaced by spaces."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value))


NO_VERSION = -1
"""Equals no version that was ever given out."""


class VersionField(forms.IntegerField):
    """The hidden token of the version that a form shows. What is no token counts as an old one.

    The verb then answers with the conflict, which the reader understands; an error at a field
    that nobody sees would say nothing.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value))
        except forms.ValidationError:
            return NO_VERSION


class TextField(forms.CharField):
    """Text over several lines, NFC, unix line ends, no control characters."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value)).strip()


class MoneyField(LineField):
    """Whole đồng, typed as people write them: "1,2 tỷ", "30 triệu", "1.200.000"."""

    default_error_messages = {
        "money": _("This is not an amount. Examples: 30 triệu; 1,2 tỷ; 1.200.000.")
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_money(typed)
        except ValueError:
            raise forms.ValidationError(self.error_messages["money"], code="money") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def web_address(label: Any, **options: Any) -> forms.URLField:
    """A field for the address of a website, with or without its scheme typed."""
    return forms.URLField(
        label=label,
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("This is not the address of a website.")},
        **options,
    )


class PhoneField(PhoneNumberField):
    """A number of any country; without the prefix of another one it is of Vietnam."""

    default_error_messages = {
        "invalid": _("This is not a phone number. Examples: 0912 345 678; +855 12 345 678.")
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(**options)
        self.error_messages["invalid"] = self.default_error_messages["invalid"]

    def prepare_value(self, value: Any) -> Any:
        """As it can be read back: a foreign number shown without its prefix would be another."""
        if isinstance(value, PhoneNumber) and value.is_valid():
            return phones.shown(value)
        return value
