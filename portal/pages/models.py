"""Home, standard pages, contact, and the settings of the site."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable, Site
from wagtail.url_routing import RouteResult

from portal.core import frame
from portal.core.blocks import BodyBlock, contents, plain_text
from portal.core.languages import in_reader_language
from portal.core.page_cache.parts import kept_part
from portal.core.pages import SUMMARY_PANEL, BasePage
from portal.pages.organisation import DepartmentUnit, Officer, OrganisationPage
from portal.pages.review import ReviewTask
from portal.pages.sections import (
    HomeFacts,
    HomeSections,
    default_arrangement,
    section_pictures,
)

__all__ = [
    "ContactPage",
    "DepartmentUnit",
    "FooterLink",
    "HomePage",
    "Officer",
    "OrganisationPage",
    "ReviewTask",
    "SiteMapPage",
    "SiteSettings",
    "StandardPage",
]


class HomePage(BasePage):
    """One sentence of what the portal does, the doors with live facts, news, the season."""

    lead = models.CharField(
        _("what the portal does"), max_length=200, help_text=_("One sentence, under the title.")
    )
    sections = StreamField(
        HomeSections(),
        blank=True,
        default=default_arrangement,
        verbose_name=_("sections of the page"),
        help_text=_("In the order they stand here. A section without anything to show is hidden."),
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        SUMMARY_PANEL,
        FieldPanel("sections"),
    ]
    template = "pages/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def body_text(self) -> str:
        return f"{self.lead} {plain_text(self.sections)}"

    def pictures(self) -> list[tuple[Any, str]]:
        return [*super().pictures(), *section_pictures(self.sections)]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Under /en/ without an English home Wagtail would serve Vietnamese pages: it must not."""
        if path_components and not self._in_readers_language():
            raise Http404
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._in_readers_language() or getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)
        return redirect(self.get_url(request) or settings.SITE_URL)

    def _in_readers_language(self) -> bool:
        return frame.language_of(self) == (get_language() or settings.LANGUAGE_CODE)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["facts"] = HomeFacts(request)
        return context

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The department and its site."""
        settings_ = SiteSettings.kept_for(request) or SiteSettings()
        department: dict[str, Any] = {
            "@type": "GovernmentOrganization",
            "@id": f"{self.full_url}#department",
            "name": settings_.owner_name,
            "url": self.full_url,
        }
        contacts = {
            "address": settings_.address,
            "telephone": settings_.phone,
            "email": settings_.email,
        }
        department |= {name: value for name, value in contacts.items() if value}
        site = {
            "@type": "WebSite",
            "name": settings_.name,
            "url": self.full_url,
            "inLanguage": frame.language_of(self),
            "publisher": {"@id": department["@id"]},
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{request.build_absolute_uri(reverse('search:results'))}?q={{q}}",
                "query-input": "required name=q",
            },
        }
        return [department, site]


class StandardPage(BasePage):
    """Words and pictures."""

    class Purpose(models.TextChoices):
        """Pages that a state portal must have, so that its editors can be told what is missing."""

        ABOUT = "about", _("Introduction")
        DUTIES = "duties", _("Functions and duties")
        INFORMATION = "information", _("Access to information")
        PRIVACY = "privacy", _("Privacy notice")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        EXCHANGE_TERMS = "exchange_terms", _("Terms of the technology exchange")

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    purpose = models.CharField(
        _("serves as"),
        max_length=20,
        blank=True,
        choices=Purpose,
        help_text=_("Only for a page that every portal of the State must have."),
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        SUMMARY_PANEL,
        FieldPanel("body"),
        FieldPanel("purpose"),
    ]
    template = "pages/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def body_text(self) -> str:
        return plain_text(self.body)

    def clean(self) -> None:
        super().clean()
        others = StandardPage.objects.filter(purpose=self.purpose, locale=self.locale_id)
        if self.purpose and (other := others.exclude(pk=self.pk).first()):
            raise ValidationError(
                {"purpose": _("“%(page)s” serves as this already.") % {"page": other.title}}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["contents"] = contents(self.body)
        return context


class SiteMapPage(BasePage):
    """Every page of the portal in one list, as its tree is."""

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, SUMMARY_PANEL]
    template = "pages/site_map_page.html"
    subpage_types: ClassVar[list[str]] = []
    search_kind = ""

    class Meta:
        verbose_name = _("site map")
        verbose_name_plural = _("site maps")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["entries"] = frame.site_map(request, self)
        return context


class ContactPage(BasePage):
    """Where to find the department; the addresses come from the site's settings."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        SUMMARY_PANEL,
        FieldPanel("body"),
    ]
    template = "pages/contact_page.html"

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def body_text(self) -> str:
        return plain_text(self.body)


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Names, logo and contacts: what makes the portal this province's."""

    shown_publicly = True

    name_vi = models.CharField(
        _("name of the portal"), max_length=120, default="Cổng Đổi mới sáng tạo Tây Ninh"
    )
    name_en = models.CharField(
        _("name in English"), max_length=120, blank=True, default="Tây Ninh Innovation Portal"
    )
    short_name = models.CharField(_("short name"), max_length=40, default="ĐMST Tây Ninh")
    owner_vi = models.CharField(
        pgettext_lazy("portal", "owner"),
        max_length=160,
        default="Sở Khoa học và Công nghệ tỉnh Tây Ninh",
    )
    owner_en = models.CharField(
        _("owner in English"),
        max_length=160,
        blank=True,
        default="Department of Science and Technology of Tây Ninh province",
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    motif = models.BooleanField(
        _("draw the contour lines of the mountain and the rivers"), default=True
    )
    address_vi = models.CharField(_("address"), max_length=250, blank=True)
    address_en = models.CharField(_("address in English"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("email"), blank=True)
    responsible_vi = models.CharField(
        _("who is responsible for the content"), max_length=200, blank=True
    )
    responsible_en = models.CharField(
        _("who is responsible, in English"), max_length=200, blank=True
    )
    own_approval = models.BooleanField(
        _("people may approve pages that they submitted themselves"),
        default=False,
        help_text=_("For offices so small that there is nobody else to read it."),
    )

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("name_vi"),
                FieldPanel("name_en"),
                FieldPanel("short_name"),
                FieldPanel("owner_vi"),
                FieldPanel("owner_en"),
            ],
            heading=_("Names"),
        ),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("motif")], heading=_("Identity")),
        MultiFieldPanel(
            [
                FieldPanel("address_vi"),
                FieldPanel("address_en"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("responsible_vi"),
                FieldPanel("responsible_en"),
            ],
            heading=_("Contacts"),
        ),
        MultiFieldPanel([FieldPanel("own_approval")], heading=_("Review")),
        InlinePanel("footer_links", label=_("link in the footer"), heading=_("Footer")),
    ]

    class Meta:
        verbose_name = _("Site settings")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def kept_for(cls, request: HttpRequest) -> "SiteSettings | None":
        """The site's settings, read by all pages and changed by none; None before any site."""
        site = Site.find_for_request(request)
        if site is None:
            return None
        return kept_part(("settings", site.pk), lambda: cls.for_site(site))

    @property
    def name(self) -> str:
        return in_reader_language(self.name_vi, self.name_en)

    @property
    def owner_name(self) -> str:
        return in_reader_language(self.owner_vi, self.owner_en)

    @property
    def address(self) -> str:
        return in_reader_language(self.address_vi, self.address_en)

    @property
    def responsible(self) -> str:
        return in_reader_language(self.responsible_vi, self.responsible_en)


class FooterLink(Orderable):
    """A page named in the footer; readers of another language get its translation."""

    shown_publicly = True

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_links")
    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("page")]

    def __str__(self) -> str:
        return str(self.page)
