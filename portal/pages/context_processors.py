"""What every template of ours may ask for. Lazy: a page that asks for nothing pays nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.core import frame
from portal.pages.models import SiteSettings


def portal(request: HttpRequest) -> dict[str, Any]:
    """Names, menus and addresses for `base.html`."""
    if request.path_info.startswith("/admin/"):
        return {"portal_mode": settings.PORTAL_MODE}
    site_settings = SimpleLazyObject(lambda: SiteSettings.kept_for(request))
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "portal_mode": settings.PORTAL_MODE,
        "portal_site": site_settings,
        "portal_menu": SimpleLazyObject(lambda: frame.main_menu(request)),
        "portal_footer_menu": SimpleLazyObject(
            lambda: frame.footer_menu(
                request,
                lambda: (
                    [link.page for link in site_settings.footer_links.select_related("page")]
                    if site_settings
                    else []
                ),
            )
        ),
        "portal_languages": SimpleLazyObject(lambda: frame.language_links(request)),
        "portal_outbox_url": reverse("core:outbox") if settings.DEMO else "",
        "portal_home_url": frame.home_url(),
        "portal_search_url": reverse("search:results"),
        "portal_suggest_url": reverse("search:suggestions"),
        "portal_workspace_url": reverse("workspace:home"),
        "portal_login_url": reverse("account_login"),
        "portal_admin_url": reverse("wagtailadmin_home") if signed_in and user.is_staff else "",
        "portal_account_url": reverse("accounts:profile") if signed_in else "",
    }
