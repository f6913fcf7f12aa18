"""Events as calendar programs read them: two independent parsers agree, changes are followed."""

import icalendar
import pytest
import vobject
from django.test import Client

from events.programme import scheduling
from events.programme.models import EventsPage
from portal.accounts.models import User
from tests.events.programme.conftest import moment
from tests.factories.pages import english
from tests.factories.programme import SeriesFactory, shown

pytestmark = pytest.mark.django_db


def file_of(path: str) -> bytes:
    answer = Client().get(f"/su-kien/{path}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    content: bytes = answer.content
    return content


def events_of(path: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(file_of(path)).walk("VEVENT"))


@pytest.mark.usefixtures("index")
def test_two_parsers_read_the_same() -> None:
    page = shown(
        moment("2026-12-05 08:00"),
        title="Hội thảo “Bưng Còng”, phần 2; mãng cầu",
        address="Số 1, đường Thử",
        page={"slug": "hoi-thao"},
    )
    written = file_of("hoi-thao/ical/")
    [first] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    second = vobject.readOne(written.decode()).vevent
    assert first["UID"] == second.uid.value == f"{page.event.key}@127.0.0.1"
    assert first["DTSTART"].dt == second.dtstart.value == moment("2026-12-05 08:00")
    assert first["DTEND"].dt == second.dtend.value == moment("2026-12-05 11:00")
    assert first["SUMMARY"] == second.summary.value == page.title
    assert first["LOCATION"] == second.location.value == "Hội trường A, Số 1, đường Thử"
    assert first["STATUS"] == second.status.value == "CONFIRMED"
    assert first["SEQUENCE"] == int(second.sequence.value) == 0
    assert max(len(line) for line in written.split(b"\r\n")) <= 75


@pytest.mark.usefixtures("index")
def test_a_moved_event_moves_and_one_that_is_called_off_is_struck_out(officer: User) -> None:
    event = shown(moment("2026-12-05 08:00"), page={"slug": "hoi-thao"}).event
    seen = events_of("hoi-thao/ical/")
    event.starts, event.ends = moment("2026-12-06 14:00"), moment("2026-12-06 17:00")
    scheduling.keep(event, officer)
    seen += events_of("hoi-thao/ical/")
    event.called_off_because = "Bão số 9."
    scheduling.keep(event, officer)
    seen += events_of("hoi-thao/ical/")
    assert len({str(one["UID"]) for one in seen}) == 1
    assert [int(one["SEQUENCE"]) for one in seen] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert seen[1]["DTSTART"].dt == moment("2026-12-06 14:00")
    assert "Bão số 9." in seen[2]["DESCRIPTION"]


def test_the_whole_calendar_and_a_series(index: EventsPage) -> None:
    series = SeriesFactory(slug="chuoi")
    shown(days=3, title="Của chuỗi", series=series)
    page = shown(days=4, title="Không của chuỗi")
    shown(days=-400, title="Quá lâu rồi", series=series)
    assert [str(one["SUMMARY"]) for one in events_of("ical/")] == ["Của chuỗi", "Không của chuỗi"]
    assert [str(one["SUMMARY"]) for one in events_of("chuoi/chuoi/ical/")] == ["Của chuỗi"]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in file_of("ical/")
    # In English it is the same event, so that nobody has it twice.
    english(index, title="Events")
    english(page, title="Not of it")
    read = icalendar.Calendar.from_ical(Client().get("/en/events/ical/").content)
    assert [str(one["UID"]) for one in read.walk("VEVENT")] == [f"{page.event.key}@127.0.0.1"]
