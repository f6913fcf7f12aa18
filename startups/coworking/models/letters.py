"""What was sent once a day to the people of the front desk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from startups.coworking.models.places import Space


class DeskLetter(models.Model):
    """This letter of a day went out. The row is the reason why it goes out only once."""

    class Kind(models.TextChoices):
        DAY_LIST = "day_list", _("Bookings of the day")
        REQUESTS = "requests", _("Requests that wait")

    space = models.ForeignKey(Space, models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    day = models.DateField(_("day"))
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "kind", "day"], name="desk_letter_once_a_day"),
            models.CheckConstraint(
                condition=Q(kind__in=["day_list", "requests"]), name="desk_letter_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.get_kind_display()} · {self.day:%d/%m/%Y}"
