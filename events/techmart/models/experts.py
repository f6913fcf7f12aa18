"""Experts: people who advise. Each public field of theirs stands under a consent of its own."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from events.techmart.models.shared import MarketRecord, Standing, labels, shown
from events.techmart.models.terms import TermList, one_of, some_of
from portal.core.text import name_sort_key
from portal.search.words import searchable

ORCID = RegexValidator(
    r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", _("An ORCID looks like 0000-0002-1825-0097.")
)


class ExpertQuerySet(models.QuerySet["Expert"]):
    def public(self) -> "ExpertQuerySet":
        """What everybody may read: the only door. Without consent to be listed nobody is."""
        return self.filter(shown(), standing__listed_agreed=True)

    def drawn(self) -> "ExpertQuerySet":
        """With what rows and pages draw of an expert, in a fixed number of queries."""
        return self.select_related("rank", "degree", "unit", "photo", "standing").prefetch_related(
            "fields", "crops", "roles", "languages"
        )


class Fee(models.TextChoices):
    FREE = "free", _("Free of charge")
    NEGOTIABLE = "negotiable", _("By agreement")


class Expert(MarketRecord):
    """What an expert says of themself. Identity number, birthday and home are not asked for."""

    LINES = ("full_name", "position", "position_en", "workplace", "workplace_en", "keywords")
    TEXTS = ("about", "about_en", "advises_on", "advises_on_en", "transferred", "publications")

    full_name = models.CharField(_("full name"), max_length=150)
    rank = one_of(TermList.RANK, _("academic rank"))
    degree = one_of(TermList.DEGREE, _("degree"))
    position = models.CharField(_("position"), max_length=150, blank=True)
    position_en = models.CharField(_("position in English"), max_length=150, blank=True)
    workplace = models.CharField(_("place of work"), max_length=200, blank=True)
    workplace_en = models.CharField(_("place of work, in English"), max_length=200, blank=True)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    roles = some_of(TermList.EXPERT_ROLE, _("roles"))
    fields = some_of(TermList.FIELD, _("fields of science and technology"))
    crops = some_of(TermList.CROP, _("crops, animals, products"))
    languages = some_of(TermList.LANGUAGE, _("languages"))
    keywords = models.CharField(
        _("key words"), max_length=300, blank=True, help_text=_("Separated by commas.")
    )
    about = models.TextField(_("about the expert"), max_length=3000, blank=True)
    about_en = models.TextField(_("about the expert, in English"), max_length=3000, blank=True)
    advises_on = models.TextField(_("gives advice on"), max_length=2000, blank=True)
    advises_on_en = models.TextField(_("gives advice on, in English"), max_length=2000, blank=True)
    transferred = models.TextField(_("successful transfers"), max_length=2000, blank=True)
    publications = models.TextField(_("publications and patents"), max_length=3000, blank=True)
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True, validators=[ORCID])
    in_person = models.BooleanField(_("Gives advice in person"), default=True)
    online = models.BooleanField(_("Gives advice online"), default=False)
    fee = models.CharField(_("fee"), max_length=10, choices=Fee, default=Fee.NEGOTIABLE)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("email"), blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="expert_has_name"),
            models.CheckConstraint(
                condition=Q(fee__in=["free", "negotiable"]), name="expert_fee_known"
            ),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(advises_on=""), name="expert_shown_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def name_to_sort_by(self) -> str:
        return self.full_name

    def clean_words(self) -> None:
        super().clean_words()
        # People are looked for by their given name (the last word).
        self.sort_key = name_sort_key(self.full_name)

    def words_to_find(self) -> str:
        words = searchable(
            f"{self.full_name} {self.position} {self.workplace} {self.keywords} {self.advises_on} "
            f"{self.advises_on_en}"
        )
        return f"{words}{labels(*self.fields.all(), *self.crops.all())}"

    @property
    def titled_name(self) -> str:
        """ "PGS. TS. Nguyễn Văn A", as Vietnamese readers address scholars."""
        titles = [term.label for term in (self.rank, self.degree) if term]
        return " ".join([*(f"{title}." for title in titles), self.full_name])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """For the back office, as the public page will look."""
        from events.techmart.presenting.experts import preview

        return preview(request, self)


class ExpertStanding(Standing):
    """Who an expert is and what they have agreed to, each by itself (Law 91/2025, article 9).

    The proof of each consent is a `ConsentRecord`; what stands here is what is shown now.
    """

    CONSENTS: ClassVar[Sequence[str]] = ("listed", "phone", "email", "photo")
    shown_publicly = True

    record = models.OneToOneField(Expert, models.PROTECT, related_name="standing")
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expert_standing",
        verbose_name=_("account"),
    )
    listed_agreed = models.BooleanField(_("agreed to be listed"), default=False)
    phone_agreed = models.BooleanField(_("agreed to show the phone number"), default=False)
    email_agreed = models.BooleanField(_("agreed to show the email address"), default=False)
    photo_agreed = models.BooleanField(_("agreed to show the photo"), default=False)

    class Meta(Standing.Meta):
        verbose_name = _("standing of an expert")
        verbose_name_plural = _("standings of experts")

    def __str__(self) -> str:
        return f"{self.code} · {self.record}"
