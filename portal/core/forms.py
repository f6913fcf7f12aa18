"""How forms are rendered, and fields that clean Vietnamese text on the way in."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from portal.core.text import clean_line, clean_text


class PortalFormRenderer(TemplatesSetting):
    """Every form of ours: label above, help under, error beside, summary on top."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class LineField(forms.CharField):
    """One line of text, NFC, control characters replaced by spaces."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value))


class TextField(forms.CharField):
    """Text over several lines, NFC, unix line ends, no control characters."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value)).strip()
