"""Reports of readers: anybody sends one, officers decide, the answer reaches whoever asked."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.techmart import reporting
from events.techmart.models import MarketPage, ProblemReport
from events.techmart.presenting.trust import problem_address
from events.techmart.trust_telling import REPORTED
from portal.core import auditing
from portal.core.extension_points import gather
from portal.core.models import ConsentRecord
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from tests.events.techmart.living import letters
from tests.factories.accounts import UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer, stored, supplier
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db

FACTS = {"kind": "wrong", "text": "Giá ghi trong bài thấp hơn giá đơn vị báo."}
READER = "ban.doc@example.org"


def address(market: MarketPage, record: Any) -> str:
    return problem_address(market, record, market.get_url() or "")


def send(client: Client, market: MarketPage, record: Any, **more: Any) -> Any:
    return client.post(address(market, record), {**FACTS, **more})


def report(record: Any = None, **more: Any) -> ProblemReport:
    return reporting.report(record or offer(), FACTS["kind"], FACTS["text"], **more)


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_anybody_reports_a_problem_on_any_record(
    make: Any, market: MarketPage, client: Client, officer: Any
) -> None:
    record = make()
    assert page_of(client.get(address(market, record))).select_one("form [name=text]")
    response = send(client, market, record)
    assert response.status_code == 302
    made = ProblemReport.objects.get()
    assert (made.record, made.user, made.email, made.consent) == (record, None, "", None)
    receipt = client.get(response["Location"])
    assert made.code in words(page_of(receipt))
    assert "no-store" in receipt["Cache-Control"]
    assert len(letters(officer, REPORTED)) == 1
    assert auditing.history(made).first().action == "techmart.reported"


def test_the_owner_is_not_told_who_reported(market: MarketPage, client: Client) -> None:
    record = offer()
    send(client, market, record, email=READER, consent="on")
    assert not letters(owner_of(record.standing.organisation), REPORTED)


def test_whoever_leaves_an_address_agrees_and_reads_the_answer(
    market: MarketPage, client: Client, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    record = offer()
    response = send(client, market, record, email=READER)
    assert page_of(response, 422).select_one("#id_consent_error")
    assert not ProblemReport.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, market, record, email=READER, consent="on")
    made = ProblemReport.objects.get()
    assert made.consent == ConsentRecord.objects.get(subject_email=READER)
    with django_capture_on_commit_callbacks(execute=True):
        reporting.deal_with(made, officer, "Đơn vị đã sửa lại giá.")
    theirs = [one for one in mail.outbox if one.to == [READER]]
    assert len(theirs) == 2
    assert "Đơn vị đã sửa lại giá." in theirs[1].body
    assert "Đơn vị đã sửa lại giá." in words(page_of(client.get(response["Location"])))


def test_a_program_falls_into_the_trap(market: MarketPage, client: Client) -> None:
    assert send(client, market, offer(), website="http://spam.example").status_code == 422
    assert not ProblemReport.objects.exists()


def test_too_many_from_one_network_wait(market: MarketPage, client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"techmart_report": "2/h/ip"}
    record = offer()
    for _number in range(2):
        assert send(client, market, record).status_code == 302
    page = page_of(send(client, market, record), 422)
    assert page.select_one(".error-summary")
    assert FACTS["text"] in page.select_one("[name=text]").text


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "x"},
        {"kind": ""},
        {"text": ""},
        {"text": "x" * 2001},
        {"text": "\x00"},
        {"email": "x"},
    ],
)
def test_what_is_refused_is_a_page(
    typed: dict[str, str], market: MarketPage, client: Client
) -> None:
    response = send(client, market, offer(), consent="on", **typed)
    assert page_of(response, 422).select_one(".error-summary")
    assert not ProblemReport.objects.exists()


def test_what_is_not_public_is_not_there(market: MarketPage, client: Client) -> None:
    draft = offer(live=False)
    assert client.get(address(market, draft)).status_code == 404
    assert send(client, market, draft).status_code == 404
    with pytest.raises(Refused) as refused:
        report(draft)
    assert refused.value.code == "not_public"
    for path in ("x/may/bao-sai/", "cong-nghe/khong-co/bao-sai/", "chuyen-gia/may/bao-sai/"):
        assert client.get(f"{market.get_url()}{path}").status_code == 404


def test_a_receipt_belongs_to_its_record(market: MarketPage, client: Client) -> None:
    made, other = report(), offer(title="Nồi sấy")
    assert client.get(f"{address(market, other)}{made.key}/").status_code == 404
    stored(made.record).unpublish()
    assert client.get(f"{address(market, made.record)}{made.key}/").status_code == 200


def test_an_anonymous_owner_stands_on_neither_page(market: MarketPage, client: Client) -> None:
    record = offer(anonymous=True)
    name = str(record.standing.organisation)
    assert name not in client.get(address(market, record)).content.decode()
    response = send(client, market, record)
    assert name not in client.get(response["Location"]).content.decode()


# Officers -------------------------------------------------------------------------------------


def test_officers_decide_and_take_up_again(officer: Any, client: Client) -> None:
    made = report()
    client.force_login(officer)
    inbox = reverse("techmart_trust:problems")
    screen = reverse("techmart_trust:problem", args=[made.pk])
    assert made.code in words(page_of(client.get(inbox)))
    page = page_of(client.post(screen, {"act": "unfounded", "answer": " "}), 422)
    assert page.select_one("#id_answer_error")
    client.post(screen, {"act": "unfounded", "answer": "Giá đúng như đã ghi."})
    made.refresh_from_db()
    assert (made.state, made.handled_by) == ("unfounded", officer)
    assert not page_of(client.get(inbox)).select("tbody tr")
    assert len(page_of(client.get(inbox, {"state": "unfounded"})).select("tbody tr")) == 1
    client.post(screen, {"act": "take_up"})
    made.refresh_from_db()
    assert (made.state, made.answer) == ("new", "")
    assert [one.action for one in auditing.history(made)] == [
        "techmart.report_taken_up",
        "techmart.report_unfounded",
        "techmart.reported",
    ]


def test_two_officers_do_not_decide_one_report_twice(officer: Any) -> None:
    made = report()
    same = ProblemReport.objects.get()
    reporting.deal_with(made, officer, "Đã sửa.")
    with pytest.raises(StaleState):
        reporting.call_unfounded(same, officer, "Không sai.")


def test_directors_read_and_do_not_decide(client: Client) -> None:
    made, director = report(), UserFactory(director=True)
    client.force_login(director)
    screen = reverse("techmart_trust:problem", args=[made.pk])
    assert not page_of(client.get(screen)).select_one("[name=answer]")
    client.post(screen, {"act": "dealt", "answer": "Đã sửa."})
    made.refresh_from_db()
    assert made.state == "new"


def test_one_task_for_all_reports(officer: Any) -> None:
    address = reverse("techmart_trust:problems")
    record = offer()
    for _number in range(2):
        report(record)
    [task] = [one for one in gather("portal_tasks", officer) if one.url == address]
    assert task.count == 2
    for made in ProblemReport.objects.all():
        reporting.deal_with(made, officer, "Đã sửa.")
    assert address not in [one.url for one in gather("portal_tasks", officer)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"state": "dealt"},
        {"state": "lost"},
        {"kind": "x"},
        {"email": READER},
        {"offer": None},
    ],
)
def test_the_database_holds_reports_together(wrong: dict[str, Any]) -> None:
    facts = {**FACTS, "offer": offer(), "code": "BS2026-0001", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemReport.objects.create(**facts)


INBOX_QUERIES = 13


@pytest.mark.parametrize("count", [1, 5])
def test_the_inbox_costs_the_same(
    count: int, officer: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        report(offer())
        report(expert())
    client.force_login(officer)
    address = reverse("techmart_trust:problems")
    client.get(address)
    with django_assert_max_num_queries(INBOX_QUERIES):
        assert len(page_of(client.get(address)).select("tbody tr")) == 2 * count
