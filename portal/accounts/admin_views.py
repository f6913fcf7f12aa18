"""Acts in the back office that Wagtail has no view for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.accounts import organising
from portal.accounts.models import Organisation
from portal.accounts.permissions import may_verify_organisation
from portal.core.verdicts import Refused


class BackOfficePreferences(AccountView):
    """How the back office looks and what it mails; the person has a profile on the portal.

    Wagtail's name panel asks for fields that our users do not have, and its email panel changes
    an address that nobody confirmed.
    """

    def get_panels(self) -> list[BaseSettingsPanel]:
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]


class VerifyOrganisation(WagtailAdminTemplateMixin, TemplateView):
    """Ask once, say what is compared, then confirm the organisation."""

    template_name = "accounts/admin/verify_organisation.html"
    page_title = gettext_lazy("Confirm the organisation")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_verify_organisation(request.user):
            raise PermissionDenied
        self.organisation = get_object_or_404(Organisation, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("organisation:index"), "label": _("Organisations")},
            {
                "url": reverse("organisation:inspect", args=[self.organisation.pk]),
                "label": self.organisation.name,
            },
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            organising.verify(self.organisation, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused.reason))
        else:
            messages.success(request, _("The organisation is confirmed."))
        return redirect("organisation:inspect", self.organisation.pk)
