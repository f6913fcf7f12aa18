"""A need in three fields, a call back, what an officer makes of them, and the service log."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.techmart import needs
from events.techmart.models import Demand, MarketPage, Need
from portal.accounts.models import User
from portal.core import clock
from portal.core.models import ConsentText
from portal.core.verdicts import Refused
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.connections import asked, moved_to, need
from tests.factories.core import UnitFactory
from tests.factories.techmart import expert, offer

SignedIn = Callable[[Any], Client]
VOICED = {"problem": "Ao tràn khi mưa.", "phone": "0912 345 678", "unit": "", "consent": "on"}


def test_a_need_in_three_fields_without_an_account(market: MarketPage, officer: User) -> None:
    unit = UnitFactory(commune=True)
    client = Client()
    assert client.get("/techmart/neu-nhu-cau/").status_code == 200
    answer = client.post("/techmart/neu-nhu-cau/", {**VOICED, "unit": unit.pk})
    voiced = Need.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/da-nhan/{voiced.key}/")
    receipt = client.get(answer["Location"])
    assert voiced.code in receipt.content.decode()
    assert "no-cache" in receipt["Cache-Control"]
    assert "912345678" not in receipt.content.decode()
    assert voiced.unit == unit
    assert voiced.phone.as_e164 == "+84912345678"
    consent = voiced.consent
    assert consent.text == ConsentText.current(needs.PURPOSE)
    assert (consent.channel, consent.about) == ("web", f"need:{voiced.code}")
    assert officer.notices.filter(kind="techmart.need").count() == 1


def test_a_call_back_about_an_offer(market: MarketPage) -> None:
    record = offer()
    address = f"/techmart/goi-lai/?cong-nghe={record.standing.slug}"
    assert str(record) in Client().get(address).content.decode()
    posted = {"phone": "0912345678", "hours": "evening", "consent": "on"}
    assert Client().post(address, posted).status_code == 302
    told = Need.objects.get()
    assert (told.kind, told.offer, told.hours) == ("callback", record, "evening")


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "12"},
        {"phone": "\x00"},
        {"problem": " "},
        {"problem": "x" * 2001},
        {"consent": ""},
        {"website": "http://spam.example"},
        {"unit": "9" * 40},
        {"unit": "abc"},
    ],
)
def test_bad_needs_are_refused_and_nothing_is_lost(
    market: MarketPage, change: dict[str, str]
) -> None:
    answer = Client().post("/techmart/neu-nhu-cau/", {**VOICED, **change})
    assert answer.status_code == 422
    assert ({**VOICED, **change})["phone"].strip("\x00") in answer.content.decode()
    assert not Need.objects.exists()


def test_forms_from_one_network_are_limited(market: MarketPage, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"market_need": "2/h/ip"}
    statuses = [Client().post("/techmart/neu-nhu-cau/", VOICED).status_code for _n in range(3)]
    assert statuses == [302, 302, 422]


def test_the_address_of_a_hidden_offer_tells_nothing(market: MarketPage) -> None:
    draft = offer(live=False, title="Chưa ai được biết")
    for slug in (draft.standing.slug, "khong-co", "%07", "x" * 900):
        answer = Client().get(f"/techmart/goi-lai/?cong-nghe={slug}")
        assert answer.status_code == 200
        assert "Chưa ai được biết" not in answer.content.decode()


def test_a_booth_writes_down_a_need_with_spoken_consent(db: None, signed_in: SignedIn) -> None:
    booth = UserFactory(front_desk=True)
    client = signed_in(booth)
    address = "/workspace/market-desk/needs/new/"
    assert client.get(address).status_code == 200
    assert client.post(address, {**VOICED, "channel": "fair", "consent": ""}).status_code == 422
    assert client.post(address, {**VOICED, "channel": "web"}).status_code == 422
    assert client.post(address, {**VOICED, "channel": "fair", "name": "Chú Bảy"}).status_code == 302
    told = Need.objects.get()
    assert (told.channel, told.entered_by, told.consent.channel) == ("fair", booth, "spoken")
    assert told.consent.subject_name == "Chú Bảy"
    assert client.get(f"/workspace/market-desk/needs/{told.key}/").status_code == 403


def test_strangers_write_down_nothing(db: None, signed_in: SignedIn) -> None:
    client = signed_in(UserFactory())
    assert client.post("/workspace/market-desk/needs/new/", VOICED).status_code == 403
    with pytest.raises(Refused):
        needs.receive("need", {"problem": "x", "phone": "+84912345678"}, by=UserFactory())


def test_an_officer_takes_suggests_and_makes_a_demand(officer: User, signed_in: SignedIn) -> None:
    told, source = need(), offer(title="Xử lý nước thải mì")
    client, base = signed_in(officer), f"/workspace/market-desk/needs/{told.key}/"
    assert str(source) in client.get(base).content.decode()
    client.post(f"{base}take/")
    bad = client.post(f"{base}suggest/", {"suggest-record": "offer-99999999999999999999999"})
    assert bad.status_code == 422
    client.post(f"{base}suggest/", {"suggest-record": f"offer-{source.pk}"})
    read = reverse("wagtailsnippets_techmart_offer:edit", args=[source.pk])
    assert f'href="{read}"' in client.get(base).content.decode()
    told.refresh_from_db()
    assert told.state == "answered"
    assert told.officer == officer
    assert client.post(f"{base}demand/", {"demand-title": ""}).status_code == 422
    made = client.post(f"{base}demand/", {"demand-title": "Xử lý nước thải mùa mưa"})
    assert made.status_code == 302
    demand = Demand.objects.select_related("standing").get()
    told.refresh_from_db()
    assert (told.state, told.demand) == ("demand", demand)
    assert not demand.live
    assert demand.standing.organisation is None
    assert demand.standing.anonymous
    assert str(demand.contact_phone) == str(told.phone)


def test_a_demand_in_the_name_of_the_owner(officer: User) -> None:
    organisation = OrganisationFactory()
    made = needs.become_demand(need(), officer, "Nhu cầu", organisation)
    made.standing.refresh_from_db()
    assert made.standing.organisation == organisation


def test_closing_needs_a_reason_and_can_be_undone(officer: User) -> None:
    told = need()
    with pytest.raises(Refused) as refused:
        needs.close(told, officer, " ")
    assert refused.value.code == "no_reason"
    needs.close(told, officer, "Gọi ba lần không nghe máy")
    needs.take(told, officer)
    assert told.state == "in_hand"
    assert told.closed_because == ""


def test_of_two_officers_one_takes_a_need(officer: User) -> None:
    told = need()
    seen_by_other = Need.objects.get(pk=told.pk)
    needs.take(told, officer)
    with pytest.raises(Refused) as refused:
        needs.take(seen_by_other, UserFactory(officer=True))
    assert refused.value.code == "stale_state"


def test_a_source_is_suggested_once(officer: User) -> None:
    told, source = need(), offer()
    needs.suggest(told, officer, source)
    with pytest.raises(Refused) as refused:
        needs.suggest(told, officer, source)
    assert refused.value.code == "suggested_already"


def test_a_callback_without_words_becomes_no_demand(officer: User) -> None:
    told = needs.receive(Need.Kind.CALLBACK, {"phone": "+84912345678"})
    with pytest.raises(Refused) as refused:
        needs.become_demand(told, officer, "Nhu cầu")
    assert refused.value.code == "no_problem"


def test_the_service_log_counts_what_was_done(officer: User) -> None:
    told = need()
    needs.suggest(told, officer, offer())
    needs.suggest(told, officer, expert())
    moved_to("accepted", officer)
    asked(asker=UserFactory(full_name="Một Người Khác"))
    today = clock.today()
    log = needs.service_log(today, today)
    assert (log.needs, log.sources, log.experts) == (1, 1, 1)
    assert (log.requests, log.passed_on, log.accepted) == (2, 1, 1)
    assert needs.service_log(date(2020, 1, 1), date(2020, 1, 31)).needs == 0
