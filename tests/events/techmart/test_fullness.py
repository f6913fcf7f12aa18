"""How full a record is: reckoned from what a revision holds, never in the way of anything."""

from typing import Any

import pytest

from events.techmart.fullness import PARTS, fullness, fullness_of
from events.techmart.models import Demand, Expert, Offer, Supplier
from events.techmart.reviewing import wanted
from tests.factories.techmart import demand, expert, offer, supplier, words

pytestmark = pytest.mark.django_db
MODELS = (Offer, Demand, Expert, Supplier)


@pytest.mark.parametrize("model", MODELS)
def test_every_part_names_fields_that_a_revision_holds(model: Any) -> None:
    held = model().serializable_data()
    for part in PARTS[model]:
        assert part.fields
        assert set(part.fields) <= set(held)
        assert part.weight > 0


@pytest.mark.parametrize("model", MODELS)
def test_what_a_review_needs_counts(model: Any) -> None:
    asked = {name for part in PARTS[model] for name in part.fields}
    assert set(wanted(model)) <= asked


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_empty_and_everything_is_full(model: Any) -> None:
    assert fullness(model, {}).percent == 0
    everything = {name: "x" for part in PARTS[model] for name in part.fields}
    full = fullness(model, everything)
    assert (full.percent, list(full.next)) == (100, [])


def test_the_three_most_useful_things_come_next() -> None:
    bare = fullness(Offer, {"title": "Máy"})
    weights = [part.weight for part in bare.next]
    assert len(weights) == 3
    assert weights == sorted(weights, reverse=True)
    assert min(weights) == max(part.weight for part in PARTS[Offer])


def test_zero_is_an_answer_and_nothing_is_none() -> None:
    costless = fullness(Offer, {"investment": 0}).percent
    assert costless > fullness(Offer, {"investment": None, "specs": [], "title": ""}).percent


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_a_record_that_may_be_sent_is_not_yet_full(make: Any) -> None:
    assert 0 < fullness_of(make(live=False)).percent < 100


def test_an_optional_answer_makes_it_fuller() -> None:
    bare = fullness_of(offer(live=False)).percent
    assert fullness_of(offer(live=False, crops=words("crop", "mia"))).percent > bare
