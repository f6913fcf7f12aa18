"""The public pages: the calendar of events, and one page for each event and language."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager

from events.programme import agenda, calendars, describing, listing
from events.programme.models.events import Event, EventSeries
from events.programme.registration.standing import standing_of
from portal.core import clock, frame
from portal.core.blocks import BodyBlock, plain_text
from portal.core.pages import SHARE_RENDITION, BasePage, PublicPages
from portal.core.pictures import pictures_for


class EventPageQuerySet(PublicPages):
    def shown(self) -> "EventPageQuerySet":
        """Public pages of events with what lists draw of them, by the time of the event."""
        return (
            self.live()
            .public()
            .select_related("event__series", "event__unit", "event__sign_up", "photo", "locale")
            .order_by("event__starts", "event__pk", "pk")
        )


class EventsPage(RoutablePageMixin, BasePage):
    """The calendar of events: as a list, by month, day by day, and what is over."""

    subpage_types: ClassVar[list[str]] = ["programme.EventPage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("calendar of events")
        verbose_name_plural = _("calendars of events")

    def pages(self) -> EventPageQuerySet:
        found: EventPageQuerySet = EventPage.objects.child_of(self).shown()
        return found

    def get_route_paths(self) -> list[str]:
        """What lives on under the old address when this page is renamed or moved."""
        slugs = EventSeries.objects.values_list("slug", flat=True)
        names = [self.reverse_subpage(name) for name in ("month", "days", "past", "calendar")]
        series = [self.reverse_subpage("series", args=[slug]) for slug in slugs]
        return ["/", *(f"/{one}" for one in (*names, *series))]

    def series_address(self, series: EventSeries, base: str) -> str:
        return f"{base}{self.reverse_subpage('series', args=[series.slug])}"

    @path("")
    def coming(self, request: HttpRequest) -> HttpResponse:
        """What is still to come or under way, the next first."""
        filters = listing.read(request.GET)
        shown = listing.coming(self.pages(), filters)
        return self._answer(request, "", {"shown": shown, "filters": filters})

    @path("thang/")
    def month(self, request: HttpRequest) -> HttpResponse:
        """A month as a table of weeks."""
        return self._month(request, "month", "programme/month.html")

    @path("tung-ngay/")
    def days(self, request: HttpRequest) -> HttpResponse:
        """The same month day by day."""
        return self._month(request, "days", "programme/days.html")

    @path("da-qua/")
    def past(self, request: HttpRequest) -> HttpResponse:
        """What is over, by year, the latest first."""
        filters = listing.read(request.GET)
        shown = listing.past(self.pages(), filters, request.GET.get("nam", ""))
        context = {"shown": shown, "filters": filters}
        return self._answer(request, "past", context, "programme/past.html")

    @path("chuoi/<slug:slug>/")
    def series(self, request: HttpRequest, slug: str) -> HttpResponse:
        """All events of a series."""
        series = get_object_or_404(EventSeries, slug=slug)
        rows = listing.rows_of(self.pages().filter(event__series=series))
        if not rows:
            raise Http404
        calendar = self.reverse_subpage("series_calendar", args=[slug])
        context = {
            "series": series,
            "rows": rows,
            "calendar_url": f"{self.get_url(request)}{calendar}",
            "crumb": series.shown_name,
        }
        below = self.reverse_subpage("series", args=[slug])
        return self._answer(request, below, context, "programme/series.html", tabs=False)

    @path("ical/")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """All events that are not long over, for calendar programs."""
        return calendars.answer(self.pages(), name=self.title, file="su-kien")

    @path("chuoi/<slug:slug>/ical/")
    def series_calendar(self, request: HttpRequest, slug: str) -> HttpResponse:
        series = get_object_or_404(EventSeries, slug=slug)
        pages = self.pages().filter(event__series=series)
        return calendars.answer(pages, name=series.shown_name, file=slug)

    def _month(self, request: HttpRequest, view: str, template: str) -> HttpResponse:
        filters = listing.read(request.GET)
        shown = agenda.month(request, self.pages(), filters, request.GET.get("thang", ""))
        return self._answer(request, view, {"shown": shown, "filters": filters}, template)

    def _answer(
        self,
        request: HttpRequest,
        view: str,
        more: dict[str, Any],
        template: str = "programme/coming.html",
        *,
        tabs: bool = True,
    ) -> HttpResponse:
        base = self.get_url(request) or ""
        below = self.reverse_subpage(view) if tabs and view else view
        crumbs = frame.breadcrumbs(self, request)
        if crumb := more.pop("crumb", ""):
            crumbs = [*crumbs, {"title": crumb, "url": f"{base}{below}"}]
        context = {
            "calendar_url": f"{base}{self.reverse_subpage('calendar')}",
            **more,
            "events_url": base,
            "here": f"{base}{below}",
            "tabs": self._tabs(base, view) if tabs else [],
            "kinds": Event.Kind.choices,
            "canonical_url": f"{self.full_url}{below}",
            "crumbs": crumbs,
        }
        return self.render(request, template=template, context_overrides=context)

    def _tabs(self, base: str, current: str) -> list[dict[str, Any]]:
        names = (
            ("", gettext("Coming events")),
            ("month", gettext("By month")),
            ("days", gettext("Day by day")),
            ("past", gettext("Past events")),
        )
        return [
            {
                "title": title,
                "url": f"{base}{self.reverse_subpage(name) if name else ''}",
                "current": name == current,
            }
            for name, title in names
        ]


class EventPage(RoutablePageMixin, BasePage):
    """One event in one language: words and pictures; when and where comes from the record."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="pages", verbose_name=_("event"))
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
    body = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Who it is for, what to bring, documents to download."),
    )
    directions = StreamField(BodyBlock(), blank=True, verbose_name=_("how to get there"))

    objects = PageManager.from_queryset(EventPageQuerySet)()

    parent_page_types: ClassVar[list[str]] = ["programme.EventsPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("event"),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], heading=_("Photo")),
        FieldPanel("body"),
        FieldPanel("directions"),
    ]
    search_kind = ""
    """Described to search by this app's own hook, together with its record."""
    template = "programme/event_page.html"

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    def clean(self) -> None:
        super().clean()
        if self.photo_id and not self.photo_alt.strip():
            raise ValidationError({"photo_alt": _("Say in one sentence what the photo shows.")})
        same = EventPage.objects.filter(event=self.event_id, locale=self.locale_id)
        if self.event_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"event": _("This event has a page in this language already.")})

    def body_text(self) -> str:
        return " ".join(plain_text(part) for part in (self.body, self.directions))

    def pictures(self) -> list[tuple[Any, str]]:
        shared = [(self.photo, SHARE_RENDITION)] if self.photo else []
        return [*pictures_for(self.photo, "row", "cover"), *shared, *super().pictures()]

    def search_things(self) -> list[str] | None:
        return [f"event:{self.event_id}"]

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [describing.event(self, request)]

    def get_route_paths(self) -> list[str]:
        return ["/", f"/{self.reverse_subpage('calendar')}"]

    @path("")
    def presentation(self, request: HttpRequest) -> HttpResponse:
        """The event, its agenda, who speaks, and the way there."""
        event = self.event
        parent: Any = self.get_parent().specific
        base = parent.get_url(request) or ""
        series = event.series
        pages = parent.pages().filter(event__series=series) if series else None
        sign_up = getattr(event, "sign_up", None)
        context = {
            "event": event,
            "standing": standing_of(sign_up, clock.now()) if sign_up else None,
            "stage": listing.shown_stage(event),
            "days": agenda.days_of(event),
            "speakers": agenda.speakers_of(event),
            "others": listing.others(pages, self) if pages is not None else [],
            "series_url": parent.series_address(series, base) if series else "",
            "events_url": base,
            "calendar_url": f"{self.get_url(request)}{self.reverse_subpage('calendar')}",
        }
        return self.render(request, context_overrides=context)

    @path("ical/")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The event as a file for a calendar; imported again it updates the old one."""
        return calendars.answer([self], name=self.title, file=self.slug, everything=True)
