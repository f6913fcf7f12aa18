"""Registering through the pages: guests, accounts, the link of the mail, the desk."""

import io
import re
from typing import Any

import icalendar
import pypdfium2
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from events.programme.models import Registration, SignUpAnswer
from events.programme.registration import registering
from tests.events.programme.conftest import moment
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.programme import shown
from tests.factories.registration import SignUpFactory, SignUpQuestionFactory, fresh, registered
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

States = Registration.State
DESK_QUERIES, HOME_QUERIES = 12, 10
FACTS = {"name": "Lê Thị Lan", "email": "lan@demo.example", "consent": "on"}


@pytest.fixture
def sign_up() -> Any:
    page = shown(moment("2026-12-05 08:00"), title="Hội thảo chanh", page={"slug": "hoi-thao"})
    return SignUpFactory(event=page.event, capacity=1)


def form_of(sign_up: Any) -> str:
    return reverse("registrations:register", args=[sign_up.event.key])


def own(registration: Registration, name: str = "one") -> str:
    return reverse(f"registrations:{name}", args=[registration.key])


@pytest.fixture
def sent(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_guest_registers_with_a_mailed_code_and_gets_the_ticket(
    sign_up: Any, sent: Any, client: Client
) -> None:
    event = page_of(client.get("/su-kien/hoi-thao/"))
    assert "Còn 1 trên 1 chỗ." in words(event)
    assert words(event.select_one(".page-head .chip")) == "Đang nhận đăng ký"
    assert event.select_one(f"a[href='{form_of(sign_up)}']")
    with sent():
        answer = client.post(form_of(sign_up), FACTS)
    made = Registration.objects.get()
    assert answer.url == own(made)
    page = page_of(client.get(own(made)))
    assert "Mã đã được gửi đến lan@demo.example" in words(page)
    assert not page.select(".ticket")
    wrong = client.post(own(made, "prove"), {"code": "x"})
    assert "Đây không phải mã đã gửi trong thư." in words(page_of(wrong, 422))
    with sent():
        client.post(own(made, "prove"), {"code": mail.outbox[0].subject[:6]})
    page = page_of(client.get(own(made)))
    assert made.code in words(page.select_one(".ticket"))
    # The page of the event says at once that it is full.
    event = page_of(client.get("/su-kien/hoi-thao/"))
    assert words(event.select_one(".page-head .chip")) == "Hết chỗ"
    assert "Vào danh sách chờ" in words(event)


def test_the_ticket_as_pdf_image_and_calendar(sign_up: Any) -> None:
    made = registered(sign_up)
    client = Client()
    document = pypdfium2.PdfDocument(client.get(own(made, "ticket")).content)
    with document:
        text = document[0].get_textpage().get_text_range()
    assert "Hội thảo chanh" in text
    assert made.code in text
    assert client.get(own(made, "image")).content.startswith(b"\x89PNG")
    answer = client.get(own(made, "calendar"))
    [entry] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["UID"] == f"{made.event.key}@127.0.0.1"
    waiting = registered(sign_up)
    for name in ("ticket", "image", "calendar"):
        assert client.get(own(waiting, name)).status_code == 404


def test_wrong_input_is_said_at_its_field_and_nothing_is_lost(sign_up: Any) -> None:
    required = SignUpQuestionFactory(sign_up=sign_up, label="Trồng cây gì?")
    client = Client()
    answer = client.post(
        form_of(sign_up),
        {
            "name": "Lê Thị Lan",
            "email": "khong-phai",
            "phone": "12",
            "support": "Xe lăn",
            f"asked-q{required.pk}": "",
            f"asked-q{required.pk}-version": "0",
        },
    )
    assert answer.status_code == 422
    page = page_of(answer, 422)
    wrong = {one["name"] for one in page.select("[aria-invalid=true]")}
    assert wrong == {*("email", "phone", "support_consent", "consent", f"asked-q{required.pk}")}
    assert page.select_one("[name=name]")["value"] == "Lê Thị Lan"
    assert "Xe lăn" in page.select_one("[name=support]").get_text()
    assert not Registration.objects.exists()


def test_answers_are_changed_through_the_link(sign_up: Any) -> None:
    question = SignUpQuestionFactory(sign_up=sign_up, label="Trồng cây gì?")
    made = registered(sign_up)
    client = Client()
    name = f"asked-q{question.pk}"
    assert client.post(own(made, "answers"), {f"{name}-version": "0"}).status_code == 422
    client.post(own(made, "answers"), {name: "Mãng cầu", f"{name}-version": "0"})
    assert SignUpAnswer.objects.get().text == "Mãng cầu"
    assert page_of(client.get(own(made))).select_one(f"[name='{name}']")["value"] == "Mãng cầu"


def test_somebody_signed_in_registers_at_once(sign_up: Any, signed_in: Any) -> None:
    person = UserFactory(full_name="Trần Văn Mẫu")
    client = signed_in(person)
    page = page_of(client.get(form_of(sign_up)))
    assert page.select_one("[name=email]").has_attr("disabled")
    assert not page.select("[name=organisation]")
    client.post(form_of(sign_up), {"name": "Trần Văn Mẫu", "consent": "on"})
    made = Registration.objects.get()
    assert (made.state, made.person) == (States.CONFIRMED, person)
    assert "Bạn đã đăng ký sự kiện này" in words(page_of(client.get(form_of(sign_up))))
    without = Registration.objects.filter(pk=made.pk)
    for owner in (person, None):  # also what they registered without signing in
        without.update(person=owner)
        listed = words(page_of(client.get(reverse("registrations:mine"))))
        assert "Hội thảo chanh" in listed
    without.update(person=person)
    tasks = words(page_of(client.get(reverse("workspace:home"))))
    assert "Hội thảo chanh" in tasks
    again = client.post(form_of(sign_up), {"name": "Trần Văn Mẫu", "consent": "on"})
    assert "đã đăng ký sự kiện này rồi" in words(page_of(again, 422))


def test_an_organisation_registers_its_people(signed_in: Any) -> None:
    page = shown(moment("2026-12-05 08:00"))
    sign_up = SignUpFactory(event=page.event, most_people=3)
    person = UserFactory()
    company = OrganisationFactory(owner=person)
    client = signed_in(person)
    facts = {"name": "Chủ", "consent": "on", "organisation": company.pk}
    refused = client.post(form_of(sign_up), {**facts, "people": "Nguyễn Thị Hai"})
    assert "Dòng 1: hãy ghi “họ tên, thư điện tử”." in words(page_of(refused, 422))
    people = "Nguyễn Thị Hai, hai@demo.example\n\nLê, Văn Ba, ba@demo.example"
    answer = client.post(form_of(sign_up), {**facts, "people": people})
    names = list(sign_up.registrations.order_by("pk").values_list("name", flat=True))
    assert names == ["Chủ", "Nguyễn Thị Hai", "Lê, Văn Ba"]
    seen = words(page_of(client.get(answer.url)))
    assert "Nguyễn Thị Hai" in seen


def test_a_kept_seat_is_taken_or_given_on(sign_up: Any) -> None:
    first, second, third = (registered(sign_up) for _number in range(3))
    client = Client()
    assert "Hủy đăng ký" in words(page_of(client.get(own(first, "cancel"))))
    client.post(own(first, "cancel"))
    assert "Đang giữ một chỗ cho bạn" in words(page_of(client.get(own(second))))
    assert "Bạn đứng thứ 1" in words(page_of(client.get(own(third))))
    client.post(own(second, "answer_offer"), {"answer": "give"})
    client.post(own(third, "answer_offer"), {"answer": "take"})
    assert [one.state for one in sign_up.registrations.order_by("pk")] == [
        *("cancelled", "cancelled", "confirmed")
    ]
    # What is over cannot be taken once more.
    late = client.post(own(second, "answer_offer"), {"answer": "take"}, follow=True)
    assert "Việc này không còn thực hiện được" in words(page_of(late)) or "Đã hủy" in words(
        page_of(late)
    )


def test_the_online_link_is_only_for_who_has_a_seat(sign_up: Any) -> None:
    sign_up.online_link = "https://hop.demo.example/1"
    sign_up.save(update_fields=["online_link"])
    with_seat, waiting = registered(sign_up), registered(sign_up)
    client = Client()
    assert "hop.demo.example" in client.get(own(with_seat)).content.decode()
    for path in (own(waiting), "/su-kien/hoi-thao/", form_of(sign_up), "/api/v1/events"):
        assert "hop.demo.example" not in client.get(path).content.decode()


def test_an_event_without_a_public_page_takes_no_registrations() -> None:
    assert Client().get(form_of(SignUpFactory())).status_code == 404
    assert Client().get(own(registered(SignUpFactory()))).status_code == 200


def test_many_registrations_from_one_network_are_asked_to_wait(sign_up: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"event_registration": "1/h/ip"}
    cache.clear()
    client = Client()
    assert client.post(form_of(sign_up), FACTS).status_code == 302
    answer = client.post(form_of(sign_up), {**FACTS, "email": "b@demo.example"})
    assert "Hãy thử lại sau" in words(page_of(answer, 422))


# The desk -------------------------------------------------------------------------------------


@pytest.fixture
def desk(signed_in: Any) -> Client:
    client: Client = signed_in(UserFactory(front_desk=True, full_name="Võ Ngọc Lan"))
    return client


def at_desk(name: str, *args: Any) -> str:
    return reverse(f"event_desk:{name}", args=args)


def test_the_desk_finds_by_name_code_phone_and_mail(sign_up: Any, desk: Client) -> None:
    sign_up.capacity = 9
    sign_up.save(update_fields=["capacity"])
    person = UserFactory(full_name="Đặng Thị Mường", email="muong@demo.example")
    made = registered(sign_up, person=person, phone="+84912345678")
    registered(sign_up)
    for query in ("dang muong", made.code.lower(), "0912 345", "MUONG@demo"):
        page = page_of(desk.get(at_desk("event", sign_up.event.key), {"q": query}))
        assert [words(one) for one in page.select(".desk-person__name")] == ["Đặng Thị Mường"]
    none = page_of(desk.get(at_desk("event", sign_up.event.key), {"q": "không ai"}))
    assert "Không tìm thấy ai" in words(none)


def test_a_scanned_ticket_lets_in_once(sign_up: Any, desk: Client, at: Any) -> None:
    made = registered(sign_up)
    page = page_of(Client().get(own(made)))
    assert page.select_one(".ticket__qr svg")
    at("2026-12-05 07:45")
    ticket = at_desk("ticket", made.code)
    typed = desk.post(
        at_desk("look_up", sign_up.event.key), {"code": f"https://cong.example{ticket}"}
    )
    assert typed.url == ticket
    assert "Vé hợp lệ" in words(page_of(desk.get(ticket)))
    desk.post(at_desk("admit", made.code), {"from": "ticket"})
    again = desk.post(at_desk("admit", made.code), {"from": "ticket"}, follow=True)
    seen = words(page_of(again))
    assert "đã vào từ trước" in seen
    assert "Vé này đã dùng 07:45 05/12/2026, người đón: Võ Ngọc Lan" in seen
    assert desk.get(at_desk("counts", sign_up.event.key)).json() == {"registered": 1, "here": 1}
    desk.post(at_desk("take_back", made.code))
    assert desk.get(at_desk("counts", sign_up.event.key)).json()["here"] == 0
    unknown = desk.post(at_desk("look_up", sign_up.event.key), {"code": "XXXX"}, follow=True)
    assert "Không có vé nào của sự kiện này mang mã này." in words(page_of(unknown))


def test_walk_ins_are_written_down(sign_up: Any, desk: Client, at: Any) -> None:
    at("2026-12-05 08:10")
    address = at_desk("walk_in", sign_up.event.key)
    wrong = desk.post(address, {"name": "Bà Tư", "email": ""})
    assert page_of(wrong, 422).select_one("[name=name]")["value"] == "Bà Tư"
    desk.post(address, {"name": "Bà Tư", "email": "tu@demo.example"})
    assert sign_up.registrations.get().attended_at == moment("2026-12-05 08:10")
    full = desk.post(address, {"name": "Ông Năm", "email": "nam@demo.example"})
    assert "Đã hết chỗ." in words(page_of(full, 422))


def test_officers_approve_and_decline_at_the_desk(sign_up: Any, signed_in: Any) -> None:
    sign_up.needs_approval = True
    sign_up.save(update_fields=["needs_approval"])
    first, second = registered(sign_up), registered(sign_up)
    officer = signed_in(UserFactory(officer=True))
    tasks = words(page_of(officer.get(reverse("workspace:home"))))
    assert "2 đăng ký chờ duyệt" in tasks
    answer = officer.post(at_desk("approve", first.code), {"view": "pending"})
    assert answer.url.endswith("?view=pending")
    officer.post(at_desk("decline", second.code), {"reason": "Đã đủ đối tượng."})
    assert [one.state for one in sign_up.registrations.order_by("pk")] == ["confirmed", "declined"]


def test_the_list_as_a_spreadsheet(sign_up: Any, signed_in: Any) -> None:
    question = SignUpQuestionFactory(sign_up=sign_up, label="Trồng cây gì?")
    made = registered(sign_up, support="Xe lăn")
    Registration.objects.filter(pk=made.pk).update(name="=1+1")
    SignUpAnswer.objects.create(registration=made, question=question, text="Mãng cầu")
    answer = signed_in(UserFactory(director=True)).get(at_desk("excel", sign_up.event.key))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    heads, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    told = dict(zip(heads, row, strict=True))
    assert told["Trồng cây gì?"] == "Mãng cầu"
    assert told["Họ và tên"] == "'=1+1"
    assert "Xe lăn" not in str(row)


@pytest.mark.parametrize("count", [1, 40])
def test_the_desk_costs_the_same_with_many(
    sign_up: Any, desk: Client, count: int, django_assert_num_queries: Any
) -> None:
    held = fresh(sign_up)
    held.capacity = 100
    held.save(update_fields=["capacity"])
    for _number in range(count):
        registered(sign_up, support="Xe lăn")
        SignUpFactory()
    for address, queries in (
        (at_desk("event", sign_up.event.key), DESK_QUERIES),
        (at_desk("home"), HOME_QUERIES),
    ):
        desk.get(address)
        with django_assert_num_queries(queries):
            assert desk.get(address).status_code == 200


def test_the_code_of_a_registration_is_no_address_of_it(sign_up: Any) -> None:
    """Whoever reads a ticket over somebody's shoulder learns nothing by its code."""
    made = registered(sign_up)
    answer = Client().get(at_desk("ticket", made.code))
    assert answer.status_code == 302
    assert re.match(r"/accounts/login/", answer.url)
    assert registering.is_invited(sign_up, made.email) is False
