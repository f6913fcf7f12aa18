"""Where units stand on the floor plan: thousandths of its width and height."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.core import auditing
from portal.core.verdicts import Refused
from startups.coworking.models import Space, Unit
from startups.coworking.permissions import may_set_up_spaces

if TYPE_CHECKING:
    from portal.accounts.models import User

EDGE = 1000
LEAST = 10
DRAWN_HEIGHT = 640
"""The plan is drawn 1000 wide and so high; thousandths of the depth are shrunk to it."""


@dataclass(frozen=True, slots=True)
class Position:
    """The corner on the upper left, and the size. Without a corner the unit is not drawn."""

    x: int | None
    y: int | None
    width: int
    height: int

    @property
    def is_drawn(self) -> bool:
        return self.x is not None and self.y is not None


def place_units(space: Space, positions: Mapping[int, Position], *, by: "User") -> int:
    """Store the positions of a space's units, all or none; answer how many moved.

    `positions` go by the unit's key. Raises `Refused` with `details` for each unit ("unit-7") that
    would stand partly outside, has one coordinate only, or does not belong to the space.
    """
    may_set_up_spaces(by).require()
    wrong: dict[str, str | Promise] = {
        f"unit-{key}": reason for key, position in positions.items() if (reason := _fault(position))
    }
    if wrong:
        raise Refused(_("Some places would not stand on the plan."), code="outside", details=wrong)
    with transaction.atomic():
        units = Unit.objects.select_for_update().filter(
            pk__in=list(positions), resource__space=space
        )
        moved = [unit for unit in units if _put(unit, positions[unit.pk])]
        Unit.objects.bulk_update(moved, ["x", "y", "width", "height"])
        if moved:
            auditing.record("coworking.placed", space, user=by, units=[str(unit) for unit in moved])
        return len(moved)


def _fault(position: Position) -> str:
    if (position.x is None) != (position.y is None):
        return _("Give both numbers, or none when it is not to be drawn.")
    if not (LEAST <= position.width <= EDGE and LEAST <= position.height <= EDGE):
        return _("Width and depth are between %(least)s and %(edge)s.") % {
            "least": LEAST,
            "edge": EDGE,
        }
    if position.x is None or position.y is None:
        return ""
    if min(position.x, position.y) < 0:
        return _("Positions begin at 0.")
    if position.x + position.width > EDGE or position.y + position.height > EDGE:
        return _("It would stand partly outside: position and size together are at most 1000.")
    return ""


def _put(unit: Unit, position: Position) -> bool:
    """Is it another position than before?"""
    now = Position(unit.x, unit.y, unit.width, unit.height)
    if now == position:
        return False
    unit.x, unit.y = position.x, position.y
    unit.width, unit.height = position.width, position.height
    return True
