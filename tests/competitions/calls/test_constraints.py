"""What the database itself refuses, and officers who act at the same moment."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from competitions.calls.freezing import use_form
from competitions.calls.models import Competition, Criterion, EntryForm, RoundTrack
from portal.core import clock
from portal.core.verdicts import Refused
from tests.factories.calls import (
    CompetitionFactory,
    CriterionFactory,
    EntryFormFactory,
    QuestionFactory,
    RoundFactory,
    RoundTrackFactory,
    TrackFactory,
    organiser,
)


def broken_rows():
    now = clock.now()
    stage = RoundTrackFactory()
    form = EntryFormFactory(state="in_use")
    question = QuestionFactory()
    return {
        "two forms in use": lambda: EntryFormFactory(
            competition=form.competition, version=2, state="in_use"
        ),
        "a version twice": lambda: EntryFormFactory(competition=form.competition, version=1),
        "an unknown state": lambda: Competition.objects.update(state="open"),
        "an unknown stage": lambda: RoundTrack.objects.update(state="open"),
        "an unknown form state": lambda: EntryForm.objects.update(state="open"),
        "a track twice": lambda: TrackFactory(
            competition=stage.track.competition, title=stage.track.title
        ),
        "a round number twice": lambda: RoundFactory(competition=stage.round.competition),
        "a round track twice": lambda: RoundTrackFactory(round=stage.round, track=stage.track),
        "a prefix twice": lambda: CompetitionFactory(code_prefix=form.competition.code_prefix),
        "a key twice": lambda: QuestionFactory(section=question.section, key=question.key),
        "round zero": lambda: RoundFactory(number=0),
        "closing before opening": lambda: RoundTrackFactory(
            opens_at=now, closes_at=now - timedelta(days=1)
        ),
        "marking backwards": lambda: RoundTrackFactory(
            marking_opens_at=now, marking_closes_at=now - timedelta(days=1)
        ),
        "no points": lambda: CriterionFactory(maximum=0),
        "no weight": lambda: CriterionFactory(weight=Decimal(0)),
        "a step past the maximum": lambda: CriterionFactory(maximum=5, step=6),
    }


@pytest.mark.django_db
def test_the_database_keeps_what_forms_and_verbs_promise():
    for make in broken_rows().values():
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    assert not Criterion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_put_two_versions_in_use_at_once_and_one_is_in_use():
    competition = CompetitionFactory()
    forms = [EntryFormFactory(competition=competition, version=n) for n in (1, 2)]
    for form in forms:
        QuestionFactory(section__form=form)
    by = organiser()
    gate = threading.Barrier(2)
    refused: list[Refused] = []

    def put_in_use(pk: int) -> None:
        try:
            form = EntryForm.objects.get(pk=pk)
            gate.wait(timeout=20)
            use_form(form, by)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=put_in_use, args=[form.pk]) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert refused == []
    assert sorted(EntryForm.objects.values_list("state", flat=True)) == ["in_use", "retired"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_put_the_same_version_in_use_and_one_is_told():
    form = EntryFormFactory()
    QuestionFactory(section__form=form)
    by = organiser()
    gate = threading.Barrier(2)
    refused: list[Refused] = []

    def put_in_use() -> None:
        try:
            mine = EntryForm.objects.get(pk=form.pk)
            gate.wait(timeout=20)
            use_form(mine, by)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=put_in_use) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(refused) == 1
    assert EntryForm.objects.get().state == "in_use"
