"""Two people at once, over real connections: one wins, nothing is lost, nothing is doubled."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from competitions.judging import assigning, deciding, publishing, scoring
from competitions.judging.models import Mark, PublishedRow, Scorecard
from portal.core import clock
from portal.core.models import Notice
from portal.core.verdicts import Refused
from tests.factories.judging import decision_pdf, make_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made():
    made = make_round(judges=2, entries=2, judges_per_entry=2)
    made.assign_all()
    made.open()
    return made


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run the acts in threads of their own; the answers are "done" or the refusal's code."""
    start = threading.Barrier(len(acts))
    answers: list[str] = [""] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            act()
            answers[number] = "done"
        except Refused as refused:
            answers[number] = refused.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_of_two_windows_one_saves_and_the_other_is_told(made):
    judge = made.judges[0]
    card = made.card(judge, made.entries[0])

    def save(value: str) -> Callable[[], Any]:
        return lambda: scoring.save(card, judge.user, 1, made.marks(value, value, value))

    assert sorted(at_once(save("5"), save("7"))) == ["done", "stale_sheet"]
    values = set(Mark.objects.filter(scorecard=card).values_list("value", flat=True))
    assert values in ({Decimal(5)}, {Decimal(7)})
    assert Scorecard.objects.get(pk=card.pk).version == 2


def test_two_judges_save_and_hand_in_together(made):
    first, second = made.judges
    made.score(first, made.entries[0], "20", "15", "8")
    made.score(first, made.entries[1], "20", "15", "8")
    card = made.card(second, made.entries[0])
    answers = at_once(
        lambda: scoring.hand_in_all(first, first.user),
        lambda: scoring.save(card, second.user, 1, made.marks("1", "2", "3")),
    )
    assert answers == ["done", "done"]
    states = set(first.scorecards.values_list("state", flat=True))
    assert states == {Scorecard.State.HANDED_IN}
    assert card.marks.count() == 3


def test_a_change_and_handing_in_never_leave_a_locked_sheet_half_changed(made):
    judge = made.judges[0]
    made.score(judge, made.entries[0], "20", "15", "8")
    card = made.score(judge, made.entries[1], "20", "15", "8")
    first = made.criteria[0]
    answers = at_once(
        lambda: scoring.hand_in_all(judge, judge.user),
        lambda: scoring.save(card, judge.user, card.version, {first.pk: None}),
    )
    stored = Scorecard.objects.get(pk=card.pk)
    whole = stored.marks.count() == 3
    assert (stored.state == Scorecard.State.HANDED_IN) == whole
    assert answers in (["done", "refused"], ["unfinished", "done"])


def test_one_pair_is_assigned_once(made):
    judge, entry = made.judges[0], made.entry()

    def assign() -> Any:
        return assigning.assign(judge, [entry], made.officer)

    assert at_once(assign, assign) == ["done", "done"]
    assert judge.scorecards.filter(entry=entry).count() == 1


def test_of_two_who_publish_one_wins(made):
    made.score_all()
    made.close()
    outcomes = {entry.pk: ("advanced", None) for entry in made.entries}
    deciding.decide(made.round_track, outcomes, made.officer)
    deciding.settle(made.round_track, made.officer)
    decision = publishing.prepare(
        made.round_track, "1/QĐ", clock.today(), "Giám đốc", decision_pdf(), made.officer
    )
    publishing.approve(publishing.propose(decision, made.officer), made.director)
    answers = at_once(
        lambda: publishing.publish(decision, made.officer),
        lambda: publishing.publish(decision, made.director),
    )
    assert sorted(answers) == ["done", "illegal_move"]
    assert PublishedRow.objects.count() == 2
    assert Notice.objects.filter(kind="result_published").count() == 2
