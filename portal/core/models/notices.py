"""What people were told, where, and what was mailed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import clock


class Notice(models.Model):
    """One message to one person, shown in "Việc của tôi" and, by preference, mailed."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.SlugField(max_length=60)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    action_label = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_wanted = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notice_of_person")]

    def __str__(self) -> str:
        return self.subject


class NoticePreference(models.Model):
    """Whether a person wants one kind of notice by mail. No row means the kind's default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    kind = models.SlugField(max_length=60)
    by_mail = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_preference_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} = {self.by_mail}"


class SentMail(models.Model):
    """Log of every mail. The text is kept in demo mode only: codes must not lie about."""

    to = models.CharField(_("recipient of the mail"), max_length=500)
    subject = models.CharField(_("subject of the mail"), max_length=250)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("sent at"), default=clock.now, db_index=True)
    error = models.CharField(_("sending error"), max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        verbose_name = _("sent mail")
        verbose_name_plural = _("sent mails")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
