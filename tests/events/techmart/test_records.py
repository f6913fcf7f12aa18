"""Records of the market, from a first draft to the public; what an old draft never brings back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from events.techmart.economics import payback_months, yearly_benefit
from events.techmart.models import Demand, Expert, Freshness, Offer, Supplier, Verification
from events.techmart.models.shared import HIDDEN_AFTER, confirmed_for
from events.techmart.reviewing import missing, send
from events.techmart.writing import save_draft
from portal.core import clock
from portal.core.verdicts import Refused
from portal.pages.owned_records import Where, draft_of, where
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer, stored, supplier, word, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_a_record_is_public_once_an_officer_approved_it(make: Any) -> None:
    draft = make(live=False)
    assert where(draft) is Where.DRAFT
    assert not type(draft).objects.public().exists()
    public = make()
    assert list(type(public).objects.public()) == [public]
    assert public.standing.freshness() is Freshness.CONFIRMED
    assert public.standing.declared_at


def test_eight_fields_are_enough_for_a_review() -> None:
    bare = Offer(title="Máy")
    assert {name for name, _text in missing(bare)} == {
        *("kind", "problem", "summary", "advantages", "stage", "transfer_forms", "contact_name")
    }
    assert missing(draft_of(offer(live=False))) == []


def test_what_the_owner_has_not_declared_is_not_sent() -> None:
    record = offer(live=False)
    with pytest.raises(Refused) as refused:
        send(record, owner_of(record.standing.organisation), declared=False)
    assert refused.value.code == "not_declared"
    assert where(stored(record)) is Where.DRAFT


def test_members_write_and_owners_send() -> None:
    record = offer(live=False)
    member = MembershipFactory(organisation=record.standing.organisation).user
    draft = draft_of(record)
    draft.title = "Máy băm lá mía hai trục"
    save_draft(draft, stored(record).draft_version, member)
    with pytest.raises(Refused) as refused:
        send(stored(record), member, declared=True)
    assert refused.value.code == "not_owner"
    stranger = UserFactory()
    with pytest.raises(Refused) as refused:
        save_draft(draft_of(stored(record)), stored(record).draft_version, stranger)
    assert refused.value.code == "not_member"


def test_an_old_draft_brings_back_no_fact_of_the_system() -> None:
    record = offer()
    first = record.latest_revision
    type(record.standing).objects.filter(pk=record.standing.pk).update(
        verification=Verification.ASSESSED, verified_at=clock.now(), anonymous=True
    )
    first.publish()
    again = stored(record)
    assert again.standing.verification == Verification.ASSESSED
    assert again.standing.anonymous


@pytest.mark.parametrize(
    ("days", "fresh", "shows"),
    [(0, "confirmed", True), (181, "unconfirmed", True), (211, "hidden", False)],
)
def test_what_nobody_confirms_is_told_and_then_hidden(days: int, fresh: str, shows: bool) -> None:
    record = offer()
    later = record.standing.last_confirmed_at + timedelta(days=days)
    with clock.held_at(later):
        assert stored(record).standing.freshness() == fresh
        assert Offer.objects.public().exists() is shows
    assert confirmed_for() + HIDDEN_AFTER == timedelta(days=210)


def test_an_expert_shows_only_with_consent() -> None:
    person = expert()
    type(person.standing).objects.update(listed_agreed=False)
    assert not Expert.objects.public().exists()


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Offer, {"trl": 10}),
        (Offer, {"price_kind": "fixed"}),
        (Offer, {"price_min": 5}),
        (Offer, {"price_kind": "range", "price_min": 5, "price_max": 5}),
        (Offer, {"investment": -1}),
        (Demand, {"budget_min": 9, "budget_max": 8}),
        (Demand, {"title": ""}),
        (Supplier, {"name": ""}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(model: Any, wrong: dict[str, Any]) -> None:
    make = {Offer: offer, Demand: demand, Supplier: supplier}[model]
    record = make(live=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=record.pk).update(**wrong)


def test_a_word_of_another_list_is_no_answer() -> None:
    record = offer(live=False)
    record.stage = word("ip_status", "bi-quyet")
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert set(refused.value.message_dict) == {"stage"}


def test_codes_and_addresses_do_not_repeat() -> None:
    organisation = OrganisationFactory()
    one, two = offer(organisation), offer(organisation)
    year = clock.today().year
    assert (one.standing.code, two.standing.code) == (f"TN-CN-{year}-0001", f"TN-CN-{year}-0002")
    assert (one.standing.slug, two.standing.slug) == ("may-bam-la-mia", "may-bam-la-mia-2")


def test_an_offer_is_found_by_the_other_words_for_its_crop() -> None:
    record = offer(crops=words("crop", "khoai-mi"))
    assert " san " in stored(record).folded_text


AMOUNTS = st.none() | st.integers(0, 10**13)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_payback_is_the_first_month_in_which_it_is_earned_back(
    investment: int | None, before: int | None, after: int | None, gain: int | None
) -> None:
    months = payback_months(investment, before, after, gain)
    benefit = yearly_benefit(before, after, gain)
    if months is None:
        assert not investment or benefit is None or benefit * 50 < investment
    else:
        assert benefit is not None
        assert benefit * months >= investment * 12
        assert months == 1 or benefit * (months - 1) < investment * 12
