"""My organisations: the list, one of them, entering and changing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import FormView

from portal.accounts import organising
from portal.accounts.forms import OrganisationForm
from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.accounts.permissions import (
    active_role,
    may_change_organisation,
    may_manage_members,
    may_read_organisation,
)
from portal.accounts.waiting import invitations_for
from portal.core.extension_points import OrganisationLink, providers
from portal.core.verdicts import Refused, Verdict


def require(verdict: Verdict, user: User, organisation: Organisation) -> None:
    """Answer 403 with the reason unless allowed; 404 to strangers, who learn nothing by it."""
    if verdict:
        return
    known = may_read_organisation(user, organisation) or (
        organisation.memberships.filter(user=user).exists()
    )
    if known:
        raise PermissionDenied(str(verdict.reason))
    raise Http404


def say_no(form: BaseForm, refused: Refused) -> None:
    """Put a verb's refusal beside its field, or on top of the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """What I belong to, what I asked for, and invitations to my address."""
    mine = (
        request.user.memberships.exclude(state=Membership.State.LEFT)
        .select_related("organisation", "organisation__unit")
        .order_by("organisation__folded_name")
    )
    memberships = list(mine)
    return render(
        request,
        "accounts/organisations.html",
        {
            "memberships": [m for m in memberships if m.state == Membership.State.ACTIVE],
            "requests": [m for m in memberships if m.state != Membership.State.ACTIVE],
            "invitations": invitations_for(request.user),
        },
    )


@login_required
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts for members; who belongs to it; for owners also requests and invitations."""
    record = get_object_or_404(
        Organisation.objects.select_related("unit", "unit__parent", "verified_by"), pk=pk
    )
    require(may_read_organisation(request.user, record), request.user, record)
    people = list(
        record.memberships.filter(state__in=[Membership.State.ACTIVE, Membership.State.REQUESTED])
        .select_related("user")
        .order_by("-role", "user__sort_key")
    )
    manages = bool(may_manage_members(request.user, record))
    return render(
        request,
        "accounts/organisation.html",
        {
            "organisation": record,
            "members": [m for m in people if m.state == Membership.State.ACTIVE],
            "requests": [m for m in people if m.state == Membership.State.REQUESTED],
            "invitations": record.invitations.filter(state=Invitation.State.SENT)
            .order_by("-sent_at")
            .all()
            if manages
            else [],
            "manages": manages,
            "may_change": may_change_organisation(request.user, record),
            "my_role": active_role(request.user, record),
            "notes": _notes(record),
            "links": _links(request.user, record),
        },
    )


def _notes(record: Organisation) -> list[str]:
    """What other apps know about the organisation."""
    return [
        note
        for provide in providers("portal_organisation_notes")
        for note in provide([record.pk]).get(record.pk, ())
    ]


def _links(user: User, record: Organisation) -> list[OrganisationLink]:
    """Where members go on to what other apps keep for the organisation."""
    if not active_role(user, record):
        return []
    return [
        link
        for provide in providers("portal_organisation_links")
        for link in provide(user, [record.pk]).get(record.pk, ())
    ]


class OrganisationCreate(LoginRequiredMixin, FormView):
    """Enter an organisation; one that is already there is asked to take me in."""

    form_class = OrganisationForm
    template_name = "accounts/organisation_form.html"

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        try:
            record = organising.create(form.facts(), by=self.request.user)
        except Refused as refused:
            say_no(form, refused)
            return self.render_to_response(
                self.get_context_data(form=form, exists=refused.code == "exists")
            )
        messages.success(self.request, _("The organisation is entered. You own its account."))
        return redirect("accounts:organisation", record.pk)


class OrganisationChange(LoginRequiredMixin, FormView):
    """Change the facts of an organisation."""

    form_class = OrganisationForm
    template_name = "accounts/organisation_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.organisation = get_object_or_404(Organisation, pk=kwargs["pk"])
            allowed = may_change_organisation(request.user, self.organisation)
            require(allowed, request.user, self.organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy, because validating a model form writes into its instance.
        return {
            **super().get_form_kwargs(),
            "instance": Organisation.objects.get(pk=self.organisation.pk),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, **kwargs)

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        try:
            organising.change(self.organisation, form.facts(), by=self.request.user)
        except Refused as refused:
            say_no(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("The changes are saved."))
        return redirect("accounts:organisation", self.organisation.pk)
