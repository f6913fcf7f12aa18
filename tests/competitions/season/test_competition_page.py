"""The public page of a competition: facts that know today, and one clear thing to do."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competitions.calls.models import Competition, RoundTrack
from competitions.entries.models import Entry
from portal.core import clock
from tests.factories.accounts import UserFactory
from tests.factories.calls import CompetitionFactory, give_dates, round_track_of, track_of
from tests.factories.judging import JudgeFactory
from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory, english, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

URL = "/cuoc-thi/cuoc-thi-2026/"


@pytest.fixture
def competition(site: object) -> Competition:
    """Announced, taking entries for twenty more days, with its page."""
    made = CompetitionFactory(announced=True, title="Cuộc thi 2026")
    rules = [("heading", {"text": "Điều 1. Đối tượng", "level": "h2"})]
    index = CompetitionIndexFactory(parent=home())
    CompetitionPageFactory(parent=index, competition=made, rules=rules)
    return made


def soup(client: Client, url: str = URL) -> BeautifulSoup:
    return page_of(client.get(url))


def action(client: Client) -> tuple[str, str, str]:
    """The button of the page: its label, where it leads, and the sentence beside it."""
    part = soup(client).select_one(".next-step__action")
    button = part.select_one("a.button")
    note = part.select_one("p")
    return (
        button.get_text(strip=True) if button else "",
        button["href"] if button else "",
        note.get_text(strip=True) if note else "",
    )


def close(competition: Competition) -> None:
    now = clock.now()
    give_dates(competition, now - timedelta(days=40), now - timedelta(hours=1))


def entry_of(competition: Competition, user: Any, **facts: Any) -> Entry:
    return Entry.objects.create(
        competition=competition,
        track=track_of(competition),
        form=competition.forms.get(),
        captain=user,
        **{"title": "Máy sấy mãng cầu", **facts},
    )


def test_the_page_tells_the_facts_of_the_record(competition: Competition, client: Client) -> None:
    page = soup(client)
    assert page.select_one("h1").get_text() == "Cuộc thi 2026"
    assert "Đang nhận hồ sơ" in page.select_one(".page-head .chip").get_text()
    assert "Còn 19 ngày" in page.select_one(".next-step__deadline").get_text()
    headings = [heading.get_text(strip=True) for heading in page.select(".page-part > h2")]
    assert headings[:3] == ["Các mốc thời gian", "Bảng thi: Ý tưởng", "Bảng thi: Dự án"]
    [dossier, final] = page.select("[aria-labelledby^=track-]")[1].select("table.bars")
    assert "Vòng hồ sơ" in dossier.caption.get_text()
    assert "100 điểm" in dossier.caption.get_text()
    assert [cell.get_text() for cell in dossier.select("td.num")] == ["25", "25", "20", "15", "15"]
    assert len(final.select("tr")) == 6
    assert "50.000.000" in page.get_text()


def test_rules_are_articles_one_can_link_to(competition: Competition, client: Client) -> None:
    page = soup(client)
    article = page.select_one("h2#dieu-1-doi-tuong")
    assert article.select_one("a")["href"] == "#dieu-1-doi-tuong"
    assert page.select('.toc a[href="#dieu-1-doi-tuong"]')


def test_tracks_with_other_dates_are_named_in_the_timeline(
    competition: Competition, client: Client
) -> None:
    idea = round_track_of(competition, "Ý tưởng")
    RoundTrack.objects.filter(pk=idea.pk).update(closes_at=idea.closes_at + timedelta(days=1))
    titles = [step.get_text(strip=True) for step in soup(client).select(".timeline__title")]
    assert titles[:2] == ["Nhận hồ sơ (Dự án)", "Nhận hồ sơ (Ý tưởng)"]


def test_the_panel_is_named_once_each_and_only_when_the_rules_say_so(
    competition: Competition, client: Client
) -> None:
    judge = UserFactory(full_name="Lê Thị Hạnh")
    for title in ("Dự án", "Ý tưởng"):
        JudgeFactory(
            round_track=round_track_of(competition, title),
            user=judge,
            accepted=True,
            title="Giảng viên",
            is_chair=title == "Dự án",
        )
    JudgeFactory(
        round_track=round_track_of(competition), user=UserFactory(full_name="Chưa trả lời")
    )
    JudgeFactory(
        round_track=round_track_of(competition), user=UserFactory(full_name=""), accepted=True
    )
    panel = soup(client).select("[aria-labelledby=panel] .row")
    assert [row.select_one(".row__title").get_text() for row in panel] == ["Lê Thị Hạnh"]
    seats = panel[0].select_one(".row__meta").get_text(" ", strip=True)
    assert seats == "Vòng hồ sơ, Dự án (Trưởng ban) Vòng hồ sơ, Ý tưởng"
    Competition.objects.update(judges_named=False)
    assert "Lê Thị Hạnh" not in soup(client).get_text()


def test_a_visitor_may_enter_while_it_is_open(competition: Competition, client: Client) -> None:
    label, url, _note = action(client)
    assert (label, url) == ("Dự thi", reverse("entries:start", args=[competition.pk]))


def test_before_it_opens_the_page_says_when(competition: Competition, client: Client) -> None:
    now = clock.now()
    give_dates(competition, now + timedelta(days=1), now + timedelta(days=30))
    label, _url, note = action(client)
    assert label == ""
    assert note.startswith("Cuộc thi nhận hồ sơ từ")


def test_after_the_deadline_the_page_says_what_comes(
    competition: Competition, client: Client
) -> None:
    close(competition)
    label, _url, note = action(client)
    assert label == ""
    assert "đã hết hạn nhận hồ sơ. Dự kiến công bố kết quả" in note


def test_a_draft_is_gone_on_with(competition: Competition, client: Client) -> None:
    user = UserFactory()
    entry = entry_of(competition, user)
    client.force_login(user)
    assert action(client) == (
        "Tiếp tục bản nháp",
        reverse("entries:entry", args=[entry.key]),
        "Máy sấy mãng cầu",
    )
    close(competition)
    label, _url, note = action(client)
    assert (label, note) == ("Xem lại bản nháp", "Hồ sơ này chưa được nộp trước hạn.")


def test_of_several_entries_the_one_that_asks_for_something(
    competition: Competition, client: Client
) -> None:
    user = UserFactory()
    now = clock.now()
    facts = {"state": Entry.State.SUBMITTED, "submitted_at": now}
    entry_of(competition, user, code="KN-1", **facts)
    label, _url, note = (client.force_login(user), action(client))[1]
    assert label == "Xem hồ sơ đã nộp"
    assert note.startswith("KN-1 · Máy sấy mãng cầu. Hồ sơ còn sửa được đến")
    draft = entry_of(competition, user, title="Nháp")
    assert action(client)[1] == reverse("entries:entry", args=[draft.key])
    asked = entry_of(
        competition,
        user,
        code="KN-2",
        state=Entry.State.ASKED,
        submitted_at=now,
        asked_until=now + timedelta(days=3),
    )
    assert action(client)[:2] == ("Bổ sung hồ sơ", reverse("entries:entry", args=[asked.key]))


def test_a_withdrawn_entry_leaves_the_way_open(competition: Competition, client: Client) -> None:
    user = UserFactory()
    entry_of(competition, user, state=Entry.State.WITHDRAWN)
    client.force_login(user)
    assert action(client)[0] == "Dự thi"


def test_judges_and_those_who_run_it_go_to_their_desks(
    competition: Competition, client: Client
) -> None:
    seat = JudgeFactory(round_track=round_track_of(competition), accepted=True)
    client.force_login(seat.user)
    assert action(client)[:2] == ("Đến bàn chấm điểm", reverse("judging:desk"))
    client.force_login(UserFactory(officer=True))
    assert action(client)[1] == reverse("season_admin:board", args=[competition.pk])


def test_a_competition_not_announced_is_not_there(competition: Competition, client: Client) -> None:
    Competition.objects.update(state=Competition.State.DRAFT)
    assert client.get(URL).status_code == 404
    assert not soup(client, "/cuoc-thi/").select(".row")


def test_the_index_begins_with_the_open_one(competition: Competition, client: Client) -> None:
    older = CompetitionFactory(announced=True, closed=True, title="Cuộc thi cũ", year=2030)
    CompetitionPageFactory(parent=home().get_children().get(slug="cuoc-thi"), competition=older)
    rows = soup(client, "/cuoc-thi/").select(".row")
    assert [row.select_one("h2").get_text(strip=True) for row in rows] == [
        "Cuộc thi 2026",
        "Cuộc thi cũ",
    ]
    assert "Đang nhận hồ sơ" in rows[0].get_text()
    assert "Đang chấm" in rows[1].get_text()


def test_english_readers_get_english_facts(competition: Competition, client: Client) -> None:
    index = home().get_children().get(slug="cuoc-thi").specific
    english(index, title="Competitions")
    english(index.get_children().get().specific, title="Competition 2026")
    JudgeFactory(round_track=round_track_of(competition), accepted=True)
    other = soup(client, "/en/competitions/competition-2026/")
    assert other.select_one("#panel").get_text() == "Panel of judges"
    assert soup(client).select_one("#panel").get_text() == "Ban Giám khảo"
    assert "Track: Projects" in other.get_text()
    assert "VND" in other.get_text()
    assert "(GMT+7)" in other.select_one(".timeline").get_text()


def test_the_page_asks_the_same_of_the_database_however_large(
    competition: Competition, client: Client
) -> None:
    def count() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    before = count()
    for _number in range(5):
        JudgeFactory(round_track=round_track_of(competition), accepted=True)
    assert count() == before
