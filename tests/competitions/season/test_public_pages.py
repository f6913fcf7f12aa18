"""An announced competition without a public page is somebody's task."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.calls import CompetitionFactory
from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

NO_PAGE = "chưa có trang công khai"


def tasks_of(client: Client) -> dict[str, str]:
    """The way to each task, by its words."""
    page = page_of(client.get(reverse("workspace:home")), None)
    return {
        task.get_text(" ", strip=True): str(task.select_one("a")["href"])
        for task in page.select("ul.rows > li.row")
    }


def test_the_editor_is_told_and_led_to_the_new_page(client: Client) -> None:
    CompetitionFactory(announced=True, title="Cuộc thi chưa có trang")
    index = CompetitionIndexFactory(parent=home())
    client.force_login(UserFactory(editor=True))
    [(words, url)] = tasks_of(client).items()
    assert "Cuộc thi chưa có trang" in words
    assert NO_PAGE in words
    assert url == f"/admin/pages/add/season/competitionpage/{index.pk}/"
    assert client.get(url).status_code == 200


def test_without_an_index_the_editor_begins_in_the_page_tree(client: Client) -> None:
    CompetitionFactory(announced=True)
    client.force_login(UserFactory(editor=True))
    [url] = tasks_of(client).values()
    assert client.get(url, follow=True).status_code == 200


def test_a_page_not_yet_published_is_gone_on_with(client: Client) -> None:
    competition = CompetitionFactory(announced=True)
    index = CompetitionIndexFactory(parent=home())
    page = CompetitionPageFactory(parent=index, competition=competition, draft=True)
    client.force_login(UserFactory(editor=True))
    [url] = tasks_of(client).values()
    assert url == f"/admin/pages/{page.pk}/edit/"


def test_nothing_waits_once_the_page_is_live_or_before_the_announcement(client: Client) -> None:
    announced = CompetitionFactory(announced=True)
    CompetitionFactory()
    CompetitionPageFactory(parent=CompetitionIndexFactory(parent=home()), competition=announced)
    client.force_login(UserFactory(editor=True))
    assert tasks_of(client) == {}
    client.force_login(UserFactory(officer=True))
    board = page_of(client.get(f"/admin/season/{announced.pk}/"), None)
    assert NO_PAGE not in board.get_text()


def test_the_board_says_so_to_the_officer(client: Client) -> None:
    competition = CompetitionFactory(announced=True)
    client.force_login(UserFactory(officer=True))
    board = page_of(client.get(f"/admin/season/{competition.pk}/"), None)
    [waiting] = board.select(".season-board__waiting li")
    assert NO_PAGE in waiting.get_text()
    assert not waiting.select("a"), "an officer cannot write the page"
