"""Forms of the back office of news."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """One Word file. What it is, its content decides."""

    file = forms.FileField(
        label=_("Word file"),
        allow_empty_file=True,  # the verb says what is wrong with it
        help_text=_(
            "A .docx file of at most 20 MB. Title, headings, lists, tables and pictures are kept; "
            "fonts and colours are not."
        ),
        widget=forms.FileInput(
            attrs={
                "accept": ".docx,application/vnd.openxmlformats-officedocument"
                ".wordprocessingml.document"
            }
        ),
    )
