"""The forms in which officers set up spaces, where Wagtail's own would not do."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from portal.accounts.models import Organisation
from startups.coworking.models import HouseRules, Unit
from startups.coworking.setting_up import MOST_UNITS, next_version

GRIDS = ((15, "15"), (30, "30"), (60, "60"))
LONGEST_BUFFER = 240


class ResourceForm(WagtailAdminModelForm):
    """A resource with sentences where the database would only name a broken constraint."""

    organisation_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Only these kinds of organisations"),
        choices=Organisation.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked means all kinds."),
    )
    slot_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Begins and ends every (minutes)"),
        choices=GRIDS,
        coerce=int,
        initial=30,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        shortest, longest = cleaned.get("min_minutes"), cleaned.get("max_minutes")
        if shortest is not None and shortest < 15:
            self.add_error("min_minutes", _("The shortest booking is at least 15 minutes."))
        elif shortest and longest is not None and longest < shortest:
            self.add_error("max_minutes", _("The longest booking is shorter than the shortest."))
        for name in ("buffer_before", "buffer_after"):
            if (cleaned.get(name) or 0) > LONGEST_BUFFER:
                self.add_error(name, _("At most %(most)s minutes.") % {"most": LONGEST_BUFFER})
        return cleaned


class AddUnitsForm(WagtailAdminModelForm):
    """One unit, or many in one step: 07 and 18 make 07 to 24."""

    count = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=MOST_UNITS,
        initial=1,
        help_text=gettext_lazy("The label counts on: 01 and 24 make 01 to 24."),
    )

    class Meta:
        model = Unit
        fields = ["resource", "label"]


class HouseRulesForm(WagtailAdminModelForm):
    """The version counts by itself; a copy is the next one."""

    class Meta:
        model = HouseRules
        fields = ["space", "text", "text_en", "valid_from"]

    def save(self, commit: bool = True) -> HouseRules:
        if self.instance._state.adding:
            self.instance.version = next_version(self.instance.space)
        saved: HouseRules = super().save(commit)
        return saved
