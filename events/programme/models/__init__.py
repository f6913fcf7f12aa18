"""Events, what is said in them, their pages, and who registers."""

from events.programme.models.certificates import Certificate
from events.programme.models.events import Event, EventSeries, Session, Speaker, Stage
from events.programme.models.pages import EventPage, EventsPage
from events.programme.models.registrations import (
    Registration,
    SignUp,
    SignUpAnswer,
    SignUpInvitation,
    SignUpQuestion,
)

__all__ = [
    "Certificate",
    "Event",
    "EventPage",
    "EventSeries",
    "EventsPage",
    "Registration",
    "Session",
    "SignUp",
    "SignUpAnswer",
    "SignUpInvitation",
    "SignUpQuestion",
    "Speaker",
    "Stage",
]
