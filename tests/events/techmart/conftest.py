"""The market's page, and the people around it."""

from typing import Any

import pytest

from events.techmart.models import MarketPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import home
from tests.factories.techmart import MarketPageFactory


@pytest.fixture
def market(site: object) -> MarketPage:
    return MarketPageFactory(parent=home())


@pytest.fixture
def editor(db: None) -> Any:
    return UserFactory(editor=True, full_name="Đặng Hải Yến")


@pytest.fixture
def officer(db: None) -> Any:
    return UserFactory(officer=True)
