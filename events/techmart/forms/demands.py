"""The form of a demand: the problem first, whatever helps to solve it after."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from events.techmart.forms.shared import (
    LineField,
    MoneyField,
    RecordForm,
    Section,
    TextField,
    commune,
    day,
    order_of,
    phone,
    trl,
)
from events.techmart.models import Demand

TEXTS = (
    *("problem", "problem_en", "summary_en", "current_way", "must_have", "nice_to_have"),
    *("material", "tried"),
)


class DemandForm(RecordForm):
    NEEDED = ("title", "problem", "contact_name")
    SECTIONS: ClassVar = (
        Section(
            "core",
            _("What a review needs"),
            (
                *("title", "problem", "contact_name", "contact_role"),
                ("contact_phone", "contact_email"),
            ),
            _("The three with a star are enough to send it. Who we may call is never public."),
        ),
        Section(
            "more",
            _("What suppliers ask first"),
            (
                *("scale", "unit", "current_way", "must_have", "nice_to_have", "material"),
                *("tried", "fields", "sectors", "crops"),
            ),
        ),
        Section(
            "terms",
            _("Budget, time, cooperation"),
            (
                *(("budget_min", "budget_max"), "budget_shown", "needed_by", "cooperation"),
                *("min_trl", "foreign_welcome", "may_become_task"),
            ),
            _("Amounts as you would say them: “30 triệu”, “1,2 tỷ”."),
        ),
        Section(
            "english",
            _("In English"),
            ("title_en", "problem_en", "summary_en"),
            _("For readers from abroad. What is empty is shown to them in Vietnamese."),
        ),
    )

    title = LineField(label=_("Name of the demand"), max_length=200)
    title_en = LineField(label=_("Name in English"), max_length=200, required=False)
    contact_name = LineField(label=_("Contact person"), max_length=150, required=False)
    contact_role = LineField(
        label=_("Position in the organisation"), max_length=120, required=False
    )
    contact_phone = phone(_("Phone of the contact person"))
    scale = LineField(
        label=_("Scale"),
        max_length=200,
        required=False,
        help_text=_("“120 hộ, 60 ha”, “2 tấn bã mỗi ngày”."),
    )
    unit = commune(_("Commune or ward where it is needed"))
    budget_min = MoneyField(label=_("Budget from"), required=False)
    budget_max = MoneyField(label=_("Budget to"), required=False)
    needed_by = day(_("Needed by"), help_text=_("Day/month/year, for example 23/11/2020."))
    min_trl = trl(_("At least as ready as"))

    class Meta:
        model = Demand
        fields = [
            *("title", "problem", "contact_name", "contact_role", "contact_phone"),
            *("contact_email", "scale", "unit", "current_way", "must_have", "nice_to_have"),
            *("material", "tried", "fields", "sectors", "crops", "budget_min", "budget_max"),
            *("budget_shown", "needed_by", "cooperation", "min_trl", "foreign_welcome"),
            *("may_become_task", "title_en", "problem_en", "summary_en"),
        ]
        field_classes = dict.fromkeys(TEXTS, TextField)

    def check(self, cleaned: dict[str, Any]) -> None:
        order_of(self, cleaned, "budget_min", "budget_max")
        if cleaned.get("budget_shown") and not (
            cleaned.get("budget_min") or cleaned.get("budget_max")
        ):
            self.add_error("budget_shown", _("There is nothing to show yet."))
