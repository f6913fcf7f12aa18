"""Forms with which administrators manage people."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import GroupForm, UserForm

from portal.accounts.models import User
from portal.accounts.roles import LABELS, label
from portal.core.forms import LineField


class RoleChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Group) -> str:
        return label(group.name)


class RoleForm(GroupForm):
    """The portal knows its own roles by their names: these stay, whatever else is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.name in LABELS:
            name = self.fields["name"]
            name.disabled = True
            name.help_text = _(
                "Shown as “%(label)s”. The portal's own roles keep their names: what each of them "
                "may do hangs on it."
            ) % {"label": label(self.instance.name)}


class PersonForm(UserForm):
    """Nobody types another person's password: people come in by a code sent by mail."""

    password_enabled = False
    first_name = None
    last_name = None

    full_name = LineField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("Email"), help_text=_("The address with which they sign in."))
    is_superuser = forms.BooleanField(
        label=_("Keeps the system itself"),
        required=False,
        help_text=_("May do everything, also what no role may. For one or two people."),
    )
    groups = RoleChoice(
        label=_("Roles"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ["full_name", "email", "phone", "language", "groups", "is_superuser"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            # Whoever is not one cannot make one.
            del self.fields["is_superuser"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        others = User.objects.exclude(pk=self.instance.pk)
        addresses = EmailAddress.objects.exclude(user_id=self.instance.pk)
        if (
            others.filter(email__iexact=email).exists()
            or addresses.filter(email__iexact=email, verified=True).exists()
        ):
            raise forms.ValidationError(gettext("Another person has this address."), code="taken")
        return email

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        moved = "email" in self.changed_data
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        user = super().save(commit)
        if commit and moved:
            # The old address must not open the account any more; the new one is confirmed by
            # the first code that arrives there.
            EmailAddress.objects.filter(user_id=user.pk).exclude(email=user.email).delete()
            EmailAddress.objects.get_or_create(
                user_id=user.pk, email=user.email, defaults={"primary": True, "verified": False}
            )
        return user


class NewPersonForm(PersonForm):
    """Made active at once."""


class ChangePersonForm(PersonForm):
    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            # Nobody locks themselves out.
            for name in ("is_active", "is_superuser", "groups"):
                self.fields.pop(name, None)

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]
