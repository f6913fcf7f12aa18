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
