"""What people ask the department, and what it answered."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.core import clock
from portal.core.states import Moves, state_constraint


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def waiting(self) -> "EnquiryQuerySet":
        """Not yet answered, the nearest due date first."""
        return self.filter(state=Enquiry.State.WAITING).order_by("due_on", "pk")


class Enquiry(models.Model):
    """One question or request, with its answer. The person needs no account."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        INFORMATION = "information", _("Request for information")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without an answer")

    class Way(models.TextChoices):
        """How the requested information is to be handed over."""

        EMAIL = "email", _("By email")
        POST = "post", _("By post, to the address above")
        OFFICE = "office", _("At the department's office")

    legal_weight = True
    MOVES: ClassVar[Moves] = {
        State.WAITING: frozenset({State.ANSWERED, State.CLOSED}),
        State.CLOSED: frozenset({State.WAITING}),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    language = models.CharField(max_length=5, default="vi")
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("email"))
    phone = PhoneNumberField(_("phone"), blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("what is asked"))
    way = models.CharField(_("how to receive it"), max_length=10, choices=Way, default=Way.EMAIL)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent = models.ForeignKey("core.ConsentRecord", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), default=clock.now)
    due_on = models.DateField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    closed_because = models.TextField(_("why it was closed"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="enquiry_waiting")]
        constraints = [
            state_constraint("enquiry_state", "waiting", "answered", "closed"),
            models.CheckConstraint(
                condition=Q(state="waiting")
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="enquiry_handled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="enquiry_answer_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_because=""),
                name="enquiry_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"

    @property
    def overdue(self) -> bool:
        return self.state == self.State.WAITING and self.due_on < clock.today()
