"""Being put in touch: needs that people voice, requests for a connection, and their threads."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from events.techmart.models.demands import Demand
from events.techmart.models.experts import Expert
from events.techmart.models.offers import Offer
from events.techmart.models.terms import TermList, one_of
from portal.core import clock
from portal.core.states import Moves, state_constraint


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", **options
    )


def _about(model: type[models.Model], verbose_name: Any, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=verbose_name,
    )


class NeedQuerySet(models.QuerySet["Need"]):
    def open(self) -> "NeedQuerySet":
        """What an officer still has to do something about, the nearest due date first."""
        return self.filter(state__in=Need.OPEN).order_by("due_on", "pk")

    def drawn(self) -> "NeedQuerySet":
        """With what rows draw of a need, in a fixed number of queries."""
        return self.select_related("unit", "officer", "offer__standing", "demand__standing")


class Need(models.Model):
    """What somebody told us in three fields, or that they want to be called. No account needed."""

    class Kind(models.TextChoices):
        NEED = "need", _("A need")
        CALLBACK = "callback", _("A call back")

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_HAND = "in_hand", _("In hand")
        ANSWERED = "answered", _("Sources were suggested")
        DEMAND = "demand", _("Became a demand")
        CLOSED = "closed", _("Closed")

    class Channel(models.TextChoices):
        """How it came to the office."""

        WEB = "web", _("On the portal")
        PHONE = "phone", _("By phone")
        OFFICE = "office", _("At the office")
        FAIR = "fair", _("At a booth of a fair")

    class Hours(models.TextChoices):
        """When we may call."""

        ANY = "any", _("In office hours")
        MORNING = "morning", _("In the morning, 8:00–11:30")
        AFTERNOON = "afternoon", _("In the afternoon, 13:30–17:00")
        EVENING = "evening", _("In the evening, 17:00–19:00")

    legal_weight = True
    OPEN: ClassVar[tuple[str, ...]] = (State.NEW, State.IN_HAND)
    MOVES: ClassVar[Moves] = {
        State.NEW: frozenset({State.IN_HAND, State.ANSWERED, State.DEMAND, State.CLOSED}),
        State.IN_HAND: frozenset({State.ANSWERED, State.DEMAND, State.CLOSED}),
        State.ANSWERED: frozenset({State.DEMAND, State.CLOSED}),
        State.DEMAND: frozenset(),
        State.CLOSED: frozenset({State.IN_HAND}),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEED)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel)
    language = models.CharField(max_length=5, default="vi")
    problem = models.TextField(_("the problem to solve"), max_length=2000, blank=True)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    phone = PhoneNumberField(_("phone"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    hours = models.CharField(_("when to call"), max_length=10, choices=Hours, default=Hours.ANY)
    offer = _about(Offer, _("about the offer"), "needs")
    consent = models.ForeignKey("core.ConsentRecord", models.PROTECT, related_name="+")
    entered_by = _person(verbose_name=_("entered by"))
    """The officer or the booth that wrote it down for somebody; None: they wrote it themselves."""
    received_at = models.DateTimeField(_("received"), default=clock.now, db_index=True)
    due_on = models.DateField(_("answer due"))
    officer = _person(verbose_name=_("officer in charge"))
    handled_at = models.DateTimeField(null=True, blank=True)
    demand = models.OneToOneField(
        Demand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="came_from",
        verbose_name=_("demand it became"),
    )
    closed_because = models.CharField(_("why it was closed"), max_length=500, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="need_waiting")]
        constraints = [
            state_constraint("need_state", "new", "in_hand", "answered", "demand", "closed"),
            models.CheckConstraint(
                condition=Q(kind__in=["need", "callback"]), name="need_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["web", "phone", "office", "fair"]),
                name="need_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(hours__in=["any", "morning", "afternoon", "evening"]),
                name="need_hours_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="callback") | ~Q(problem=""), name="need_says_the_problem"
            ),
            models.CheckConstraint(
                condition=Q(channel="web") | Q(entered_by__isnull=False),
                name="need_on_behalf_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="demand") | Q(demand__isnull=False), name="need_became_a_demand"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_because=""), name="need_closed_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(officer__isnull=False), name="need_in_somebodys_hand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.problem[:80]}".strip()

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def overdue(self) -> bool:
        return self.is_open and self.due_on < clock.today()


class NeedSuggestion(models.Model):
    """A source or an expert that an officer named to whoever has a need: the service log."""

    legal_weight = True

    need = models.ForeignKey(Need, models.PROTECT, related_name="suggestions")
    offer = _about(Offer, _("offer"), "suggestions")
    expert = _about(Expert, _("expert"), "suggestions")
    note = models.CharField(_("note"), max_length=300, blank=True)
    suggested_by = _person()
    suggested_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("suggestion for a need")
        verbose_name_plural = _("suggestions for needs")
        ordering = ["suggested_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="offer_suggested_once"),
            models.UniqueConstraint(fields=["need", "expert"], name="expert_suggested_once"),
            models.CheckConstraint(
                condition=Q(offer__isnull=False, expert__isnull=True)
                | Q(offer__isnull=True, expert__isnull=False),
                name="suggestion_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need.code}: {self.offer or self.expert}"


class ConnectionQuerySet(models.QuerySet["ConnectionRequest"]):
    def open(self) -> "ConnectionQuerySet":
        return self.exclude(state__in=ConnectionRequest.ENDED)

    def drawn(self) -> "ConnectionQuerySet":
        """With what rows draw of a request, in a fixed number of queries."""
        return self.select_related(
            *("organisation", "asker", "officer", "offer__standing__organisation"),
            *("demand__standing__organisation", "expert__standing__person"),
        )


class ConnectionRequest(models.Model):
    """Somebody asks to be put in touch with the owner of an offer or demand, or with an expert.

    Neither side learns who the other is before the owner has accepted: until then the office
    carries the words over. Its log (`ConnectionEvent`) is only ever added to.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        RECEIVED = "received", _("Received")
        PASSED_ON = "passed_on", _("Passed on to the owner")
        ACCEPTED = "accepted", _("Accepted by the owner")
        DECLINED = "declined", _("Declined by the owner")
        IN_CONTACT = "in_contact", _("In contact")
        NEGOTIATING = "negotiating", _("Negotiating")
        MEMORANDUM = "memorandum", _("Memorandum signed")
        CONTRACT = "contract", _("Contract signed")
        DONE = "done", _("Done")
        FAILED = "failed", _("Came to nothing")

    legal_weight = True
    MOVES: ClassVar[Moves] = {
        State.NEW: frozenset({State.RECEIVED, State.FAILED}),
        State.RECEIVED: frozenset({State.PASSED_ON, State.FAILED}),
        State.PASSED_ON: frozenset({State.ACCEPTED, State.DECLINED, State.FAILED}),
        State.ACCEPTED: frozenset({State.IN_CONTACT, State.FAILED}),
        State.DECLINED: frozenset(),
        State.IN_CONTACT: frozenset(
            {State.NEGOTIATING, State.MEMORANDUM, State.CONTRACT, State.FAILED}
        ),
        State.NEGOTIATING: frozenset({State.MEMORANDUM, State.CONTRACT, State.FAILED}),
        State.MEMORANDUM: frozenset({State.CONTRACT, State.DONE, State.FAILED}),
        State.CONTRACT: frozenset({State.DONE, State.FAILED}),
        State.DONE: frozenset(),
        State.FAILED: frozenset(),
    }
    ENDED: ClassVar[tuple[str, ...]] = (State.DECLINED, State.DONE, State.FAILED)
    BEFORE_AGREEMENT: ClassVar[tuple[str, ...]] = (State.NEW, State.RECEIVED, State.PASSED_ON)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    offer = _about(Offer, _("offer"), "connections")
    demand = _about(Demand, _("demand"), "connections")
    expert = _about(Expert, _("expert"), "connections")
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        related_name="+",
        verbose_name=_("asking organisation"),
    )
    cooperation = models.TextField(_("which cooperation is sought"), max_length=2000)
    unclear = models.TextField(_("what is unclear"), max_length=2000, blank=True)
    about_asker = models.TextField(_("who asks"), max_length=1000)
    consent = models.ForeignKey("core.ConsentRecord", models.PROTECT, related_name="+")
    presented_as = models.CharField(
        _("the asker, as the owner reads it"), max_length=200, blank=True
    )
    relayed_text = models.TextField(_("words passed on to the owner"), max_length=4000, blank=True)
    """Before the owner accepts, only these two say anything of the asker to the owner."""
    officer = _person(verbose_name=_("officer in charge"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now, db_index=True)
    received_at = models.DateTimeField(null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(_("answered by the owner"), null=True, blank=True)
    answered_by = _person()
    opened_at = models.DateTimeField(_("contacts opened"), null=True, blank=True)
    """Each side knows the other from this moment on."""
    ended_at = models.DateTimeField(null=True, blank=True, db_index=True)
    due_on = models.DateField(_("next step due"), null=True, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    """The due day that both sides and the officer were reminded of last."""
    decline_reason = one_of(TermList.DECLINE_REASON, _("why the owner declined"))
    failure_reason = one_of(TermList.FAILURE_REASON, _("why it came to nothing"))
    end_note = models.CharField(_("about the end"), max_length=500, blank=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection request")
        verbose_name_plural = _("connection requests")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="connection_waiting")]
        constraints = [
            state_constraint(
                "connection_state",
                *("new", "received", "passed_on", "accepted", "declined", "in_contact"),
                *("negotiating", "memorandum", "contract", "done", "failed"),
            ),
            models.CheckConstraint(
                condition=Q(offer__isnull=False, demand__isnull=True, expert__isnull=True)
                | Q(offer__isnull=True, demand__isnull=False, expert__isnull=True)
                | Q(offer__isnull=True, demand__isnull=True, expert__isnull=False),
                name="connection_to_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["organisation", thing],
                    condition=~Q(state__in=["declined", "done", "failed"]),
                    name=f"connection_open_once_{thing}",
                )
                for thing in ("offer", "demand", "expert")
            ),
            models.CheckConstraint(
                condition=~Q(cooperation="") & ~Q(about_asker=""), name="connection_says_what"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "failed"]) | Q(officer__isnull=False),
                name="connection_has_officer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "received", "failed"]) | ~Q(relayed_text=""),
                name="connection_passed_on_in_words",
            ),
            # Who the sides are is told from the owner's yes on, never before it.
            models.CheckConstraint(
                condition=Q(
                    state__in=["new", "received", "passed_on", "declined"], opened_at__isnull=True
                )
                | Q(
                    state__in=[
                        *("accepted", "in_contact", "negotiating", "memorandum", "contract"),
                        "done",
                    ],
                    opened_at__isnull=False,
                )
                | Q(state="failed"),
                name="connection_opened_by_the_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(decline_reason__isnull=False),
                name="connection_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | Q(failure_reason__isnull=False),
                name="connection_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=["declined", "done", "failed"])
                | Q(ended_at__isnull=True) & ~Q(state__in=["declined", "done", "failed"]),
                name="connection_end_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.record}"

    @property
    def record(self) -> Any:
        """What it is about: an offer, a demand or an expert."""
        return self.offer or self.demand or self.expert

    @property
    def thing(self) -> str:
        """Its kind: "offer", "demand" or "expert"."""
        return "offer" if self.offer_id else "demand" if self.demand_id else "expert"

    @property
    def is_open(self) -> bool:
        return self.state not in self.ENDED

    @property
    def contacts_open(self) -> bool:
        return self.opened_at is not None

    @property
    def overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < clock.today()


class ConnectionEvent(models.Model):
    """One line of a request's log: written by verbs, never changed. The office reads it."""

    legal_weight = True

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked")
        MOVED = "moved", _("State changed")
        ASSIGNED = "assigned", _("Given to an officer")
        REMINDED = "reminded", _("Reminded")
        PLANNED = "planned", _("Next step agreed")
        RELAYED = "relayed", _("A message was passed on")
        OUTCOME = "outcome", _("Outcome recorded")

    request = models.ForeignKey(ConnectionRequest, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=clock.now)
    by = _person()
    """None: the clock."""
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("event of a connection")
        verbose_name_plural = _("events of connections")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("asked", "moved", "assigned", "reminded", "planned", "relayed"),
                        "outcome",
                    ]
                ),
                name="connection_event_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request.code}: {self.kind}"

    @property
    def state_label(self) -> str:
        """The state it led to, in words; empty for other events."""
        known = dict(ConnectionRequest.State.choices)
        return str(known[self.to_state]) if self.to_state in known else ""


