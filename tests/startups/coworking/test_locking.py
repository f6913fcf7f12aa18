"""A transaction that the database ended for another's sake is begun once more, and no oftener."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from django.db import OperationalError, transaction

from portal.core.verdicts import Refused
from startups.coworking.locking import once_more_after_deadlock

pytestmark = pytest.mark.django_db(transaction=True)


def busy() -> Exception:
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorname = "SQLITE_BUSY"
    return cause


def full() -> Exception:
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorname = "SQLITE_FULL"
    return cause


def failing(times: int, cause: Exception, tries: list[int]) -> Callable[[], str]:
    @once_more_after_deadlock
    def verb() -> str:
        tries.append(1)
        if len(tries) <= times:
            raise OperationalError from cause
        return "done"

    return verb


@pytest.mark.parametrize("cause", [busy(), psycopg.errors.DeadlockDetected()])
def test_it_is_tried_a_second_time(cause: Exception) -> None:
    assert failing(1, cause, tries := [])() == "done"
    assert len(tries) == 2


@pytest.mark.parametrize("cause", [busy(), psycopg.errors.DeadlockDetected()])
def test_who_fails_twice_is_told_so(cause: Exception) -> None:
    with pytest.raises(Refused) as refused:
        failing(2, cause, tries := [])()
    assert (refused.value.code, len(tries)) == ("busy", 2)


def test_other_failures_are_not_repeated() -> None:
    with pytest.raises(OperationalError):
        failing(1, full(), tries := [])()
    assert len(tries) == 1


def test_inside_anothers_transaction_the_outer_one_begins_again() -> None:
    tries: list[int] = []
    with pytest.raises(OperationalError), transaction.atomic():
        failing(1, busy(), tries)()
    assert len(tries) == 1
