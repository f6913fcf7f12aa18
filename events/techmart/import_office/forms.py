"""What is asked before a workbook is checked, and before it is imported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.techmart.models import ImportRun
from portal.core import secrecy
from portal.core.forms import LineField


class SendForm(forms.Form):
    """A workbook, its pictures, where its records come from."""

    kind = forms.ChoiceField(label=_("What is imported"), choices=ImportRun.Kind.choices)
    workbook = forms.FileField(
        label=_("Workbook (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("At most 5,000 rows and 20 MB, with the headings of the template."),
    )
    pictures = forms.FileField(
        label=_("Pictures (.zip), where there are any"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )
    source = LineField(
        label=_("Source"),
        max_length=60,
        help_text=_(
            "Where these records are kept, for example “techport.vn” or “Excel Sở”. The same key "
            "of the same source changes a record instead of making it twice."
        ),
    )
    publish = forms.BooleanField(
        label=_("Put new records live at once"),
        required=False,
        help_text=_("Otherwise they come in as drafts."),
    )


class ImportForm(forms.Form):
    """What goes live at once needs the tick."""

    no_state_secret = secrecy.Tick(required=False)

    def __init__(self, *args: Any, publish: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not publish:
            del self.fields["no_state_secret"]
