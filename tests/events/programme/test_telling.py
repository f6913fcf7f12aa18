"""What events tell the rest of the portal: home page, search, open data."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from events.programme.models import EventsPage
from portal.core.extension_points import gather
from portal.search.keeping_true import rebuild
from tests.events.programme.conftest import moment
from tests.factories.pages import english
from tests.factories.programme import EventFactory, SessionFactory, SpeakerFactory, shown

pytestmark = pytest.mark.django_db

API_QUERIES = 6


def test_the_home_page_names_what_comes_next(index: EventsPage, rf: Any) -> None:
    shown(days=-1, title="Đã qua")
    shown(days=2, title="Không còn", called_off_because="Bão.")
    soon = shown(days=3, title="Sắp tới")
    told = [
        one
        for one in gather("portal_upcoming", rf.get("/"))
        if str(one.url).startswith("/su-kien/")
    ]
    assert [(one.title, one.at, one.kind) for one in told] == [
        ("Sắp tới", soon.event.starts, "Hội thảo")
    ]


@pytest.mark.parametrize("asked", ["mang cau", "Phan Thị Mẫu", "hội trường a"])
def test_search_finds_an_event_by_its_agenda_and_speakers(index: EventsPage, asked: str) -> None:
    page = shown(days=3, title="Hội thảo sau thu hoạch")
    line = SessionFactory(event=page.event, title="Mãng cầu trong kho lạnh")
    line.speakers.add(SpeakerFactory(name="Phan Thị Mẫu"))
    rebuild()
    found = Client().get("/tim-kiem/", {"q": asked, "loai": "event"}).content.decode()
    assert page.url in found
    page.unpublish()
    rebuild()
    assert page.url not in Client().get("/tim-kiem/", {"q": asked}).content.decode()


def test_search_learns_of_a_change_in_the_back_office(
    officer: Any, signed_in: Any, index: EventsPage, django_capture_on_commit_callbacks: Any
) -> None:
    page = shown(days=3)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(officer).post(
            f"/admin/events/event/edit/{page.event.pk}/",
            {
                "kind": "workshop",
                "title": page.event.title,
                "starts": "05/12/2026 08:00",
                "ends": "05/12/2026 11:00",
                "venue": "Nhà văn hóa Bến Cầu",
            },
        )
    assert page.url in Client().get("/tim-kiem/", {"q": "ben cau"}).content.decode()


@pytest.mark.parametrize("count", [1, 25])
def test_open_data_of_events(index: EventsPage, count: int, django_assert_num_queries: Any) -> None:
    cache.clear()
    for number in range(count):
        shown(moment(f"2026-12-{number + 1:02} 08:00"), kind="training", title_en="Training")
    shown(moment("2026-10-05 08:00"), called_off_because="Bão.")
    EventFactory(title="Chưa có trang")
    client = Client()
    with django_assert_num_queries(API_QUERIES):
        answer = client.get("/api/v1/events", {"kind": "training"}).json()
    assert len(answer["items"]) == min(count, 20)
    assert answer["items"][0]["starts"] == f"2026-12-{count:02}T01:00:00Z"
    everything = client.get("/api/v1/events", {"starts_since": "2026-10-01"}).json()["items"]
    assert "Chưa có trang" not in {one["title"] for one in everything}
    last = client.get("/api/v1/events").json()["items"][0]
    assert client.get(last["page"]).status_code == 200
    assert client.get(last["calendar"])["Content-Type"].startswith("text/calendar")


def test_an_english_page_alone_is_found_in_english(index: EventsPage) -> None:
    page = shown(days=3, title="Hội thảo chanh", title_en="Lime")
    english(index, title="Events")
    english(page, title="Lime workshop")
    rebuild()
    found = Client().get("/en/tim-kiem/", {"q": "lime"}).content.decode()
    assert "/en/events/lime-workshop/" in found
