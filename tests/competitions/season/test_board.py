"""The officer's board of a season."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competitions.entries.models import Entry
from competitions.season.board import board_of
from portal.core import clock
from tests.factories.accounts import UserFactory
from tests.factories.calls import CompetitionFactory
from tests.factories.judging import make_round
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 200), ("director", 200), ("administrator", 200), ("editor", 302), (None, 403)],
)
def test_only_those_who_read_everything_see_it(
    client: Client, role: str | None, status: int
) -> None:
    competition = CompetitionFactory(announced=True)
    client.force_login(UserFactory(**{role: True} if role else {}))
    for url in ("/admin/season/", f"/admin/season/{competition.pk}/"):
        assert client.get(url).status_code == status


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.get("/admin/season/").status_code == 302


def test_a_season_that_does_not_exist(client: Client) -> None:
    client.force_login(UserFactory(officer=True))
    assert client.get("/admin/season/999/").status_code == 404


def test_the_funnel_counts_and_leads_to_the_lists(client: Client) -> None:
    made = make_round(entries=3, judges=1)
    made.entry(state=Entry.State.SUBMITTED)
    made.entry(state=Entry.State.ASKED, asked_until=clock.now() - timedelta(days=1))
    client.force_login(UserFactory(officer=True))
    response = client.get(f"/admin/season/{made.competition.pk}/")
    page = page_of(response, None)
    counts = [item.get_text() for item in page.select(".season-board__funnel strong")]
    assert counts == ["0", "1", "1", "3", "0", "0"]
    waiting = [item.get_text() for item in page.select(".season-board__waiting li")]
    assert waiting[1:] == ["1 hồ sơ chờ sơ loại", "1 nhóm quá hạn bổ sung hồ sơ"]
    assert page.select('a[href^="/admin/entries/"]')
    assert "Tổng quan mùa thi" in page.get_text()


def test_progress_by_judge_leaves_conflicts_out() -> None:
    made = make_round(entries=2, judges=2)
    made.assign_all()
    made.open()
    made.score(made.judges[0], made.entries[0], "20", "15", "8")
    [view] = board_of(made.competition).rounds
    assert sorted((line.done, line.total) for line in view.judges) == [(0, 2), (1, 2)]
    assert (view.done, view.total) == (1, 4)


def test_the_board_asks_the_same_of_the_database_however_large() -> None:
    made = make_round(entries=1, judges=1)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            board_of(made.competition)
        return len(captured)

    assert count() == 9
    for _number in range(4):
        made.judge()
        made.entry()
    assert count() == 9
