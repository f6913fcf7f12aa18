"""The ledger counts what happened; the public learns totals and nothing of a single deal."""

import io
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from events.techmart import connecting, outcomes
from events.techmart.models import ConnectionRequest, MarketPage, Outcome, Term
from events.techmart.numbers.counting import (
    before,
    ledger,
    quarter_of,
    spreads,
    stock,
    waiting,
    year_before,
)
from events.techmart.numbers.publishing import LEAST, told, totals
from portal.accounts.models import User
from portal.core import clock
from portal.core.periods import Period
from tests.factories.accounts import UserFactory
from tests.factories.connections import asked, moved_to, need, reason
from tests.factories.core import UnitFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, offer, word
from tests.reading import page_of, words

SCREEN = "/workspace/market-desk/numbers/"
SignedIn = Callable[[Any], Client]


def outcome(officer: User, day: date, kind: str = "contract", **facts: Any) -> Outcome:
    return outcomes.record(
        {
            "kind": kind,
            "signed_on": day,
            "giver": "Bên giao",
            "receiver": "Bên nhận",
            "subject": "Máy băm lá mía",
            "channel": word("channel", "san"),
            **facts,
        },
        officer,
    )


def approved(made: Outcome, director: User) -> Outcome:
    outcomes.approve(made, director, made.version)
    return made


# What is kept back --------------------------------------------------------------------------


@given(st.lists(st.integers(0, 12), max_size=8))
def test_no_small_number_can_be_computed(counts: list[int]) -> None:
    shown = told(counts)
    hidden = [count for count, cell in zip(counts, shown.cells, strict=True) if cell is None]
    for count, cell in zip(counts, shown.cells, strict=True):
        assert cell is None or cell == count
        assert not (0 < count < LEAST and cell is not None)
    # A total beside hidden cells would let whoever knows the rule work them out.
    assert shown.total == (None if hidden else sum(counts))


@given(st.lists(st.integers(LEAST, 40), max_size=8))
def test_large_numbers_and_noughts_are_all_told(counts: list[int]) -> None:
    with_nought = [*counts, 0]
    assert list(told(with_nought).cells) == with_nought
    assert told(with_nought).total == sum(counts)


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ([9, 3, 7], [9, None, 7], None),
        ([5, 4, 4], [5, None, None], None),
        ([9, 0, 7], [9, 0, 7], 16),
        ([3], [None], None),
        ([3, 0], [None, 0], None),
    ],
)
def test_what_is_kept_back(counts: list[int], cells: list[int | None], total: int | None) -> None:
    shown = told(counts)
    assert list(shown.cells) == cells
    assert shown.total == total


# Periods ------------------------------------------------------------------------------------


