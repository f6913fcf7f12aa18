"""The officers' desk: who opens it, what stands under which tab, and the same number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from events.techmart import connecting
from events.techmart.models import ConnectionRequest
from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.connections import asked, moved_to, need, reason
from tests.factories.techmart import offer
from tests.reading import page_of, words

SignedIn = Callable[[Any], Client]
HOME = "/workspace/market-desk/"
HOME_QUERIES = 13


def titles(client: Client, query: str) -> list[str]:
    page = page_of(client.get(f"{HOME}?{query}"))
    return [words(row) for row in page.select(".row__title")]


def request_url(request: ConnectionRequest, tail: str = "") -> str:
    return f"{HOME}requests/{request.key}/{tail}"


@pytest.mark.parametrize(
    ("role", "reads", "acts"),
    [("officer", 200, 302), ("director", 200, 403), ("front_desk", 403, 403), ("editor", 403, 403)],
)
def test_who_opens_the_desk(
    db: None, signed_in: SignedIn, role: str, reads: int, acts: int
) -> None:
    client, request = signed_in(UserFactory(**{role: True})), asked()
    assert client.get(HOME).status_code == reads
    assert client.get(request_url(request)).status_code == reads
    assert client.post(request_url(request, "receive/")).status_code == acts


def test_each_request_stands_under_its_tab(officer: User, signed_in: SignedIn, at: Any) -> None:
    at("2026-11-23 09:00")
    for number, state in enumerate(("new", "passed_on", "negotiating")):
        moved_to(
            state, officer, offer(title=f"Hồ sơ {state}"), UserFactory(full_name=f"N {number}")
        )
    ended = moved_to("received", officer, offer(title="Hồ sơ đã hết"), UserFactory(full_name="X"))
    connecting.fail(ended, officer, reason("failure_reason"))
    need()
    client = signed_in(officer)
    assert titles(client, "tab=new") == ["Hồ sơ new"]
    assert titles(client, "tab=waiting") == ["Hồ sơ passed_on"]
    assert titles(client, "tab=negotiating") == ["Hồ sơ negotiating"]
    assert titles(client, "tab=closed") == ["Hồ sơ đã hết"]
    assert titles(client, "tab=needs") == ["Ao nước thải mì tràn khi mưa lớn."]
    assert titles(client, "tab=overdue") == []
    at("2026-11-26 09:00")
    assert titles(client, "tab=overdue") == ["Hồ sơ new", "Ao nước thải mì tràn khi mưa lớn."]


def test_search_and_filters(officer: User, signed_in: SignedIn) -> None:
    first = asked(offer(title="Sấy mãng cầu"))
    asked(offer(title="Băm lá mía"), UserFactory(full_name="Phan Văn Hai"))
    need()
    client = signed_in(officer)
    assert titles(client, "tab=new&q=say mang cau") == ["Sấy mãng cầu"]
    assert titles(client, f"tab=new&q={first.code}") == ["Sấy mãng cầu"]
    assert titles(client, "tab=new&q=kin tieng") == ["Sấy mãng cầu", "Băm lá mía"]
    assert titles(client, "tab=new&thing=expert") == []
    assert titles(client, "tab=new&mine=1") == []
    assert titles(client, "tab=needs&q=0912 345") == ["Ao nước thải mì tràn khi mưa lớn."]


@pytest.mark.parametrize(
    "query", ["tab=%07", "tab=x", "q=%07%ff", "page=" + "9" * 99, "thing=%07", "q=" + "a" * 5000]
)
def test_hostile_addresses(officer: User, signed_in: SignedIn, query: str) -> None:
    asked()
    assert signed_in(officer).get(f"{HOME}?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("tab", ["new", "needs"])
def test_the_desk_costs_the_same(
    officer: User, signed_in: SignedIn, django_assert_max_num_queries: Any, count: int, tab: str
) -> None:
    for number in range(count):
        asked(offer(title=f"Công nghệ {number}"), UserFactory(full_name=f"Người {number}"))
        need()
    client = signed_in(officer)
    client.get(HOME)
    with django_assert_max_num_queries(HOME_QUERIES):
        assert len(titles(client, f"tab={tab}")) == count


def test_every_step_is_a_button(officer: User, signed_in: SignedIn) -> None:
    request = asked()
    client = signed_in(officer)
    client.post(request_url(request, "receive/"))
    empty = client.post(
        request_url(request, "pass-on/"), {"pass-words": "", "pass-presented_as": ""}
    )
    assert empty.status_code == 422
    sent = {"pass-words": "Muốn thử máy.", "pass-presented_as": "Một hợp tác xã"}
    assert client.post(request_url(request, "pass-on/"), sent).status_code == 302
    connecting.accept(
        ConnectionRequest.objects.drawn().get(pk=request.pk),
        request.offer.standing.organisation.memberships.get().user,
    )
    client.post(request_url(request, "next/"), {"to": "in_contact"})
    client.post(request_url(request, "next/"), {"to": "\x00"})
    planned = {"plan-step": "Thăm ruộng", "plan-due_on": "2999-01-01"}
    assert client.post(request_url(request, "plan/"), planned).status_code == 422
    assert client.post(request_url(request, "remind/")).status_code == 302
    other = UserFactory(officer=True)
    client.post(request_url(request, "officer/"), {"assign-officer": other.pk})
    client.post(request_url(request, "end/"), {"fail-reason": reason("failure_reason").pk})
    request.refresh_from_db()
    assert (request.state, request.officer) == ("failed", other)
    kinds = list(request.events.values_list("kind", flat=True))
    assert kinds == ["asked", *["moved"] * 4, "reminded", "assigned", "moved"]
    assert client.get(request_url(request)).status_code == 200


def test_my_work_names_what_waits(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer)
    asked(asker=UserFactory(full_name="Người Mới"))
    need()
    desk = signed_in(officer).get("/workspace/").content.decode()
    assert f"{HOME}?tab=new" in desk
    assert f"{HOME}?tab=needs" in desk
    owning = request.offer.standing.organisation.memberships.get().user
    assert (
        f"/workspace/connections/{request.key}/"
        in signed_in(owning).get("/workspace/").content.decode()
    )
