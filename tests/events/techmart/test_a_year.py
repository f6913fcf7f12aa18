"""A year of the market by the clock: asked, marked, warned, hidden, shown again, nothing twice."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from events.techmart import confirming, due
from events.techmart.models import Demand, Expert, Freshness, Offer, Supplier
from events.techmart.trust_telling import ALERT, CONFIRM
from portal.core import auditing, clock
from tests.events.techmart.living import START, at, confirmed_at, later, letters, run
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer, stored, supplier

pytestmark = pytest.mark.django_db


def days(*numbers: int) -> list[int]:
    return list(numbers)


EVERY_DAY = (range(146, 156), range(178, 184), range(200, 214), range(352, 366))
"""Around what happens the clock runs every day, else every fifth."""


def runs() -> list[int]:
    quiet = range(1, 366, 5)
    return sorted({*quiet, *(day for span in EVERY_DAY for day in span)})


def test_a_year_of_one_organisation(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """One who answers after the third letter, one who never does, each told of their own only."""
    careful, silent = (
        OrganisationFactory(name="Công ty Cẩn Thận"),
        OrganisationFactory(name="Hợp tác xã Im Lặng"),
    )
    owner, quiet = owner_of(careful), owner_of(silent)
    mine = [offer(careful, title="Máy băm"), demand(careful), supplier(careful)]
    theirs = [offer(silent, title="Nồi sấy", anonymous=True)]
    alone = expert(UserFactory())
    for record in (*mine, *theirs, alone):
        confirmed_at(record, START)
    told: dict[int, list[int]] = {owner.pk: [], quiet.pk: []}
    seen: list[tuple[int, str]] = []
    hidden: list[int] = []
    with django_capture_on_commit_callbacks(execute=True):
        for day in runs():
            moment = later(days=day, minutes=day % 7)
            if day == 205:  # between the third letter and the end
                with clock.held_at(moment):
                    address = letters(owner, CONFIRM)[-1].url
                    assert client.get(address).status_code == 200
                    client.post(address, {"act": "all"})
            before = {pk: len(letters(person, CONFIRM)) for pk, person in people(owner, quiet)}
            first = run(moment)
            again = run(moment)
            assert not any(again.values())
            if first["techmart: hidden until confirmed"]:
                hidden.append(day)
            for pk, person in people(owner, quiet):
                if len(letters(person, CONFIRM)) > before[pk]:
                    told[pk].append(day)
            state = stored(mine[0]).standing.freshness(moment)
            if not seen or seen[-1][1] != state:
                seen.append((day, state))
    # Asked 30 days before, marked, warned a week before, hidden; each on the next morning.
    assert told[quiet.pk] == days(151, 181, 204, 211)
    assert told[owner.pk] == days(151, 181, 204, 356)
    assert [state for _day, state in seen] == [
        Freshness.CONFIRMED,
        Freshness.UNCONFIRMED,
        Freshness.CONFIRMED,
    ]
    assert hidden == [211]  # the silent one and the expert, in one run
    end = later(days=365)
    with clock.held_at(end):
        assert list(Offer.objects.public()) == [mine[0]]
        assert list(Demand.objects.public()) == [mine[1]]
        assert list(Supplier.objects.public()) == [mine[2]]
        assert not Expert.objects.public().exists()
    for record in (*theirs, alone):
        actions = [one.action for one in auditing.history(record)]
        assert actions.count("techmart.lapsed") == 1
    for person, foreign in ((owner, "Nồi sấy"), (quiet, "Máy băm")):
        sent = [one for one in mail.outbox if one.to == [person.email]]
        assert len(sent) == len(letters(person, CONFIRM))
        assert all(foreign not in one.body and foreign not in one.subject for one in sent)
    assert not any("Im Lặng" in one.body for one in mail.outbox if one.to == [owner.email])


def people(*those: Any) -> list[tuple[int, Any]]:
    return [(one.pk, one) for one in those]


def test_hidden_twice_in_a_life(django_capture_on_commit_callbacks: Any) -> None:
    record = confirmed_at(offer(), START)
    owner = owner_of(record.standing.organisation)
    noted = []
    for day in range(200, 500, 5):
        if day == 250:
            at(later(days=250), confirming.confirm, stored(record), owner)
        if run(later(days=day))["techmart: hidden until confirmed"]:
            noted.append(day)
    assert noted == days(215, 465)
    assert len(letters(owner, CONFIRM)) == 7


def test_search_forgets_what_is_hidden_and_finds_it_again(monkeypatch: Any) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(confirming, "index_after_commit", lambda things: asked.append(list(things)))
    record = confirmed_at(offer(), START)
    for day in (209, 211, 212, 300):
        run(later(days=day))
    assert asked == [[f"offer:{record.pk}"]]
    owner = owner_of(record.standing.organisation)
    at(later(days=301), confirming.confirm, stored(record), owner)
    assert asked == [[f"offer:{record.pk}"]] * 2


def test_a_second_clock_at_the_same_moment_writes_nothing(monkeypatch: Any) -> None:
    """The other process has claimed the records after this one has read them."""
    record = confirmed_at(offer(), START)
    owner = owner_of(record.standing.organisation)
    moment = later(days=151)
    original = confirming.trust_telling.owners_of

    def meanwhile(organisation: Any) -> list[Any]:
        monkeypatch.setattr(confirming.trust_telling, "owners_of", original)
        run(moment)
        return original(organisation)

    monkeypatch.setattr(confirming.trust_telling, "owners_of", meanwhile)
    run(moment)
    assert len(letters(owner, CONFIRM)) == 1


def test_alerts_and_letters_keep_apart() -> None:
    reader = UserFactory()
    confirmed_at(offer(), START)
    run(later(days=400))
    assert not letters(reader, ALERT)


@pytest.mark.parametrize("count", [1, 5])
def test_a_quiet_minute_costs_the_same(count: int, django_assert_max_num_queries: Any) -> None:
    for _number in range(count):
        confirmed_at(offer(), START)
        confirmed_at(expert(), START)
    run(later(days=160))
    with django_assert_max_num_queries(9), clock.held_at(later(days=160, minutes=1)):
        due.run(clock.now())
