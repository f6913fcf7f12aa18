"""The demo's events, past and coming, with agendas, speakers and pages in two languages."""

from datetime import datetime
from typing import Any

from events.programme.models import Event, EventPage, EventSeries, EventsPage, Session, Speaker
from portal.core.models import AdministrativeUnit
from portal.demo.content import programme as words
from portal.demo.season import Cast
from portal.demo.site import add_page, blocks, translate
from portal.pages.models import HomePage


def make_events(home: HomePage, cast: Cast) -> None:
    """Series, speakers, events and their pages."""
    index = add_page(home, EventsPage, **words.INDEX["vi"], show_in_menus=True)
    translate(index, **words.INDEX["en"], show_in_menus=True)
    series = {key: EventSeries.objects.create(**facts) for key, facts in words.SERIES.items()}
    speakers = {key: Speaker.objects.create(**facts) for key, facts in words.SPEAKERS.items()}
    units = {unit.name: unit for unit in AdministrativeUnit.objects.filter(level="commune")}
    for one in words.EVENTS:
        place = words.VENUES[one.venue]
        event = Event.objects.create(
            kind=one.kind,
            title=one.title,
            title_en=one.title_en,
            series=series.get(one.series),
            starts=_at(cast, one.day, one.opens),
            ends=_at(cast, one.day + one.days - 1, one.closes),
            unit=units.get(place["unit"]),
            **{name: value for name, value in place.items() if name != "unit"},
            **words.HOST,
            **one.called_off,
            changed_at=cast.day(one.day - 30),
        )
        for number, opens, closes, room, title, title_en, people in one.agenda:
            session = Session.objects.create(
                event=event,
                starts=_at(cast, one.day + number, opens),
                ends=_at(cast, one.day + number, closes),
                room=room[0] if room else "",
                room_en=room[1] if room else "",
                title=title,
                title_en=title_en,
            )
            session.speakers.set([speakers[key] for key in people])
        page = add_page(
            index,
            EventPage,
            event=event,
            title=one.title,
            summary=one.summary,
            body=blocks(one.body),
            directions=blocks(words.DIRECTIONS.get(one.venue, ())),
        )
        if one.summary_en:
            translate(page, title=one.title_en, summary=one.summary_en, body=[], directions=[])


def _at(cast: Cast, day: int, clock_time: str) -> datetime:
    hour, minute = map(int, clock_time.split(":"))
    found: Any = cast.day(day, hour, minute)
    return found
