"""The public page of the market: its front, four lists, and one address for each record."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from events.techmart.models.demands import Demand
from events.techmart.models.experts import Expert
from events.techmart.models.offers import Offer
from events.techmart.models.suppliers import Supplier
from portal.core.pages import BasePage

OFFERS, DEMANDS, EXPERTS, SUPPLIERS = "offers", "demands", "experts", "suppliers"
RECORDS: dict[str, Any] = {"offer": Offer, "demand": Demand, "expert": Expert, "supplier": Supplier}
"""Each route that shows one record, and what it shows."""


class MarketPage(RoutablePageMixin, BasePage):
    """The whole market. Its records stand below no page."""

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "techmart/front.html"

    class Meta:
        verbose_name = _("technology market")
        verbose_name_plural = _("technology markets")

    def search_things(self) -> list[str] | None:
        """Every record has its address below this page."""
        return None

    @classmethod
    def public_in(cls, language: str) -> "MarketPage | None":
        """The public market in a language, if an editor has made one."""
        pages = cls.objects.live().public().filter(locale__language_code=language)
        return pages.order_by("path").first()

    def address_of(self, route: str, slug: str, base: str) -> str:
        """Where a record stands below this page's address, `base`; `route` is a key of RECORDS."""
        return f"{base}{self.reverse_subpage(route, args=[slug])}"

    def list_address(self, route: str, base: str) -> str:
        """Where one of the four lists stands."""
        return f"{base}{self.reverse_subpage(route)}"

    def _public_slugs(self) -> Iterator[tuple[str, str, Any]]:
        for route, model in RECORDS.items():
            public = model.objects.public().order_by("pk")
            for slug, changed_at in public.values_list("standing__slug", "last_published_at"):
                yield route, slug, changed_at

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The front, the lists and every public record."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        base = urls[0]["location"]
        urls += [
            {"location": self.list_address(route, base)}
            for route in (OFFERS, DEMANDS, EXPERTS, SUPPLIERS)
        ]
        urls += [
            {"location": self.address_of(route, slug, base), "lastmod": changed_at}
            for route, slug, changed_at in self._public_slugs()
        ]
        return urls

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved."""
        lists = [f"/{self.reverse_subpage(r)}" for r in (OFFERS, DEMANDS, EXPERTS, SUPPLIERS)]
        records = [
            f"/{self.reverse_subpage(r, args=[slug])}" for r, slug, _at in self._public_slugs()
        ]
        return ["/", *lists, *records]

    @path("")
    def front(self, request: HttpRequest) -> HttpResponse:
        """Search first; then ways in, what is new, what is wanted."""
        from events.techmart.presenting.front import front_context

        return self.render(request, context_overrides=front_context(request, self))

    @path("cong-nghe/", name=OFFERS)
    def offers(self, request: HttpRequest) -> HttpResponse:
        """The catalogue, narrowed by what stands in the address."""
        from events.techmart.presenting.catalogue import catalogue_context

        context = catalogue_context(request, self)
        return self.render(request, template="techmart/offers.html", context_overrides=context)

    @path("cong-nghe/moi/feed/", name="offers_feed")
    def offers_feed(self, request: HttpRequest) -> HttpResponse:
        """New offers as Atom, narrowed as the catalogue is."""
        from events.techmart.presenting.feeding import offers_feed

        return offers_feed(request, self)

    @path("nhu-cau/moi/feed/", name="demands_feed")
    def demands_feed(self, request: HttpRequest) -> HttpResponse:
        """New demands as Atom, narrowed as their list is."""
        from events.techmart.presenting.feeding import demands_feed

        return demands_feed(request, self)

    @path("cong-nghe/so-sanh/", name="compare")
    def compare(self, request: HttpRequest) -> HttpResponse:
        """Up to four offers side by side."""
        from events.techmart.presenting.comparing import comparison_context

        context = comparison_context(request, self)
        return self.render(request, template="techmart/compare.html", context_overrides=context)

    @path("cong-nghe/<slug:slug>/", name="offer")
    def offer(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One offer."""
        from events.techmart.presenting.offers import offer_context

        return self._record(request, "offer", slug, offer_context)

    @path("cong-nghe/<slug:slug>/ho-so/", name="offer_profile")
    def offer_profile(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One offer on one page to print and hand over. Wagtail serves no address with a dot."""
        from events.techmart.presenting.profiles import profile_pdf

        return profile_pdf(request, self, slug)

    @path("nhu-cau/", name=DEMANDS)
    def demands(self, request: HttpRequest) -> HttpResponse:
        """What is wanted."""
        from events.techmart.presenting.lists import demands_context

        context = demands_context(request, self)
        return self.render(request, template="techmart/demands.html", context_overrides=context)

    @path("nhu-cau/<slug:slug>/", name="demand")
    def demand(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One demand."""
        from events.techmart.presenting.demands import demand_context

        return self._record(request, "demand", slug, demand_context)

    @path("chuyen-gia/", name=EXPERTS)
    def experts(self, request: HttpRequest) -> HttpResponse:
        """Who advises."""
        from events.techmart.presenting.lists import experts_context

        context = experts_context(request, self)
        return self.render(request, template="techmart/experts.html", context_overrides=context)

    @path("chuyen-gia/<slug:slug>/", name="expert")
    def expert(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One expert."""
        from events.techmart.presenting.experts import expert_context

        return self._record(request, "expert", slug, expert_context)

    @path("neu-nhu-cau/", name="voice_need")
    def voice_need(self, request: HttpRequest) -> HttpResponse:
        """A need in three fields, without an account."""
        from events.techmart.voicing import need_page

        return need_page(request, self)

    @path("goi-lai/", name="call_back")
    def call_back(self, request: HttpRequest) -> HttpResponse:
        """A phone number and when to call, about an offer (`?cong-nghe=…`) or in general."""
        from events.techmart.voicing import callback_page

        return callback_page(request, self)

    @path("da-nhan/<uuid:key>/", name="need_receipt")
    def need_receipt(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """The receipt; its address is the secret of whoever told the need."""
        from events.techmart.voicing import receipt_page

        return receipt_page(request, self, key)

    @path("ket-qua/", name="results")
    def results(self, request: HttpRequest) -> HttpResponse:
        """Approved totals of what came of the market."""
        from events.techmart.presenting.results import results_context

        context = results_context(request, self)
        return self.render(request, template="techmart/results.html", context_overrides=context)

    @path("dong-y/", name="need_consent")
    def need_consent(self, request: HttpRequest) -> HttpResponse:
        """What is agreed to with either form."""
        from events.techmart.needs import PURPOSE
        from portal.core.views import consent_text_page

        return consent_text_page(request, PURPOSE)

    @path("nha-cung-ung/", name=SUPPLIERS)
    def suppliers(self, request: HttpRequest) -> HttpResponse:
        """Who supplies."""
        from events.techmart.presenting.lists import suppliers_context

        context = suppliers_context(request, self)
        return self.render(request, template="techmart/suppliers.html", context_overrides=context)

    @path("nha-cung-ung/<slug:slug>/", name="supplier")
    def supplier(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One supplier with everything it offers."""
        from events.techmart.presenting.suppliers import supplier_context

        return self._record(request, "supplier", slug, supplier_context)

    @path("<slug:section>/<slug:slug>/bao-sai/", name="problem")
    def problem(self, request: HttpRequest, section: str, slug: str) -> HttpResponse:
        """Report that a record is wrong."""
        from events.techmart.presenting.problems import problem_page

        return problem_page(request, self, section, slug)

    @path("<slug:section>/<slug:slug>/bao-sai/<uuid:key>/", name="problem_received")
    def problem_received(
        self, request: HttpRequest, section: str, slug: str, key: UUID
    ) -> HttpResponse:
        """What became of a report. Its address is a secret of whoever sent it."""
        from events.techmart.presenting.problems import received_page

        return received_page(request, self, section, slug, key)

    def _record(
        self,
        request: HttpRequest,
        route: str,
        slug: str,
        context_of: Callable[[HttpRequest, "MarketPage", str], dict[str, Any]],
    ) -> HttpResponse:
        """One record; where one was public before, words about it with 410 (closed) or 404."""
        from events.techmart.presenting.sharing import gone_context

        try:
            context = context_of(request, self, slug)
        except Http404:
            context = gone_context(request, self, route, slug)
            if not context:
                raise
            gone = self.render(request, template="techmart/gone.html", context_overrides=context)
            gone.status_code = 410 if context["closed"] else 404
            return gone
        return self.render(request, template=f"techmart/{route}.html", context_overrides=context)