@given(st.dates(date(2001, 1, 1), date(2190, 1, 1)))
def test_quarters_follow_each_other(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter_of(quarter.last + timedelta(days=1)).first == quarter.last + timedelta(days=1)
    assert before(quarter).last == quarter.first - timedelta(days=1)
    assert year_before(quarter).first == quarter.first.replace(year=quarter.first.year - 1)


def test_a_leap_day_a_year_before() -> None:
    assert year_before(Period(date(2028, 2, 29), date(2028, 3, 1))).first == date(2027, 2, 28)


# The ledger ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_step_counts_in_the_period_in_which_it_was_taken(officer: User) -> None:
    today = clock.today()
    with clock.held_at(clock.now() - timedelta(days=20)):
        early = asked(offer(title="Máy một"), UserFactory(full_name="Người Một"))
    with clock.held_at(clock.now() - timedelta(days=18)):
        connecting.receive(early, officer)
        connecting.pass_on(early, officer, words="Một hợp tác xã hỏi.", presented_as="Hợp tác xã")
    connecting.accept(early, owner_of(early.record.standing.organisation))
    declined = moved_to("passed_on", officer, offer(title="Máy hai"), UserFactory())
    connecting.decline(
        declined, owner_of(declined.record.standing.organisation), reason("decline_reason")
    )
    failed = moved_to("in_contact", officer, offer(title="Máy ba"), UserFactory())
    connecting.fail(failed, officer, reason("failure_reason"))
    need()
    first = approved(outcome(officer, today, value=90_000_000), UserFactory(director=True))
    outcome(officer, today, "memorandum")
    outcomes.annul(outcome(officer, today, value=1), officer, "ghi nhầm")
    outcome(officer, today - timedelta(days=19), value=5_000_000)

    now = ledger(Period(today - timedelta(days=2), today))
    assert (now.needs, now.asked, now.passed_on) == (1, 2, 2)
    assert (now.accepted, now.declined, now.failed) == (2, 1, 1)
    assert [(term.slug, count) for term, count in now.declines] == [("khac", 1)]
    assert [(term.slug, count) for term, count in now.failures] == [("khac", 1)]
    contracts = now.contracts
    assert (contracts.approved, contracts.open, contracts.value) == (1, 0, first.value)
    assert (now.memoranda.approved, now.memoranda.open) == (0, 1)
    assert [count for _term, count in now.channels] == [2]
    then = ledger(Period(today - timedelta(days=25), today - timedelta(days=10)))
    assert (then.asked, then.passed_on, then.accepted) == (1, 1, 0)
    assert then.days_to_pass_on == pytest.approx(2, abs=0.01)
    assert (then.contracts.open, then.contracts.value, then.contracts.value_open) == (
        *(1, 0),
        5_000_000,
    )
    # Counted once more, from the rows instead of the log.
    rows = list(ConnectionRequest.objects.all())
    assert now.asked + then.asked == len(rows)
    assert now.accepted + then.accepted == sum(one.opened_at is not None for one in rows)
    assert now.failed + then.failed == sum(one.state == "failed" for one in rows)


@pytest.mark.django_db
def test_what_is_approved_is_never_added_to_what_is_not(officer: User) -> None:
    director = UserFactory(director=True)
    today = clock.today()
    approved(outcome(officer, today, value=1_000_000, value_public=True), director)
    approved(outcome(officer, today, value=20_000_000), director)
    outcome(officer, today, value=300_000_000, value_public=True)
    outcome(officer, today)
    contracts = ledger(Period(today, today)).contracts
    assert (contracts.approved, contracts.open, contracts.unvalued) == (2, 2, 1)
    assert (contracts.value, contracts.value_public) == (21_000_000, 1_000_000)
    assert contracts.value_open == 300_000_000


@pytest.mark.django_db
def test_what_waits_at_the_desk_now(officer: User) -> None:
    asked(offer(title="Máy một"), UserFactory())
    late = asked(offer(title="Máy hai"), UserFactory())
    type(late).objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=1))
    moved_to("passed_on", officer, offer(title="Máy ba"), UserFactory())
    failed = moved_to("in_contact", officer, offer(title="Máy bốn"), UserFactory())
    connecting.fail(failed, officer, reason("failure_reason"))
    overdue = need()
    type(overdue).objects.filter(pk=overdue.pk).update(due_on=clock.today() - timedelta(days=1))
    need()
    now = waiting()
    assert {state: count for state, count in now.states.items() if count} == {
        "new": 2,
        "passed_on": 1,
    }
    assert not set(now.states) & set(ConnectionRequest.ENDED)
    assert (now.late, now.needs, now.needs_late) == (1, 2, 1)


@pytest.mark.django_db
def test_public_records_by_field_crop_and_commune() -> None:
    cassava, rice = word("crop", "khoai-mi"), word("crop", "lua")
    unit = UnitFactory()
    offer(title="Hai cây", unit=unit, crops=[cassava, rice])
    offer(title="Một cây", crops=[cassava])
    offer(title="Nháp", crops=[cassava], unit=unit, live=False)
    demand(title="Cần máy", crops=[cassava], unit=unit)
    found = {one.name: one.rows for one in spreads()}
    assert found["crops"] == [(cassava, 2, 1), (rice, 1, 0)]
    assert found["unit"] == [(unit, 1, 1)]


@pytest.mark.django_db
def test_what_stands_now(settings: Any) -> None:
    offer(title="Công khai")
    offer(title="Nháp", live=False)
    old = offer(title="Cũ")
    standings = type(old.standing)._base_manager
    lapsed = clock.now() - timedelta(days=settings.TECHMART_CONFIRMED_DAYS + 5)
    standings.filter(pk=old.standing.pk).update(last_confirmed_at=lapsed)
    demand()
    offers, demands, *_others = stock()
    assert (offers.shown, offers.drafts, offers.in_review) == (2, 1, 0)
    assert (offers.unconfirmed, offers.hidden) == (1, 0)
    assert offers.levels["declared"] == 2
    assert demands.shown == 1
    hidden = lapsed - timedelta(days=40)
    standings.filter(pk=old.standing.pk).update(last_confirmed_at=hidden)
    assert (stock()[0].shown, stock()[0].hidden) == (1, 1)


# Screens ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_officers_and_directors_read_it_and_take_it_along(
    site: object, officer: User, signed_in: SignedIn
) -> None:
    outcome(officer, clock.today(), value=90_000_000)
    for reader in (officer, UserFactory(director=True)):
        client = signed_in(reader)
        page = page_of(client.get(SCREEN))
        assert "90.000.000" in words(page)
        assert len(page.select("a[href*='?from=']")) >= 5
    today = clock.today()
    asked_for = f"?from={today - timedelta(days=3):%Y-%m-%d}&until={today:%Y-%m-%d}"
    assert "90.000.000" in words(page_of(signed_in(officer).get(f"{SCREEN}{asked_for}")))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


