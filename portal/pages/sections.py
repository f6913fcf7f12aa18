"""The sections an editor arranges a home page from. Their facts come from the apps, through hooks.

A section that has nothing to show does not appear. Headings left empty are those of the portal, in
the reader's language.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from portal.core import charts, clock, timelines
from portal.core.addresses import an_address
from portal.core.blocks import BodyBlock, block_pictures
from portal.core.extension_points import Door, Figure, Milestone, Series, Story, Upcoming, gather
from portal.core.pictures import LOGO_RENDITION


class HomeFacts:
    """What the apps tell the home page: each asked once, and only for a section that stands."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def doors(self) -> list[Door]:
        """The nearest deadline first, then those without one."""
        doors: list[Door] = gather("portal_doors", self.request)
        dated = sorted(
            (door for door in doors if door.deadline), key=lambda door: door.deadline or 0
        )
        return [*dated, *(door for door in doors if not door.deadline)]

    @cached_property
    def stories(self) -> list[Story]:
        return gather("portal_stories", self.request)

    @cached_property
    def milestones(self) -> list[Milestone]:
        return gather("portal_milestones", self.request)

    @cached_property
    def upcoming(self) -> list[Upcoming]:
        """What is still ahead, the nearest first."""
        now = clock.now()
        ahead = [one for one in gather("portal_upcoming", self.request) if one.at > now]
        return sorted(ahead, key=lambda one: one.at)

    @cached_property
    def figures(self) -> list[Figure]:
        return gather("portal_figures", self.request)

    @cached_property
    def charts(self) -> list[charts.Chart]:
        """Of series with two numbers or more: a single bar says no more than a number."""
        counted: list[Series] = gather("portal_series", self.request)
        return [
            charts.chart_of(series)
            for series in counted
            if sum(point.value > 0 for point in series.points) > 1
        ]


class SectionBlock(blocks.StructBlock):
    """What all sections have in common. Each says in `shown` what it needs of the facts."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        max_length=80,
        required=False,
        help_text=_("Empty: the portal's own, in the reader's language."),
    )

    default_heading: "str | Promise" = ""

    def shown(self, value: Any, facts: HomeFacts) -> Any:
        """What the template shows; without anything the section does not appear."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        facts = context.get("facts") or HomeFacts(context.get("request") or HttpRequest())
        context["shown"] = self.shown(value, facts)
        context["heading"] = value["heading"] or self.default_heading
        context["section_id"] = f"section-{self.name}"
        return context

    class Meta:
        preview_value = {"heading": ""}


def _amount(default: int, most: int) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        label=_("At most"), min_value=1, max_value=most, default=default, search_index=False
    )


class DoorsBlock(SectionBlock):
    """Ways in, with what matters about each now. The nearest deadline is drawn largest."""

    amount = _amount(6, 9)
    default_heading = _("What you can do here")

    class Meta:
        icon = "pick"
        label = _("Ways in")
        description = _("What one can do here now; the nearest deadline is drawn largest.")
        template = "pages/sections/doors.html"
        preview_value = {"heading": "", "amount": 3}

    def shown(self, value: Any, facts: HomeFacts) -> Sequence[Door]:
        return facts.doors[: value["amount"]]


class NewsBlock(SectionBlock):
    """The newest articles; the first one leads with its picture."""

    amount = _amount(5, 8)
    default_heading = _("News")

    class Meta:
        icon = "doc-full"
        label = _("News")
        description = _("The newest articles; the first one leads with its picture.")
        template = "pages/sections/news.html"
        preview_value = {"heading": "", "amount": 5}

    def shown(self, value: Any, facts: HomeFacts) -> Sequence[Story]:
        return facts.stories[: value["amount"]]


class SeasonBlock(SectionBlock):
    """The dates of this season's competition on a line that knows today."""

    default_heading = _("This season")

    class Meta:
        icon = "history"
        label = _("Timeline of the season")
        description = _("The dates of this season on a line that knows today.")
        template = "pages/sections/season.html"

    def shown(self, value: Any, facts: HomeFacts) -> Sequence[timelines.Step]:
        return timelines.steps(replace(step, url="") for step in facts.milestones)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        facts = context.get("facts")
        context["url"] = next((step.url for step in facts.milestones), "") if facts else ""
        return context


class UpcomingBlock(SectionBlock):
    """What happens next: deadlines, finals, events."""

    amount = _amount(4, 12)
    default_heading = _("Coming up")

    class Meta:
        icon = "date"
        label = _("Coming up")
        description = _("What happens next: deadlines, finals, results, events.")
        template = "pages/sections/upcoming.html"
        preview_value = {"heading": "", "amount": 4}

    def shown(self, value: Any, facts: HomeFacts) -> Sequence[Upcoming]:
        return facts.upcoming[: value["amount"]]


