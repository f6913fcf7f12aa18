"""The menu "Sự kiện" of the back office, and what follows from a change there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from events.programme import scheduling
from events.programme.models import Event, EventsPage, Session
from portal.core.verdicts import Refused
from tests.events.programme.conftest import moment
from tests.factories.accounts import UserFactory
from tests.factories.programme import EventFactory, SeriesFactory, SessionFactory, shown
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db

STARTS = "2026-12-05 08:00"
FACTS = {
    "kind": "workshop",
    "title": "Hội thảo mì",
    "starts": "05/12/2026 08:00",
    "ends": "05/12/2026 11:00",
    "venue": "Hội trường B",
}


@pytest.fixture
def office(officer: Any, signed_in: Any) -> Client:
    client: Client = signed_in(officer)
    return client


def filled(office: Client, name: str, *args: Any, **changes: str) -> Any:
    """Send the form as it stands, with these changes."""
    address = reverse(name, args=args)
    form = page_of(office.get(address)).select_one("main form, form.w-form, form[action]")
    facts: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            facts[field["name"]] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            facts[field["name"]] = field.get_text().strip()
        elif field.get("type") != "checkbox" or field.has_attr("checked"):
            facts[field["name"]] = field.get("value", "")
    return office.post(address, {**facts, **changes})


def test_an_officer_sets_up_an_event_with_its_agenda(office: Client) -> None:
    assert filled(office, "events_event:add", **FACTS).status_code == 302
    event = Event.objects.get()
    assert (event.title, event.starts) == ("Hội thảo mì", moment(STARTS))
    line = {
        "event": str(event.pk),
        "title": "Khai mạc",
        "starts": "05/12/2026 08:00",
        "ends": "05/12/2026 08:30",
    }
    assert filled(office, "events_session:add", **line).status_code == 302
    assert Session.objects.get().event == event
    listed = words(page_of(office.get(reverse("events_event:index"))))
    assert "Hội thảo mì" in listed
    assert "08:00 05/12/2026" in listed


def test_wrong_times_are_refused_at_their_field(office: Client) -> None:
    answer = filled(office, "events_event:add", **{**FACTS, "ends": "05/12/2026 07:00"})
    assert "Giờ kết thúc trước giờ bắt đầu." in words(page_of(answer))
    assert not Event.objects.exists()
    event = EventFactory(starts=moment(STARTS))
    line = {"event": str(event.pk), "title": "Sớm quá"}
    answer = filled(
        office,
        "events_session:add",
        **line,
        starts="05/12/2026 07:00",
        ends="05/12/2026 12:00",
    )
    said = words(page_of(answer))
    assert "Sự kiện bắt đầu muộn hơn: 08:00 – 11:00 05/12/2026" in said
    assert "Sự kiện kết thúc sớm hơn: 08:00 – 11:00 05/12/2026" in said
    SessionFactory(event=event, title="Bế mạc", starts=event.ends - timedelta(hours=1))
    answer = filled(office, "events_event:edit", event.pk, ends="05/12/2026 09:00")
    assert "Chương trình nằm ngoài thời gian này: “Bế mạc”." in words(page_of(answer))
    answer = filled(office, "events_event:edit", event.pk, called_off_because_en="A storm.")
    assert "Hãy ghi cả bằng tiếng Việt." in words(page_of(answer))


def test_the_agenda_moves_along_and_calling_off_is_written_down(
    office: Client, index: EventsPage
) -> None:
    page = shown(moment(STARTS))
    line = SessionFactory(event=page.event)
    moved = {"starts": "06/12/2026 14:00", "ends": "06/12/2026 17:00"}
    assert filled(office, "events_event:edit", page.event.pk, **moved).status_code == 302
    line.refresh_from_db()
    assert line.starts == moment("2026-12-06 14:00")
    for said in ("Bão số 9.", ""):
        filled(office, "events_event:edit", page.event.pk, called_off_because=said)
    page.event.refresh_from_db()
    assert page.event.sequence == 3
    assert list(
        ModelLogEntry.objects.filter(object_id=str(page.event.pk), action__startswith="programme.")
        .order_by("timestamp")
        .values_list("action", flat=True)
    ) == ["programme.called_off", "programme.held_after_all"]


def test_what_calendars_do_not_show_leaves_them_alone(officer: Any) -> None:
    event = EventFactory(starts=moment(STARTS))
    event.host = "Sở Thử"
    assert scheduling.keep(event, officer) == []
    event.refresh_from_db()
    assert (event.sequence, event.host) == (0, "Sở Thử")


def test_a_series_in_use_stays(office: Client) -> None:
    series = SeriesFactory()
    EventFactory(series=series)
    office.post(reverse("events_eventseries:delete", args=[series.pk]))
    series.refresh_from_db()


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ({"officer": True}, 200, True),
        ({"editor": True}, 200, True),
        ({"director": True}, 200, False),
        ({"front_desk": True}, 200, False),
        ({}, 403, False),
    ],
)
def test_who_reads_and_who_sets_up(
    role: dict[str, bool], reads: int, writes: bool, signed_in: Any
) -> None:
    person = UserFactory(**role)
    client = signed_in(person)
    assert client.get(reverse("events_event:index")).status_code == reads
    added = client.post(reverse("events_event:add"), FACTS)
    assert (added.status_code != 403) is writes
    event = EventFactory.build()
    if not writes:
        with pytest.raises(Refused):
            scheduling.keep(event, person)
