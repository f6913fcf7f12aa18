"""What the search finds of spaces and resources after a change in the back office."""

from typing import Any

import pytest
from django.urls import reverse

from portal.search.models import Document
from startups.coworking.models import Feature
from tests.factories.space_pages import SpacePageFactory
from tests.startups.coworking.desk_world import House, browser_of
from tests.startups.coworking.test_desk_office import RESOURCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def house() -> House:
    house = House()
    SpacePageFactory(space=house.space, slug="mia")
    return house


@pytest.fixture
def saved(house: House, django_capture_on_commit_callbacks: Any) -> Any:
    """Post one form of the back office; nothing else may index."""
    officer = browser_of(house.officer)

    def post(name: str, args: list[int], data: dict[str, Any]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            answer = officer.post(reverse(name, args=args), data)
        assert answer.status_code == 302, answer.content

    return post


def titles() -> set[str]:
    return set(Document.objects.filter(kind="space", language="vi").values_list("title", flat=True))


def test_a_resource_is_found_as_it_is_called_now_and_not_once_it_is_inactive(
    house: House, saved: Any
) -> None:
    facts = RESOURCE | {"space": house.space.pk}
    saved("spaces_resource:add", [], facts)
    assert "Phòng mới" in titles()
    made = house.space.resources.get(slug="phong-moi")
    saved("spaces_resource:edit", [made.pk], facts | {"name": "Phòng Cầy Xiêng"})
    assert "Phòng Cầy Xiêng" in titles()
    assert "Phòng mới" not in titles()
    saved("spaces_resource:edit", [made.pk], {**facts, "is_active": ""})
    assert "Phòng mới" not in titles()
    saved("spaces_resource:edit", [made.pk], facts)
    assert "Phòng mới" in titles()
    made.units.all().delete()
    saved("spaces_resource:delete", [made.pk], {})
    assert "Phòng mới" not in titles()


def test_a_space_that_takes_no_bookings_stands_behind_others(house: House, saved: Any) -> None:
    facts = {
        **{"name": "Không gian Mía", "slug": "mia", "address": "Số 9, đường Mới"},
        **{"cancel_minutes": "0", "no_show_minutes": "30", "strike_limit": "0"},
        **{"strike_days": "60", "visitor_days": "30", "is_open": "on"},
    }
    saved("spaces_space:edit", [house.space.pk], facts)
    told = Document.objects.get(key=f"space:{house.space.pk}:vi")
    assert "duong moi" in told.folded_text
    assert told.rank == 1
    saved("spaces_space:edit", [house.space.pk], {**facts, "is_open": ""})
    told.refresh_from_db()
    assert told.rank == -1


def test_a_feature_is_a_word_of_the_resources_that_have_it(house: House, saved: Any) -> None:
    feature = Feature.objects.create(label="Máy chiếu")
    house.room.features.add(feature)
    saved("spaces_feature:edit", [feature.pk], {"label": "Bảng tương tác", "order": "1"})
    told = Document.objects.get(key=f"resource:{house.room.pk}:vi")
    assert "bang tuong tac" in told.folded_text
    saved("spaces_feature:delete", [feature.pk], {})
    told.refresh_from_db()
    assert "bang tuong tac" not in told.folded_text
