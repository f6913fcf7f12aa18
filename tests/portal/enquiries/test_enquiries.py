"""What people ask the department: received, kept, mailed, answered, counted."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.core.models import ConsentRecord, Notice
from portal.core.verdicts import Refused
from portal.enquiries import answering, asking
from portal.enquiries.models import Enquiry
from tests.factories.accounts import UserFactory
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

TYPED = {
    "full_name": "Trần Thị Hỏi",
    "email": "hoi@demo.example",
    "subject": "Hồ sơ nhóm ba người",
    "text": "Nhóm ba người có cần pháp nhân không?",
    "consent": "on",
}
REQUEST = TYPED | {"address": "Phường Long Hoa, Tây Ninh", "way": "post", "phone": "0912 345 678"}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def send(client: Client, name: str = "ask", **changes: Any) -> Any:
    typed = (REQUEST if name == "request_information" else TYPED) | changes
    return client.post(reverse(f"enquiries:{name}"), typed)


def enquiry(**changes: Any) -> Enquiry:
    facts = {name: value for name, value in TYPED.items() if name != "consent"}
    return asking.ask(Enquiry.Kind.QUESTION, facts | changes, None)


# Asking -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "days", "prefix"),
    [("ask", "question", 5, "CH"), ("request_information", "information", 10, "TT")],
)
def test_anybody_asks_and_gets_a_receipt(
    client: Client,
    name: str,
    kind: str,
    days: int,
    prefix: str,
    at: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    at("2026-11-27 10:00")  # a Friday
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, name)
    kept = Enquiry.objects.get()
    assert (kept.kind, kept.code) == (kind, f"{prefix}2026-0001")
    assert kept.due_on == date(2026, 12, 4 if days == 5 else 11)
    assert response.url == reverse("enquiries:received", args=[kept.key])
    assert kept.code in words(page_of(client.get(response.url)))
    [letter] = mail.outbox
    assert letter.to == ["hoi@demo.example"]
    assert kept.code in letter.subject
    assert kept.consent.text.purpose == asking.PURPOSE
    nobodys = reverse("enquiries:received", args=["00000000-0000-4000-8000-000000000000"])
    assert client.get(nobodys).status_code == 404


def test_who_answers_is_told(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    told = {UserFactory(officer=True), UserFactory(front_desk=True)}
    UserFactory(editor=True)
    send(client)
    assert set(User.objects.filter(notices__kind="enquiry_received")) == told
    notice = Notice.objects.filter(kind="enquiry_received").first()
    assert notice.url == reverse("enquiries_admin:enquiry", args=[Enquiry.objects.get().pk])


@pytest.mark.parametrize("field", ["full_name", "email", "subject", "text", "consent"])
def test_what_is_missing_is_said_and_the_rest_stays(client: Client, field: str) -> None:
    response = send(client, **{field: ""})
    assert response.status_code == 422
    page = page_of(response, 422)
    assert page.select_one(f"#id_{field}_error")
    if field != "text":
        assert TYPED["text"] in page.select_one("textarea[name=text]").text
    assert not Enquiry.objects.exists()


def test_the_consent_is_not_ticked_and_can_be_read(client: Client) -> None:
    page = page_of(client.get(reverse("enquiries:ask")))
    assert not page.select_one("[name=consent]").has_attr("checked")
    link = page.select_one("label[for=id_consent] a")
    assert page_of(client.get(link["href"])).h1


def test_a_program_falls_into_the_trap_and_a_person_reads_why(client: Client) -> None:
    shown = page_of(client.get(reverse("enquiries:ask"))).select_one("[name=website]")
    assert shown["tabindex"] == "-1"
    assert "field--trap" in shown.find_parent(class_="field")["class"]
    response = send(client, website="http://spam.example")
    assert response.status_code == 422
    trap = page_of(response, 422).select_one("[name=website]").find_parent(class_="field")
    assert "field--trap" not in trap["class"]
    assert trap.select_one("#id_website_error")
    assert not Enquiry.objects.exists()


def test_too_many_from_one_network_wait(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"enquiry": "3/h/ip"}
    for _number in range(3):
        assert send(client).status_code == 302
    refused = send(client)
    assert refused.status_code == 422
    assert page_of(refused, 422).select_one(".error-summary")
    assert Enquiry.objects.count() == 3


def test_a_refused_form_costs_nothing_of_the_limit(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"enquiry": "1/h/ip"}
    for _number in range(8):
        send(client, email="not an address")
    assert send(client).status_code == 302


def test_a_signed_in_person_does_not_type_their_name(client: Client) -> None:
    person = UserFactory(full_name="Lý Thị Có Sẵn")
    client.force_login(person)
    page = page_of(client.get(reverse("enquiries:ask")))
    assert page.select_one("[name=full_name]")["value"] == "Lý Thị Có Sẵn"
    send(client)
    assert Enquiry.objects.get().user == person


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "x" * 5001},
        {"subject": "\x00"},
        {"email": "a@b"},
        {"full_name": "x" * 500},
        {"phone": "abc", "address": "Ở đây"},
        {"way": "pigeon"},
    ],
)
def test_bad_input_is_explained(client: Client, typed: dict[str, str]) -> None:
    response = send(client, "request_information", **typed)
    assert response.status_code == 422
    assert page_of(response, 422).select(".field--error")


@given(start=st.dates(date(2020, 1, 1), date(2040, 1, 1)), days=st.integers(0, 60))
def test_working_days_pass_over_weekends(start: date, days: int) -> None:
    end = asking.working_days_after(start, days)
    between = [
        day
        for day in (date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1))
        if day.weekday() < 5
    ]
    assert len(between) == days
    assert days == 0 or end.weekday() < 5


# Answering --------------------------------------------------------------------------------------


def test_an_officer_answers_once_by_mail(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    asked = enquiry()
    officer = UserFactory(officer=True)
    client.force_login(officer)
    address = reverse("enquiries_admin:enquiry", args=[asked.pk])
    assert TYPED["text"] in words(page_of(client.get(address), None))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"act": "answer", "answer": "Không cần pháp nhân."})
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.handled_by) == (
        "answered",
        "Không cần pháp nhân.",
        officer,
    )
    [letter] = mail.outbox
    assert letter.to == ["hoi@demo.example"]
    assert "Không cần pháp nhân." in letter.body
    again = client.post(address, {"act": "answer", "answer": "Khác"}, follow=True)
    assert again.status_code == 200
    asked.refresh_from_db()
    assert asked.answer == "Không cần pháp nhân."


def test_an_empty_answer_is_refused_at_its_field(client: Client) -> None:
    asked = enquiry()
    client.force_login(UserFactory(front_desk=True))
    page = page_of(
        client.post(
            reverse("enquiries_admin:enquiry", args=[asked.pk]), {"act": "answer", "answer": " "}
        ),
        None,
    )
    assert page.select("#id_answer_error, .error-message, .errorlist")
    with pytest.raises(Refused) as refused:
        answering.answer(asked, UserFactory(officer=True), " ")
    assert refused.value.field == "answer"


def test_closing_needs_a_reason_and_can_be_undone(client: Client) -> None:
    asked = enquiry()
    client.force_login(UserFactory(officer=True))
    address = reverse("enquiries_admin:enquiry", args=[asked.pk])
    client.post(address, {"act": "close", "reason": ""})
    asked.refresh_from_db()
    assert asked.state == "waiting"
    client.post(address, {"act": "close", "reason": "Quảng cáo"})
    asked.refresh_from_db()
    assert (asked.state, asked.closed_because) == ("closed", "Quảng cáo")
    client.post(address, {"act": "take_up"})
    asked.refresh_from_db()
    assert (asked.state, asked.handled_by) == ("waiting", None)


@pytest.mark.parametrize("role", ["director", "editor", None])
def test_others_do_not_answer(role: str | None) -> None:
    asked = enquiry()
    person = UserFactory(**{role: True} if role else {})
    for act in (answering.answer, answering.close):
        with pytest.raises(Refused):
            act(asked, person, "Không phải việc của tôi")


def test_the_inbox_shows_what_is_due_first(client: Client, at: Any) -> None:
    at("2026-11-23 10:00")
    late = enquiry(subject="Cũ")
    at("2026-11-27 10:00")
    enquiry(subject="Mới")
    at("2026-12-01 10:00")
    officer = UserFactory(officer=True)
    client.force_login(officer)
    page = page_of(client.get(reverse("enquiries_admin:list")), None)
    rows = [words(row) for row in page.select("tbody tr")]
    assert ["Cũ" in rows[0], "Mới" in rows[1]] == [True, True]
    assert page.select(".office-warn")
    task = page_of(client.get(reverse("workspace:home"))).select_one(
        f'a[href="{reverse("enquiries_admin:list")}"]'
    )
    assert task
    answering.answer(late, officer, "Xong")
    assert len(page_of(client.get(reverse("enquiries_admin:list")), None).select("tbody tr")) == 1


def test_consent_and_enquiry_stay_together() -> None:
    asked = enquiry()
    assert ConsentRecord.objects.get(about=f"enquiry:{asked.code}") == asked.consent
