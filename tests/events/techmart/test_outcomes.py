"""Memoranda and contracts: recorded, approved by a second person, corrected with history."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client

from events.techmart import outcomes
from events.techmart.models import Outcome
from portal.accounts.models import User
from portal.core import clock
from portal.core.verdicts import Refused
from tests.factories.accounts import UserFactory
from tests.factories.connections import asked, moved_to
from tests.factories.core import pdf
from tests.factories.techmart import word

SignedIn = Callable[[Any], Client]
HOME = "/workspace/market-desk/outcomes/"


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "contract",
        "number": "12/HĐ-2026",
        "signed_on": clock.today(),
        "giver": "Cơ khí An Phát",
        "receiver": "Hợp tác xã Tân Hưng",
        "subject": "Mua hai máy băm lá mía",
        "value": 280_000_000,
        "channel": word("channel", "san"),
        **changes,
    }


def typed(**changes: Any) -> dict[str, Any]:
    return {
        **facts(),
        "value": "280 triệu",
        "signed_on": "20/11/2026",
        "channel": word("channel", "san").pk,
        **changes,
    }


def test_recording_through_the_page(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("negotiating", officer)
    client = signed_in(officer)
    address = f"{HOME}new/?request={request.code}"
    assert str(request.organisation) in client.get(address).content.decode()
    paper = SimpleUploadedFile("hop-dong.pdf", pdf(), "application/pdf")
    answer = client.post(address, typed(evidence=paper, value_public="on"))
    made = Outcome.objects.get()
    assert answer.status_code == 302
    assert (made.value, made.request) == (280_000_000, request)
    evidence = client.get(f"{HOME}{made.key}/evidence/")
    assert evidence.status_code == 200
    assert b"".join(evidence.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert client.get(HOME).status_code == 200
    assert request.events.filter(kind="outcome", note=made.code).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"value": "nhiều"},
        {"value": "9" * 40},
        {"value": "", "value_public": "on"},
        {"signed_on": "31/02/2026"},
        {"signed_on": "01/01/2099"},
        {"giver": "\x00"},
        {"channel": "9" * 30},
        {"kind": "gift"},
    ],
)
def test_bad_facts_are_refused(officer: User, signed_in: SignedIn, change: dict[str, Any]) -> None:
    answer = signed_in(officer).post(f"{HOME}new/", typed(**change))
    assert answer.status_code == 422
    assert not Outcome.objects.exists()


def test_a_second_person_approves(officer: User) -> None:
    made = outcomes.record(facts(), officer)
    with pytest.raises(Refused) as refused:
        outcomes.approve(made, officer, made.version)
    assert refused.value.code == "own_work"
    with pytest.raises(Refused) as refused:
        outcomes.approve(made, UserFactory(editor=True), made.version)
    assert refused.value.code == "not_office"
    assert not Outcome.objects.approved().exists()
    outcomes.approve(made, UserFactory(director=True), made.version)
    assert Outcome.objects.approved().get() == made


def test_the_database_wants_two_people(officer: User) -> None:
    made = outcomes.record(facts(), officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=made.pk).update(approved_at=clock.now(), approved_by=officer)


def test_a_correction_keeps_history_and_asks_for_approval_again(officer: User) -> None:
    made = outcomes.record(facts(), officer)
    other = UserFactory(officer=True)
    outcomes.approve(made, other, made.version)
    outcomes.correct(made, {"value": 250_000_000}, other, reason="Gõ nhầm số", version=made.version)
    assert (made.value, made.approved_at, made.version) == (250_000_000, None, 2)
    kept = made.corrections.get()
    assert kept.before["value"] == {"before": 280_000_000, "after": 250_000_000}
    with pytest.raises(Refused) as refused:
        outcomes.approve(made, other, made.version)
    assert refused.value.code == "own_work"
    outcomes.approve(made, officer, made.version)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "no_reason"),
        ({"version": 99}, "conflict"),
        ({"facts": {}}, "nothing_new"),
    ],
)
def test_corrections_that_are_refused(officer: User, changes: dict[str, Any], code: str) -> None:
    made = outcomes.record(facts(), officer)
    wanted = {"facts": {"number": "13"}, "reason": "Sửa số", "version": 1, **changes}
    with pytest.raises(Refused) as refused:
        outcomes.correct(
            made, wanted["facts"], officer, reason=wanted["reason"], version=wanted["version"]
        )
    assert refused.value.code == code


def test_an_approval_of_an_older_version_does_not_count(officer: User) -> None:
    made = outcomes.record(facts(), officer)
    outcomes.correct(made, {"number": "13"}, officer, reason="Sửa số", version=1)
    with pytest.raises(Refused) as refused:
        outcomes.approve(made, UserFactory(director=True), 1)
    assert refused.value.code == "conflict"


def test_nothing_is_deleted_and_what_is_annulled_counts_nowhere(officer: User) -> None:
    made = outcomes.record(facts(), officer)
    outcomes.annul(made, officer, "Ghi hai lần")
    assert not Outcome.objects.standing().exists()
    assert Outcome.objects.count() == 1
    for act in (
        lambda: outcomes.annul(made, officer, "lần nữa"),
        lambda: outcomes.approve(made, UserFactory(director=True), made.version),
        lambda: outcomes.correct(made, {"number": "9"}, officer, reason="x", version=made.version),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "annulled"
    request = moved_to("accepted", officer)
    outcomes.record(facts(), officer, request=request)
    with pytest.raises(ProtectedError):
        request.delete()


def test_nothing_comes_of_a_request_that_was_not_accepted(officer: User) -> None:
    with pytest.raises(Refused) as refused:
        outcomes.record(facts(), officer, request=asked())
    assert refused.value.code == "not_accepted"


def test_a_day_to_come_is_refused(officer: User) -> None:
    with pytest.raises(Refused) as refused:
        outcomes.record(facts(signed_on=clock.today() + timedelta(days=1)), officer)
    assert refused.value.code == "bad_day"
    with pytest.raises(Refused) as refused:
        outcomes.record(facts(signed_on=date(1900, 1, 1)), officer)
    assert (refused.value.code, refused.value.field) == ("invalid", "signed_on")


def test_directors_approve_on_the_page_and_change_nothing(
    officer: User, signed_in: SignedIn
) -> None:
    made = outcomes.record(facts(), officer)
    client = signed_in(UserFactory(director=True))
    assert client.get(f"{HOME}new/").status_code == 403
    assert client.post(f"{HOME}{made.key}/annul/", {"annul-reason": "x"}).status_code == 403
    client.post(f"{HOME}{made.key}/approve/", {"version": "9" * 60})
    client.post(f"{HOME}{made.key}/approve/", {"version": "\x00"})
    assert not Outcome.objects.approved().exists()
    client.post(f"{HOME}{made.key}/approve/", {"version": str(made.version)})
    assert Outcome.objects.approved().exists()


def test_correcting_and_annulling_on_the_page(officer: User, signed_in: SignedIn) -> None:
    made = outcomes.record(facts(), officer)
    client = signed_in(officer)
    address = f"{HOME}{made.key}/correct/"
    assert "280.000.000" in client.get(address).content.decode()
    changed = typed(number="99", version="1", reason="Sửa số hợp đồng")
    assert client.post(address, changed).status_code == 302
    assert client.post(address, changed).status_code == 422  # an older version
    page = client.get(f"{HOME}{made.key}/").content.decode()
    assert "Sửa số hợp đồng" in page
    assert "12/HĐ-2026" in page
    assert client.post(f"{HOME}{made.key}/annul/", {"annul-reason": ""}).status_code == 422
    assert client.post(f"{HOME}{made.key}/annul/", {"annul-reason": "Trùng"}).status_code == 302
