"""The form of an expert's own record. What of it shows is agreed to on a page of its own."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from events.techmart.forms.shared import LineField, RecordForm, Section, TextField, commune, phone
from events.techmart.models import Expert

TEXTS = ("about", "about_en", "advises_on", "advises_on_en", "transferred", "publications")


class ExpertForm(RecordForm):
    NEEDED = ("full_name", "advises_on")
    USUAL: ClassVar = {"fee": "negotiable"}
    SECTIONS: ClassVar = (
        Section(
            "core",
            _("What a review needs"),
            ("full_name", "advises_on"),
            _("The two with a star are enough to send it."),
        ),
        Section(
            "work",
            _("Work and experience"),
            (
                *(("rank", "degree"), "position", "workplace", "unit", "fields", "crops"),
                *("roles", "languages", "keywords", "about", "transferred", "publications"),
                "orcid",
            ),
        ),
        Section("terms", _("How you give advice"), ("in_person", "online", "fee")),
        Section(
            "contact",
            _("Phone and email"),
            ("phone", "email"),
            _("Each shows only while you agree to it; without it the office passes requests on."),
        ),
        Section(
            "english",
            _("In English"),
            ("position_en", "workplace_en", "advises_on_en", "about_en"),
            _("For readers from abroad. What is empty is shown to them in Vietnamese."),
        ),
    )

    full_name = LineField(label=_("Full name"), max_length=150)
    position = LineField(label=_("Position at work"), max_length=150, required=False)
    position_en = LineField(label=_("Position in English"), max_length=150, required=False)
    workplace = LineField(label=_("Place of work"), max_length=200, required=False)
    workplace_en = LineField(label=_("Place of work, in English"), max_length=200, required=False)
    keywords = LineField(
        label=_("Key words"), max_length=300, required=False, help_text=_("Separated by commas.")
    )
    orcid = LineField(
        label=_("ORCID"),
        max_length=19,
        required=False,
        help_text=_("For example 0000-0002-1825-0097."),
    )
    unit = commune()
    phone = phone(_("Phone"))

    class Meta:
        model = Expert
        fields = [
            *("full_name", "advises_on", "rank", "degree", "position", "workplace", "unit"),
            *("fields", "crops", "roles", "languages", "keywords", "about", "transferred"),
            *("publications", "orcid", "in_person", "online", "fee", "phone", "email"),
            *("position_en", "workplace_en", "advises_on_en", "about_en"),
        ]
        field_classes = dict.fromkeys(TEXTS, TextField)

    def check(self, cleaned: dict[str, Any]) -> None:
        if not (cleaned.get("in_person") or cleaned.get("online")):
            self.add_error("online", _("Choose at least one way to give advice."))
