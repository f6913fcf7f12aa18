"""What is typed about needs, connection requests, their threads and outcomes."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from events.techmart.models import (
    ConnectionMessage,
    ConnectionRequest,
    Expert,
    Need,
    Offer,
    Outcome,
    Term,
    TermList,
)
from portal.accounts import roles
from portal.accounts.models import Organisation
from portal.core.forms import LineField, TextField, VersionField
from portal.core.models import AdministrativeUnit
from portal.core.text import key_from, parse_money
from portal.enquiries.forms import TrapField

Side = ConnectionMessage.Side
FILES = _("PDF, JPEG or PNG. Names of files and what they hold beside the pages stay hidden.")


def _phone() -> PhoneNumberField:
    return PhoneNumberField(
        label=_("Phone number"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("This is not a phone number. Example: 0912 345 678.")},
    )


def _unit() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Commune or ward"),
        required=False,
        empty_label=_("Choose"),
    )


def _consent_label(consent_url: str) -> SafeString:
    return format_html(
        '{} (<a href="{}">{}</a>)',
        gettext("The department may keep my phone number to call me about this"),
        consent_url,
        gettext("read the text"),
    )


class VoiceForm(forms.Form):
    """What the two public forms share: a trap for programs, and the consent."""

    website = TrapField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box if you agree; without it we cannot call.")}
    )

    def __init__(self, *args: Any, consent_url: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent"].label = lazy(_consent_label, SafeString)(consent_url)
        if "unit" in self.fields:
            communes = AdministrativeUnit.objects.in_force().communes()
            self.fields["unit"].queryset = communes  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        apart = {"website", "consent"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class NeedForm(VoiceForm):
    """Three fields."""

    field_order = ("problem", "unit", "phone")

    problem = TextField(
        label=_("What problem do you want to solve?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In everyday words: “Ao nước thải mì tràn mỗi khi mưa lớn.”"),
    )
    unit = _unit()
    phone = _phone()


class CallbackForm(VoiceForm):
    """A number and when to call."""

    field_order = ("phone", "hours")

    phone = _phone()
    hours = forms.ChoiceField(
        label=_("When may we call?"),
        choices=Need.Hours.choices,
        initial=Need.Hours.ANY,
        widget=forms.RadioSelect,
    )


class BehalfForm(forms.Form):
    """What somebody tells by phone, at the office or at a booth."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[one for one in Need.Channel.choices if one[0] != Need.Channel.WEB],
        widget=forms.RadioSelect,
    )
    problem = TextField(
        label=_("What problem do they want to solve?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit = _unit()
    phone = _phone()
    name = LineField(label=_("Name, if they like"), max_length=150, required=False)
    consent = forms.BooleanField(
        label=_("I have read them the text below, and they agree"),
        error_messages={"required": _("Without their consent nothing may be kept.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        communes = AdministrativeUnit.objects.in_force().communes()
        self.fields["unit"].queryset = communes  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        apart = {"channel", "consent"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


def _ask_label() -> SafeString:
    return format_html(
        '{} (<a href="{}">{}</a>)',
        gettext(
            "The department may pass my request on without my name, and my contacts once the other "
            "side has accepted"
        ),
        "#consent-text",
        gettext("read the text"),
    )


class AskForm(forms.Form):
    """The three questions of the Enterprise Europe Network."""

    use_required_attribute = False
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), empty_label=None
    )
    cooperation = TextField(
        label=_("Which cooperation do you seek?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Buying, hiring, a trial on your own field, a common project… and how large."),
    )
    unclear = TextField(
        label=_("What is unclear to you?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the description does not say and you need to know."),
    )
    about_asker = TextField(
        label=_("Who are you?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What your organisation does, how large it is. Only the officer reads it."),
    )
    consent = forms.BooleanField(
        label=lazy(_ask_label, SafeString)(),
        error_messages={"required": _("Tick the box if you agree; without it we cannot ask.")},
    )

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if len(organisations) == 1:
            field.initial = organisations[0].pk


class MessageForm(forms.Form):
    use_required_attribute = False
    text = TextField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("File, if needed"), required=False, help_text=FILES)


class OfficeMessageForm(MessageForm):
    """The office says who reads it."""

    readers = forms.MultipleChoiceField(
        label=_("Who reads this"),
        choices=[(Side.ASKER, _("Asking side")), (Side.OWNER, _("Owner"))],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("readers", "text", "file")


class PassOnForm(forms.Form):
    use_required_attribute = False
    presented_as = LineField(
        label=_("Who asks, without a name"),
        max_length=200,
        help_text=_("“Một hợp tác xã trồng mì khoảng 200 ha ở phía bắc tỉnh”."),
    )
    words = TextField(
        label=_("What the owner reads"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Take out names, phone numbers and addresses."),
    )


class WordsForm(forms.Form):
    """A message in the wording in which the other side reads it."""

    use_required_attribute = False
    words = TextField(
        label=_("What the other side reads"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _reason(which: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Term.objects.of(which).filter(offered=True), label=_("Reason"), empty_label=_("Choose")
    )


class DeclineForm(forms.Form):
    use_required_attribute = False
    reason = _reason(TermList.DECLINE_REASON)
    note = LineField(
        label=_("A word to the asking side"),
        max_length=500,
        required=False,
        help_text=_("Write no name and no contact here; they still do not know who you are."),
    )


class AcceptForm(forms.Form):
    """For an officer: how the owner, who has no account, said yes."""

    use_required_attribute = False
    note = LineField(label=_("How the owner answered"), max_length=500)


class FailForm(forms.Form):
    use_required_attribute = False
    reason = _reason(TermList.FAILURE_REASON)
    note = LineField(label=_("More about it"), max_length=500, required=False)


class PlanForm(forms.Form):
    use_required_attribute = False
    step = LineField(label=_("Next step"), max_length=200)
    due_on = forms.DateField(
        label=_("until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AssignForm(forms.Form):
    use_required_attribute = False
    officer = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("Officer in charge"), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = get_user_model().objects.filter(is_active=True, groups__name=roles.OFFICERS)
        self.fields["officer"].queryset = found.distinct()  # type: ignore[attr-defined]


class SuggestForm(forms.Form):
    """One of the records that were found: "offer-12" or "expert-3"."""

    use_required_attribute = False
    record = forms.CharField(max_length=40)
    note = LineField(label=_("Note"), max_length=300, required=False)

    def clean_record(self) -> Offer | Expert:
        kind, _dash, key = self.cleaned_data["record"].partition("-")
        pk = key_from(key)
        model: Any = {"offer": Offer, "expert": Expert}.get(kind)
        found = model.objects.public().filter(pk=pk).first() if model and pk else None
        if found is None:
            raise forms.ValidationError(_("Choose one of the records."))
        record: Offer | Expert = found
        return record


class DemandForm(forms.Form):
    use_required_attribute = False
    title = LineField(label=_("Name of the demand"), max_length=200)
    tax_code = LineField(
        label=_("Tax code of the organisation"),
        max_length=20,
        required=False,
        help_text=_("Where it has an account here. Empty: the office keeps the demand."),
    )

    def clean_tax_code(self) -> Organisation | None:
        code = self.cleaned_data["tax_code"]
        if not code:
            return None
        found = Organisation.objects.filter(tax_code=code).first()
        if found is None:
            raise forms.ValidationError(_("No organisation here has this tax code."))
        return found


class CloseForm(forms.Form):
    use_required_attribute = False
    reason = LineField(label=_("Why it is closed"), max_length=500)


class MoneyField(forms.CharField):
    """Whole đồng from what people type; None where nothing stands."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_money(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("This is not an amount. Examples: 1.200.000, 30 triệu, 1,2 tỷ.")
            ) from error


class OutcomeForm(forms.Form):
    """A memorandum or a contract. With `correcting` it asks why, too."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What was signed"), choices=Outcome.Kind.choices, widget=forms.RadioSelect
    )
    number = LineField(label=_("Number on the paper"), max_length=60, required=False)
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    giver = LineField(label=_("Giving side"), max_length=200)
    receiver = LineField(label=_("Receiving side"), max_length=200)
    subject = TextField(
        label=_("What it is about"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    form = forms.ModelChoiceField(
        Term.objects.of(TermList.TRANSFER_FORM),
        label=_("Form of transfer"),
        required=False,
        empty_label=_("Choose"),
    )
    value = MoneyField(
        label=_("Value in đồng"),
        max_length=40,
        required=False,
        help_text=_("“1,2 tỷ”, “30 triệu”. Empty where it is not told."),
    )
    value_public = forms.BooleanField(
        label=_("The sides agree that the value counts in public totals"), required=False
    )
    channel = forms.ModelChoiceField(
        Term.objects.of(TermList.CHANNEL), label=_("Channel"), empty_label=_("Choose")
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_("PDF, JPEG or PNG. Only the office sees it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("value_public") and cleaned.get("value") is None and not self.errors:
            self.add_error("value", _("There is no value to count."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        apart = {"evidence", "reason", "version"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class CorrectForm(OutcomeForm):
    version = VersionField()
    reason = LineField(label=_("Why it is corrected"), max_length=300)


def first_words(request: ConnectionRequest) -> dict[str, Any]:
    """What a form for an outcome starts from when it comes of a request."""
    record = request.record
    organisation = record.standing.organisation
    owner = str(organisation or (record if request.expert_id else ""))
    sides = (owner, str(request.organisation))
    giver, receiver = sides[::-1] if request.demand_id else sides
    return {"giver": giver, "receiver": receiver, "subject": str(record)}
