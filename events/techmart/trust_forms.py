"""What is asked about trust: reports, levels of verification, saved searches."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from events.techmart.models import ProblemReport, SavedSearch, Verification
from portal.core.forms import LineField, TextField, VersionField
from portal.enquiries.forms import TrapField


def _consent_label() -> SafeString:
    return format_html(
        '{} (<a href="{}">{}</a>)',
        gettext("The department may keep my email address to answer me"),
        reverse("enquiries:consent"),
        gettext("read the text"),
    )


class ProblemForm(forms.Form):
    """What is wrong with a record; an address only for those who want an answer."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ProblemReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    text = TextField(
        label=_("In your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Which sentence or number, and how you know."),
    )
    email = forms.EmailField(
        label=_("Email, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(label=lazy(_consent_label, SafeString)(), required=False)
    website = TrapField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("email") and not cleaned.get("consent"):
            self.add_error(
                "consent", _("Tick the box if you want an answer, or leave the email empty.")
            )
        return cleaned


class LevelForm(forms.Form):
    """An officer sets the level of verification."""

    level = forms.ChoiceField(
        label=_("Level of verification"), choices=Verification.choices, widget=forms.RadioSelect
    )
    evidence = TextField(
        label=_("Evidence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was seen or compared; when the level is lowered, why. Internal."),
    )
    institution = LineField(
        label=_("Who vouches for it"),
        required=False,
        max_length=160,
        help_text=_("The name of an institution. Readers see it: “Sở KH&CN”."),
    )
    on_day = forms.DateField(
        label=_("Day of the check"), required=False, widget=AdminDateInput, help_text=_("Public.")
    )
    paper = forms.FileField(
        label=_("Paper"),
        required=False,
        help_text=_("PDF or picture: minutes, title, report. Only officers and directors read it."),
    )
    seen = VersionField()


class DecideForm(forms.Form):
    answer = TextField(
        label=_("What was found or done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever reported it reads this."),
    )


class SearchForm(forms.Form):
    """Keep a search of the catalogue."""

    q = forms.CharField(widget=forms.HiddenInput, max_length=4000, required=False)
    name = LineField(label=_("Name of the search"), max_length=120)
    every = forms.ChoiceField(
        label=_("A letter with what is new"),
        choices=SavedSearch.Every.choices,
        initial=SavedSearch.Every.WEEK,
        widget=forms.RadioSelect,
    )
