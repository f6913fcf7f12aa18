"""Events for tests, with their public pages: `event_page(event(...))` below the home page."""

from datetime import datetime, timedelta
from typing import Any

import factory

from events.programme.models import Event, EventPage, EventSeries, EventsPage, Session, Speaker
from portal.core import clock
from tests.factories.pages import LivePageFactory, home


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventSeries

    name = factory.Sequence(lambda n: f"Chuỗi tư vấn {n}")
    name_en = factory.Sequence(lambda n: f"Hours {n}")
    slug = factory.Sequence(lambda n: f"chuoi-{n}")


class EventFactory(factory.django.DjangoModelFactory):
    """A workshop of three hours in a week's time; `days=-7` is over since a week."""

    class Meta:
        model = Event

    class Params:
        days = 7

    title = factory.Sequence(lambda n: f"Hội thảo số {n}")
    starts = factory.LazyAttribute(lambda event: clock.now() + timedelta(days=event.days))
    ends = factory.LazyAttribute(lambda event: event.starts + timedelta(hours=3))
    venue = "Hội trường A"


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Speaker

    name = factory.Sequence(lambda n: f"Diễn giả {n}")
    organisation = "Viện Minh Họa"


class SessionFactory(factory.django.DjangoModelFactory):
    """A line of an agenda, from the beginning of the event on."""

    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory)
    title = factory.Sequence(lambda n: f"Bài nói {n}")
    starts = factory.LazyAttribute(lambda line: line.event.starts)
    ends = factory.LazyAttribute(lambda line: line.starts + timedelta(hours=1))


class EventsPageFactory(LivePageFactory):
    class Meta:
        model = EventsPage

    title = "Sự kiện"
    slug = "su-kien"


class EventPageFactory(LivePageFactory):
    """The page of an event; the calendar above it is made when there is none."""

    class Meta:
        model = EventPage

    event = factory.SubFactory(EventFactory)
    title = factory.LazyAttribute(lambda page: page.event.title)
    summary = "Ai cũng có thể dự."

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        if "parent" not in kwargs:
            kwargs["parent"] = EventsPage.objects.first() or EventsPageFactory(parent=home())
        return super()._create(model_class, *args, **kwargs)


def shown(starts: datetime | None = None, **facts: Any) -> EventPage:
    """A live page of a new event."""
    if starts is not None:
        facts["starts"] = starts
    page = facts.pop("page", {})
    made: EventPage = EventPageFactory(event=EventFactory(**facts), **page)
    return made
