"""What every test of judging starts from."""

import pytest

from tests.factories.judging import JudgingRound, make_round


@pytest.fixture
def panel(db) -> JudgingRound:
    """A round after screening: two judges, three eligible entries, nothing assigned."""
    return make_round(judges=2, entries=3, judges_per_entry=2)


@pytest.fixture
def marking(panel: JudgingRound) -> JudgingRound:
    """The same with everything assigned and marking open."""
    panel.assign_all()
    panel.open()
    return panel
