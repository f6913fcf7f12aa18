"""Who is told of a record on its way to the public, and what waits for whom."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from events.techmart.closing import close
from events.techmart.models import Offer
from events.techmart.telling import edit_address, owners
from events.techmart.waiting import tasks_for
from portal.core.models import Notice
from portal.core.noticing import kinds
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import approve, demand, expert, offer, sent, stored, supplier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

TASK_QUERIES = 14
MAKES = [offer, demand, expert, supplier]


def owner(record: Any) -> Any:
    return owners(record.standing)[0]


def kinds_told(person: Any) -> list[str]:
    return sorted(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def returned(record: Any, officer: Any, comment: str) -> Any:
    task_state = record.current_workflow_task_state
    record.current_workflow_task.on_action(task_state, officer, "reject", comment=comment)
    return stored(record)


@pytest.mark.parametrize("make", MAKES)
def test_officers_are_told_of_what_was_sent(make: Any, officer: Any) -> None:
    record = make(live=False)
    sent(record, owner(record))
    notice = Notice.objects.get(recipient=officer)
    assert notice.kind == "techmart.waiting"
    assert notice.url == edit_address(type(record), record.pk)
    assert not Notice.objects.filter(recipient=owner(record)).exists()


@pytest.mark.parametrize("make", MAKES)
def test_owners_are_told_of_approval_and_of_taking_down(make: Any, officer: Any) -> None:
    record = make(live=False)
    public = approve(sent(record, owner(record)), officer)
    assert kinds_told(owner(record)) == ["techmart.published"]
    public.unpublish(user=officer)
    assert kinds_told(owner(record)) == ["techmart.published", "techmart.taken_down"]


@pytest.mark.parametrize("make", MAKES)
def test_owners_are_told_what_the_officer_said(
    make: Any, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    record = make(live=False)
    waiting = sent(record, owner(record))
    with django_capture_on_commit_callbacks(execute=True):
        returned(waiting, officer, "Xin bổ sung số liệu.")
    notice = Notice.objects.get(recipient=owner(record), kind="techmart.returned")
    assert "Xin bổ sung số liệu." in notice.body
    assert notice.url == reverse("techmart:record", args=[record._meta.model_name, record.pk])
    assert any("Xin bổ sung số liệu." in one.body for one in mail.outbox)


def test_members_who_do_not_own_the_account_are_not_told(officer: Any) -> None:
    record = offer(live=False)
    member = MembershipFactory(organisation=record.standing.organisation).user
    approve(sent(record, owner(record)), officer)
    assert kinds_told(member) == []


def test_every_kind_of_notice_can_be_chosen() -> None:
    told = {f"techmart.{name}" for name in ("waiting", "returned", "published", "taken_down")}
    assert told | {"techmart.ready"} <= set(kinds())


# What waits --------------------------------------------------------------------------------


def test_owners_finish_drafts_and_correct_what_came_back(officer: Any) -> None:
    record = offer(live=False, title="Máy sấy")
    boss = owner(record)
    (task,) = tasks_for(boss)
    assert "Máy sấy" in str(task.title)
    assert not task.urgent
    sent(record, boss)
    assert tasks_for(boss) == [], "it is the officers' turn"
    returned(stored(record), officer, "Thiếu số liệu.")
    (task,) = tasks_for(boss)
    assert task.urgent
    assert str(task.detail) == "Thiếu số liệu."
    assert task.url == reverse("techmart:record", args=["offer", record.pk])


def test_an_expert_finishes_their_own_record() -> None:
    record = expert(live=False)
    assert len(tasks_for(record.standing.person)) == 1
    assert tasks_for(UserFactory()) == []


def test_what_is_closed_or_public_asks_for_nothing() -> None:
    record = offer(live=False)
    close(record, owner(record))
    assert tasks_for(owner(record)) == []
    assert tasks_for(owner(offer())) == []


def test_officers_review_what_was_sent_and_not_their_own(officer: Any) -> None:
    record = demand(live=False, title="Cảnh báo mặn")
    sent(record, owner(record))
    (task,) = tasks_for(officer)
    assert "Cảnh báo mặn" in str(task.title)
    assert task.url == edit_address(type(record), record.pk)
    own = OrganisationFactory()
    mine = offer(own, live=False)
    MembershipFactory(organisation=own, user=officer, role="owner")
    sent(mine, officer)
    assert len([one for one in tasks_for(officer) if one.url == edit_address(Offer, mine.pk)]) == 0


@pytest.mark.parametrize("count", [1, 5])
def test_tasks_cost_the_same_for_one_and_for_many(
    count: int, officer: Any, django_assert_max_num_queries: Any
) -> None:
    organisation = OrganisationFactory()
    boss = owner_of(organisation)
    for _number in range(count):
        offer(organisation, live=False)
        demand(organisation, live=False)
        sent(offer(organisation, live=False), boss)
    with django_assert_max_num_queries(TASK_QUERIES):
        assert len(tasks_for(boss)) == 2 * count
    with django_assert_max_num_queries(TASK_QUERIES):
        assert len(tasks_for(officer)) == count
