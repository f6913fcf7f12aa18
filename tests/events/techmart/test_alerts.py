"""Saved searches: what is kept, the letters about what is new, and stopping them."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.techmart import alerts, links
from events.techmart.matching import offers_matching
from events.techmart.models import MarketPage, Offer, SavedSearch
from events.techmart.trust_telling import ALERT
from portal.core.verdicts import Refused
from tests.events.techmart.living import at, later, letters, run
from tests.factories.accounts import UserFactory
from tests.factories.core import UnitFactory
from tests.factories.techmart import offer, stored
from tests.reading import page_of
from tests.reading import words as text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(db: None) -> Any:
    return UserFactory()


def kept(person: Any, query: str = "q=băm mía", every: str = "day", **more: Any) -> SavedSearch:
    return at(later(), alerts.save, person, more.get("name", "Máy băm"), query, every)


def public_at(moment: datetime, **facts: Any) -> Offer:
    """An offer that went public for the first time at this moment."""
    record = offer(**facts)
    Offer.objects.filter(pk=record.pk).update(first_published_at=moment)
    type(record.standing).objects.filter(pk=record.standing.pk).update(last_confirmed_at=moment)
    return stored(record)


# What is kept ---------------------------------------------------------------------------------


def test_only_what_the_catalogue_knows_is_kept_in_one_spelling(reader: Any) -> None:
    query = "?utm=x&trl=9&loai=thiet-bi&loai=khong-co&q=  Băm   mía &trl=7&trl=10&page=3"
    search = kept(reader, query)
    assert alerts.parameters_of(search) == {
        "q": ["Băm mía"],
        "loai": ["thiet-bi"],
        "trl": ["7", "9"],
    }
    assert kept(reader, "loai=thiet-bi&q=Băm mía&trl=7&trl=9") == search


@pytest.mark.parametrize(
    "query",
    [
        "",
        "page=2",
        "loai=khong-co",
        "q=%00",
        "trl=999999999999999999999999",
        "dia-ban=%00&dia-ban=9999999",
        "loai=%00",
        "xac-minh=sure",
        "x" * 5000,
    ],
)
def test_what_asks_for_nothing_is_not_kept(query: str, reader: Any) -> None:
    with pytest.raises(Refused) as refused:
        kept(reader, query)
    assert refused.value.code == "nothing_asked"


def test_a_person_keeps_a_handful(reader: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(alerts, "MOST", 2)
    for number in range(2):
        kept(reader, f"q=máy {number}")
    with pytest.raises(Refused) as refused:
        kept(reader, "q=nồi")
    assert refused.value.code == "too_many"


def test_the_same_search_stands_once(reader: Any) -> None:
    search = kept(reader)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(person=reader, name="Khác", query=search.query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bam la mia", True),
        ("q=khoai", False),
        ("loai=thiet-bi", True),
        ("loai=thiet-bi&loai=phan-mem", True),
        ("loai=phan-mem", False),
        ("hinh-thuc=mua-ban-thiet-bi&q=mía", True),
        ("gia=thoa-thuan", True),
        ("gia=duoi-50&gia=50-200", False),
        ("trl=8", True),
        ("trl=7", False),
        ("xac-minh=declared", True),
        ("xac-minh=assessed", False),
    ],
)
def test_what_a_search_finds(query: str, found: bool) -> None:
    record = offer(trl=8)
    assert (record in offers_matching(alerts.read_parameters(query))) == found


def test_a_commune_finds_nobody_who_hides() -> None:
    place = UnitFactory()
    named = offer(unit=place)
    offer(unit=place, anonymous=True)
    assert list(offers_matching(alerts.read_parameters(f"dia-ban={place.pk}"))) == [named]


def test_a_word_that_has_gone_finds_nothing_rather_than_all(reader: Any) -> None:
    search = kept(reader, "loai=phan-mem")
    SavedSearch.objects.filter(pk=search.pk).update(query="loai=bo-di")
    public_at(later(hours=5))
    run(later(days=2))
    assert not letters(reader, ALERT)


# The letters ----------------------------------------------------------------------------------


def test_one_letter_a_day_for_all_searches(reader: Any, market: MarketPage) -> None:
    kept(reader)
    kept(reader, "loai=thiet-bi", name="Thiết bị")
    new = public_at(later(hours=5))
    public_at(later(days=-3), title="Máy băm mía cũ")
    run(later(hours=6))
    assert not letters(reader, ALERT)
    run(later(days=1))
    run(later(days=1, minutes=1))
    run(later(days=2))
    [letter] = letters(reader, ALERT)
    assert new.title in letter.body
    assert f"/{new.standing.slug}/" in letter.body
    assert "Máy băm mía cũ" not in letter.body
    assert "Thiết bị" in letter.body


def test_a_weekly_letter_comes_on_monday(reader: Any) -> None:
    kept(reader, every="week")
    public_at(later(hours=5))
    for days in (1, 2, 6):
        run(later(days=days))
    assert not letters(reader, ALERT)
    run(later(days=7))
    assert len(letters(reader, ALERT)) == 1


def test_nothing_new_is_no_letter(reader: Any) -> None:
    kept(reader)
    public_at(later(hours=5), title="Nồi sấy", problem="x", summary="y", advantages="z")
    run(later(days=1))
    assert not letters(reader, ALERT)


def test_a_letter_names_no_hidden_owner(reader: Any) -> None:
    kept(reader)
    record = public_at(later(hours=5), anonymous=True)
    run(later(days=1))
    [letter] = letters(reader, ALERT)
    assert str(record.standing.organisation) not in letter.body


def test_a_search_on_a_new_day_tells_only_what_is_newer(reader: Any) -> None:
    kept(reader)
    public_at(later(hours=5), title="Máy băm mía một")
    run(later(days=1))
    public_at(later(days=1, hours=5), title="Máy băm mía hai")
    run(later(days=2))
    _first, second = letters(reader, ALERT)
    assert "Máy băm mía một" not in second.body
    assert "Máy băm mía hai" in second.body


# Stopping -------------------------------------------------------------------------------------


def test_the_link_stops_by_a_button(reader: Any, client: Client) -> None:
    search, other = kept(reader), kept(reader, "q=nồi sấy", name="Nồi")
    address = links.stop_address(reader, [search])
    page = page_of(client.get(address))
    assert page.select_one("main form[method=post] button")
    search.refresh_from_db()
    assert search.stopped_at is None
    client.post(address)
    search.refresh_from_db()
    other.refresh_from_db()
    assert search.stopped_at
    assert other.stopped_at is None
    assert not page_of(client.get(address)).select_one("main form")
    public_at(later(hours=5))
    run(later(days=1))
    assert not letters(reader, ALERT)


def test_letters_again_tell_only_what_is_new_from_then_on(reader: Any) -> None:
    search = kept(reader)
    at(later(minutes=1), alerts.stop, [search])
    public_at(later(hours=5))
    at(later(days=3), alerts.resume, search)
    run(later(days=4))
    assert not letters(reader, ALERT)


# The workspace --------------------------------------------------------------------------------


def test_a_search_is_saved_from_the_catalogues_address(reader: Any, client: Client) -> None:
    client.force_login(reader)
    address = reverse("techmart:searches")
    page = page_of(client.get(address, {"q": "q=băm mía&loai=thiet-bi"}))
    name = page.select_one("main [name=name]")["value"]
    assert name.startswith("băm mía · ")
    hidden = page.select_one("main [name=q]")["value"]
    posted = {"q": hidden, "name": name, "every": "week"}
    page = page_of(client.post(address, posted, follow=True))
    assert name in text_of(page)
    assert SavedSearch.objects.get().person == reader


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": " "}, "name"), ({"every": "hour"}, "every"), ({"q": "page=1"}, "")],
)
def test_what_is_refused_keeps_what_was_typed(
    typed: dict[str, str], field: str, reader: Any, client: Client
) -> None:
    client.force_login(reader)
    posted = {"q": "q=mía", "name": "Mía", "every": "day", **typed}
    page = page_of(client.post(reverse("techmart:searches"), posted), 422)
    assert page.select_one(".error-summary")
    assert page.select_one("main [name=q]")["value"] == posted["q"]
    assert not field or page.select_one(f"#id_{field}_error")


def test_a_person_changes_only_their_own(reader: Any, client: Client) -> None:
    search = kept(reader)
    address = reverse("techmart:change_search", args=[search.pk])
    client.force_login(UserFactory())
    assert client.post(address, {"act": "delete"}).status_code == 404
    client.force_login(reader)
    client.post(address, {"act": "stop"})
    search.refresh_from_db()
    assert search.stopped_at
    client.post(address, {"act": "resume"})
    search.refresh_from_db()
    assert search.stopped_at is None
    client.post(address, {"act": "delete"})
    assert not SavedSearch.objects.exists()


PAGE_QUERIES = 12


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same(
    count: int, reader: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        kept(reader, f"q=máy {number}&loai=thiet-bi")
    client.force_login(reader)
    address = reverse("techmart:searches")
    client.get(address)
    with django_assert_max_num_queries(PAGE_QUERIES):
        assert len(page_of(client.get(address)).select(".rows .row")) == count
