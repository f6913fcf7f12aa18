"""What search knows of events."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from events.programme.models import Event, EventPage, EventSeries, Session, Speaker
from portal.core import clock
from portal.core.extension_points import SearchDocument, keys_among


def documents(language: str, things: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """Each event with a public page in `language`; of those named only: "event:3"."""
    wanted = keys_among(things, "event")
    if wanted == []:
        return
    pages = EventPage.objects.shown().filter(locale__language_code=language)
    if wanted is not None:
        pages = pages.filter(event__in=wanted)
    for page in pages.prefetch_related("event__sessions__speakers"):
        yield _document(page, language)


def _document(page: EventPage, language: str) -> SearchDocument:
    event = page.event
    words = [
        *(page.body_text(), str(event.get_kind_display()), event.title, event.title_en),
        *(event.venue, event.venue_en, event.address, event.host),
    ]
    if event.series:
        words += [event.series.name, event.series.name_en]
    for session in event.sessions.all():
        words += [session.title, session.title_en]
        words += [f"{one.name} {one.organisation}" for one in session.speakers.all()]
    over = event.is_called_off or event.ends < clock.now() - timedelta(days=1)
    return SearchDocument(
        key=f"event:{event.pk}:{language}",
        kind="event",
        language=language,
        title=page.title,
        summary=page.summary,
        body=" ".join(words),
        url=page.get_url() or "",
        day=event.starts,
        rank=-1 if over else 0,
    )


def things_of(record: object) -> list[str]:
    """What search has to look at again when a record of the back office changes."""
    if isinstance(record, Event):
        return [f"event:{record.pk}"]
    if isinstance(record, Session):
        return [f"event:{record.event_id}"]
    if isinstance(record, Speaker):
        held = Event.objects.filter(sessions__speakers=record).distinct()
        return [f"event:{pk}" for pk in held.values_list("pk", flat=True)]
    if isinstance(record, EventSeries):
        return [f"event:{pk}" for pk in record.events.values_list("pk", flat=True)]
    return []
