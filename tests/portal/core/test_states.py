"""Moving between states and drawing numbers, with several people at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection, transaction

from portal.core.models import Counter, PrivateFile
from portal.core.states import StaleState, move
from tests.factories.core import PrivateFileFactory

MOVES = {"waiting": frozenset({"ready", "failed"}), "failed": frozenset({"waiting"})}


def with_moves(record: PrivateFile) -> PrivateFile:
    record.MOVES = MOVES
    return record


@pytest.fixture
def record(person: Callable[..., Any]) -> PrivateFile:
    return with_moves(PrivateFileFactory(uploaded_by=person()))


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs in threads with connections of their own; answers or exceptions, in order."""
    start = threading.Barrier(len(jobs))
    answers: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        start.wait()
        try:
            answers[place] = job()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()
    return answers


@pytest.mark.django_db
def test_a_move_writes_state_and_changes_together(record):
    move(record, "ready", field="pages_state", page_count=7)
    record.refresh_from_db()
    assert (record.pages_state, record.page_count) == ("ready", 7)


@pytest.mark.django_db
def test_a_move_outside_the_table_is_refused_in_words(record):
    move(record, "ready", field="pages_state")
    with pytest.raises(StaleState) as refused:
        move(record, "waiting", field="pages_state")
    assert refused.value.code == "illegal_move"
    assert str(record.get_pages_state_display()) in str(refused.value)


@pytest.mark.django_db
def test_a_stale_copy_cannot_move(record):
    stale = with_moves(PrivateFile.objects.get(pk=record.pk))
    move(record, "ready", field="pages_state")
    with pytest.raises(StaleState) as refused:
        move(stale, "failed", field="pages_state")
    assert refused.value.code == "stale_state"
    record.refresh_from_db()
    assert record.pages_state == "ready"


@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_moves_one_wins(record):
    def job() -> str:
        mine = with_moves(PrivateFile.objects.get(pk=record.pk))
        with transaction.atomic():
            move(mine, "ready", field="pages_state")
        return "moved"

    answers = at_once(*[job] * 6)
    assert answers.count("moved") == 1
    assert sum(isinstance(answer, StaleState) for answer in answers) == 5


@pytest.mark.django_db(transaction=True)
def test_numbers_drawn_at_once_neither_repeat_nor_leave_gaps():
    def job() -> list[int]:
        drawn = []
        for _ in range(5):
            with transaction.atomic():
                drawn.append(Counter.draw("KN2026"))
        return drawn

    answers = at_once(*[job] * 5)
    assert sorted(number for drawn in answers for number in drawn) == list(range(1, 26))


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_failed_transaction_is_drawn_again():
    def fail():
        with transaction.atomic():
            assert Counter.draw("KN2026") == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Counter.draw("KN2026") == 1
    assert Counter.draw("other") == 1