class ConnectionMessage(models.Model):
    """One message of the thread. Officers read all; each side what is marked for it."""

    class Side(models.TextChoices):
        ASKER = "asker", _("Asking side")
        OWNER = "owner", _("Owner")
        OFFICE = "office", _("Office")

    legal_weight = True

    request = models.ForeignKey(ConnectionRequest, models.PROTECT, related_name="messages")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    side = models.CharField(_("from"), max_length=6, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(default=clock.now)
    for_asker = models.BooleanField(_("the asking side reads it"), default=False)
    for_owner = models.BooleanField(_("the owner reads it"), default=False)
    relayed_text = models.TextField(_("as the other side reads it"), max_length=4000, blank=True)
    """An officer's wording for the other side; empty: the other side reads the text itself."""
    relayed_by = _person()
    relayed_at = models.DateTimeField(null=True, blank=True)
    masked = models.BooleanField(default=True)
    """Written before the contacts opened: its author and its files show no names to others."""

    class Meta:
        verbose_name = _("message of a connection")
        verbose_name_plural = _("messages of connections")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=["asker", "owner", "office"]), name="message_side_known"
            ),
            models.CheckConstraint(
                condition=(~Q(side="asker") | Q(for_asker=True))
                & (~Q(side="owner") | Q(for_owner=True)),
                name="message_read_by_its_own_side",
            ),
            models.CheckConstraint(
                condition=Q(relayed_by__isnull=True) | Q(relayed_at__isnull=False),
                name="message_relayed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.code}: {self.get_side_display()}"


class MessageFile(models.Model):
    """A private file of a message, without metadata of its own wherever that is possible."""

    legal_weight = True

    message = models.ForeignKey(ConnectionMessage, models.PROTECT, related_name="files")
    file = models.OneToOneField("core.PrivateFile", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message}: {self.file.kind}"
