"""Forms of people who book. What may happen is the verbs' business, not theirs."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership, Organisation
from portal.core.forms import LineField, TextField
from startups.coworking.addresses import hours_as_typed, sensible
from startups.coworking.booking import Wish
from startups.coworking.feeding import offers
from startups.coworking.hours import at, until
from startups.coworking.models import Followed, HouseRules, Resource, Unit
from startups.coworking.slots import Range

if TYPE_CHECKING:
    from portal.accounts.models import User

BIGGEST_KEY = 2**31
"""What PostgreSQL takes for a key."""
TIME_INPUT = {"type": "time"}


RULES_CHANGED = _("The rules of the house have just changed. Read them once more.")


def agreed_to(rules: HouseRules | None, posted: Mapping[str, Any]) -> bool:
    """Did they tick the box beside this very version?"""
    return rules is not None and posted.get("accepts_rules") == str(rules.version)


def organisations_of(user: "User") -> Any:
    """Organisations this person may book for."""
    return Organisation.objects.filter(
        memberships__user=user, memberships__state=Membership.State.ACTIVE
    ).order_by("name")


def offer(field: forms.Field, rows: Any) -> None:
    """What can be chosen in a field; it depends on the person and the place."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def time_field(label: Any, minutes: int = 15) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={**TIME_INPUT, "step": minutes * 60})
    return forms.TimeField(label=label, widget=widget)


