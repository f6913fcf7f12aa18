"""Entering a record for somebody who does not write themselves."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from events.techmart.entering import enter_demand, enter_expert, enter_offer, may_enter
from events.techmart.models import ExpertStanding, MarketRecord, Offer, Term, TermList
from events.techmart.telling import edit_address
from portal.accounts.models import Organisation, User
from portal.core.forms import LineField
from portal.core.verdicts import Refused

OFFER, DEMAND, EXPERT = "offer", "demand", "expert"
AGREED = (
    ("listed", gettext_lazy("to be listed")),
    ("phone", gettext_lazy("to show the phone number")),
    ("email", gettext_lazy("to show the email address")),
    ("photo", gettext_lazy("to show the photo")),
)


class EnterForm(forms.Form):
    """What is entered, for whom, and what they declared and agreed to."""

    what = forms.ChoiceField(
        label=gettext_lazy("What is entered"),
        choices=[
            (OFFER, gettext_lazy("Offer")),
            (DEMAND, gettext_lazy("Demand")),
            (EXPERT, gettext_lazy("Expert")),
        ],
    )
    name = LineField(
        label=gettext_lazy("Name of the offer or demand, or full name of the expert"),
        max_length=200,
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.order_by("folded_name"),
        required=False,
        help_text=gettext_lazy("For offers and demands. Enter it among the organisations first."),
    )
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Kind of offer"), queryset=Term.objects.none(), required=False
    )
    email = forms.EmailField(
        label=gettext_lazy("Email of the expert's account"),
        required=False,
        help_text=gettext_lazy("Empty where they have none; then only the office changes it."),
    )
    declared = forms.BooleanField(
        label=gettext_lazy(
            "The owner has declared, on paper or by phone, that they may offer it and that it is "
            "true."
        ),
        required=False,
    )
    agreed = forms.MultipleChoiceField(
        label=gettext_lazy("What the expert has agreed to in writing"),
        choices=AGREED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.queryset = Term.objects.of(TermList.OFFER_KIND).filter(offered=True)
        assert {name for name, _label in AGREED} == set(ExpertStanding.CONSENTS)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("what") in (OFFER, DEMAND) and not cleaned.get("organisation"):
            self.add_error("organisation", _("Choose the organisation."))
        if cleaned.get("what") == OFFER and not cleaned.get("kind"):
            self.add_error("kind", _("Choose what kind it is."))
        return cleaned

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.data.get("what") == EXPERT and len(name) > 150:
            raise forms.ValidationError(_("A name has 150 characters at most."))
        return name

    def clean_email(self) -> User | None:
        address = self.cleaned_data["email"]
        if not address:
            return None
        person = User.objects.filter(email=address.lower(), is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("No account has this address."))
        return person


class EnterView(WagtailAdminTemplateMixin, FormView):
    """One form for the three kinds; the record's own form comes next."""

    form_class = EnterForm
    template_name = "techmart/admin/enter.html"
    page_title = gettext_lazy("Enter on behalf")
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_enter(request.user, Offer):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: EnterForm) -> HttpResponse:
        try:
            record = self._enter(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
            return self.form_invalid(form)
        return redirect(edit_address(type(record), record.pk))

    def _enter(self, facts: dict[str, Any]) -> MarketRecord:
        by: Any = self.request.user
        name, declared = facts["name"], facts["declared"]
        if facts["what"] == OFFER:
            return enter_offer(facts["organisation"], name, facts["kind"], by, declared=declared)
        if facts["what"] == DEMAND:
            return enter_demand(facts["organisation"], name, by, declared=declared)
        return enter_expert(name, facts["email"], facts["agreed"], by, declared=declared)

    def form_invalid(self, form: EnterForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class EnterMenuItem(MenuItem):
    """Only for who may enter something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_enter(request.user, Offer))


class EnterViewSet(ViewSet):
    name = "market_enter"
    url_prefix = "market/enter"
    icon = "plus"
    menu_label = gettext_lazy("Enter on behalf")
    menu_item_class = EnterMenuItem

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[Any]:
        return [path("", EnterView.as_view(), name="index")]
