"""The form of one document: what a row alone cannot see is checked here, at the right field."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core import clock
from portal.core.text import clean_line, clean_text, fold
from portal.regulations.models import OfficialDocument, Relation
from portal.regulations.numbering import clean_number, has_digit

FILE_KINDS = ("pdf", "odt", "docx")
# What acts on another document came after it.
ACTING = (
    Relation.Kind.REPLACES,
    Relation.Kind.REPEALS,
    Relation.Kind.REPEALS_PART,
    Relation.Kind.AMENDS,
    Relation.Kind.SUSPENDS,
)


class DocumentForm(WagtailAdminModelForm):
    """Cleans what was typed, and looks at relations and files together with their document."""

    def clean_number(self) -> str:
        number = clean_number(self.cleaned_data["number"])
        if not has_digit(number):
            raise ValidationError(_("Write the number as it stands on the document."))
        return number

    def clean_subject(self) -> str:
        subject = clean_line(self.cleaned_data["subject"])
        if not subject:
            raise ValidationError(_("Write the subject as it stands on the document."))
        return subject

    def clean_subject_en(self) -> str:
        return clean_line(self.cleaned_data["subject_en"])

    def clean_signatory(self) -> str:
        return clean_line(self.cleaned_data["signatory"])

    def clean_signatory_position(self) -> str:
        return clean_line(self.cleaned_data["signatory_position"])

    def clean_summary(self) -> str:
        return clean_text(self.cleaned_data["summary"]).strip()

    def clean_issued_on(self) -> date:
        issued: date = self.cleaned_data["issued_on"]
        if issued > clock.today():
            raise ValidationError(_("This day has not come yet."))
        return issued

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._check_number(cleaned)
        self._check_dates(cleaned)
        self._check_relations(cleaned)
        self._check_files()
        return cleaned

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        number, issuer = cleaned.get("number"), cleaned.get("issuer")
        if not (number and issuer):
            return
        same = OfficialDocument.objects.filter(issuer=issuer, folded_number=fold(number))
        if same.exclude(pk=self.instance.pk).exists():
            taken = _("A document of this issuer with this number is registered already.")
            self.add_error("number", taken)

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        expires = cleaned.get("expires_on")
        if not expires:
            return
        if (effective := cleaned.get("effective_on")) and expires <= effective:
            self.add_error("expires_on", _("The end must come after the day it takes effect."))
        elif (issued := cleaned.get("issued_on")) and expires <= issued:
            self.add_error("expires_on", _("The end must come after the day of issue."))

    def _check_relations(self, cleaned: dict[str, Any]) -> None:
        issued = cleaned.get("issued_on")
        for form in self._rows("relations"):
            kind, other = form.cleaned_data.get("kind"), form.cleaned_data.get("other")
            if other is None:
                continue
            if other.pk == self.instance.pk:
                form.add_error("other", _("A document has no relation with itself."))
            elif kind in ACTING and issued and other.issued_on > issued:
                later = _("That document was issued later; write the relation there instead.")
                form.add_error("other", later)

    def _check_files(self) -> None:
        for form in self._rows("files"):
            file = form.cleaned_data.get("file")
            if file and file.file_extension.lower() not in FILE_KINDS:
                form.add_error("file", _("Choose a PDF, ODT or DOCX file."))

    def _rows(self, name: str) -> list[Any]:
        """The rows of an inline list that stay and are filled in well; it sees doubles itself."""
        rows = self.formsets.get(name)
        if rows is None or not rows.management_form.is_valid():
            return []
        gone = rows.deleted_forms if rows.is_valid() else []
        return [form for form in rows.forms if form.is_valid() and form not in gone]