class FiguresBlock(SectionBlock):
    """What the ecosystem counts, as numbers and as charts."""

    numbers = blocks.BooleanBlock(label=_("Show numbers"), required=False, default=True)
    charts = blocks.IntegerBlock(
        label=_("Charts, at most"), min_value=0, max_value=6, default=3, search_index=False
    )
    default_heading = _("The ecosystem in figures")

    class Meta:
        icon = "order"
        label = _("Figures")
        description = _("What the ecosystem counts, as numbers and as charts.")
        template = "pages/sections/figures.html"
        preview_value = {"heading": "", "numbers": True, "charts": 3}

    def shown(self, value: Any, facts: HomeFacts) -> dict[str, Any] | None:
        numbers = facts.figures if value["numbers"] else []
        drawn = facts.charts[: value["charts"]]
        return {"numbers": numbers, "charts": drawn} if numbers or drawn else None


class PartnerBlock(blocks.StructBlock):
    """Somebody who carries the portal's work, with a mark and an address."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    url = blocks.CharBlock(
        label=_("Address"),
        required=False,
        max_length=250,
        search_index=False,
        help_text=_("Begins with / on this portal, with https:// elsewhere."),
    )
    logo = ImageChooserBlock(
        label=_("Logo"), required=False, help_text=_("Without one the name is written.")
    )
    alt = blocks.CharBlock(
        label=_("Description for screen readers"),
        max_length=160,
        required=False,
        help_text=_("Of the logo. Empty: the name."),
    )

    class Meta:
        icon = "group"
        label = _("Partner")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["url"]:
            try:
                an_address(cleaned["url"])
            except ValidationError as error:
                raise StructBlockValidationError({"url": error}) from error
        return cleaned


class PartnersBlock(SectionBlock):
    """Partners with their logos, in the order the editor gives."""

    items = blocks.ListBlock(PartnerBlock(), label=_("Partners"), default=[], max_num=24)
    default_heading = _("Partners")

    class Meta:
        icon = "group"
        label = _("Partners")
        description = _("Partners with their logos and addresses.")
        template = "pages/sections/partners.html"
        preview_value = {
            "heading": "",
            "items": [{"name": "Trường Đại học Ví Dụ", "url": "/", "logo": None, "alt": ""}],
        }

    def shown(self, value: Any, facts: HomeFacts) -> Sequence[dict[str, Any]]:
        """The partners with their logos, read at once however many there are."""
        logos = [item["logo"] for item in value["items"] if item["logo"]]
        renditions = get_image_model().get_rendition_model().objects
        wanted = renditions.filter(filter_spec=LOGO_RENDITION)
        prefetch_related_objects(
            logos, Prefetch("renditions", queryset=wanted, to_attr="prefetched_renditions")
        )
        return [
            {
                "name": item["name"],
                "url": item["url"],
                "alt": item["alt"] or item["name"],
                "logo": item["logo"],
            }
            for item in value["items"]
        ]


class ContentBlock(SectionBlock):
    """Words and pictures of the editor's own, between the other sections."""

    body = BodyBlock(label=_("Content"), required=False)

    class Meta:
        icon = "pilcrow"
        label = _("Free content")
        description = _("Text, pictures, calls to action: whatever a page may hold.")
        template = "pages/sections/content.html"
        preview_value = {
            "heading": "Cách tham gia",
            "body": [{"type": "paragraph", "value": "<p>Một tài khoản dùng cho mọi việc.</p>"}],
        }

    def shown(self, value: Any, facts: HomeFacts) -> Any:
        return value["body"]


class HomeSections(blocks.StreamBlock):
    """The sections of a home page in the order they stand in."""

    doors = DoorsBlock()
    news = NewsBlock()
    season = SeasonBlock()
    upcoming = UpcomingBlock()
    figures = FiguresBlock()
    partners = PartnersBlock()
    content = ContentBlock()

    class Meta:
        # One of each but for free content: two would show the same facts.
        block_counts = {
            name: {"max_num": 1}
            for name in ("doors", "news", "season", "upcoming", "figures", "partners")
        }


def default_arrangement() -> list[tuple[str, dict[str, Any]]]:
    """How a home page is arranged until an editor arranges it. The same in both languages."""
    return [
        ("doors", {"heading": "", "amount": 6}),
        ("news", {"heading": "", "amount": 5}),
        ("season", {"heading": ""}),
        ("upcoming", {"heading": "", "amount": 4}),
        ("figures", {"heading": "", "numbers": True, "charts": 3}),
        ("partners", {"heading": "", "items": []}),
    ]


def section_pictures(sections: Any) -> list[tuple[Any, str]]:
    """The pictures that an editor put into sections, each with its renditions."""
    found: list[tuple[Any, str]] = []
    for section in sections:
        if section.block_type == "partners":
            logos = [item["logo"] for item in section.value["items"] if item["logo"]]
            found += [(logo, LOGO_RENDITION) for logo in logos]
        elif section.block_type == "content":
            found += block_pictures(section.value["body"])
    return found
