"""The public calendar: what is coming, a month, day by day, what is over, series, one event."""

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import Tag
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from events.programme.models import EventPage, EventsPage
from portal.core import clock
from portal.core.models import CalendarDay
from portal.core.page_cache.watching import changes_public
from startups.coworking.models import Closure
from tests.events.programme.conftest import moment
from tests.factories.accounts import UserFactory
from tests.factories.calls import CompetitionFactory
from tests.factories.core import UnitFactory
from tests.factories.coworking import SpaceFactory
from tests.factories.pages import ImageFactory, english
from tests.factories.programme import (
    EventFactory,
    EventPageFactory,
    SeriesFactory,
    SessionFactory,
    SpeakerFactory,
    shown,
)
from tests.factories.space_pages import SpacePageFactory
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db

LIST_QUERIES, MONTH_QUERIES, EVENT_QUERIES, SERIES_QUERIES = 17, 22, 26, 18


def look(path: str = "", client: Client | None = None, prefix: str = "/su-kien/") -> Tag:
    return page_of((client or Client()).get(f"{prefix}{path}"))


def titles(page: Tag) -> list[str]:
    return [words(one) for one in page.select(".event-row .row__title")]


def structured(page: Tag) -> dict[str, Any]:
    told = json.loads(page.select_one('script[type="application/ld+json"]').string)
    things = told.get("@graph", [told])
    return {thing["@type"]: thing for thing in things}


@pytest.mark.usefixtures("index")
def test_what_is_coming_stands_in_the_order_of_time_and_says_how_it_stands() -> None:
    shown(moment("2026-12-05 08:00"), title="Hội thảo chanh")
    shown(moment("2026-11-28 08:00"), title="Đang diễn ra từ sáng")
    shown(moment("2026-11-20 08:00"), title="Đã qua tuần trước")
    shown(moment("2026-12-01 08:00"), title="Hội thảo mì", called_off_because="Bão số 9.")
    page = look()
    assert titles(page) == ["Đang diễn ra từ sáng", "Hội thảo mì", "Hội thảo chanh"]
    assert [words(one) for one in page.select(".event-row .chip")] == [
        *("Đang diễn ra", "Đã hủy", "Sắp diễn ra")
    ]
    assert "3 sự kiện" in words(page.select_one(".list-head"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?loai=training", ["Tập huấn mã vạch"]),
        ("?q=ma+vach", ["Tập huấn mã vạch"]),
        ("?q=hoi+truong+b", ["Hội thảo mãng cầu"]),
        ("?q=mang&loai=training", []),
        ("?q=chuoi+so+huu", ["Hội thảo mãng cầu"]),
        ("?loai=khong-co", ["Tập huấn mã vạch", "Hội thảo mãng cầu"]),
        ("?q=%20%E2%80%8B", ["Tập huấn mã vạch", "Hội thảo mãng cầu"]),
    ],
)
@pytest.mark.usefixtures("index")
def test_filters_narrow_by_kind_and_by_words_without_accents(asked: str, found: list[str]) -> None:
    series = SeriesFactory(name="Chuỗi Sở hữu trí tuệ")
    shown(days=2, title="Tập huấn mã vạch", kind="training")
    shown(days=3, title="Hội thảo mãng cầu", venue="Hội trường B", series=series)
    page = look(asked)
    assert titles(page) == found
    if not found:
        assert "Không có sự kiện sắp tới nào khớp bộ lọc" in words(page)


@pytest.mark.usefixtures("index")
def test_empty_lists_say_so() -> None:
    assert "Chưa có sự kiện nào được thông báo" in words(look())
    assert "Chưa có sự kiện nào đã qua" in words(look("da-qua/"))
    assert "Chưa có thông báo nào cho tháng này" in words(look("thang/"))
    assert "Chưa có thông báo nào cho tháng này" in words(look("tung-ngay/"))


@pytest.mark.usefixtures("index")
def test_the_archive_goes_by_year_the_latest_first() -> None:
    shown(moment("2025-12-31 22:00"), title="Đêm cuối năm")
    shown(moment("2026-01-01 08:00"), title="Đầu năm")
    shown(moment("2026-11-02 08:00"), title="Tháng này")
    shown(days=3, title="Chưa tới")
    assert titles(look("da-qua/")) == ["Tháng này", "Đầu năm"]
    page = look("da-qua/?nam=2025")
    assert titles(page) == ["Đêm cuối năm"]
    assert [words(one) for one in page.select(".event-years a")] == ["2026", "2025"]
    assert words(page.select_one(".event-years [aria-current]")) == "2025"
    assert titles(look("da-qua/?nam=1066")) == ["Tháng này", "Đầu năm"]
    assert titles(look("da-qua/?nam=²")) == ["Tháng này", "Đầu năm"]


