"""The public page of the register: the list, its feed, and one address for each document."""

from typing import Any, ClassVar

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.core import clock, frame
from portal.core.pages import SUMMARY_PANEL, BasePage
from portal.regulations import browsing
from portal.regulations.models.documents import OfficialDocument, Standing

DOCUMENTS_PER_PAGE = 20
DOCUMENTS_IN_FEED = 20


class RegulationsIndexPage(RoutablePageMixin, BasePage):
    """All published documents, newest first. Documents are records and stand below no page."""

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, SUMMARY_PANEL]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "regulations/regulations_index_page.html"

    class Meta:
        verbose_name = _("register of official documents")
        verbose_name_plural = _("registers of official documents")

    def search_things(self) -> list[str] | None:
        """Every document has its address below this page."""
        return None

    @classmethod
    def public_in(cls, language: str) -> "RegulationsIndexPage | None":
        """The public register in a language, if an editor has made one."""
        pages = cls.objects.live().public().filter(locale__language_code=language)
        return pages.order_by("path").first()

    def address_of(self, document: OfficialDocument, base: str) -> str:
        """Where a document stands below this page's address, `base`."""
        return f"{base}{self.reverse_subpage('document', args=[document.slug])}"

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The list and every published document."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        base = urls[0]["location"]
        for document in OfficialDocument.objects.published().only("slug", "changed_at"):
            address = self.address_of(document, base)
            urls.append({"location": address, "lastmod": document.changed_at})
        return urls

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved: each document."""
        slugs = OfficialDocument.objects.published().values_list("slug", flat=True)
        documents = [self.reverse_subpage("document", args=[slug]) for slug in slugs]
        return ["/", *(f"/{one}" for one in (self.reverse_subpage("feed"), *documents))]

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """Twenty documents a page, narrowed by what stands in the address."""
        offered = browsing.choices()
        filters = browsing.Filters.read(request.GET, offered)
        documents = filters.apply(OfficialDocument.objects.shown())
        page = Paginator(documents, DOCUMENTS_PER_PAGE).get_page(request.GET.get("page"))
        return self.render(
            request,
            context_overrides={
                "documents": page,
                "rows": self._rows(request, page),
                "filters": filters,
                "offered": offered,
                "standings": list(Standing),
                "list_url": self.get_url(request),
                "canonical_url": browsing.address_of(self.full_url or "", filters, page.number),
            },
        )

    def _rows(self, request: HttpRequest, page: ListPage) -> list[dict[str, Any]]:
        base = self.get_url(request) or ""
        return [{"document": document, "url": self.address_of(document, base)} for document in page]

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The twenty documents made public last, as Atom (RFC 4287)."""
        found = OfficialDocument.objects.shown().order_by("-published_on", "-pk")
        documents = list(found[:DOCUMENTS_IN_FEED])
        changed = [document.changed_at for document in documents]
        base = self.full_url or ""
        return render(
            request,
            "regulations/feed.xml",
            {
                "page": self,
                "address": f"{base}{self.reverse_subpage('feed')}",
                "entries": [
                    {"document": document, "url": self.address_of(document, base)}
                    for document in documents
                ],
                "updated": max(changed, default=self.last_published_at or clock.now()),
            },
            content_type="application/atom+xml; charset=utf-8",
        )

    @path("<slug:slug>/")
    def document(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One document: its facts, its files and text, and what it is related to."""
        document = self._published(slug)
        base = self.get_url(request) or ""
        here = {"title": document.local_name, "url": self.address_of(document, base)}
        return self.render(
            request,
            template="regulations/document.html",
            context_overrides={
                **self._facts_of(document),
                "related": [
                    (group.label, [(one, self.address_of(one, base)) for one in group.documents])
                    for group in browsing.related_to(document)
                ],
                "list_url": base,
                "canonical_url": self.address_of(document, self.full_url or ""),
                "meta_description": document.local_subject,
                "crumbs": [*frame.breadcrumbs(self, request), here],
            },
        )

    @path("<slug:slug>/luu/")
    def save_copy(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The document as one file to keep (Decree 42/2022, article 7: print and save)."""
        document = self._published(slug)
        address = self.address_of(document, self.full_url or "")
        context = {"page": self, "address": address, **self._facts_of(document)}
        response = render(request, "regulations/saved_document.html", context)
        response["Content-Disposition"] = f'attachment; filename="{document.slug}.html"'
        return response

    def _published(self, slug: str) -> OfficialDocument:
        return get_object_or_404(OfficialDocument.objects.shown(), slug=slug)

    def _facts_of(self, document: OfficialDocument) -> dict[str, Any]:
        return {
            "document": document,
            "topics": list(document.topics.all()),
            "files": [one.file for one in document.files.select_related("file")],
        }
