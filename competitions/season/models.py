"""Public pages of competitions and their results."""

from typing import Any, ClassVar

from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager

from competitions.calls.models import Competition
from competitions.judging.results import decision_file, published_decision, published_results
from competitions.judging.verifying import verify
from competitions.season.next_step import next_step
from competitions.season.presenting import present
from competitions.season.result_tables import result_tables, sealed_tables
from competitions.season.stages import Stage, standings
from portal.core import frame, timelines
from portal.core.blocks import BodyBlock, contents, plain_text
from portal.core.languages import in_reader_language
from portal.core.pages import SUMMARY_PANEL, BasePage, PublicPages
from portal.core.serving import private_file_response
from portal.core.text import slugify

_ORDER = [Stage.OPEN, Stage.COMING, Stage.UNDER_WAY, Stage.PUBLISHED, Stage.OVER]


class CompetitionPageQuerySet(PublicPages):
    """Competition pages as lists need them."""

    def shown(self) -> "CompetitionPageQuerySet":
        """Public pages of announced competitions, the newest first, with their records."""
        return (
            self.live()
            .public()
            .exclude(competition__state=Competition.State.DRAFT)
            .select_related("competition")
            .order_by("-competition__year", "-competition__pk", "-pk")
        )


class CompetitionIndexPage(BasePage):
    """All competitions, the open ones first."""

    subpage_types: ClassVar[list[str]] = ["season.CompetitionPage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, SUMMARY_PANEL]
    template = "season/competition_index_page.html"

    class Meta:
        verbose_name = _("competition index")
        verbose_name_plural = _("competition indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = list(CompetitionPage.objects.child_of(self).shown())
        found = standings(page.competition for page in pages)
        rows = [
            {"page": page, "url": page.get_url(request), "standing": found[page.competition_id]}
            for page in pages
        ]
        rows.sort(key=lambda row: _ORDER.index(row["standing"].stage))  # stable: newer first
        context["rows"] = rows
        return context


class CompetitionPage(RoutablePageMixin, BasePage):
    """One competition, told to the public. Facts come from the record, words from editors."""

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="+", verbose_name=_("competition")
    )
    who_may_enter = StreamField(BodyBlock(), blank=True, verbose_name=_("who may enter"))
    rules = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name=_("rules"),
        help_text=_("One heading an article: readers can link to each."),
    )

    objects = PageManager.from_queryset(CompetitionPageQuerySet)()

    parent_page_types: ClassVar[list[str]] = ["season.CompetitionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        SUMMARY_PANEL,
        FieldPanel("competition"),
        FieldPanel("who_may_enter"),
        FieldPanel("rules"),
    ]
    search_kind = ""
    """Described to search by this app's own hook, together with its record."""
    template = "season/competition_page.html"

    class Meta:
        verbose_name = _("competition page")
        verbose_name_plural = _("competition pages")

    def search_things(self) -> list[str] | None:
        """The record's, which this app tells in the page's words."""
        return [f"competition:{self.competition_id}", f"result:{self.competition_id}"]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The page once the competition is announced, and its results once there are some."""
        if self.competition.state == Competition.State.DRAFT:
            return []
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        if published_results(self.competition):
            results = f"{urls[0]['location']}{self.reverse_subpage('results')}"
            urls.append({**urls[0], "location": results})
        return urls

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved."""
        published = [
            self.reverse_subpage(name, args=[decision.pk])
            for decision in published_results(self.competition)
            for name in ("verification", "sealed_file", "signed_decision")
        ]
        return ["/", *(f"/{one}" for one in (self.reverse_subpage("results"), *published))]

    def body_text(self) -> str:
        return f"{plain_text(self.who_may_enter)} {plain_text(self.rules)}"

    @path("")
    def presentation(self, request: HttpRequest) -> HttpResponse:
        """The competition as it stands now. A draft of the record shows in previews only."""
        is_preview = getattr(request, "is_preview", False)
        if self.competition.state == Competition.State.DRAFT and not is_preview:
            raise Http404
        shown = present(self.competition)
        results_url = f"{self.get_url(request)}{self.reverse_subpage('results')}"
        return self.render(
            request,
            context_overrides={
                "shown": shown,
                "timeline": timelines.steps(shown.milestones),
                "step": next_step(self.competition, shown.standing, request.user, results_url),
                "articles": contents(self.rules),
                "panel_title": in_reader_language(
                    shown.competition.panel_name, gettext("Panel of judges")
                ),
                "results_url": results_url,
            },
        )

    @path("ket-qua/")
    def results(self, request: HttpRequest) -> HttpResponse:
        """The published results, round by round; 404 while nothing is published."""
        tables = result_tables(self.competition)
        if not tables:
            raise Http404
        address = self.reverse_subpage("results")
        return self.render(
            request,
            template="season/results_page.html",
            context_overrides={
                "tables": tables,
                "canonical_url": f"{self.full_url}{address}",
                "crumbs": self._crumbs(request, address),
            },
        )

    def _crumbs(self, request: HttpRequest, address: str) -> list[dict[str, Any]]:
        here = {"title": _("Results"), "url": f"{self.get_url(request)}{address}"}
        return [*frame.breadcrumbs(self, request), here]

    @path("ket-qua/quyet-dinh/<int:decision_id>/")
    def signed_decision(self, request: HttpRequest, decision_id: int) -> FileResponse:
        """The signed decision behind a published result, as a file anyone may read."""
        return private_file_response(decision_file(self.competition, decision_id))

    @path("ket-qua/kiem-chung/<int:decision_id>/")
    def verification(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        """The sealed file recomputed before the reader's eyes."""
        decision = published_decision(self.competition, decision_id)
        report = verify(decision.sealed.encode())
        address = self.reverse_subpage("results")
        return self.render(
            request,
            template="season/verification_page.html",
            context_overrides={
                "decision": decision,
                "report": report,
                # What does not verify could hold anything: then only the checks are shown.
                **(sealed_tables(report.document) if report.passed and report.document else {}),
                "canonical_url": f"{self.full_url}"
                f"{self.reverse_subpage('verification', args=[decision.pk])}",
                "crumbs": [*self._crumbs(request, address), {"title": _("Verification")}],
            },
        )

    @path("ket-qua/niem-phong/<int:decision_id>/")
    def sealed_file(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        """The file from which anybody can recompute a published ranking."""
        decision = published_decision(self.competition, decision_id)
        response = HttpResponse(decision.sealed, content_type="application/json; charset=utf-8")
        name = slugify(f"{self.competition.code_prefix} {decision.round_track} {decision.number}")
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