@pytest.mark.django_db
def test_excel_holds_every_number_of_the_screen(
    site: object, officer: User, signed_in: SignedIn
) -> None:
    approved(outcome(officer, clock.today(), value=90_000_000), UserFactory(director=True))
    failed = moved_to("in_contact", officer, offer(title="Máy"), UserFactory())
    connecting.fail(failed, officer, reason("failure_reason"))
    client = signed_in(officer)
    shown = [
        [words(cell) for cell in row.find_all(["th", "td"])]
        for row in page_of(client.get(SCREEN)).select("tbody tr")
    ]
    held = [row for rows in sheets(client.get(f"{SCREEN}excel/").content).values() for row in rows]
    kept: dict[str, list[list[float]]] = defaultdict(list)
    for label, *values in held:
        kept[label].append([value for value in values if isinstance(value, int | float)])
    assert len(shown) >= 30
    for label, *cells in shown:
        read = [number(cell) for cell in cells if cell != "–"]
        assert pytest.approx(read, abs=0.05) in kept[label], label
    assert kept["Giá trị hợp đồng đã duyệt"][0][0] == 90_000_000
    entry = ModelLogEntry.objects.get(action="techmart.numbers_exported")
    assert entry.data["file"] == "excel"


def number(cell: str) -> float:
    """What a reader of the screen reads: 90.000.000 ₫, 2,5 or 7."""
    return float(re.sub(r"[.₫\s]", "", cell).replace(",", "."))


@pytest.mark.django_db
def test_a_word_of_the_office_is_no_formula(
    site: object, officer: User, signed_in: SignedIn
) -> None:
    Term.objects.filter(list="channel", slug="san").update(label='=HYPERLINK("http://x","y")')
    outcome(officer, clock.today())
    rows = sheets(signed_in(officer).get(f"{SCREEN}excel/").content)
    labels = [row[0] for one in rows.values() for row in one if row[0]]
    assert any("HYPERLINK" in label for label in labels)
    assert not [label for label in labels if label.startswith("=")]


@pytest.mark.django_db
def test_one_page_of_paper_for_the_director(
    site: object, officer: User, signed_in: SignedIn
) -> None:
    director = UserFactory(director=True)
    approved(outcome(officer, clock.today(), value=90_000_000), director)
    client = signed_in(director)
    link = page_of(client.get(SCREEN)).select_one("a[href*='one-page']")
    assert link is not None
    response = client.get(str(link["href"]))
    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(response.content)
    try:
        assert len(document) == 1
        text = " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()
    assert "90.000.000" in text
    assert "Giá trị hợp đồng đã duyệt" in text
    assert client.get(f"{SCREEN}one-page/?from=x").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["from=x", "from=2026-12-31&until=2026-01-01", "from=0001-01-01", "until=9999-12-31"]
)
def test_a_period_that_is_none_is_said(
    site: object, officer: User, signed_in: SignedIn, query: str
) -> None:
    client = signed_in(officer)
    assert page_of(client.get(f"{SCREEN}?{query}")).select_one(".notice--warn")
    assert client.get(f"{SCREEN}excel/?{query}").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 6])
def test_the_numbers_cost_the_same(
    site: object,
    officer: User,
    signed_in: SignedIn,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(count):
        asked(offer(title=f"Máy {number}"), UserFactory())
        outcome(officer, clock.today())
    client = signed_in(officer)
    client.get(SCREEN)
    with django_assert_num_queries(SCREEN_QUERIES):
        assert client.get(SCREEN).status_code == 200


SCREEN_QUERIES = 51
"""Ten at most for each of three periods, eighteen for what stands now, the frame of the desk."""


@pytest.mark.django_db
def test_the_public_reads_approved_totals_only(market: MarketPage, officer: User) -> None:
    director = UserFactory(director=True)
    today = clock.today()
    client = Client()
    address = "/techmart/ket-qua/"
    assert "Chưa có kết quả" in words(page_of(client.get(address)))
    for _number in range(6):
        approved(outcome(officer, today, value=10_000_000, value_public=True), director)
    outcome(officer, today, value=777_000_000, value_public=True)  # nobody has approved it
    approved(outcome(officer, today, "memorandum"), director)
    page = page_of(client.get(address))
    row = [words(cell) for cell in page.select("tbody tr")[0].find_all(["th", "td"])]
    assert row == [str(today.year), "không hiện", "6"]
    assert "60.000.000" in words(page)
    assert "777" not in words(page)
    assert totals().whole.memoranda is None
    assert page_of(client.get("/techmart/")).select_one(f"a[href$='{address}']")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 8])
def test_public_totals_cost_two_queries(
    officer: User, count: int, django_assert_num_queries: Any
) -> None:
    director = UserFactory(director=True)
    for year in range(count):
        approved(outcome(officer, clock.today() - timedelta(days=366 * year)), director)
    with django_assert_num_queries(2):
        assert totals().rows


@pytest.mark.django_db
def test_the_worth_of_a_few_contracts_is_not_told(market: MarketPage, officer: User) -> None:
    director = UserFactory(director=True)
    for _number in range(LEAST - 1):
        made = outcome(officer, clock.today(), value=1_000_000, value_public=True)
        approved(made, director)
    for _number in range(3):
        approved(outcome(officer, clock.today(), value=5_000_000), director)
    assert totals().rows[0].contracts == 7
    assert totals().value is None
