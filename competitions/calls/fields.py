"""Form fields of the back office: numbers, amounts and moments as officers type them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.timezone import get_default_timezone, override
from django.utils.translation import gettext_lazy

from portal.core.forms import LineField, TextField
from portal.core.text import clean_line, format_money
from portal.questions.answering import number_text, parse_amount, parse_number

LARGEST_SMALL = 32_767
"""The highest value of a PositiveSmallIntegerField on PostgreSQL; SQLite would take more."""


class NumberField(forms.DecimalField):
    """A decimal typed with comma or point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        line = clean_line(str(value)) if value is not None else ""
        return parse_number(line) if line else None

    def prepare_value(self, value: Any) -> Any:
        return number_text(value) if isinstance(value, Decimal) else value


class AmountField(forms.IntegerField):
    """Whole đồng, typed as 30.000.000 or 30 triệu."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> int | None:
        line = clean_line(str(value)) if value is not None else ""
        return int(parse_amount(line)) if line else None

    def prepare_value(self, value: Any) -> Any:
        return format_money(value).split("\u00a0")[0] if isinstance(value, int) else value


class MomentField(forms.DateTimeField):
    """A day and time of the province, dd/mm/yyyy HH:MM, whatever zone the officer's browser has."""

    def __init__(self, **options: Any) -> None:
        options["input_formats"] = [
            "%d/%m/%Y %H:%M",
            "%H:%M %d/%m/%Y",
            "%d-%m-%Y %H:%M",
            "%d.%m.%Y %H:%M",
            "%d/%m/%Y %Hh%M",
        ]
        options["widget"] = forms.DateTimeInput(
            format="%d/%m/%Y %H:%M",
            attrs={"placeholder": gettext_lazy("dd/mm/yyyy hh:mm"), "autocomplete": "off"},
        )
        example = gettext_lazy("Day and time, such as 31/01/2027 17:00.")
        options["help_text"] = (
            format_lazy("{} {}", options["help_text"], example)
            if options.get("help_text")
            else example
        )
        options["error_messages"] = {
            "invalid": gettext_lazy(
                "Enter a day that exists and a time, as dd/mm/yyyy hh:mm, such as 31/01/2027 17:00."
            )
        }
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        with override(get_default_timezone()):
            moment = super().to_python(clean_line(value) if isinstance(value, str) else value)
        if moment is not None and not 2000 <= moment.year <= 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment

    def prepare_value(self, value: Any) -> Any:
        with override(get_default_timezone()):
            return super().prepare_value(value)


def row_formfield(column: models.Field, **options: Any) -> forms.Field | None:
    """The form field of a model's column in the back office."""
    match column:
        case models.DateTimeField():
            return column.formfield(form_class=MomentField, **options)
        case models.DecimalField():
            options.pop("widget", None)
            return column.formfield(form_class=NumberField, **options)
        case models.PositiveBigIntegerField():
            return column.formfield(form_class=AmountField, max_value=10**15 - 1, **options)
        case models.PositiveSmallIntegerField():
            return column.formfield(max_value=LARGEST_SMALL, **options)
        case models.ManyToManyField():
            return column.formfield(widget=forms.CheckboxSelectMultiple, **options)
        case models.TextField():
            return column.formfield(
                form_class=TextField, widget=forms.Textarea(attrs={"rows": 4}), **options
            )
        case models.EmailField() | models.SlugField():
            return column.formfield(**options)
        case models.CharField() if not column.choices:
            return column.formfield(form_class=LineField, **options)
        case _:
            return column.formfield(**options)
