"""Consent that can be proved: who agreed to which text, when, through what, and until when.

Law 91/2025/QH15 on personal data (in force 01/01/2026): consent is voluntary, informed, never
pre-ticked, provable and can be withdrawn.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core import clock


class ConsentText(models.Model):
    """One version of what people are asked to agree to. Never edited once it is in force."""

    legal_weight = True

    purpose = models.SlugField(_("purpose"), max_length=60)
    version = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    body_en = models.TextField(_("text in English"), blank=True)
    valid_from = models.DateTimeField(_("in force from"), default=clock.now)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"

    @property
    def local_language(self) -> str:
        """The language in which this reader gets the text: English where there is one."""
        english = (get_language() or "").startswith("en") and self.body_en
        return "en" if english else "vi"

    @property
    def local_title(self) -> str:
        return self.title_en if self.local_language == "en" and self.title_en else self.title

    @property
    def local_body(self) -> str:
        return self.body_en if self.local_language == "en" else self.body

    @classmethod
    def current(cls, purpose: str) -> "ConsentText":
        """The newest version in force. Raises DoesNotExist when the purpose has no text."""
        newest = (
            cls.objects.filter(purpose=purpose, valid_from__lte=clock.now())
            .order_by("-version")
            .first()
        )
        if newest is None:
            raise cls.DoesNotExist(purpose)
        return newest


class ConsentRecord(models.Model):
    """One person's agreement to one version of a text."""

    legal_weight = True

    class Channel(models.TextChoices):
        WEB = "web", _("On the portal")
        MAIL_LINK = "mail_link", _("By a link in a mail")
        PAPER = "paper", _("On paper")
        SPOKEN = "spoken", _("Spoken, noted by the department")

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="records")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    subject_name = models.CharField(max_length=150)
    subject_email = models.EmailField(blank=True)
    about = models.CharField(max_length=100, blank=True, help_text=_("What it was given for."))
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.WEB)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["about"], name="consent_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "user", "about"],
                condition=Q(withdrawn_at__isnull=True, user__isnull=False),
                name="one_standing_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.text}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None
