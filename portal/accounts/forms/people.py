"""Signing up, and what people say about themselves."""

from typing import Any

from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from portal.accounts.models import User
from portal.accounts.terms import PURPOSE
from portal.core import consenting
from portal.core.forms import LineField


def _terms_label() -> SafeString:
    """The box says what is agreed to and leads to the text."""
    return format_html(
        '{} <a href="{}">{}</a>',
        gettext("I agree to the"),
        reverse("accounts:terms"),
        gettext("terms of use and processing of personal data"),
    )


class SignupForm(BaseSignupForm):
    """Name, email, password once, and a consent that is never ticked beforehand."""

    field_order = ["full_name", "email", "password1", "terms"]

    account_already_exists: bool
    """Set by allauth's validation of the address."""

    full_name = LineField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your full name.")},
    )
    terms = forms.BooleanField(
        label=lazy(_terms_label, SafeString)(),
        error_messages={"required": _("Tick the box if you agree; without it no account is made.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The label above says it; a placeholder goes away when one starts to type.
            field.widget.attrs.pop("placeholder", None)

    def signup(self, request: HttpRequest, user: User) -> None:
        consenting.give(PURPOSE, user=user)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Account, address and consent together; whoever lost a race is told by mail, as usual.

        An address that has an account already costs a password hash too: how long the answer
        takes must not tell whose addresses are here.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            if not User.objects.filter(email__iexact=self.cleaned_data["email"]).exists():
                raise
            self.account_already_exists = True
            return super().try_save(request)


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves; the email address has its own page."""

    full_name = LineField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        help_text=_("For example 0912 345 678. Seen by the officers of what you take part in."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("This is not a phone number. Example: 0912 345 678.")},
    )
    language = forms.ChoiceField(
        label=_("Language of mails and notices"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ["full_name", "phone", "language"]
