"""What search engines are told: /robots.txt and /sitemap.xml with the languages of each page."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

PRIVATE = ("/admin/", "/workspace/", "/judging/", "/accounts/")
"""Nothing there is for the public; signing in stands before it anyway."""


class PageSitemap(Sitemap):
    """Every public page in every language, each with its translations (hreflang)."""

    limit = 5000

    def items(self) -> PageQuerySet:
        homes = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        found = Page.objects.none()
        for home in homes:
            found |= Page.objects.descendant_of(home, inclusive=True)
        return found.live().public().order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        pages = list(self.paginator.page(page).object_list)
        languages = self._languages(pages)
        urls = []
        for item in pages:
            for number, url in enumerate(item.get_sitemap_urls(self.request)):
                # Addresses below a page, such as results, are told without their translations.
                family = languages[item.translation_key] if number == 0 else []
                urls.append({**url, "alternates": family if len(family) > 1 else []})
        return urls

    def _languages(self, pages: Sequence[Page]) -> dict[Any, list[dict[str, str]]]:
        """The public translations of these pages, themselves included, in one query."""
        keys = {page.translation_key for page in pages}
        family = Page.objects.live().public().filter(translation_key__in=keys)
        found: dict[Any, list[dict[str, str]]] = defaultdict(list)
        for page in family.select_related("locale").order_by("locale_id"):
            address = page.get_full_url(self.request)
            found[page.translation_key].append(
                {"lang_code": page.locale.language_code, "location": address}
            )
        return found


SITEMAPS = {"pages": PageSitemap}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Only a live portal is found by search engines: demonstrations keep them out."""
    lines = ["User-agent: *"]
    if settings.PRODUCTION:
        lines += [f"Disallow: {path}" for path in PRIVATE]
        lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    else:
        lines += ["Disallow: /"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
