"""The manifest with which a phone keeps the portal on its home screen."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from wagtail.models import Site

from portal.pages.models import SiteSettings

SIZES = (192, 512)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Names and icons from the site's settings (W3C Web Application Manifest)."""
    known = Site.find_for_request(request) is not None
    settings = SiteSettings.for_request(request) if known else SiteSettings()
    return JsonResponse(
        {
            "name": settings.name_vi,
            "short_name": settings.short_name,
            "lang": "vi",
            "start_url": "/",
            "display": "browser",
            "background_color": "#fbfaf6",
            "theme_color": "#0f5c4a",
            "icons": [_icon(settings, size) for size in SIZES],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _icon(settings: SiteSettings, size: int) -> dict[str, Any]:
    address = static(f"portal/img/favicon-{size}.png")
    if settings.logo:
        address = settings.logo.get_rendition(f"fill-{size}x{size}|format-png").url
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png"}
