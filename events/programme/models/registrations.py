"""Registering for an event: how it is done, what is asked, and who has a seat or waits for one."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from events.programme.models.events import Event
from portal.core import clock
from portal.core.states import Moves, state_constraint
from portal.questions.models import AbstractAnswer, AbstractQuestion


class SignUp(models.Model):
    """How people register for an event. `taken` counts seats; only `seats` writes it."""

    shown_publicly = True

    event = models.OneToOneField(
        Event, models.PROTECT, related_name="sign_up", verbose_name=_("event")
    )
    capacity = models.PositiveIntegerField(_("seats"), help_text=_("How many people can come."))
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the event begins."),
    )
    waiting_list = models.BooleanField(
        _("waiting list"), default=True, help_text=_("Who comes too late waits for a seat.")
    )
    needs_approval = models.BooleanField(
        _("registrations are approved"),
        default=False,
        help_text=_("A seat is given when an officer approves."),
    )
    invitation_only = models.BooleanField(_("by invitation only"), default=False)
    most_people = models.PositiveSmallIntegerField(
        _("people that one registration brings"),
        default=5,
        help_text=_("An organisation registers so many at once; 1 means everybody alone."),
    )
    asks_support = models.BooleanField(
        _("ask what support people need"),
        default=True,
        help_text=_(
            "Wheelchair, sign language, food: with its own consent, deleted after 30 days."
        ),
    )
    online_link = models.URLField(
        _("online link"), blank=True, help_text=_("Shown only to people who have a seat.")
    )

    class Meta:
        verbose_name = _("registration for an event")
        verbose_name_plural = _("registrations for events")
        ordering = ["-event__starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="sign_up_never_oversold"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, most_people__gte=1), name="sign_up_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="sign_up_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    @property
    def closes(self) -> datetime:
        return min(self.closes_at or self.event.starts, self.event.starts)

    def is_open_at(self, now: datetime) -> bool:
        """May people register? A full event is still open to its waiting list."""
        if self.event.is_called_off:
            return False
        return (self.opens_at is None or self.opens_at <= now) and now < self.closes


class SignUpQuestion(AbstractQuestion):
    """A question that everybody who registers answers."""

    sign_up = models.ForeignKey(
        SignUp, models.PROTECT, related_name="questions", verbose_name=_("event")
    )

    class Meta(AbstractQuestion.Meta):
        verbose_name = _("question at registration")
        verbose_name_plural = _("questions at registration")
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "key"], name="one_key_in_a_sign_up"),
            models.CheckConstraint(condition=~Q(kind="file"), name="sign_up_asks_no_file"),
        ]


class SignUpInvitation(models.Model):
    """Somebody who may register where only the invited do."""

    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email"))
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("invitation to an event")
        verbose_name_plural = _("invitations to events")
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "email"], name="invited_once"),
        ]

    def __str__(self) -> str:
        return self.email


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def live(self) -> "RegistrationQuerySet":
        return self.filter(state__in=Registration.LIVE)

    def in_line(self) -> "RegistrationQuerySet":
        """Who waits for a seat, the longest waiting first."""
        waiting = self.filter(state=Registration.State.WAITING)
        return waiting.order_by("queued_at", "pk")

    def drawn(self) -> "RegistrationQuerySet":
        return self.select_related("sign_up__event__series", "person", "organisation")


class Registration(models.Model):
    """One person at one event. Who holds `key` may change it; `code` is read out at the door."""

    class State(models.TextChoices):
        UNPROVEN = "unproven", pgettext_lazy("registration", "Address not confirmed")
        PENDING = "pending", pgettext_lazy("registration", "Waits for approval")
        CONFIRMED = "confirmed", pgettext_lazy("registration", "Registered")
        WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
        OFFERED = "offered", pgettext_lazy("registration", "A seat is kept")
        CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
        DECLINED = "declined", pgettext_lazy("registration", "Declined")
        LAPSED = "lapsed", pgettext_lazy("registration", "Lapsed")

    MOVES: ClassVar[Moves] = {
        State.UNPROVEN: frozenset({State.PENDING, State.CONFIRMED, State.WAITING}),
        State.PENDING: frozenset(
            {State.CONFIRMED, State.WAITING, State.DECLINED, State.CANCELLED, State.LAPSED}
        ),
        State.WAITING: frozenset({State.OFFERED, State.CANCELLED, State.LAPSED}),
        State.OFFERED: frozenset({State.CONFIRMED, State.CANCELLED, State.LAPSED}),
        State.CONFIRMED: frozenset({State.CANCELLED}),
    }
    HOLDING = (State.CONFIRMED, State.OFFERED)
    """These have a seat."""
    LIVE = (State.PENDING, State.CONFIRMED, State.WAITING, State.OFFERED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=8, unique=True)
    sign_up = models.ForeignKey(
        SignUp, models.PROTECT, related_name="registrations", verbose_name=_("event")
    )
    state = models.CharField(_("state"), max_length=9, choices=State)
    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("email"))
    phone = PhoneNumberField(_("phone"), blank=True)
    language = models.CharField(max_length=5, default="vi")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """Who registered them, where it was somebody else."""
    walk_in = models.BooleanField(_("came without registration"), default=False)
    asked_at = models.DateTimeField(_("registered at"), default=clock.now)
    queued_at = models.DateTimeField(null=True, blank=True)
    """Since when they wait; set while the event is locked, so that it is the order of arrival."""
    answer_by = models.DateTimeField(null=True, blank=True)
    """Until when an offered seat is kept."""
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    support = models.TextField(_("support needed"), max_length=1000, blank=True)
    support_consent = models.ForeignKey(
        "core.ConsentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )
    proof = models.CharField(max_length=64, blank=True, editable=False)
    """The mailed code, sealed with the portal's key, while the address is not confirmed."""
    proof_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    proof_until = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    attended_at = models.DateTimeField(_("came at"), null=True, blank=True)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            state_constraint(
                "registration_state_known",
                *("unproven", "pending", "confirmed", "waiting", "offered"),
                *("cancelled", "declined", "lapsed"),
            ),
            models.UniqueConstraint(
                fields=["sign_up", "email"],
                condition=Q(state__in=["pending", "confirmed", "waiting", "offered"]),
                name="registered_once",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed") | Q(attended_at__isnull=True),
                name="only_the_registered_attend",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(answer_by__isnull=False),
                name="seat_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False),
                name="waiting_has_a_place",
            ),
        ]
        indexes = [
            models.Index(fields=["sign_up", "state", "queued_at"], name="registration_line"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.code}"

    @property
    def event(self) -> Event:
        return self.sign_up.event

    @property
    def holds(self) -> bool:
        return self.state in self.HOLDING

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE


class SignUpAnswer(AbstractAnswer):
    """What somebody answered at registration. Guests have no account, so nobody is named."""

    updated_by = None  # type: ignore[assignment]

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(SignUpQuestion, models.PROTECT, related_name="answers")

    class Meta(AbstractAnswer.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question"], name="answered_once_at_registration"
            ),
        ]
