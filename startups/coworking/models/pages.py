"""The public pages of spaces: words and pictures from editors, what is free from the records."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager

from portal.core import frame
from portal.core.blocks import BodyBlock, plain_text
from portal.core.pages import SHARE_RENDITION, BasePage, PublicPages
from portal.core.pictures import pictures_for
from startups.coworking import describing, drawing, presenting
from startups.coworking.models.places import Space
from startups.coworking.models.resources import Resource


class AmenitiesBlock(blocks.StreamBlock):
    """What is there for everybody: Wi-Fi, coffee, a place for bicycles. One line each."""

    item = blocks.CharBlock(max_length=120, label=_("Amenity"), icon="tick")


class SpacePageQuerySet(PublicPages):
    def shown(self) -> "SpacePageQuerySet":
        """Public pages of spaces, with their records and pictures."""
        return self.live().public().select_related("space", "photo").order_by("space__name", "pk")


class SpacesPage(BasePage):
    """All spaces, each with what is free today."""

    subpage_types: ClassVar[list[str]] = ["coworking.SpacePage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("summary")]
    template = "coworking/spaces_page.html"

    class Meta:
        verbose_name = _("index of spaces")
        verbose_name_plural = _("indexes of spaces")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = list(SpacePage.objects.child_of(self).shown())
        today = presenting.today_in([page.space for page in pages])
        context["rows"] = [
            {"page": page, "url": page.get_url(request), "today": today[page.space_id]}
            for page in pages
        ]
        return context


class SpacePage(RoutablePageMixin, BasePage):
    """One space. What can be booked in it, and when, comes from its record.

    A space has one page in each language, so this is a foreign key and not one-to-one.
    """

    space = models.ForeignKey(Space, models.PROTECT, related_name="pages", verbose_name=_("space"))
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
        help_text=_("Without one the portal draws its own."),
    )
    photo_alt = models.CharField(
        _("what the photo shows"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for screen readers. Needed with a photo."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    amenities = StreamField(AmenitiesBlock(), blank=True, verbose_name=_("amenities"))
    directions = StreamField(BodyBlock(), blank=True, verbose_name=_("how to get there"))

    objects = PageManager.from_queryset(SpacePageQuerySet)()

    parent_page_types: ClassVar[list[str]] = ["coworking.SpacesPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("space"),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], heading=_("Photo")),
        FieldPanel("body"),
        FieldPanel("amenities"),
        FieldPanel("directions"),
    ]
    search_kind = ""
    """Described to search by this app's own hook, together with its record."""
    template = "coworking/space_page.html"

    class Meta:
        verbose_name = _("space page")
        verbose_name_plural = _("space pages")

    def clean(self) -> None:
        super().clean()
        if self.photo_id and not self.photo_alt.strip():
            raise ValidationError({"photo_alt": _("Say in one sentence what the photo shows.")})
        same = SpacePage.objects.filter(space=self.space_id, locale=self.locale_id)
        if self.space_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"space": _("This space has a page in this language already.")})

    def body_text(self) -> str:
        parts = (self.body, self.amenities, self.directions)
        return " ".join(plain_text(part) for part in parts)

    def pictures(self) -> list[tuple[Any, str]]:
        shared = [(self.photo, SHARE_RENDITION)] if self.photo else []
        return [*pictures_for(self.photo, "row", "cover"), *shared, *super().pictures()]

    def search_things(self) -> list[str] | None:
        """The record's, and those of what can be booked in it."""
        resources = self.space.resources.values_list("pk", flat=True)
        return [f"space:{self.space_id}", *(f"resource:{pk}" for pk in resources)]

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The space as a place with its opening hours and what can be booked in it."""
        return [describing.space(self, request)]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        base = urls[0]["location"]
        slugs = self.space.resources.filter(is_active=True).values_list("slug", flat=True)
        for slug in slugs:
            urls.append({**urls[0], "location": f"{base}{self.path_of(slug)}"})
        return urls

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved."""
        slugs = self.space.resources.values_list("slug", flat=True)
        views = [self.reverse_subpage(name) for name in ("plan", "grid")]
        return ["/", *(f"/{one}" for one in (*views, *map(self.path_of, slugs)))]

    def path_of(self, slug: str) -> str:
        """Where a resource stands below this page."""
        return str(self.reverse_subpage("resource", args=[slug]))

    @path("")
    def presentation(self, request: HttpRequest) -> HttpResponse:
        """The space, what is free on a day, and everything that can be booked in it."""
        shown = presenting.present(self.space, request.GET)
        return self._answer(request, "", {"shown": shown, **self._habit(request)})

    @path("so-do/")
    def plan(self, request: HttpRequest) -> HttpResponse:
        """The floor plan at a time, with an equal list."""
        shown = drawing.plan(self.space, request.GET, request.user)
        return self._answer(request, "plan", {"shown": shown}, "coworking/space_plan.html")

    @path("luoi/")
    def grid(self, request: HttpRequest) -> HttpResponse:
        """A day by half hours, one row for each place."""
        shown = drawing.grid(self.space, request.GET, request.user)
        return self._answer(request, "grid", {"shown": shown}, "coworking/space_grid.html")

    @path("cho/<slug:slug>/")
    def resource(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One resource: what it is, its rules, and when it is free this week."""
        found = get_object_or_404(
            Resource.objects.select_related("space", "photo").prefetch_related("features"),
            space=self.space_id,
            slug=slug,
            is_active=True,
        )
        shown = presenting.present_resource(found, request.GET)
        here = {"title": str(found), "url": f"{self.get_url(request)}{self.path_of(slug)}"}
        return self.render(
            request,
            template="coworking/resource_page.html",
            context_overrides={
                "shown": shown,
                "space_url": self.get_url(request),
                "canonical_url": f"{self.full_url}{self.path_of(slug)}",
                "meta_description": found.shown_description,
                "told_of_record": [describing.resource(found, self, self.path_of(slug))],
                "crumbs": [*frame.breadcrumbs(self, request), here],
            },
        )

    def _answer(
        self, request: HttpRequest, view: str, more: dict[str, Any], template: str | None = None
    ) -> HttpResponse:
        base = self.get_url(request) or ""
        below = self.reverse_subpage(view) if view else ""
        context = {
            **more,
            "space_url": base,
            "tabs": self._tabs(base, view, request.GET.get("ngay", "")),
            "canonical_url": f"{self.full_url}{below}",
        }
        return self.render(request, template=template, context_overrides=context)

    def _tabs(self, base: str, current: str, day: str) -> list[dict[str, Any]]:
        names = (("", _("Any free place")), ("plan", _("Floor plan")), ("grid", _("Grid of a day")))
        query = f"?ngay={day}" if day[:10].replace("-", "").isdigit() else ""
        return [
            {
                "title": title,
                "url": f"{base}{self.reverse_subpage(name) if name else ''}{query}",
                "current": name == current,
            }
            for name, title in names
        ]

    def _habit(self, request: HttpRequest) -> dict[str, Any]:
        """The last booking of whoever is signed in: the same again is one tap away."""
        return {
            "last": presenting.last_booking(self.space, request.user),
            "heights": Resource.Height.choices,
        }
