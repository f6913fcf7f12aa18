"""People who come with somebody who booked."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.text import fold
from startups.coworking.models.bookings import Booking


class Guest(models.Model):
    """Somebody invited to a booking, without an account. Forgotten with the visitors."""

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="guests", verbose_name=_("booking")
    )
    name = models.CharField(_("name"), max_length=150)
    folded_name = models.CharField(max_length=200, blank=True, editable=False)
    email = models.EmailField(_("email"), blank=True)
    invited_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.name)[:200]
        super().save(*args, **kwargs)
