"""The calendar of events, on a day of its own: Saturday 28 November 2026, in the morning."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from events.programme.models import EventsPage
from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.pages import home
from tests.factories.programme import EventsPageFactory

NOW = "2026-11-28 09:00"


def moment(text: str) -> datetime:
    """ "2026-12-01 08:00", in the province."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture(autouse=True)
def _today(at: Callable[[str], datetime]) -> None:
    at(NOW)


@pytest.fixture
def index(site: Any) -> EventsPage:
    made: EventsPage = EventsPageFactory(parent=home())
    return made


@pytest.fixture
def officer(db: None) -> User:
    made: User = UserFactory(officer=True, full_name="Lâm Quốc Vinh")
    return made
