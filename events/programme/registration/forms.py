"""What people fill in to register, at the page of an event and at the door."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from events.programme.models import Registration, SignUp, SignUpQuestion
from events.programme.registration.registering import Guest
from portal.accounts.models import Membership, Organisation, User
from portal.core.forms import LineField, TextField
from portal.core.text import clean_line
from portal.questions.answering import ParsedAnswer, missing
from portal.questions.forms import AnswersForm


def _agreement(label: str, purpose: str) -> Any:
    def words() -> SafeString:
        return format_html(
            '{} (<a href="{}">{}</a>)',
            gettext(label),
            reverse("registrations:consent", args=[purpose]),
            gettext("read the text"),
        )

    return lazy(words, SafeString)()


class PeopleField(TextField):
    """Further people, one a line: "Nguyễn Thị Lan, lan@congty.vn"."""

    def clean(self, value: Any) -> list[tuple[str, str]]:  # type: ignore[override]
        text = super().clean(value)
        people = []
        for number, line in enumerate(text.splitlines(), start=1):
            if not clean_line(line):
                continue
            name, comma, email = (clean_line(part) for part in line.rpartition(","))
            try:
                validate_email(email)
            except forms.ValidationError:
                comma = ""
            if not comma or not name:
                raise forms.ValidationError(
                    gettext("Line %(line)s: write “full name, email”.") % {"line": number},
                    code="malformed",
                )
            people.append((name[:150], email))
        return people


class RegisterForm(forms.Form):
    """Who comes. `asked` holds the staff's own questions and draws itself below this form."""

    name = LineField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        help_text=_("The ticket goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("This is not a phone number. Example: 0912 345 678.")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("For the organisation"),
        required=False,
        empty_label=_("For myself"),
    )
    people = PeopleField(
        label=_("Who comes too"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: full name, email. Everybody gets a ticket of their own."),
    )
    support = TextField(
        label=_("Support needed at the event"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "A wheelchair, sign language, food: only if you want to say so. Deleted 30 days after"
            " the event."
        ),
    )
    support_consent = forms.BooleanField(
        label=_agreement(_("The organisers may read what support I need"), "event_support"),
        required=False,
    )
    consent = forms.BooleanField(
        label=_agreement(
            _("The department may use these details for the event"), "event_registration"
        ),
        error_messages={
            "required": _("Tick the box if you agree; without it nobody can register.")
        },
    )

    def __init__(self, *args: Any, sign_up: SignUp, user: User | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sign_up, self.user = sign_up, user
        if user is not None:
            self.fields["email"].disabled = True
            self.initial = {"email": user.email, "name": user.full_name, **self.initial}
            self.fields["email"].help_text = _(
                "The address of your account. The ticket goes there."
            )
        own = (
            Organisation.objects.filter(
                memberships__user=user, memberships__state=Membership.State.ACTIVE
            )
            if user is not None
            else Organisation.objects.none()
        )
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        if user is None or not own.exists():
            del self.fields["organisation"], self.fields["people"]
        elif sign_up.most_people < 2:
            del self.fields["people"]
        if not sign_up.asks_support:
            del self.fields["support"], self.fields["support_consent"]
        self.asked = QuestionsForm(sign_up, self.data if self.is_bound else None)

    def is_valid(self) -> bool:
        # Both are asked, so that everything wrong is said at once.
        mine, theirs = super().is_valid(), self.asked.is_valid()
        return mine and theirs

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("support") and not cleaned.get("support_consent"):
            self.add_error(
                "support_consent", gettext("Tick the box, or leave the support needed empty.")
            )
        if cleaned.get("people") and not cleaned.get("organisation"):
            self.add_error("organisation", gettext("Choose the organisation that registers them."))
        return cleaned

    def guest(self) -> Guest:
        facts = self.cleaned_data
        return Guest(
            name=facts["name"],
            email=facts["email"],
            phone=str(facts["phone"] or ""),
            support=facts.get("support", ""),
            support_agreed=bool(facts.get("support_consent")),
            answers=self.asked.parsed,
        )

    def guests(self) -> list[Guest]:
        """Everybody, whoever registers first."""
        more = [Guest(name, email) for name, email in self.cleaned_data.get("people") or []]
        return [self.guest(), *more]


class QuestionsForm(AnswersForm):
    """The staff's questions about an event; what is required is asked at once."""

    def __init__(
        self,
        sign_up: SignUp,
        data: Mapping[str, Any] | None,
        registration: Registration | None = None,
    ) -> None:
        answers = (
            {one.question_id: one for one in registration.answers.all()} if registration else {}
        )
        questions = list(SignUpQuestion.objects.filter(sign_up=sign_up))
        # Apart from the names of the form beside it, in errors too.
        super().__init__(questions, answers, data, prefix="asked")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for question in self.questions:
            given = self.parsed.get(question.pk, ParsedAnswer())
            name = self.name_of(question.pk)
            if name not in self.errors and (why := missing(question, given)):
                self.add_error(name, why)
        return cleaned


class CodeForm(forms.Form):
    """The code of the mail."""

    code = LineField(
        label=_("Code from the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class WalkInForm(forms.Form):
    """Somebody at the door."""

    name = LineField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("Email"))
    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"invalid": _("This is not a phone number. Example: 0912 345 678.")},
    )

    def guest(self) -> Guest:
        facts = self.cleaned_data
        return Guest(facts["name"], facts["email"], str(facts["phone"] or ""))


class InviteForm(forms.Form):
    """Addresses that may register where only the invited do."""

    emails = TextField(
        label=_("Email addresses"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line. Everybody gets an invitation by mail."),
    )

    def clean_emails(self) -> list[str]:
        found: dict[str, None] = {}
        for number, line in enumerate(self.cleaned_data["emails"].splitlines(), start=1):
            email = clean_line(line).strip(",; ")
            if not email:
                continue
            try:
                validate_email(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    gettext("Line %(line)s is not an email address.") % {"line": number},
                    code="malformed",
                ) from error
            found[email.lower()] = None
        return list(found)
