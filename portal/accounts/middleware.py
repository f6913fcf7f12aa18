"""Who may pass to the back office, and with what proof."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]
ADMIN_ROOT = "/admin/"
LOGGED_OUT_AT = "/admin/logout/"


class BackOfficeDoor:
    """Refuse signed-in people without access at once: Wagtail would send them round in circles."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path_info.startswith(ADMIN_ROOT)
            and request.path_info != LOGGED_OUT_AT
            and request.user.is_authenticated
            and not request.user.has_perm("wagtailadmin.access_admin")
        ):
            raise PermissionDenied
        return self.get_response(request)


class StaffSecondFactor:
    """Staff of a live province use a second factor: until it is set up, nothing else opens.

    allauth has no setting for this. `STAFF_MFA_REQUIRED` switches it; the demo must not ask.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and self._must_set_up(request):
            if request.method == "GET":
                messages.warning(
                    request, _("Set up two-step sign-in first: staff accounts need it.")
                )
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or not (user.is_staff or user.is_superuser):
            return False
        if self._open_to_all(request.path_info):
            return False
        totp = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP)
        return not totp.exists()

    @staticmethod
    def _open_to_all(path: str) -> bool:
        """What the person needs to set it up, to leave, or what is no page."""
        allowed = (
            reverse("mfa_index"),
            reverse("account_reauthenticate"),
            reverse("account_logout"),
            reverse("account_set_password"),
            settings.STATIC_URL,
            settings.MEDIA_URL,
            LOGGED_OUT_AT,
            "/healthz",
            "/readyz",
        )
        return path.startswith(allowed)
