"""The wall display of a space: today's hours without names, behind an address nobody guesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.signing import Signer
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from portal.core import auditing
from startups.coworking.daybook import daybook
from startups.coworking.hours import day_of
from startups.coworking.models import Booking, Resource, Space
from startups.coworking.permissions import may_run_space

if TYPE_CHECKING:
    from portal.accounts.models import User

_signer = Signer(salt="coworking.wall")


def token_of(space: Space) -> str:
    """The signed part of the address; it holds until it, or the portal's key, is renewed."""
    return _signer.signature(f"{space.slug}:{space.wall_turn}").replace("=", "")


def opens(space: Space, token: str) -> bool:
    return constant_time_compare(token, token_of(space))


def address_of(space: Space) -> str:
    return reverse("coworking_wall:space", args=[space.slug, token_of(space)])


def renew(space: Space, *, by: "User") -> None:
    """From now on the display has another address, and the old one opens nothing."""
    may_run_space(by).require()
    with transaction.atomic():
        Space.objects.filter(pk=space.pk).update(wall_turn=F("wall_turn") + 1)
        space.refresh_from_db(fields=["wall_turn"])
        auditing.record("coworking.wall_renewed", space, user=by)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours in which a unit is kept; whose they are is nobody's business here."""

    starts: datetime
    ends: datetime
    unit: str
    running: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A resource on the wall: free units now, and the hours that are still to come."""

    resource: Resource
    free: int
    units: int
    stretches: Sequence[Stretch]

    @property
    def is_pool(self) -> bool:
        return self.units > 1


def boards(space: Space, now: datetime) -> list[Board]:
    """Every resource of a space today."""
    book = daybook(space, day_of(now), now)
    held: dict[int, list[Booking]] = {}
    for line in book.lines:
        if line.booking.ends > now:
            held.setdefault(line.booking.resource_id, []).append(line.booking)
    return [
        Board(
            place.resource,
            place.free,
            place.units,
            [
                Stretch(one.starts, one.ends, one.unit.label, one.starts <= now)
                for one in held.get(place.resource.pk, [])
            ],
        )
        for place in book.places()
    ]
