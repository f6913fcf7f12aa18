"""Certificates: only for those who came, numbered, checked by anybody, taken back with a reason."""

from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.programme.models import Certificate, Registration
from events.programme.registration import admitting, certifying
from portal.accounts.models import User
from portal.core.verdicts import Refused
from tests.events.programme.conftest import moment
from tests.factories.accounts import UserFactory
from tests.factories.registration import SignUpFactory, certified, fresh, registered
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def over(officer: User, at: Any) -> Any:
    """An event that is over: two came, one did not."""
    sign_up = SignUpFactory(
        event__starts=moment("2026-12-05 08:00"), event__title="Tập huấn mã vạch"
    )
    people = [
        registered(sign_up, person=UserFactory(full_name=name))
        for name in ("Trần Thị Út", "Đặng Văn Ba", "Lê Không Đến")
    ]
    at("2026-12-05 07:50")
    for one in people[:2]:
        admitting.admit(Registration.objects.drawn().get(pk=one.pk), by=officer)
    at("2026-12-06 09:00")
    return fresh(sign_up)


def check(code: str, status: int = 200) -> str:
    return words(page_of(Client().get(reverse("certificates:one", args=[code])), status))


def test_only_those_who_came_get_one_numbered_without_gaps(
    over: Any, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = certifying.issue(over, by=officer)
    assert [one.number for one in made] == ["CN-2026-0001", "CN-2026-0002"]
    assert {one.name for one in made} == {"Trần Thị Út", "Đặng Văn Ba"}
    assert len(mail.outbox) == 2
    assert made[0].number in mail.outbox[0].body
    with pytest.raises(Refused) as refused:
        certifying.issue(over, by=officer)
    assert refused.value.code == "nobody"
    assert Certificate.objects.count() == 2


def test_not_before_the_end_and_not_by_others(over: Any, officer: User, at: Any) -> None:
    for role in ({"front_desk": True}, {"editor": True}, {"director": True}, {}):
        with pytest.raises(Refused):
            certifying.issue(over, by=UserFactory(**role))
    at("2026-12-05 10:59")
    with pytest.raises(Refused) as refused:
        certifying.issue(over, by=officer)
    assert refused.value.code == "too_early"
    over.event.called_off_because = "Bão."
    with pytest.raises(Refused) as refused:
        certifying.issue(over, by=officer)
    assert refused.value.code == "called_off"
    assert not Certificate.objects.exists()


def test_anybody_checks_it_and_a_changed_number_is_refused() -> None:
    made = certified()
    assert "Chứng nhận này hợp lệ" in check(made.code)
    assert made.name in check(made.code)
    first, last = made.check_letters[0], made.check_letters[-1]
    other_letters = made.check_letters[:-1] + ("2" if last != "2" else "3")
    for wrong in (
        made.number,
        f"{made.number[:-1]}9-{made.check_letters}",
        f"{made.number}-{other_letters}",
        f"{made.number}-{made.check_letters[1:]}",
        f"{made.number}-{first}",
        "x",
    ):
        text = check(wrong, 404)
        assert "Không có chứng nhận nào mang số này" in text
        assert made.name not in text
    typed = Client().get(reverse("certificates:check"), {"so": f" {made.code.lower()} "})
    assert typed.url == reverse("certificates:one", args=[made.code])
    unknown = Client().get(reverse("certificates:check"), {"so": "CN-1"})
    assert "Không có chứng nhận nào mang số này" in words(page_of(unknown))


def test_what_was_printed_stays_though_the_event_is_renamed() -> None:
    made = certified()
    event = made.registration.event
    title, event.title = event.title, "Tên mới"
    event.save()
    assert title in check(made.code)
    assert "Tên mới" not in check(made.code)


def test_one_that_was_taken_back_says_so_and_why(officer: User) -> None:
    made = certified()
    with pytest.raises(Refused) as refused:
        certifying.revoke(made, by=officer, reason=" ")
    assert refused.value.code == "no_reason"
    certifying.revoke(made, by=officer, reason="Ghi sai họ tên.")
    text = check(made.code)
    assert "Chứng nhận này đã bị thu hồi" in text
    assert "Ghi sai họ tên." in text
    own = reverse("registrations:certificate", args=[made.registration.key])
    assert Client().get(own).status_code == 404
    with pytest.raises(Refused) as refused:
        certifying.revoke(made, by=officer, reason="Lần nữa.")
    assert refused.value.code == "revoked"
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(reason="")


def test_the_pdf_is_one_page_of_selectable_vietnamese() -> None:
    made = certified()
    Certificate.objects.filter(pk=made.pk).update(
        name="Nguyễn Thị Thùy Dương", title="Hội thảo giảm hao hụt sau thu hoạch"
    )
    own = reverse("registrations:certificate", args=[made.registration.key])
    with pypdfium2.PdfDocument(Client().get(own).content) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    for told in ("Nguyễn Thị Thùy Dương", "Hội thảo giảm hao hụt sau thu hoạch", made.code):
        assert told in text


def test_the_desk_issues_and_takes_back(over: Any, officer: User, signed_in: Any) -> None:
    client = signed_in(officer)
    address = reverse("event_desk:certificates", args=[over.event.key])
    assert "2 người đã đến và chưa có chứng nhận" in words(page_of(client.get(address)))
    done = client.post(reverse("event_desk:issue", args=[over.event.key]), follow=True)
    assert "Đã cấp 2 chứng nhận." in words(page_of(done))
    made = Certificate.objects.first()
    assert made is not None
    client.post(reverse("event_desk:revoke", args=[made.number]), {"reason": "Cấp nhầm."})
    assert "Cấp nhầm." in words(page_of(client.get(address)))
    seen = page_of(Client().get(reverse("registrations:one", args=[made.registration.key])))
    assert "Cấp nhầm." in words(seen)


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_with_many(
    over: Any, officer: User, signed_in: Any, count: int, django_assert_num_queries: Any, at: Any
) -> None:
    for _number in range(count):
        at("2026-12-01 09:00")
        one = registered(over)
        Registration.objects.filter(pk=one.pk).update(
            attended_at=over.event.starts, admitted_by=officer
        )
    at("2026-12-06 09:00")
    certifying.issue(over, by=officer)
    client = signed_in(officer)
    address = reverse("event_desk:certificates", args=[over.event.key])
    client.get(address)
    with django_assert_num_queries(12):
        assert client.get(address).status_code == 200
