"""What a startup says of itself: a reviewed record with its products and its team."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.images import get_image_model
from wagtail.models import Orderable

from portal.core.pictures import LOGO_RENDITION
from portal.core.reviewed import ReviewedRecord
from portal.core.text import clean_line, clean_text, vietnamese_order
from portal.search.finding import searchable
from startups.directory.models.vocabularies import Need, Sector, Stage

WEB = URLValidator(schemes=["http", "https"])

LINES = ("name", "name_en", "tagline", "tagline_en", "logo_alt")
TEXTS = (
    *("description", "description_en", "problem", "problem_en", "solution", "solution_en"),
    "results",
    "results_en",
)
FACTS = ("logo", "founded_year", "stage", "sector", "unit", "website", "email", "phone")
TICKS = ("show_email", "show_phone", "team_agreed")
SHOWN = (*LINES, *TEXTS, *FACTS, *TICKS, "live")


class StartupProfileQuerySet(models.QuerySet["StartupProfile"]):
    def public(self) -> "StartupProfileQuerySet":
        """What an editor has approved and nobody has taken down: the only door to the public."""
        return self.filter(live=True)

    def shown(self) -> "StartupProfileQuerySet":
        """Public ones in Vietnamese order, with what lists and pages draw of them."""
        logos = get_image_model().objects.prefetch_renditions(LOGO_RENDITION)
        return (
            self.public()
            .select_related("sector", "stage", "unit", "standing", "standing__organisation")
            .prefetch_related(Prefetch("logo", queryset=logos))
            .order_by("sort_key", "pk")
        )


class StartupProfile(ReviewedRecord):
    """The profile of one organisation. Its row is what the public sees; drafts are revisions."""

    # A draft writes none of these columns: only publishing and taking down do.
    shown_publicly = SHOWN

    name = models.CharField(_("name of the startup"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    tagline = models.CharField(
        _("tagline"), max_length=160, blank=True, help_text=_("What you do, in one sentence.")
    )
    tagline_en = models.CharField(_("tagline in English"), max_length=160, blank=True)
    description = models.TextField(_("about the startup"), max_length=3000, blank=True)
    description_en = models.TextField(
        _("about the startup, in English"), max_length=3000, blank=True
    )
    problem = models.TextField(
        _("the problem"), max_length=2000, blank=True, help_text=_("Whose problem, and how large.")
    )
    problem_en = models.TextField(_("the problem, in English"), max_length=2000, blank=True)
    solution = models.TextField(_("the solution"), max_length=2000, blank=True)
    solution_en = models.TextField(_("the solution, in English"), max_length=2000, blank=True)
    results = models.TextField(
        _("results so far"),
        max_length=2000,
        blank=True,
        help_text=_("Customers, revenue as a range, intellectual property: what may be known."),
    )
    results_en = models.TextField(_("results so far, in English"), max_length=2000, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    logo_alt = models.CharField(
        _("what the logo shows"),
        max_length=150,
        blank=True,
        help_text=_("For people who do not see it. Empty: the name alone."),
    )
    founded_year = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1950)]
    )
    stage = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stage")
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    website = models.URLField(_("website"), blank=True, validators=[WEB])
    email = models.EmailField(_("work email"), blank=True)
    show_email = models.BooleanField(_("Show this email address to everybody"), default=False)
    phone = PhoneNumberField(_("work phone"), blank=True)
    show_phone = models.BooleanField(_("Show this phone number to everybody"), default=False)
    needs = ParentalManyToManyField(
        Need, blank=True, related_name="+", verbose_name=_("looking for")
    )
    team_agreed = models.BooleanField(
        _("Each person named in the team has agreed to be named here"), default=False
    )
    sort_key = models.CharField(max_length=400, editable=False)
    folded_text = models.TextField(editable=False)

    objects = StartupProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("startup profile")
        verbose_name_plural = _("startup profiles")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="startup_has_name"),
            models.CheckConstraint(
                condition=Q(live=False)
                | Q(sector__isnull=False, stage__isnull=False) & ~Q(tagline=""),
                name="startup_shown_is_complete",
                violation_error_message=_("A public profile has a tagline, a sector and a stage."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean_words(self) -> None:
        """Composed Unicode, lines of one line, no control characters; what lists sort and find."""
        for field in LINES:
            setattr(self, field, clean_line(getattr(self, field)))
        for field in TEXTS:
            setattr(self, field, clean_text(getattr(self, field)).strip())
        self.sort_key = vietnamese_order(self.name)[:400]
        products = " ".join(product.name for product in self.products.all())
        self.folded_text = searchable(
            f"{self.name} {self.name_en} {self.tagline} {self.tagline_en} {products}"
        )

    @property
    def public_email(self) -> str:
        return self.email if self.show_email else ""

    @property
    def public_phone(self) -> Any:
        return self.phone if self.show_phone else ""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """For the back office, as the public page will look."""
        from startups.directory.presenting import preview

        return preview(request, self)

    def recognised_on(self, day: date) -> bool:
        return any(one.in_force_on(day) for one in self.recognitions.all())


class Product(Orderable):
    """Something the startup makes or offers."""

    shown_publicly = True

    profile = ParentalKey(StartupProfile, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(_("product or service"), max_length=120)
    name_en = models.CharField(_("its name in English"), max_length=120, blank=True)
    summary = models.CharField(_("what it does"), max_length=400, blank=True)
    summary_en = models.CharField(_("what it does, in English"), max_length=400, blank=True)
    link = models.URLField(_("link to it"), blank=True, validators=[WEB])

    class Meta(Orderable.Meta):
        verbose_name = _("product of a startup")
        verbose_name_plural = _("products of startups")

    def __str__(self) -> str:
        return self.name


class TeamMember(Orderable):
    """Somebody of the team by name and role; nothing more is asked of them."""

    shown_publicly = True

    profile = ParentalKey(StartupProfile, on_delete=models.CASCADE, related_name="team")
    full_name = models.CharField(_("full name"), max_length=150)
    role = models.CharField(_("role in the startup"), max_length=120, blank=True)
    role_en = models.CharField(_("role in English"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("team member of a startup")
        verbose_name_plural = _("team members of startups")

    def __str__(self) -> str:
        return self.full_name
