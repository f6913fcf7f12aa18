"""Who said that a page holds no state secret, before it went live."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import clock


class SecrecyCheck(models.Model):
    """One person's tick that one state of a page was reviewed and holds no state secret.

    It outlives the page and the revision, which editors may delete, and then still says what it
    was about. The person stays.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="secrecy_checks"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, related_name="+"
    )
    revision_saved_at = models.DateTimeField(
        help_text=_("Autosave writes over a revision: the tick is for what stood in it then.")
    )
    title = models.CharField(_("title"), max_length=255)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), default=clock.now)

    class Meta:
        verbose_name = _("state secrecy check")
        verbose_name_plural = _("state secrecy checks")
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.checked_by}"
