"""The two public forms, and the answer."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from portal.core.forms import LineField, TextField
from portal.enquiries.models import Enquiry

MAX_TEXT = 5000


def _consent_label() -> SafeString:
    return format_html(
        '{} (<a href="{}">{}</a>)',
        gettext("The department may keep my name and contacts to answer me"),
        reverse("enquiries:consent"),
        gettext("read the text"),
    )


class OutOfSight(forms.BoundField):
    """Drawn out of sight, until somebody has filled it: then the error must be seen."""

    def css_classes(self, extra_classes: Any = None) -> str:
        return super().css_classes(extra_classes) if self.errors else "field--trap"


class TrapField(forms.CharField):
    """Filled by programs only: people get it neither on the screen nor by the keyboard."""

    bound_field_class = OutOfSight

    def clean(self, value: Any) -> str:
        if value:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""


class QuestionForm(forms.Form):
    """A question to the department."""

    kind = Enquiry.Kind.QUESTION

    full_name = LineField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The answer goes there. It is never published."),
    )
    subject = LineField(label=_("What it is about"), max_length=200)
    text = TextField(
        label=_("Your question"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    website = TrapField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    consent = forms.BooleanField(
        label=lazy(_consent_label, SafeString)(),
        error_messages={"required": _("Tick the box if you agree; without it we cannot answer.")},
    )

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        apart = {"website", "consent"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class InformationForm(QuestionForm):
    """A request for information under the law on access to information."""

    kind = Enquiry.Kind.INFORMATION
    field_order = ["full_name", "email", "phone", "address", "subject", "text", "way"]

    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("This is not a phone number. Example: 0912 345 678.")},
    )
    address = LineField(
        label=_("Address"),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    way = forms.ChoiceField(
        label=_("How do you want to receive it?"),
        choices=Enquiry.Way.choices,
        initial=Enquiry.Way.EMAIL,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].label = _("Which information you ask for")
        self.fields["text"].label = _("More exactly: document, number, date, period")


class AnswerForm(forms.Form):
    answer = TextField(
        label=_("Answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Mailed at once, in plain text. It can be given only once."),
    )


class CloseForm(forms.Form):
    reason = TextField(
        label=_("Why it gets no answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept for the department only; nothing is mailed."),
    )
