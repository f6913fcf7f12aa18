"""The arithmetic of the grid, for any ranges."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from startups.coworking.slots import (
    GRID,
    Range,
    gaps,
    most_at_once,
    on_grid,
    rounded_down,
    rounded_up,
    steps,
)

START = datetime(2026, 12, 31, 17, tzinfo=UTC)  # midnight of the new year in Việt Nam
moments = st.integers(0, 3 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
grid = st.integers(0, 3 * 24 * 4).map(lambda number: START + number * GRID)


def ranges(of: "st.SearchStrategy[datetime]" = grid) -> "st.SearchStrategy[Range]":
    pairs = st.tuples(of, of).filter(lambda pair: pair[0] != pair[1])
    return pairs.map(lambda pair: Range(min(pair), max(pair)))


@given(ranges())
def test_steps_cover_a_range_exactly(held: Range) -> None:
    at = steps(held)
    assert at[0] == held.starts
    assert at[-1] + GRID == held.ends
    assert len(at) == held.length // GRID
    assert at == sorted(set(at))


@given(ranges(moments))
def test_steps_of_any_range_touch_it(held: Range) -> None:
    at = steps(held)
    assert at[0] <= held.starts < at[0] + GRID
    assert at[-1] < held.ends <= at[-1] + GRID


@given(ranges(), ranges())
def test_two_ranges_meet_when_they_share_a_step(one: Range, other: Range) -> None:
    shared = set(steps(one)) & set(steps(other))
    assert one.meets(other) == other.meets(one) == bool(shared)


@given(moments, st.sampled_from([15, 30, 60]))
def test_rounding_goes_to_the_grid(moment: datetime, minutes: int) -> None:
    down, up = rounded_down(moment, minutes), rounded_up(moment, minutes)
    assert on_grid(down, minutes)
    assert on_grid(up, minutes)
    assert down <= moment <= up
    assert up - down in (timedelta(), timedelta(minutes=minutes))
    assert (down == up) == on_grid(moment, minutes)


@given(st.lists(ranges(), max_size=5), st.lists(ranges(), max_size=6))
def test_gaps_are_what_is_open_and_not_taken(opened: list[Range], taken: list[Range]) -> None:
    # Opening hours of a day never overlap.
    apart: list[Range] = []
    for one in sorted(opened):
        if not apart or one.starts >= apart[-1].ends:
            apart.append(one)
    left = {step for one in gaps(apart, taken) for step in steps(one)}
    busy = {step for one in taken for step in steps(one)}
    assert left == {step for one in apart for step in steps(one)} - busy


@given(st.lists(ranges(), min_size=1, max_size=8))
def test_the_busiest_moment(held: list[Range]) -> None:
    every = [step for one in held for step in steps(one)]
    assert most_at_once(held) == max(every.count(step) for step in every)
