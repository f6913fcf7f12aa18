"""A judged round with a public page."""

from typing import Any

import pytest

from competitions.calls.models import Competition
from tests.factories.judging import JudgingRound, make_round
from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory, home


@pytest.fixture
def judged(site: object, settings: Any, tmp_path: Any) -> JudgingRound:
    """A marked round of three entries; the last two are tied."""
    made = make_round(judges=1, entries=3)
    Competition.objects.filter(pk=made.competition.pk).update(title="Cuộc thi 2026")
    made.competition.refresh_from_db()
    index = CompetitionIndexFactory(parent=home())
    CompetitionPageFactory(parent=index, competition=made.competition)
    made.assign_all()
    made.open()
    for entry, mark in zip(made.entries, ("30", "20", "20"), strict=True):
        made.score(made.judges[0], entry, mark, "15", "8", comment="Tốt")
    made.close()
    return made
