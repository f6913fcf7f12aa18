"""The report of what people search for and do not find."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core import clock
from portal.search.counting import DAYS_KEPT, most_asked
from portal.search.models import QueryCount

USUAL_DAYS = 30
policy = ModelPermissionPolicy(QueryCount)


def may_read_report(user: Any) -> bool:
    return policy.user_has_permission(user, "view")


class PeriodForm(forms.Form):
    """From day to day, both included."""

    first = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Until"), widget=AdminDateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        return cleaned


class SearchReport(WagtailAdminTemplateMixin, TemplateView):
    """What was searched for most, and what most in vain, in a period."""

    template_name = "search/admin/report.html"
    page_title = gettext_lazy("Searched for, and not found")
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("search_admin:report"), "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        usual = {"first": today - timedelta(days=USUAL_DAYS - 1), "last": today}
        form = PeriodForm(self.request.GET if self.request.GET else usual)
        tables = []
        if form.is_valid():
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
            tables = [
                (_("Most searched without a result"), most_asked(first, last, in_vain=True)),
                (_("Most searched"), most_asked(first, last)),
            ]
        return super().get_context_data(form=form, tables=tables, kept=DAYS_KEPT, **kwargs)
