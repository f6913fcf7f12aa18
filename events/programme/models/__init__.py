"""Events as records; the pages that tell of them are words of editors."""

from events.programme.models.events import Event, EventSeries, Session, Speaker
from events.programme.models.pages import EventPage, EventsPage

__all__ = ["Event", "EventPage", "EventSeries", "EventsPage", "Session", "Speaker"]
