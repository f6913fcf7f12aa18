"""Bookings, the slots they hold, weekly habits and the waiting list."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.states import Moves, state_constraint
from portal.core.text import clean_line, fold
from startups.coworking.models.resources import Resource, Unit


class Series(models.Model):
    """A weekly habit ("Giữ lịch này"): the same hours on the same weekday."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="series")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("weekly booking")
        verbose_name_plural = _("weekly bookings")

    def __str__(self) -> str:
        return f"{self.resource} · {self.key}"


class BookingQuerySet(models.QuerySet["Booking"]):
    def holding(self) -> "BookingQuerySet":
        """Those that hold slots: nobody else can have the place."""
        return self.filter(state__in=Booking.HOLDING)

    def counted(self) -> "BookingQuerySet":
        """Those that count towards quotas: what is held, and what was used or let lapse."""
        return self.filter(state__in=Booking.COUNTED)

    def of_person(self, user: Any) -> "BookingQuerySet":
        """Bookings of the organisations this person belongs to now, and the person's own."""
        if not user.is_authenticated:
            return self.none()
        theirs = user.memberships.filter(state="active").values("organisation")
        own = Q(person=user, organisation__isnull=True)
        return self.filter(own | Q(organisation__in=theirs))

    def booked_for(self, user: Any) -> "BookingQuerySet":
        """Those of `of_person` that name this person: not what belongs to a company they left."""
        return self.of_person(user).filter(person=user)


class Booking(models.Model):
    """A unit for a stretch of time, half open: [starts, ends), in UTC.

    A walk-in has a name and perhaps a phone instead of a person with an account.
    """

    shown_publicly = ("state",)

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered to you")
        PENDING = "pending", _("Waiting for approval")
        CONFIRMED = "confirmed", _("Confirmed")
        CHECKED_IN = "checked_in", _("Checked in")
        COMPLETED = "completed", _("Over")
        CANCELLED = "cancelled", _("Cancelled")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        NO_SHOW = "no_show", _("Nobody came")

    HOLDING = (State.OFFERED, State.PENDING, State.CONFIRMED, State.CHECKED_IN)
    COUNTED = (*HOLDING, State.COMPLETED, State.NO_SHOW)
    MOVES: ClassVar[Moves] = {
        State.OFFERED: frozenset({State.CONFIRMED, State.PENDING, State.CANCELLED, State.EXPIRED}),
        State.PENDING: frozenset({State.CONFIRMED, State.DECLINED, State.CANCELLED, State.EXPIRED}),
        # A booking that needs approval waits for it again after it was moved.
        State.CONFIRMED: frozenset(
            {
                State.PENDING,
                State.CHECKED_IN,
                State.COMPLETED,
                State.CANCELLED,
                State.NO_SHOW,
            }
        ),
        # Back: checked in by mistake.
        State.CHECKED_IN: frozenset({State.CONFIRMED, State.COMPLETED}),
        State.COMPLETED: frozenset(),
        State.CANCELLED: frozenset(),
        State.DECLINED: frozenset(),
        State.EXPIRED: frozenset(),
        State.NO_SHOW: frozenset(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=16, unique=True)
    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="bookings", verbose_name=_("resource")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bookings", verbose_name=_("unit"))
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("booked for"),
    )
    visitor_name = models.CharField(_("name of the visitor"), max_length=150, blank=True)
    visitor_phone = PhoneNumberField(_("phone of the visitor"), blank=True)
    folded_visitor = models.CharField(max_length=200, blank=True, editable=False)
    walk_in = models.BooleanField(_("came without a booking"), default=False)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(_("people who come"), default=1)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    answer_by = models.DateTimeField(
        _("answered until"),
        null=True,
        blank=True,
        help_text=_("When a request or an offer expires by itself."),
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_in_at = models.DateTimeField(_("checked in at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, help_text=_("Rises with every change, for calendars (RFC 5545, SEQUENCE).")
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("booked by"),
    )
    booked_at = models.DateTimeField(_("booked at"), default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts", "pk"]
        indexes = [
            models.Index(fields=["resource", "starts"], name="booking_when"),
            models.Index(fields=["organisation", "starts"], name="booking_of_organisation"),
            models.Index(fields=["person", "starts"], name="booking_of_person"),
            models.Index(fields=["state", "answer_by"], name="booking_answer"),
        ]
        constraints = [
            state_constraint(
                "booking_state",
                *("offered", "pending", "confirmed", "checked_in", "completed"),
                *("cancelled", "declined", "expired", "no_show"),
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="booking_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(visitor_name="") | Q(walk_in=True),
                name="booking_is_somebodys",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="booking_people"),
            models.CheckConstraint(
                condition=~Q(state__in=["offered", "pending"]) | Q(answer_by__isnull=False),
                name="booking_waits_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.visitor_name = clean_line(self.visitor_name)
        self.folded_visitor = fold(self.visitor_name)[:200]
        self.purpose = clean_line(self.purpose)[:200]
        super().save(*args, **kwargs)

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    @property
    def holds(self) -> bool:
        """Is the place kept for it?"""
        return self.state in self.HOLDING

    @property
    def who(self) -> str:
        """Whose it is, for people who may know."""
        name = self.visitor_name or (str(self.person) if self.person else "")
        return f"{name} · {self.organisation}" if self.organisation else name

    def begun(self, now: datetime) -> bool:
        return self.starts <= now


class BookingSlot(models.Model):
    """One step of the grid on one unit, held by a booking: the last line against double booking.

    Rows are inserted in time order, or two bookings may wait for each other in a circle. What is
    free shows publicly: every row that comes or goes lets kept pages be forgotten.
    """

    shown_publicly = True

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="slots")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="slots")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "at"], name="slot_held_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.at:%d/%m/%Y %H:%M}"


class WaitingEntry(models.Model):
    """Somebody waits for a resource at a time at which it is taken."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Offered to you")
        SERVED = "served", _("Got the place")
        LEFT = "left", _("Left the list")
        LAPSED = "lapsed", _("The time has passed")

    MOVES: ClassVar[Moves] = {
        State.WAITING: frozenset({State.OFFERED, State.LEFT, State.LAPSED}),
        # An offer that was not taken ends the waiting; giving it back is to cancel the booking.
        State.OFFERED: frozenset({State.SERVED, State.LAPSED}),
        State.SERVED: frozenset(),
        State.LEFT: frozenset(),
        State.LAPSED: frozenset(),
    }

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="waiting")
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    people = models.PositiveSmallIntegerField(_("people who come"), default=1)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="waiting_for_places"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="waited"
    )
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("place on the waiting list")
        verbose_name_plural = _("waiting list")
        ordering = ["joined_at", "pk"]
        indexes = [models.Index(fields=["resource", "state", "starts"], name="waiting_for")]
        constraints = [
            state_constraint("waiting_state", "waiting", "offered", "served", "left", "lapsed"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="waiting_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["resource", "person", "starts", "ends"],
                condition=Q(state="waiting"),
                name="waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.resource}"
