"""A person's own page, and the terms they agreed to."""

from typing import Any

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from portal.accounts.forms import ProfileForm
from portal.accounts.models import User
from portal.accounts.terms import PURPOSE
from portal.core.consenting import standing
from portal.core.views import consent_text_page


class Profile(LoginRequiredMixin, UpdateView):
    """What the person may change, and the ways to what has pages of its own."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"

    def get_object(self, queryset: Any = None) -> User:
        # A copy: a refused form must not change the name in the page's header.
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Your profile is saved."))
        return redirect("accounts:profile")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            second_factor=get_mfa_adapter().is_mfa_enabled(self.request.user),
            consent=standing(self.request.user, PURPOSE),
            has_password=self.request.user.has_usable_password(),
            **kwargs,
        )


def terms(request: HttpRequest) -> HttpResponse:
    """The terms in force. In English where there is an English text."""
    return consent_text_page(request, PURPOSE)


def admin_login(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in skips the second factor: everybody signs in with allauth."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    target = request.GET.get("next", reverse("wagtailadmin_home"))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")
