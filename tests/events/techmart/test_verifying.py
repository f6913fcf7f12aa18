"""The ladder of verification: who sets it, what readers see, what a later change does to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.techmart.models import IpRight, Offer, OfferSpec, Verification, VerificationStep
from events.techmart.presenting.trust import ladder_of
from events.techmart.trust_telling import FACTS_CHANGED, VERIFIED, verification_address
from events.techmart.verifying import verify
from events.techmart.writing import save_draft
from portal.core import auditing, clock
from portal.core.extension_points import gather
from portal.core.verdicts import Refused
from portal.pages.owned_records import draft_of
from tests.events.techmart.living import letters
from tests.factories import core as files
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import (
    approve,
    demand,
    expert,
    offer,
    sent,
    stored,
    supplier,
    word,
)
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db

WORDS = {"evidence": "Đã xem bản chính hợp đồng.", "institution": "Sở KH&CN"}


def checked(record: Any, by: Any, level: str = "documents", **more: Any) -> VerificationStep:
    newest = VerificationStep.objects.order_by("-pk").first()
    facts = {**WORDS, "on_day": clock.today(), "seen": newest.pk if newest else 0, **more}
    return verify(record, by, level, **facts)


def changed(record: Any, **facts: Any) -> Any:
    """The owner changes the live record, and an officer approves."""
    owner = owner_of(record.standing.organisation)
    draft = draft_of(stored(record))
    for name, value in facts.items():
        setattr(draft, name, value)
    save_draft(draft, stored(record).draft_version, owner)
    return approve(sent(stored(record), owner))


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_an_officer_raises_the_level_and_readers_see_who_vouches(make: Any, officer: Any) -> None:
    record = make()
    assert not ladder_of(record.standing).vouched
    checked(record, officer)
    standing = stored(record).standing
    assert standing.verification == Verification.DOCUMENTS
    assert standing.verified_by == officer
    ladder = ladder_of(standing)
    assert ladder.vouched
    assert ladder.text.startswith(f"{ladder.label}, ")
    assert ladder.text.endswith(f" {clock.today():%d/%m/%Y}, Sở KH&CN")
    assert [rung.reached for rung in ladder.rungs] == [True, True, False, False]
    assert auditing.history(record).first().action == "techmart.verified"


def test_the_owner_is_told(officer: Any) -> None:
    record = offer()
    checked(record, officer)
    [letter] = letters(owner_of(record.standing.organisation), VERIFIED)
    assert "Sở KH&CN" in letter.body


def test_the_history_keeps_every_step(officer: Any) -> None:
    record = offer()
    checked(record, officer)
    checked(record, officer, "assessed", institution="Trung tâm Kỹ thuật 3")
    checked(record, officer, "declared", evidence="Chứng thư đã bị hủy.", institution="")
    levels = [one.level for one in VerificationStep.objects.all()]
    assert levels == ["declared", "assessed", "documents"]
    standing = stored(record).standing
    assert standing.verification == Verification.DECLARED
    assert standing.verified_at is None
    assert standing.vouched_by == ""
    assert not ladder_of(standing).vouched


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"evidence": " \n "}, "no_evidence"),
        ({"institution": " "}, "no_institution"),
        ({"on_day": None}, "no_day"),
        ({"on_day": clock.today() + timedelta(days=2)}, "future_day"),
        ({"level": "declared"}, "nothing_new"),
        ({"seen": 12345}, "stale"),
        ({"upload": files.upload("a.pdf", b"MZ no paper")}, "wrong_type"),
    ],
)
def test_what_says_too_little_is_refused(facts: dict[str, Any], code: str, officer: Any) -> None:
    record = offer()
    with pytest.raises(Refused) as refused:
        checked(record, officer, **facts)
    assert refused.value.code == code
    assert stored(record).standing.verification == Verification.DECLARED
    assert not VerificationStep.objects.exists()


def test_only_officers_verify_and_nobody_their_own(officer: Any, editor: Any) -> None:
    record = offer()
    for person in (editor, owner_of(record.standing.organisation), UserFactory(director=True)):
        with pytest.raises(Refused) as refused:
            checked(record, person)
        assert refused.value.code == "not_officer"
    MembershipFactory(organisation=record.standing.organisation, user=officer)
    with pytest.raises(Refused) as refused:
        checked(record, officer)
    assert refused.value.code == "own_record"


def test_what_is_not_public_is_not_verified(officer: Any) -> None:
    with pytest.raises(Refused) as refused:
        checked(offer(live=False), officer)
    assert refused.value.code == "not_public"


def test_a_step_is_never_changed_nor_deleted(officer: Any) -> None:
    step = checked(offer(), officer)
    step.evidence = "Khác"
    with pytest.raises(ValidationError):
        step.save()
    with pytest.raises(ValidationError):
        step.delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"evidence": ""},
        {"institution": ""},
        {"on_day": None},
        {"by": None},
        {"level": "sure"},
        {"kind": "guessed"},
        {"demand": True},
        {"offer": None},
        {"kind": "changed"},
    ],
)
def test_the_database_holds_the_history_together(wrong: dict[str, Any], officer: Any) -> None:
    facts: dict[str, Any] = {
        **WORDS,
        "offer": offer(),
        "level_before": "declared",
        "level": "documents",
        "on_day": clock.today(),
        "by": officer,
        **wrong,
    }
    if facts.get("demand"):
        facts["demand"] = demand()
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationStep.objects.create(**facts)


# What changes afterwards ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"title": "Máy băm lá mía hai trục"}, "title"),
        ({"trl": 9}, "trl"),
        ({"specs": [OfferSpec(name="Công suất", value="12", unit="kW")]}, "specs"),
        ({"ip_rights": [IpRight(grant_number="1-0012345")]}, "ip_rights"),
    ],
)
def test_a_change_of_main_facts_is_told_to_readers_and_officers(
    facts: dict[str, Any], name: str, officer: Any
) -> None:
    record = offer()
    checked(record, officer)
    changed(record, **facts)
    standing = stored(record).standing
    assert standing.verification == Verification.DOCUMENTS
    ladder = ladder_of(standing)
    assert ladder.note
    assert ladder.tone == "warn"
    newest = VerificationStep.objects.first()
    assert newest is not None
    assert (newest.kind, newest.changed) == ("changed", [name])
    assert len(letters(officer, FACTS_CHANGED)) == 1
    assert any(task.url == reverse("techmart_trust:changed") for task in tasks(officer))
    # Looked at again and set to the same level: the note goes.
    checked(stored(record), officer)
    assert not ladder_of(stored(record).standing).note
    assert not any(task.url == reverse("techmart_trust:changed") for task in tasks(officer))


def test_other_words_may_be_polished(officer: Any) -> None:
    record = offer()
    checked(record, officer)
    changed(record, summary="Máy băm lá mía ngay tại ruộng.")
    assert not ladder_of(stored(record).standing).note
    assert not letters(officer, FACTS_CHANGED)


def test_the_old_words_put_back_are_what_was_checked(officer: Any) -> None:
    record = offer(trl=7)
    checked(record, officer)
    changed(record, trl=8)
    changed(stored(record), trl=7)
    assert not ladder_of(stored(record).standing).note
    assert len(letters(officer, FACTS_CHANGED)) == 1


def test_what_nobody_vouches_for_changes_freely(officer: Any) -> None:
    changed(offer(), title="Máy khác", stage=word("stage", "mau-thu"))
    assert not VerificationStep.objects.exists()


def tasks(person: Any) -> list[Any]:
    return gather("portal_tasks", person)


# The screen -----------------------------------------------------------------------------------


def screen(client: Client, record: Any) -> str:
    return verification_address(record)


def typed(**more: Any) -> dict[str, Any]:
    day = f"{clock.today():%d/%m/%Y}"
    return {**WORDS, "level": "documents", "on_day": day, "seen": "0", **more}


def test_an_officer_sets_the_level_with_a_paper(client: Client, officer: Any) -> None:
    record = offer()
    client.force_login(officer)
    posted = typed(paper=files.upload("Biên bản.pdf", files.pdf()))
    assert client.post(screen(client, record), posted).status_code == 302
    step = VerificationStep.objects.get()
    assert step.file is not None
    page = page_of(client.get(screen(client, record)))
    assert "Biên bản.pdf" in words(page)
    paper = client.get(reverse("techmart_trust:paper", args=[step.pk]))
    assert paper.status_code == 200
    assert b"".join(paper.streaming_content).startswith(b"%PDF")


def test_nothing_typed_is_lost_when_it_is_refused(client: Client, officer: Any) -> None:
    record = offer()
    client.force_login(officer)
    page = page_of(client.post(screen(client, record), typed(on_day="31/02/2026")), 422)
    assert page.select_one("[name=on_day]")["value"] == "31/02/2026"
    assert WORDS["evidence"] in page.select_one("[name=evidence]").text
    assert page.select_one("#id_on_day_error")


def test_the_list_of_offers_leads_to_the_ladder(client: Client, officer: Any) -> None:
    record = offer()
    client.force_login(officer)
    listing = client.get(reverse("wagtailsnippets_techmart_offer:list"))
    assert verification_address(record) in listing.content.decode()


CHANGED_QUERIES = 13


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_changed_records_costs_the_same(
    count: int, client: Client, officer: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        record = offer()
        Offer.objects.get(pk=record.pk)
        type(record.standing).objects.filter(pk=record.standing.pk).update(
            facts_changed_at=clock.now()
        )
    client.force_login(officer)
    address = reverse("techmart_trust:changed")
    client.get(address)
    with django_assert_max_num_queries(CHANGED_QUERIES):
        assert len(page_of(client.get(address)).select("tbody tr")) == count


HISTORY_QUERIES = 16


@pytest.mark.parametrize("count", [1, 5])
def test_the_history_costs_the_same(
    count: int, client: Client, officer: Any, django_assert_max_num_queries: Any
) -> None:
    record = offer()
    for _number in range(count):
        checked(record, officer, upload=files.upload("a.pdf", files.pdf()))
    client.force_login(officer)
    client.get(screen(client, record))
    with django_assert_max_num_queries(HISTORY_QUERIES):
        client.get(screen(client, record))
