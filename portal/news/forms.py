"""Forms of the back office of news."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ACCEPTED = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ImportForm(forms.Form):
    """One Word file. What it is, its content decides."""

    file = forms.FileField(
        label=gettext_lazy("Word file"),
        allow_empty_file=True,  # the verb says what is wrong with it
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A .docx file of at most %(limit)s MB. Title, headings, lists, tables and pictures "
            "are kept; fonts and colours are not."
        ) % {"limit": settings.PRIVATE_FILE_MAX_BYTES // 1_048_576}
