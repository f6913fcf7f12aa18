"""The ranking is exact, indifferent to order, and keeps ties as ties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.judging.ranking import (
    JudgeTotal,
    judge_total,
    mean,
    rank,
    rounded,
    sheet_total,
    suggested,
)

WEIGHTS = {1: Decimal("1"), 2: Decimal("0.5"), 3: Decimal("3")}
totals = st.decimals(min_value=0, max_value=100, places=2).map(Fraction)
tables = st.dictionaries(
    st.integers(1, 60),
    st.lists(totals, max_size=5).map(
        lambda values: [JudgeTotal(judge, value) for judge, value in enumerate(values)]
    ),
    max_size=25,
)


def sheets(*values: str, zeros: frozenset[int] = frozenset()) -> list[JudgeTotal]:
    return [JudgeTotal(judge, Fraction(value), zeros) for judge, value in enumerate(values)]


def test_a_total_is_the_sum_of_mark_times_weight():
    marks = {1: Decimal("20.25"), 2: Decimal("7.5"), 3: Decimal("0.1")}
    assert sheet_total(marks, WEIGHTS) == Fraction("24.3")


def test_a_missing_mark_is_never_zero():
    with pytest.raises(KeyError):
        judge_total(1, {1: Decimal(5), 2: Decimal(5)}, WEIGHTS)


def test_ties_share_the_best_place_and_the_next_place_is_skipped():
    ranked = rank({1: sheets("80"), 2: sheets("90"), 3: sheets("80"), 4: sheets("70")})
    assert [(row.entry_id, row.rank, row.tied) for row in ranked] == [
        (2, 1, False),
        (1, 2, True),
        (3, 2, True),
        (4, 4, False),
    ]


def test_thirds_are_exact():
    ranked = rank({1: sheets("80", "80", "81"), 2: sheets("81", "80", "80")}, sheets_needed=3)
    assert [row.rank for row in ranked] == [1, 1]
    assert ranked[0].mean == Fraction(241, 3)
    assert rounded(ranked[0].mean) == Decimal("80.33")


def test_an_entry_without_enough_sheets_is_incomplete_and_has_no_place():
    ranked = rank({1: sheets("10", "10"), 2: sheets("90")}, sheets_needed=2)
    assert [(row.entry_id, row.rank, row.mean) for row in ranked] == [
        (1, 1, Fraction(10)),
        (2, None, None),
    ]
    assert not ranked[1].complete
    assert not ranked[1].passes
    assert (ranked[1].counted, ranked[1].needed) == (1, 2)


def test_no_sheet_at_all_is_incomplete_even_when_none_is_needed():
    assert rank({1: []}, sheets_needed=0)[0].rank is None


def test_passing_needs_the_minimum():
    ranked = rank({1: sheets("50"), 2: sheets("49.99")}, minimum_total=Decimal(50))
    assert [row.passes for row in ranked] == [True, False]
    assert ranked[1].below_minimum


def test_a_criterion_at_zero_fails_only_when_every_judge_gave_zero():
    all_zero = [JudgeTotal(1, Fraction(90), frozenset({7})), JudgeTotal(2, Fraction(90), {7})]
    one_zero = [JudgeTotal(1, Fraction(90), frozenset({7})), JudgeTotal(2, Fraction(90))]
    ranked = {row.entry_id: row for row in rank({1: all_zero, 2: one_zero}, no_zero=True)}
    assert ranked[1].zero_criterion
    assert not ranked[1].passes
    assert ranked[2].passes
    assert rank({1: all_zero}, no_zero=False)[0].passes


def test_suggestion_takes_the_best_that_pass_and_leaves_a_tie_on_the_line_to_the_panel():
    ranked = rank(
        {1: sheets("90"), 2: sheets("80"), 3: sheets("80"), 4: sheets("40")},
        minimum_total=Decimal(50),
    )
    assert suggested(ranked, 1) == ({1}, set())
    assert suggested(ranked, 2) == ({1}, {2, 3})
    assert suggested(ranked, 3) == ({1, 2, 3}, set())
    assert suggested(ranked, 4) == ({1, 2, 3}, set())
    assert suggested(ranked, None) == ({1, 2, 3}, set())


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction("0.125"), 2, "0.13"),
        (Fraction("-0.125"), 2, "-0.13"),
        (Fraction(241, 3), 4, "80.3333"),
    ],
)
def test_rounding_is_half_up(value, places, expected):
    assert rounded(value, places) == Decimal(expected)


def test_nothing_rounds_to_nothing():
    assert rounded(None) is None
    assert mean([]) is None


@given(tables, st.integers(1, 3), st.randoms(use_true_random=False))
def test_order_of_entries_and_sheets_does_not_matter(table, needed, random):
    shuffled = list(table.items())
    random.shuffle(shuffled)
    turned = {entry: list(reversed(rows)) for entry, rows in shuffled}
    assert rank(turned, sheets_needed=needed) == rank(table, sheets_needed=needed)


@given(tables)
def test_ties_are_symmetric_and_places_count_who_is_better(table):
    ranked = [row for row in rank(table) if row.complete]
    for row in ranked:
        equals = [other for other in ranked if other.mean == row.mean]
        assert {other.rank for other in equals} == {row.rank}
        assert row.tied == (len(equals) > 1)
        assert row.rank == 1 + sum(other.mean > row.mean for other in ranked)


@given(tables, st.decimals(min_value=0, max_value=50, places=2))
def test_adding_the_same_points_to_every_sheet_keeps_all_places(table, points):
    raised = {
        entry: [JudgeTotal(row.judge_id, row.total + Fraction(points)) for row in rows]
        for entry, rows in table.items()
    }
    before = [(row.entry_id, row.rank, row.tied) for row in rank(table)]
    assert [(row.entry_id, row.rank, row.tied) for row in rank(raised)] == before


@given(tables)
def test_every_entry_is_listed_once_and_incomplete_ones_last(table):
    ranked = rank(table)
    assert sorted(row.entry_id for row in ranked) == sorted(table)
    complete = [row.complete for row in ranked]
    assert complete == sorted(complete, reverse=True)


@given(
    st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=3, max_size=3),
    st.lists(st.decimals(min_value="0.001", max_value=9, places=3), min_size=3, max_size=3),
)
def test_totals_are_exact(values, weights):
    marks, weight_of = dict(enumerate(values)), dict(enumerate(weights))
    exact = sum(
        int(value.scaleb(2)) * int(weight.scaleb(3))
        for value, weight in zip(values, weights, strict=True)
    )
    assert sheet_total(marks, weight_of) == Fraction(exact, 100_000)


@given(tables, st.integers(0, 10))
def test_never_more_than_the_places_are_suggested(table, places):
    inside, on_the_line = suggested(rank(table), places)
    assert len(inside) <= places
    assert not inside & on_the_line
    if on_the_line:
        assert len(inside) < places < len(inside) + len(on_the_line)
