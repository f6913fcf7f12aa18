"""Moving a record from one state to the next, safely when two people try at once."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.verdicts import Refused

Moves = Mapping[str, frozenset[str]]


class StaleState(Refused):
    """Somebody else moved the record first, or the move is not in the table."""


def move(record: models.Model, to: str, *, field: str = "state", **changes: Any) -> None:
    """Move `record` to state `to`, writing `changes` in the same statement.

    The record's model carries `MOVES`, a table from each state to the states that may follow.
    The write is a conditional `UPDATE … WHERE state = <from>`, so of two simultaneous moves one
    wins and the other raises `StaleState`. Call inside the verb's transaction.
    """
    came_from = getattr(record, field)
    moves: Moves = record.MOVES  # type: ignore[attr-defined]
    if to not in moves.get(came_from, frozenset()):
        raise StaleState(
            _("This is not possible any more: the state is now “%(state)s”.")
            % {"state": getattr(record, f"get_{field}_display")()},
            code="illegal_move",
        )
    updated = (
        type(record)
        ._base_manager.filter(pk=record.pk, **{field: came_from})
        .update(**{field: to}, **changes)
    )
    if not updated:
        raise StaleState(
            _("Someone else has just changed this. Reload the page and look again."),
            code="stale_state",
        )
    setattr(record, field, to)
    for name, value in changes.items():
        setattr(record, name, value)


def state_constraint(name: str, *values: str, field: str = "state") -> models.CheckConstraint:
    """A check constraint named `name` that keeps `field` within `values`.

    The values stand literally in each model's Meta, which cannot see the TextChoices beside it; a
    system check compares the two.
    """
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(values)}), name=name)
