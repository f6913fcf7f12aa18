"""What the front desk types."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from portal.core.forms import LineField, TextField
from portal.core.periods import FIRST_DAY, LAST_DAY
from portal.core.templatetags.portal import weekday_moment
from startups.coworking.daybook import Daybook
from startups.coworking.hours import at, until
from startups.coworking.models import Resource, Space, Unit
from startups.coworking.placing import EDGE, LEAST, Position
from startups.coworking.rules import clock_time
from startups.coworking.slots import Range


class DayInput(forms.DateInput):
    """The device's own picker; the value is always ISO, whatever the language."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"step": 900, **attrs}, format="%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    bounds = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    return forms.DateField(label=label, widget=DayInput(), validators=bounds, **options)


def time_field(label: Any, **options: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=TimeInput(), **options)


class WalkInForm(forms.Form):
    """Somebody stands at the desk. The third field says what and until when in one choice."""

    use_required_attribute = False
    name = LineField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = PhoneNumberField(
        label=_("Phone, if they like"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=_("Place and time"))

    def __init__(self, *args: Any, book: Daybook, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered: dict[str, tuple[Resource, datetime]] = {}
        groups = []
        for place in book.places():
            ways = book.until(place.resource)
            choices = []
            for end in ways:
                value = f"{place.resource.pk}-{timezone.localtime(end):%H%M}"
                self.offered[value] = (place.resource, end)
                label = _("%(place)s until %(time)s") % {
                    "place": place.resource,
                    "time": clock_time(end),
                }
                choices.append((value, label))
            if choices:
                group = _("%(place)s: %(free)s free") % {
                    "place": place.resource,
                    "free": place.free,
                }
                groups.append((group, choices))
        self.fields["place"].choices = groups  # type: ignore[attr-defined]

    @property
    def has_room(self) -> bool:
        return bool(self.offered)

    @property
    def chosen(self) -> tuple[Resource, datetime]:
        return self.offered[self.cleaned_data["place"]]


class SeatForm(forms.Form):
    """Another free unit of the same resource."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Other place"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [unit.pk for unit in units]
        field = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        field.label_from_instance = lambda unit: unit.label  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """No, with a reason, perhaps with other hours: one of those found, or typed ones."""

    use_required_attribute = False
    reason = TextField(
        label=_("Why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read this sentence."),
    )
    instead = forms.ChoiceField(
        label=_("Propose other hours"), required=False, widget=forms.RadioSelect
    )
    day = day_field(_("Other day"), required=False)
    starts = time_field(_("From time"), required=False)
    ends = time_field(_("Until time"), required=False)

    OWN = "own"

    def __init__(self, *args: Any, ways: Iterable[Range] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.ways = {str(number): way for number, way in enumerate(ways)}
        self.fields["instead"].choices = [  # type: ignore[attr-defined]
            ("", _("Propose nothing")),
            *(
                (key, f"{weekday_moment(way.starts)} – {clock_time(way.ends)}")
                for key, way in self.ways.items()
            ),
            (self.OWN, _("The hours typed below")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("instead") == self.OWN and not self.errors:
            typed = [cleaned.get(name) for name in ("day", "starts", "ends")]
            if None in typed:
                self.add_error("day", _("Enter a day and both times."))
            elif cleaned["ends"] <= cleaned["starts"]:
                self.add_error("ends", _("The end must be after the beginning."))
        return cleaned

    @property
    def proposed(self) -> Range | None:
        chosen = self.cleaned_data["instead"]
        if chosen == self.OWN:
            day = self.cleaned_data["day"]
            return Range(
                at(day, self.cleaned_data["starts"]), until(day, self.cleaned_data["ends"])
            )
        return self.ways.get(chosen)


class OnBehalfForm(forms.Form):
    """A place and hours for the person that was found."""

    use_required_attribute = False
    resource = forms.ModelChoiceField(
        Resource.objects.none(), label=_("Desk or room"), empty_label=_("Choose")
    )
    day = day_field(_("Day"))
    starts = time_field(_("From time"))
    ends = time_field(_("Until time"))
    people = forms.IntegerField(label=_("People who come"), min_value=1, max_value=2000, initial=1)
    purpose = LineField(label=_("Purpose"), max_length=200, required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        bookable = space.resources.filter(is_active=True).select_related("space")
        self.fields["resource"].queryset = bookable  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Range:
        day: date = self.cleaned_data["day"]
        return Range(at(day, self.cleaned_data["starts"]), until(day, self.cleaned_data["ends"]))


class ClosureForm(forms.Form):
    """A stretch in which the space, or one place, is closed. Shown twice: typed, then confirmed."""

    use_required_attribute = False
    resource = forms.ModelChoiceField(
        Resource.objects.none(),
        label=_("What is closed"),
        required=False,
        empty_label=_("The whole space"),
    )
    from_day = day_field(_("From day"))
    from_time = time_field(_("From time"))
    until_day = day_field(_("Until day"))
    until_time = time_field(_("Until time"))
    reason = LineField(
        label=_("Reason"), max_length=200, help_text=_("Who has booked reads it, in their mail.")
    )
    reason_en = LineField(label=_("Reason in English"), max_length=200, required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        self.space = space
        self.fields["resource"].queryset = space.resources.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.starts >= self.ends:
            self.add_error("until_day", _("The end must be after the beginning."))
        return cleaned

    @property
    def starts(self) -> datetime:
        return at(self.cleaned_data["from_day"], self.cleaned_data["from_time"])

    @property
    def ends(self) -> datetime:
        return at(self.cleaned_data["until_day"], self.cleaned_data["until_time"])


class PardonForm(forms.Form):
    use_required_attribute = False
    reason = LineField(label=_("Why it does not count"), max_length=200)


class PlanForm(forms.Form):
    """Four numbers for each unit of a space, named "x-7", "y-7", "width-7", "height-7"."""

    use_required_attribute = False
    COLUMNS = (
        ("x", _("From the left"), False),
        ("y", _("From the top"), False),
        ("width", _("Width"), True),
        ("height", _("Depth"), True),
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(units)
        for unit in self.units:
            for name, label, required in self.COLUMNS:
                self.fields[f"{name}-{unit.pk}"] = forms.IntegerField(
                    label=f"{unit}: {label}",
                    required=required,
                    min_value=LEAST if required else 0,
                    max_value=EDGE,
                    initial=getattr(unit, name),
                    widget=forms.NumberInput(
                        attrs={
                            "data-unit": unit.pk,
                            "data-axis": name,
                            "inputmode": "numeric",
                            "aria-label": f"{unit}: {label}",
                        }
                    ),
                )

    @property
    def rows(self) -> list[tuple[Unit, list[Any]]]:
        return [
            (unit, [self[f"{name}-{unit.pk}"] for name, _label, _needed in self.COLUMNS])
            for unit in self.units
        ]

    @property
    def positions(self) -> dict[int, Position]:
        got = self.cleaned_data
        return {
            unit.pk: Position(*(got[f"{name}-{unit.pk}"] for name, _label, _needed in self.COLUMNS))
            for unit in self.units
        }

    def refuse(self, details: dict[str, Any]) -> None:
        for key, text in details.items():
            self.add_error(f"x-{key.removeprefix('unit-')}", str(text))


class ImportForm(forms.Form):
    """A workbook of bookings."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Excel file (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Nothing is booked before the next step."),
    )
