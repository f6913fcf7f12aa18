"""The public page of the directory: the list, and one address for each startup."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.core.pages import BasePage
from startups.directory.models.profiles import StartupProfile

STARTUPS_PER_PAGE = 24


class DirectoryPage(RoutablePageMixin, BasePage):
    """All public profiles. They are records and stand below no page."""

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "directory/directory_page.html"

    class Meta:
        verbose_name = _("startup directory")
        verbose_name_plural = _("startup directories")

    def search_things(self) -> list[str] | None:
        """Every profile has its address below this page."""
        return None

    @classmethod
    def public_in(cls, language: str) -> "DirectoryPage | None":
        """The public directory in a language, if an editor has made one."""
        pages = cls.objects.live().public().filter(locale__language_code=language)
        return pages.order_by("path").first()

    def address_of(self, slug: str, base: str) -> str:
        """Where a profile stands below this page's address, `base`."""
        return f"{base}{self.reverse_subpage('profile', args=[slug])}"

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The list and every public profile."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        base = urls[0]["location"]
        shown = StartupProfile.objects.public().order_by("pk")
        for slug, changed_at in shown.values_list("standing__slug", "last_published_at"):
            urls.append({"location": self.address_of(slug, base), "lastmod": changed_at})
        return urls

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved."""
        slugs = StartupProfile.objects.public().values_list("standing__slug", flat=True)
        return ["/", *(f"/{self.reverse_subpage('profile', args=[slug])}" for slug in slugs)]

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """The startups that fit what stands in the address, with how many fit each filter."""
        from startups.directory.presenting import list_context

        return self.render(request, context_overrides=list_context(request, self))

    @path("<slug:slug>/")
    def profile(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One startup: what it says of itself, what it was awarded and recognised as."""
        from startups.directory.presenting import profile_context

        profile = get_object_or_404(StartupProfile.objects.shown(), standing__slug=slug)
        context = profile_context(request, self, profile)
        return self.render(request, template="directory/profile.html", context_overrides=context)
