"""The list of calendar days, and the page on which a whole year is pasted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from portal.core.calendar_lines import read_lines, store
from portal.core.forms import LineField
from portal.core.models import CalendarDay
from portal.core.verdicts import Refused


class CalendarIndexView(generic.IndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if self.add_url:
            buttons.append(
                HeaderButton(
                    _("Paste a year"), url=reverse("calendar_days:paste"), icon_name="copy"
                )
            )
        return buttons


class PasteForm(forms.Form):
    lines = forms.CharField(
        label=gettext_lazy("Days, each on a line of its own"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "“01/01/2027 Name | Name in English” is a day off; “13/02/2027 = 08/02/2027 Name” is a "
            "working day that stands in for the second one. Days that are there already are "
            "corrected."
        ),
    )
    legal_basis = LineField(label=gettext_lazy("Legal basis"), max_length=250, required=False)


class PasteDaysView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    model = CalendarDay
    permission_required = "add"
    form_class = PasteForm
    template_name = "core/admin/paste_days.html"
    page_title = gettext_lazy("Paste a year")
    header_icon = "calendar-alt"

    def get_success_url(self) -> str:
        return reverse("calendar_days:index")

    def form_valid(self, form: PasteForm) -> HttpResponse:
        facts = form.cleaned_data
        try:
            days = read_lines(facts["lines"], facts["legal_basis"])
        except Refused as refused:
            form.add_error(refused.field, str(refused))
            return self.form_invalid(form)
        new = store(days, by=self.request.user)  # type: ignore[arg-type]
        text = ngettext(
            "%(count)s day stored, %(new)s of them new.",
            "%(count)s days stored, %(new)s of them new.",
            len(days),
        )
        messages.success(self.request, text % {"count": len(days), "new": new})
        return super().form_valid(form)
