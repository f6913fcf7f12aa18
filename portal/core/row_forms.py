"""Rows inside a form (products, people, figures): a further one comes by saving, without script."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet


class Rows(BaseChildFormSet):
    """Rows that keep their order, one empty row at the end, a tick to take a row out.

    A further row comes with "save and add another": no script is needed.
    """

    ordering_widget = forms.HiddenInput
    use_required_attribute = False

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this out")


def rows(form: type[forms.ModelForm], most: int) -> dict[str, Any]:
    """What `Meta.formsets` of a ClusterForm says of rows of this form, at most so many."""
    return {
        "form": form,
        "formset": Rows,
        "fields": form._meta.fields,
        "extra": 1,
        "max_num": most,
        "validate_max": True,
    }


def refuse_counts_no_browser_sends(
    data: Mapping[str, str] | None, names: Iterable[str], most: int
) -> None:
    """Raise BadRequest: Django draws a thousand rows that a form only claims to have."""
    for name in names:
        claimed = str((data or {}).get(f"{name}-TOTAL_FORMS", ""))
        if claimed.isdecimal() and int(claimed[:9]) > 2 * most:
            raise BadRequest("More rows than a record has.")


def first_refused(form: Any) -> forms.BaseForm | None:
    """Of a ClusterForm the first form with an error: itself, or one of its rows."""
    below = [row for formset in form.formsets.values() for row in formset.forms]
    return next((one for one in (form, *below) if one.errors), None)