class HoursForm(forms.Form):
    """A day with a beginning and an end, on the grid of a resource."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts = time_field(_("From"))
    ends = time_field(_("Until what time"))

    def __init__(self, resource: Resource, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resource = resource
        for name in ("starts", "ends"):
            self.fields[name].widget.attrs["step"] = resource.slot_minutes * 60

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not sensible(day):
            raise forms.ValidationError(_("This day cannot be booked."))
        return day

    def wanted(self) -> Range:
        facts = self.cleaned_data
        return Range(at(facts["day"], facts["starts"]), until(facts["day"], facts["ends"]))


class BookingForm(HoursForm):
    """One place, or with it some equipment; for whom, how many, what for."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Place"), required=False, empty_label=_("Any free one")
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Book for"),
        required=False,
        empty_label=_("Only for me"),
    )
    people = forms.IntegerField(label=_("People who come"), min_value=1, initial=1)
    purpose = LineField(label=_("Purpose (optional)"), max_length=200, required=False)
    extras = forms.ModelMultipleChoiceField(
        Resource.objects.none(),
        label=_("Add equipment"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accepts_rules = forms.BooleanField(
        label=_("I have read the rules of the house and agree to them"), required=False
    )

    def __init__(
        self,
        resource: Resource,
        user: "User",
        *args: Any,
        extras: Iterable[Resource] = (),
        rules: HouseRules | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(resource, *args, **kwargs)
        units = resource.units.filter(is_active=True)
        offer(self.fields["unit"], units)
        offer(self.fields["organisation"], organisations_of(user))
        offer(self.fields["extras"], Resource.objects.filter(pk__in=[one.pk for one in extras]))
        self.fields["people"].widget.attrs["max"] = resource.capacity
        if resource.capacity == 1:
            self.fields["people"].widget = forms.HiddenInput()
        if not extras:
            del self.fields["extras"]
        self.rules = rules
        if rules is None:
            del self.fields["accepts_rules"]
        else:
            self.fields["accepts_rules"].widget.attrs["value"] = rules.version

    def clean_accepts_rules(self) -> bool:
        """What was agreed to is the version that stood on the page."""
        ticked: bool = self.cleaned_data["accepts_rules"]
        if ticked and not agreed_to(self.rules, self.data):
            raise forms.ValidationError(RULES_CHANGED, code="rules_changed")
        return ticked

    def wishes(self, wanted: Range | None = None, resource: Resource | None = None) -> list[Wish]:
        """What the verbs take: the place, then its equipment. `wanted` and `resource` instead."""
        facts = self.cleaned_data
        when = wanted or self.wanted()
        same = resource is None or resource.pk == self.resource.pk
        main = Wish(
            resource or self.resource,
            *when,
            unit=facts["unit"] if same and wanted is None else None,
            people=facts["people"],
            purpose=facts["purpose"],
        )
        return [
            main,
            *(Wish(one, *when, purpose=facts["purpose"]) for one in facts.get("extras", ())),
        ]


class ChangeForm(HoursForm):
    """Other hours, another unit or resource of the same kind, more or fewer people."""

    place = forms.ModelChoiceField(Resource.objects.none(), label=_("Kind of place"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Place"),
        required=False,
        empty_label=_("The same, else any free one"),
    )
    people = forms.IntegerField(label=_("People who come"), min_value=1)
    purpose = LineField(label=_("Purpose (optional)"), max_length=200, required=False)

    field_order = ("day", "starts", "ends", "place", "unit", "people", "purpose")

    def __init__(self, resource: Resource, *args: Any, **kwargs: Any) -> None:
        super().__init__(resource, *args, **kwargs)
        same = Resource.objects.filter(space=resource.space_id, kind=resource.kind, is_active=True)
        offer(self.fields["place"], same)
        units = Unit.objects.filter(resource__in=same, is_active=True).select_related("resource")
        offer(self.fields["unit"], units)
        if same.count() < 2:
            self.fields["place"].widget = forms.HiddenInput()

    def wish(self, wanted: Range | None = None, resource: Resource | None = None) -> Wish:
        facts = self.cleaned_data
        unit = facts["unit"] if wanted is None else None
        place = resource or (unit.resource if unit else facts["place"])
        return Wish(
            place,
            *(wanted or self.wanted()),
            unit=unit,
            people=facts["people"],
            purpose=facts["purpose"],
        )


class CancelForm(forms.Form):
    """Giving a place back asks once."""

    reason = TextField(label=_("Why (optional)"), required=False, max_length=500)


class GuestForm(forms.Form):
    """Somebody who comes along."""

    use_required_attribute = False
    name = LineField(label=_("Name of the guest"), max_length=150)
    email = forms.EmailField(
        label=_("Email (optional)"),
        required=False,
        help_text=_("With it they get the invitation and the event for their calendar by mail."),
    )


class StayForm(forms.Form):
    """Until when: one of the ends at which nobody else comes."""

    until = forms.ChoiceField(label=_("Until what time"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, ends: Iterable[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = {f"{timezone.localtime(end):%H:%M}": end for end in ends}
        until = self.fields["until"]
        assert isinstance(until, forms.ChoiceField)
        until.choices = [(text, text) for text in self.ends]

    @property
    def chosen(self) -> datetime:
        return self.ends[self.cleaned_data["until"]]


class WeekForm(forms.Form):
    """One week of a habit: keep it, leave it out, or other hours on that day."""

    KEEP, SKIP, MOVE = "keep", "skip", "move"

    how = forms.ChoiceField(
        label=_("This week"),
        choices=[(KEEP, _("Keep it")), (SKIP, _("Skip it")), (MOVE, _("Other hours"))],
        widget=forms.RadioSelect,
    )
    starts = time_field(_("From"))
    ends = time_field(_("Until what time"))

    def __init__(self, day: date, usual: Range, *args: Any, free: bool, **kwargs: Any) -> None:
        self.day = day
        kwargs["prefix"] = f"{day:%Y-%m-%d}"
        kwargs["initial"] = {
            "how": self.KEEP if free else self.SKIP,
            **{name: hours_as_typed(usual)[name] for name in ("starts", "ends")},
        }
        super().__init__(*args, **kwargs)
        for name in ("starts", "ends"):
            self.fields[name].required = False
        if not free:
            how = self.fields["how"]
            assert isinstance(how, forms.ChoiceField)
            how.choices = [(self.SKIP, _("Skip it")), (self.MOVE, _("Other hours"))]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("how") == self.MOVE and not (facts.get("starts") and facts.get("ends")):
            self.add_error("starts", _("Say from when until when."))
        return facts

    def moved(self) -> Range:
        facts = self.cleaned_data
        return Range(at(self.day, facts["starts"]), until(self.day, facts["ends"]))


class FeedForm(forms.Form):
    """Which calendar somebody wants to follow."""

    what = forms.ChoiceField(label=_("Which calendar"))

    def __init__(self, user: "User", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.followed: dict[str, Followed] = {}
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [
            (group, [self._choice(label, one) for label, one in choices])
            for group, choices in offers(user)
        ]

    def _choice(self, label: str, one: Followed) -> tuple[str, str]:
        value = f"{one._meta.model_name}-{one.pk}"
        self.followed[value] = one
        return value, label

    def chosen(self) -> Followed:
        return self.followed[self.cleaned_data["what"]]


def moments_from(text: str) -> tuple[int, datetime, datetime] | None:
    """What an alternative's button sends: "resource|from|until"; None when it says nothing."""
    parts = text.split("|")
    try:
        key, starts, ends = (
            int(parts[0]),
            datetime.fromisoformat(parts[1]),
            datetime.fromisoformat(parts[2]),
        )
    except (IndexError, ValueError):
        return None
    known = all(one.tzinfo is not None and sensible(one) for one in (starts, ends))
    if not known or abs(key) > BIGGEST_KEY:
        return None
    return key, starts, ends
