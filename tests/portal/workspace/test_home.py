"""“Việc của tôi”: what this person has to do next."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal.core import clock
from portal.core.extension_points import Task
from portal.core.models import Notice
from portal.workspace.views import grouped
from tests.factories.accounts import UserFactory
from tests.factories.calls import CompetitionFactory
from tests.factories.entries import EntryFactory
from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def soup(client: Client) -> BeautifulSoup:
    return page_of(client.get("/workspace/"))


def task(title: str, group: str = "Hồ sơ", **facts: object) -> Task:
    return Task(title=title, detail="", url="/", action="Mở", group=group, **facts)


def test_visitors_sign_in_first(client: Client) -> None:
    response = client.get("/workspace/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=/workspace/",
    )


def test_the_pressing_comes_first() -> None:
    soon, later = clock.now() + timedelta(days=1), clock.now() + timedelta(days=9)
    groups = grouped(
        [
            task("Không hạn"),
            task("Sau", due=later),
            task("Chấm", group="Chấm điểm", due=soon),
            task("Gấp", urgent=True, due=later),
        ]
    )
    assert [(group.title, [own.title for own in group.tasks]) for group in groups] == [
        ("Hồ sơ", ["Gấp", "Sau", "Không hạn"]),
        ("Chấm điểm", ["Chấm"]),
    ]


def test_a_founder_sees_the_draft_with_its_deadline(client: Client) -> None:
    entry = EntryFactory()
    client.force_login(entry.captain)
    page = soup(client)
    rows = page.select("#main .with-aside > div .row")
    assert rows
    assert any("Hạn" in row.get_text() for row in rows)
    assert all(row.select_one(".row__action a")["href"] for row in rows)


def test_nothing_to_do_leads_to_what_is_open(client: Client) -> None:
    index = CompetitionIndexFactory(parent=home())
    competition = CompetitionFactory(announced=True, title="Cuộc thi 2026")
    CompetitionPageFactory(parent=index, competition=competition)
    client.force_login(UserFactory())
    page = soup(client)
    assert "Không có việc nào đang chờ bạn" in page.select_one(".empty").get_text()
    [door] = page.select(".door")
    assert door.select_one("a")["href"] == "/cuoc-thi/cuoc-thi-2026/"


def test_nothing_to_do_and_nothing_open_leads_home(client: Client) -> None:
    client.force_login(UserFactory())
    assert soup(client).select_one(".empty a.button")["href"] == "/"


def test_notices_are_one_s_own_and_say_what_is_new(client: Client) -> None:
    user, other = UserFactory(), UserFactory()
    Notice.objects.create(recipient=user, kind="x", subject="Đã nhận hồ sơ", body="")
    read = Notice.objects.create(recipient=user, kind="x", subject="Cũ", body="")
    Notice.objects.filter(pk=read.pk).update(read_at=clock.now())
    Notice.objects.create(recipient=other, kind="x", subject="Của người khác", body="")
    client.force_login(user)
    aside = soup(client).select_one("#main aside")
    new = [row for row in aside.select(".row") if row.select("strong")]
    assert [row.select_one("a").get_text() for row in new] == ["Đã nhận hồ sơ"]
    assert "Của người khác" not in aside.get_text()


@pytest.mark.parametrize(("role", "sees"), [("officer", True), ("editor", True), (None, False)])
def test_the_back_office_is_one_step_away_for_staff(
    client: Client, role: str | None, sees: bool
) -> None:
    client.force_login(UserFactory(**{role: True} if role else {}))
    assert bool(soup(client).select('#main a[href="/admin/"]')) is sees
