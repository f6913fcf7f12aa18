"""Forms of the founder and the officer. What may happen is the verbs' business, not theirs."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from competitions.calls.models import Track
from competitions.entries import commitments
from competitions.entries.models import Entry, TeamMember
from portal.accounts.models import Membership, Organisation, User
from portal.core import clock
from portal.core.forms import LineField, TextField, VersionField
from portal.core.models import AdministrativeUnit


def _offer(field: forms.Field, rows: Any) -> None:
    """What can be chosen in a field; it depends on the person."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class BasicsForm(forms.Form):
    """Title, track and who enters. Also how a draft begins; only the track must be chosen then."""

    title = LineField(
        label=_("Title of the entry"),
        max_length=200,
        required=False,
        help_text=_("A short name for the idea or project. It can still change."),
    )
    track = forms.ModelChoiceField(
        Track.objects.none(), label=_("Track"), widget=forms.RadioSelect, empty_label=None
    )
    applicant = forms.ChoiceField(
        label=_("Who enters"), choices=Entry.Applicant.choices, widget=forms.RadioSelect
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("None yet"),
        help_text=_(
            "Only when an organisation enters. A draft needs none: it can be added any time "
            "before submitting."
        ),
    )
    version = VersionField()

    def __init__(self, user: User, tracks: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["track"], tracks)
        mine = Organisation.objects.filter(
            memberships__user=user, memberships__state=Membership.State.ACTIVE
        )
        chosen = self.initial.get("organisation")
        if chosen is not None:
            mine = Organisation.objects.filter(pk__in=[*mine.values_list("pk", flat=True), chosen])
        _offer(self.fields["organisation"], mine)

    def facts(self) -> dict[str, Any]:
        """What the verbs take."""
        names = ("title", "applicant", "organisation")
        return {name: self.cleaned_data[name] for name in names}


class MemberForm(forms.ModelForm):
    """A person the captain names."""

    full_name = LineField(label=_("Full name"), max_length=150)
    role = LineField(
        label=_("Role in the team"),
        max_length=100,
        required=False,
        help_text=_("Such as technology, sales, finance."),
    )
    email = forms.EmailField(
        label=_("Email"), help_text=_("This person gets a link with which to agree or decline.")
    )
    phone = PhoneNumberField(label=_("Phone"), required=False, region="VN")
    unit = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Commune or ward"),
        required=False,
        empty_label=_("Not chosen"),
    )

    class Meta:
        model = TeamMember
        fields = ["full_name", "role", "email", "phone", "unit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["unit"], AdministrativeUnit.objects.in_force().communes())
        if self.instance.is_captain:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("The address of your account.")

    def _post_clean(self) -> None:
        """The instance is the verb's to change; the form only reads."""


class CommitmentsForm(forms.Form):
    """Each commitment its own checkbox, never ticked beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in commitments.current():
            self.fields[text.purpose] = forms.BooleanField(
                label=text.local_title,
                # linebreaks escapes: the text is staff's, and still no markup.
                help_text=mark_safe(linebreaks(text.local_body, autoescape=True)),
                required=text.purpose in commitments.REQUIRED,
                error_messages={"required": _("This commitment is required to submit.")},
            )

    def agreed(self) -> set[str]:
        return {purpose for purpose in commitments.ASKED if self.cleaned_data.get(purpose)}


class WithdrawForm(forms.Form):
    """Taking an entry out of the competition asks once."""

    reason = TextField(
        label=_("Why (optional)"), required=False, max_length=2000, widget=forms.Textarea
    )
    sure = forms.BooleanField(
        label=_("I withdraw this entry; this cannot be undone"),
        error_messages={"required": _("Tick this box to withdraw.")},
    )


class ReasonForm(forms.Form):
    """A reason that the team reads."""

    reason = TextField(label=_("Reason, read by the team"), max_length=5000)


class AskForm(forms.Form):
    """What the team has to complete, and until when."""

    what = TextField(label=_("What to complete, read by the team"), max_length=5000)
    until_day = forms.DateField(
        label=_("Deadline day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_time = forms.TimeField(
        label=_("Time of day"),
        initial=time(17, 0),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_day"].initial = clock.today() + timedelta(days=7)

    def until(self) -> datetime:
        """The deadline in the time zone of the province."""
        naive = datetime.combine(self.cleaned_data["until_day"], self.cleaned_data["until_time"])
        return timezone.make_aware(naive)
