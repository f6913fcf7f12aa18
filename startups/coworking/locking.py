"""The one order in which bookings take locks: organisation, person, resources by key.

Everything that gives or takes away slots comes through here, so two of them never wait for each
other in a circle. On SQLite the transaction holds the write lock from its first statement
(`transaction_mode: IMMEDIATE`; system check portal.E004).
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation, User
from portal.core.verdicts import Refused
from startups.coworking.models import Resource

P = ParamSpec("P")
T = TypeVar("T")
DEADLOCK = "40P01"


def lock(
    organisation_id: int | None, person_id: int | None, resource_ids: Iterable[int]
) -> dict[int, Resource]:
    """Take the locks and answer the resources as they stand now, with their spaces, by key."""
    # NO KEY UPDATE: rows that only point to these, a notice say, do not wait.
    if organisation_id is not None:
        Organisation.objects.select_for_update(no_key=True).values_list("pk").get(
            pk=organisation_id
        )
    if person_id is not None:
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person_id)
    rows = (
        Resource.objects.select_for_update(of=("self",), no_key=True)
        .select_related("space")
        .filter(pk__in=sorted(set(resource_ids)))
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def lock_if_idle(organisation_id: int | None, person_id: int | None) -> bool:
    """Take the lock of an account while holding resources, without waiting; False when it is held.

    Waiting here would turn the order round.
    """
    if organisation_id is not None:
        organisations = Organisation.objects.filter(pk=organisation_id)
        return bool(organisations.select_for_update(no_key=True, skip_locked=True).values("pk"))
    people = User.objects.filter(pk=person_id or 0)
    return bool(people.select_for_update(no_key=True, skip_locked=True).values("pk"))


def once_more_after_deadlock(verb: Callable[P, T]) -> Callable[P, T]:
    """Run the verb's transaction a second time when the database ended it for another's sake.

    PostgreSQL does so to break a circle, SQLite when a writer waited too long for its turn. Raises
    `Refused` ("busy") when it happens again. A verb called inside another's transaction is left
    alone: the outer one has to begin again.
    """

    @wraps(verb)
    def begun(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return verb(*args, **kwargs)
        try:
            return verb(*args, **kwargs)
        except OperationalError as error:
            if not _for_anothers_sake(error):
                raise
        try:
            return verb(*args, **kwargs)
        except OperationalError as error:
            if not _for_anothers_sake(error):
                raise
            raise Refused(
                _("Very many people are booking at this moment. Try again."), code="busy"
            ) from error

    return begun


def _for_anothers_sake(error: OperationalError) -> bool:
    cause = error.__cause__
    deadlock: bool = getattr(cause, "sqlstate", "") == DEADLOCK
    return deadlock or getattr(cause, "sqlite_errorname", "") == "SQLITE_BUSY"
