"""Coming into an organisation and leaving it: requests, invitations, handing over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import FormView, TemplateView

from portal.accounts import organising
from portal.accounts.forms import HandOverForm, InvitationForm, JoinForm
from portal.accounts.models import Invitation, Membership, Organisation
from portal.accounts.organisation_facts import find, mask_address, masked_owner
from portal.accounts.permissions import may_leave, may_manage_members
from portal.accounts.views.organisations import require, say_no
from portal.core.verdicts import Refused


class Join(LoginRequiredMixin, FormView):
    """Find an organisation by its tax code, look at who owns it, ask to be taken in."""

    form_class = JoinForm
    template_name = "accounts/join.html"

    def form_valid(self, form: JoinForm) -> HttpResponse:
        there = find(form.cleaned_data["country"], form.cleaned_data["tax_code"])
        if there is None:
            form.add_error("tax_code", _("No organisation on the portal has this tax code."))
            return self.form_invalid(form)
        if "ask" not in self.request.POST:
            return self.render_to_response(
                self.get_context_data(form=form, found=there, owner=masked_owner(there))
            )
        try:
            organising.ask_to_join(there, by=self.request.user)
        except Refused as refused:
            form.add_error(None, str(refused.reason))
            return self.form_invalid(form)
        messages.success(
            self.request, _("Your request is sent. You will be told as soon as it is answered.")
        )
        return redirect("accounts:organisations")


class OfOrganisation(LoginRequiredMixin):
    """A form for those who manage the members of one organisation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.organisation = get_object_or_404(Organisation, pk=kwargs["pk"])
            allowed = may_manage_members(request.user, self.organisation)
            require(allowed, request.user, self.organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, **kwargs)


class Invite(OfOrganisation, FormView):
    form_class = InvitationForm
    template_name = "accounts/invite.html"

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        try:
            invitation = organising.invite(
                self.organisation, form.cleaned_data["email"], by=self.request.user
            )
        except Refused as refused:
            say_no(form, refused)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The invitation is sent to %(email)s.") % {"email": invitation.email}
        )
        return redirect("accounts:organisation", self.organisation.pk)


class HandOver(OfOrganisation, FormView):
    form_class = HandOverForm
    template_name = "accounts/hand_over.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "organisation": self.organisation,
            "by": self.request.user,
        }

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        to = form.cleaned_data["to"]
        try:
            organising.hand_over(self.organisation, to, by=self.request.user)
        except Refused as refused:
            say_no(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("%(person)s owns the account now.") % {"person": to.user})
        return redirect("accounts:organisation", self.organisation.pk)


class Ending(LoginRequiredMixin, TemplateView):
    """Ask once before a membership ends, and name what will be lost."""

    template_name = "accounts/end_membership.html"
    leaving: bool

    def check_access(self) -> None:
        """Answer 403 to those who may not see this page."""
        raise NotImplementedError

    def end(self) -> None:
        """Call the verb. Raises Refused."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.membership = get_object_or_404(
                Membership.objects.select_related("organisation", "user"), pk=kwargs["pk"]
            )
            self.check_access()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            membership=self.membership,
            organisation=self.membership.organisation,
            leaving=self.leaving,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.end()
        except Refused as refused:
            return self.render_to_response(self.get_context_data(refused=refused.reason))
        messages.success(request, _("The membership has ended."))
        if self.leaving:
            return redirect("accounts:organisations")
        return redirect("accounts:organisation", self.membership.organisation_id)


class Leave(Ending):
    leaving = True

    def check_access(self) -> None:
        allowed = may_leave(self.request.user, self.membership)
        require(allowed, self.request.user, self.membership.organisation)

    def end(self) -> None:
        organising.leave(self.membership, by=self.request.user)


class Remove(Ending):
    leaving = False

    def check_access(self) -> None:
        organisation = self.membership.organisation
        allowed = may_manage_members(self.request.user, organisation)
        require(allowed, self.request.user, organisation)

    def end(self) -> None:
        organising.remove(self.membership, by=self.request.user)


@login_required
@require_POST
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline a request to join."""
    membership = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=pk)
    allowed = may_manage_members(request.user, membership.organisation)
    require(allowed, request.user, membership.organisation)
    accept = request.POST.get("answer") == "accept"
    try:
        organising.decide_request(membership, accept=accept, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.reason))
    else:
        said = _("%(person)s now belongs to it.") if accept else _("The request is declined.")
        messages.success(request, said % {"person": membership.user})
    return redirect("accounts:organisation", membership.organisation_id)


@login_required
@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _managed_invitation(request, pk)
    try:
        organising.revoke(invitation, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, _("The invitation is taken back; its link no longer works."))
    return redirect("accounts:organisation", invitation.organisation_id)


@login_required
@require_POST
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _managed_invitation(request, pk)
    try:
        organising.resend(invitation, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(
            request, _("The invitation is sent to %(email)s.") % {"email": invitation.email}
        )
    return redirect("accounts:organisation", invitation.organisation_id)


@login_required
@require_POST
def accept_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """From the list of one's organisations, for an invitation to one's own address."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("organisation", "invited_by"), pk=pk
    )
    try:
        organising.accept_waiting(invitation, by=request.user)
    except Refused as refused:
        if refused.code == "other_address":
            raise Http404 from refused
        messages.error(request, str(refused.reason))
        return redirect("accounts:organisations")
    messages.success(
        request,
        _("You now belong to %(organisation)s.") % {"organisation": invitation.organisation},
    )
    return redirect("accounts:organisation", invitation.organisation_id)


def _managed_invitation(request: HttpRequest, pk: int) -> Invitation:
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    allowed = may_manage_members(request.user, invitation.organisation)
    require(allowed, request.user, invitation.organisation)
    return invitation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; accepting needs an account with the invited address."""
    context: dict[str, Any] = {"token": token}
    try:
        invitation = organising.open_invitation(token)
        context |= {"invitation": invitation, "invited": mask_address(invitation.email)}
        if request.user.is_authenticated:
            organising.check_addressee(invitation, request.user)
            if request.method == "POST":
                organising.accept_invitation(token, by=request.user)
                messages.success(
                    request,
                    _("You now belong to %(organisation)s.")
                    % {"organisation": invitation.organisation},
                )
                return redirect("accounts:organisation", invitation.organisation_id)
    except Refused as refused:
        context["refused"] = refused.reason
    return render(request, "accounts/invitation.html", context)