@pytest.mark.usefixtures("index")
def test_a_month_shows_each_day_of_an_event_and_its_days_off() -> None:
    CalendarDay.objects.create(day=moment("2026-12-24 00:00").date(), name="Nghỉ thử")
    fair = shown(moment("2026-12-29 08:00"), ends=moment("2026-12-31 17:00"), title="Hội chợ")
    page = look("thang/?thang=2026-12")
    days = {words(one.select_one(".month__short")): one for one in page.select("td.month__day")}
    assert words(days["29"].select_one(".day-line__when")) == "08:00"
    assert words(days["30"].select_one(".day-line__when")) == "tiếp tục"
    assert days["31"].select_one(f"a[href='{fair.url}']")
    assert "Nghỉ thử" in words(days["24"])
    assert words(page.select_one("caption")) == "1 mục trong tháng này"
    assert page.select_one("a[rel='next']")["href"].endswith("?thang=2027-01")
    assert page.select_one("a[rel='prev']")["href"].endswith("?thang=2026-11")
    assert page.select_one("link[rel='canonical']")["href"].endswith("/su-kien/thang/")


@pytest.mark.parametrize(
    "asked", ["", "?thang=", "?thang=2026-13", "?thang=abc", "?thang=9999-12", "?thang=²²²²-01"]
)
@pytest.mark.usefixtures("index")
def test_a_month_that_is_none_is_the_running_one(asked: str) -> None:
    assert words(look(f"thang/{asked}").select_one("#month")) == "Sự kiện tháng 11/2026"


@pytest.mark.usefixtures("index")
def test_the_ends_of_the_calendar_lead_nowhere_further() -> None:
    assert not look("thang/?thang=2000-01").select("a[rel='prev']")
    assert not look("thang/?thang=2199-11").select("a[rel='next']")


@pytest.mark.usefixtures("index")
def test_finals_and_closures_come_through_the_registry() -> None:
    space = SpaceFactory(name="Không gian thử")
    SpacePageFactory(space=space, title="Không gian thử")
    Closure.objects.create(
        space=space,
        starts=moment("2026-12-10 08:00"),
        ends=moment("2026-12-10 12:00"),
        reason="Sửa điện",
        announced_by=UserFactory(),
    )
    page = look("tung-ngay/?thang=2026-12")
    line = page.select_one("#day-2026-12-10").parent.select_one(".day-line")
    assert words(line) == "08:00 Không gian thử Đóng cửa Sửa điện"
    # Whoever looks for events of a kind is not shown what is none.
    assert not look("tung-ngay/?thang=2026-12&loai=fair").select(".day-line")


@pytest.mark.usefixtures("index")
def test_dates_of_competitions_stand_in_the_month(client: Client) -> None:
    from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory, home

    competition = CompetitionFactory(announced=True)
    CompetitionPageFactory(parent=CompetitionIndexFactory(parent=home()), competition=competition)
    closes = competition.rounds.first().round_tracks.first().closes_at
    page = look(f"tung-ngay/?thang={closes:%Y-%m}")
    assert "Hạn chót" in words(page)


def test_a_page_of_one_event_says_everything(index: EventsPage) -> None:
    series = SeriesFactory(name="Chuỗi chanh", slug="chuoi-chanh")
    unit = UnitFactory(full_name="Phường Long An")
    page = shown(
        moment("2026-12-05 08:00"),
        title="Hội thảo chanh",
        series=series,
        unit=unit,
        address="Số 1, đường Thử",
        host="Sở Thử",
        contact_phone="+842723826250",
        contact_email="hoi@demo.example",
        page={"body": [], "directions": [{"type": "paragraph", "value": "<p>Đi thẳng.</p>"}]},
    )
    other = shown(moment("2026-12-20 08:00"), title="Buổi sau", series=series)
    speaker = SpeakerFactory(name="Phan Thị Mẫu", role="Chuyên gia")
    for number, room in enumerate(("Phòng A", "Phòng B")):
        line = SessionFactory(
            event=page.event, room=room, starts=page.event.starts + timedelta(minutes=number)
        )
        line.speakers.add(speaker)
    seen = look("hoi-thao-chanh/")
    text = words(seen)
    for told in (
        *("08:00 – 11:00 05/12/2026", "Hội trường A", "Số 1, đường Thử", "Sở Thử"),
        *("0272 3826 250", "Đi thẳng.", "Phòng B", "Phan Thị Mẫu", "Chuyên gia, Viện Minh Họa"),
    ):
        assert told in text
    assert seen.select_one("a[href='/su-kien/chuoi/chuoi-chanh/']")
    assert titles(seen) == [other.title]
    assert len(seen.select(".speaker")) == 1
    told = structured(seen)["EducationEvent"]
    assert told["startDate"] == "2026-12-05T08:00:00+07:00"
    assert told["location"]["address"]["addressLocality"] == "Phường Long An"
    assert told["superEvent"]["name"] == "Chuỗi chanh"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"


