"""Two at the same moment, on real connections: nothing is lost and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from competitions.entries.applying import name_member, save_section
from competitions.entries.models import Answer, Entry
from competitions.entries.submitting import submit
from portal.accounts.models import User
from portal.core.verdicts import Refused
from portal.questions.forms import AnswersForm
from tests.factories.entries import EntryFactory, FounderFactory, OpenCompetitionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same moment, each on its own connection; answers or refusals."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=10)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fresh(entry):
    return Entry.objects.select_related("track", "captain", "competition").get(pk=entry.pk)


def test_two_submits_of_one_draft_make_one_submission():
    entry = EntryFactory(filled=True)
    outcomes = at_once(*[lambda: submit(fresh(entry), entry.captain)] * 2)
    [refused] = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused.code == "already_submitted"
    assert entry.submissions.count() == 1


def test_the_last_free_place_is_given_once():
    competition = OpenCompetitionFactory(max_entries_per_person=1)
    person = FounderFactory()
    drafts = [
        EntryFactory(competition=competition, captain=person, filled=True) for _number in range(2)
    ]
    outcomes = at_once(*[lambda draft=draft: submit(fresh(draft), person) for draft in drafts])
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Entry.objects.filter(code__isnull=False).count() == 1


def test_codes_are_drawn_without_gap_or_repetition():
    competition = OpenCompetitionFactory(code_prefix="KN2026")
    drafts = [EntryFactory(competition=competition, filled=True) for _number in range(4)]
    at_once(*[lambda draft=draft: submit(fresh(draft), draft.captain) for draft in drafts])
    codes = sorted(Entry.objects.values_list("code", flat=True))
    assert codes == ["KN2026-001", "KN2026-002", "KN2026-003", "KN2026-004"]


@pytest.mark.parametrize("answered", [False, True])
def test_two_members_on_one_answer_lose_nothing(answered):
    entry = EntryFactory()
    member = FounderFactory()
    entry.members.create(full_name=member.full_name, email=member.email, user=member)
    section = entry.form.sections.get(title="Ý tưởng")
    question = section.questions.get(key="tom-tat")
    if answered:
        Answer.objects.create(entry=entry, question=question, text="Đầu", updated_by=member)

    def save(person: User, text: str) -> Any:
        answers = {answer.question_id: answer for answer in entry.answers.all()}
        token = "1" if answered else "0"
        form = AnswersForm(
            [question], answers, {f"q{question.pk}": text, f"q{question.pk}-version": token}
        )
        form.is_valid()
        return save_section(fresh(entry), section, form, person)

    results = at_once(lambda: save(entry.captain, "Một"), lambda: save(member, "Hai"))
    [conflict] = [conflict for result in results for conflict in result.conflicts]
    stored = entry.answers.get()
    assert {conflict.mine[0], stored.text} == {"Một", "Hai"}
    assert conflict.theirs == [stored.text]
    assert conflict.version == stored.version


def test_the_last_place_in_a_team_is_given_once():
    entry = EntryFactory(competition__max_team_size=2)
    outcomes = at_once(
        *[
            lambda number=number: name_member(
                fresh(entry), entry.captain, full_name="Ai", email=f"ai{number}@demo.example"
            )
            for number in range(2)
        ]
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert entry.members.count() == 2
