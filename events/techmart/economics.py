"""What a technology costs and saves, in whole đồng a year. Pure arithmetic over plain values."""

MONTHS = 12
LONGEST_MONTHS = 600
"""Fifty years: what pays back later does not pay back."""


def yearly_benefit(cost_before: int | None, cost_after: int | None, gain: int | None) -> int | None:
    """What it saves and earns in a year; None where neither a saving nor a gain is told.

    Without an old cost the new one stands against the gain; an old cost alone says nothing.
    """
    if gain is None and (cost_before is None or cost_after is None):
        return None
    saved = (cost_before or 0) - cost_after if cost_after is not None else 0
    return saved + (gain or 0)


def payback_months(
    investment: int | None, cost_before: int | None, cost_after: int | None, gain: int | None
) -> int | None:
    """Whole months until the investment is earned back, rounded up; at least one.

    None where the amounts do not say, or where it never is (within fifty years).
    """
    benefit = yearly_benefit(cost_before, cost_after, gain)
    if not investment or benefit is None or benefit <= 0:
        return None
    months = max(1, -(-investment * MONTHS // benefit))
    return months if months <= LONGEST_MONTHS else None