@pytest.mark.usefixtures("index")
def test_an_event_that_was_called_off_says_why() -> None:
    shown(title="Tọa đàm", called_off_because="Diễn giả bận.")
    seen = look("toa-dam/")
    assert "Sự kiện này không diễn ra" in words(seen)
    assert "Diễn giả bận." in words(seen)
    assert structured(seen)["EducationEvent"]["eventStatus"].endswith("EventCancelled")


def test_english_pages_exist_where_they_were_written(index: EventsPage) -> None:
    page = shown(
        title="Hội thảo chanh",
        title_en="Lime",
        venue_en="Hall A",
        called_off_because="Bão.",
        called_off_because_en="A storm.",
    )
    shown(title="Chỉ tiếng Việt")
    english(index, title="Events")
    english(page, title="Lime workshop")
    seen = look(prefix="/en/events/")
    assert titles(seen) == ["Lime workshop"]
    assert "Called off" in words(seen)
    text = words(look("lime-workshop/", prefix="/en/events/"))
    assert "A storm." in text
    assert "Hall A" in text
    assert "Bão." not in text


def test_drafts_and_withdrawn_pages_are_nowhere(index: EventsPage) -> None:
    series = SeriesFactory(slug="thu")
    draft = EventPageFactory(event=EventFactory(title="Nháp", series=series), draft=True)
    assert not titles(look())
    assert Client().get("/su-kien/chuoi/thu/").status_code == 404
    assert Client().get("/su-kien/chuoi/khong-co/").status_code == 404
    draft.save_revision().publish()
    assert titles(look()) == ["Nháp"]
    assert titles(look("chuoi/thu/")) == ["Nháp"]


def test_one_page_for_an_event_in_a_language_and_alt_for_its_photo(index: EventsPage) -> None:
    page = shown()
    twice = EventPage(title="Lại", slug="lai", summary="x", event=page.event, locale=page.locale)
    twice.photo = ImageFactory()
    with pytest.raises(ValidationError) as refused:
        twice.clean()
    assert set(refused.value.error_dict) == {"photo_alt"}
    twice.photo = None
    with pytest.raises(ValidationError) as refused:
        twice.clean()
    assert set(refused.value.error_dict) == {"event"}


def test_the_database_refuses_what_no_event_is() -> None:
    now = clock.now()
    for wrong in (
        {"ends": now, "starts": now},
        {"title": ""},
        {"venue": ""},
        {"kind": "concert"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventFactory(**wrong)
    line = {"starts": now, "ends": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(**line)


def test_every_change_of_an_event_lets_kept_pages_be_forgotten() -> None:
    for table in ("event", "session", "speaker", "eventseries", "session_speakers"):
        assert changes_public(f'INSERT INTO "programme_{table}" ("id") VALUES (%s)'), table
    assert changes_public('UPDATE "programme_event" SET "starts" = %s WHERE "id" = %s')


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_with_many_events(
    index: EventsPage, count: int, django_assert_num_queries: Any
) -> None:
    series = SeriesFactory(slug="nhieu")
    for number in range(count):
        page = shown(moment("2026-12-05 08:00"), title=f"Buổi {number}", series=series)
        shown(moment("2026-10-05 08:00"))
    for _number in range(count):
        SessionFactory(event=page.event).speakers.add(SpeakerFactory())
    client = Client()
    for path, queries in (
        ("", LIST_QUERIES),
        ("da-qua/", LIST_QUERIES + 1),
        ("thang/?thang=2026-12", MONTH_QUERIES),
        ("tung-ngay/?thang=2026-12", MONTH_QUERIES),
        ("chuoi/nhieu/", SERIES_QUERIES),
        (f"{page.slug}/", EVENT_QUERIES),
    ):
        client.get(f"/su-kien/{path}")
        with django_assert_num_queries(queries):
            assert client.get(f"/su-kien/{path}").status_code == 200
